using System.Net;
using System.Text;
using System.Text.Json;
using Parley.SocketIO.EngineIO;
using Parley.SocketIO.Tests.Clients;
using Parley.SocketIO.Tests.Virtual;

namespace Parley.SocketIO.Tests.EngineIO;

public sealed class ProtocolV3Tests
{
    private const string Polling = "/engine.io/?EIO=3&transport=polling";
    private const string WebSocket = "/engine.io/?EIO=3&transport=websocket";

    [Fact]
    public async Task Version_3_is_refused_unless_it_is_allowed()
    {
        await using var server = await EchoServer.StartAsync();
        using var response = await server.Http.GetAsync(Polling, Deadline.Token());
        await response.ShouldBeErrorAsync(5, "Unsupported protocol version");
    }

    [Theory]
    [InlineData("/engine.io/?EIO=2&transport=polling", 5, "Unsupported protocol version")]
    [InlineData("/engine.io/?EIO=33&transport=polling", 5, "Unsupported protocol version")]
    [InlineData("/engine.io/?transport=polling", 5, "Unsupported protocol version")]
    [InlineData(Polling + "&j=0", 3, "Bad request")]
    public async Task Nothing_else_is_allowed_with_it(string url, int code, string message)
    {
        await using var server = await StartAsync();
        using var response = await server.Http.GetAsync(url, Deadline.Token());
        await response.ShouldBeErrorAsync(code, message);
    }

    [Fact]
    public async Task Whoever_pings_without_end_and_reads_nothing_is_closed_as_a_slow_reader()
    {
        var handler = new RecordingHandler();
        await using var server = await StartAsync(o => o.MaxOutboundPackets = 16, handler);
        var sid = await OpenAsync(server);
        var pings = string.Concat(Enumerable.Repeat("1:2", 17));
        using var response = await PostAsync(server, sid, Encoding.UTF8.GetBytes(pings));
        (await handler.Closed.NextAsync()).ShouldBe(DisconnectCause.SlowReader);
    }

    [Theory]
    [InlineData("1:3")]
    [InlineData("1:0")]
    [InlineData("1:5")]
    [InlineData("1:x")]
    public async Task Packets_out_of_place_end_the_session(string payload)
    {
        var handler = new RecordingHandler();
        await using var server = await StartAsync(handler: handler);
        var sid = await OpenAsync(server);
        using var response = await PostAsync(server, sid, Encoding.UTF8.GetBytes(payload));
        await response.ShouldBeErrorAsync(3, "Bad request");
        (await handler.Closed.NextAsync()).ShouldBe(DisconnectCause.ProtocolViolation);
    }

    [Fact]
    public async Task A_payload_with_too_many_packets_ends_the_session()
    {
        await using var server = await StartAsync(o => o.MaxPacketsPerPayload = 3);
        var sid = await OpenAsync(server);
        using var response = await PostAsync(server, sid, "1:21:21:21:2"u8.ToArray());
        await response.ShouldBeErrorAsync(3, "Bad request");
    }

    [Fact]
    public async Task Octets_that_are_no_payload_end_the_session()
    {
        await using var server = await StartAsync();
        var sid = await OpenAsync(server);
        using var response = await PostAsync(server, sid, [0, 9, 9, 9, 255, 52], "application/octet-stream");
        await response.ShouldBeErrorAsync(3, "Bad request");
    }

    [Fact]
    public async Task A_binary_message_that_is_no_message_closes_the_WebSocket_with_1008()
    {
        await using var server = await StartAsync();
        await using var client = await WebSocketClient.ConnectAsync(server, WebSocket);
        await client.ReceiveAsync();
        await client.SendAsync((byte[])[5, 1]);
        (await client.ReceiveToEndAsync()).ShouldBeEmpty();
        client.CloseCode.ShouldBe(1008);
    }

    [Fact]
    public async Task A_session_keeps_its_version_whatever_later_requests_say()
    {
        await using var server = await StartAsync();
        var sid = await OpenAsync(server);
        using var response = await server.Http.PostAsync(
            $"/engine.io/?EIO=4&transport=polling&sid={sid}", new ByteArrayContent("2:4a"u8.ToArray()), Deadline.Token());
        await response.ShouldBeAsync(HttpStatusCode.OK, "ok");
        using var poll = await server.Http.GetAsync($"/engine.io/?EIO=4&transport=polling&sid={sid}", Deadline.Token());
        await poll.ShouldBeAsync(HttpStatusCode.OK, "2:4a");
    }

    private static Task<TestServer> StartAsync(Action<SocketIOOptions>? options = null, RecordingHandler? handler = null) =>
        EchoServer.StartAsync(
            o =>
            {
                o.AllowEio3 = true;
                options?.Invoke(o);
            },
            handler);

    private static async Task<string> OpenAsync(TestServer server)
    {
        var packet = await server.Http.GetStringAsync(Polling, Deadline.Token());
        var json = packet[(packet.IndexOf(':', StringComparison.Ordinal) + 2)..];
        return JsonSerializer.Deserialize(json, EngineJson.Default.OpenBody)!.Sid;
    }

    private static Task<HttpResponseMessage> PostAsync(TestServer server, string sid, byte[] payload, string? contentType = null)
    {
        var content = new ByteArrayContent(payload);
        if (contentType is not null)
        {
            content.Headers.ContentType = new(contentType);
        }

        return server.Http.PostAsync($"{Polling}&sid={sid}", content, Deadline.Token());
    }
}
