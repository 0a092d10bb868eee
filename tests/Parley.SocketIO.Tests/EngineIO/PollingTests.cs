using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using Parley.SocketIO.Tests.Clients;
using Parley.SocketIO.Tests.Virtual;

namespace Parley.SocketIO.Tests.EngineIO;

public sealed class PollingTests
{
    [Fact]
    public async Task A_post_is_answered_ok_in_the_references_words()
    {
        await using var server = await TestServer.StartAsync();
        var client = await PollingClient.OpenAsync(server);
        using var response = await client.PostAsync("40");

        await response.ShouldBeAsync(HttpStatusCode.OK, "ok");
        response.Content.Headers.ContentType!.ToString().ShouldBe("text/html");
        response.Content.Headers.ContentLength.ShouldBe(2);
        response.Headers.CacheControl!.ToString().ShouldBe("no-store");
    }

    [Fact]
    public async Task A_poll_is_answered_with_all_that_waits()
    {
        await using var server = await EchoServer.StartAsync();
        var client = await EchoServer.OpenPollingAsync(server);
        await client.SendAsync("4a", new byte[] { 1, 2, 3, 4 }, "4b");
        using var response = await client.GetAsync();
        await response.ShouldBeAsync(HttpStatusCode.OK, "4a\u001ebAQIDBA==\u001e4b");
        response.Content.Headers.ContentType!.ToString().ShouldBe("text/plain; charset=UTF-8");
    }

    [Fact]
    public async Task A_poll_waits_until_there_is_something()
    {
        await using var server = await EchoServer.StartAsync();
        var client = await EchoServer.OpenPollingAsync(server);
        var poll = client.PollAsync();
        await client.SendAsync("4late");
        (await poll).ShouldBe(["4late"]);
    }

    [Theory]
    [InlineData("abc")]
    [InlineData("")]
    [InlineData("4a\u001e")]
    [InlineData("\u001e4a")]
    [InlineData("b!!")]
    [InlineData("0{}")]
    [InlineData("2")]
    [InlineData("2probe")]
    [InlineData("5")]
    [InlineData("7")]
    [InlineData("{}")]
    public async Task A_payload_with_a_bad_packet_ends_the_session(string payload)
    {
        await using var server = await EchoServer.StartAsync();
        var client = await EchoServer.OpenPollingAsync(server);
        using var response = await client.PostAsync(payload);
        await response.ShouldBeErrorAsync(3, "Bad request");
        using var poll = await client.GetAsync();
        await poll.ShouldBeErrorAsync(1, "Session ID unknown");
    }

    [Fact]
    public async Task A_payload_that_is_not_utf8_ends_the_session()
    {
        await using var server = await EchoServer.StartAsync();
        var client = await EchoServer.OpenPollingAsync(server);
        using var response = await client.PostAsync([(byte)'4', 0xff, 0xfe]);
        await response.ShouldBeErrorAsync(3, "Bad request");
    }

    [Fact]
    public async Task A_payload_of_too_many_packets_ends_the_session_before_any_is_read()
    {
        var handler = new RecordingHandler();
        await using var server = await EchoServer.StartAsync(o => o.MaxPacketsPerPayload = 3, handler);
        var client = await EchoServer.OpenPollingAsync(server);
        await client.SendAsync("4a", "4b", "4c");
        (await handler.Messages.TakeAsync(3)).ShouldBe(["a", "b", "c"]);
        using var response = await client.PostAsync("4a\u001e4b\u001e4c\u001e4d");
        await response.ShouldBeErrorAsync(3, "Bad request");
        (await handler.Closed.NextAsync()).ShouldBe(DisconnectCause.ProtocolViolation);
        handler.Messages.IsEmpty.ShouldBeTrue();
    }

    [Fact]
    public async Task A_binary_payload_ends_the_session()
    {
        await using var server = await EchoServer.StartAsync();
        var client = await EchoServer.OpenPollingAsync(server);
        using var content = new ByteArrayContent("4a"u8.ToArray());
        content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        using var response = await client.PostAsync(content);
        await response.ShouldBeErrorAsync(3, "Bad request");
        using var poll = await client.GetAsync();
        await poll.ShouldBeErrorAsync(1, "Session ID unknown");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_may_be_as_large_as_told_and_no_larger(bool announced)
    {
        await using var server = await EchoServer.StartAsync(o => o.MaxPayloadBytes = 20_000);
        var client = await EchoServer.OpenPollingAsync(server);
        using (var fits = await client.PostAsync(Body(20_000, announced)))
        {
            await fits.ShouldBeAsync(HttpStatusCode.OK, "ok");
        }

        using (var tooLarge = await client.PostAsync(Body(20_001, announced)))
        {
            await tooLarge.ShouldBeAsync(HttpStatusCode.RequestEntityTooLarge, "");
        }

        (await client.PollAsync()).Single().Length.ShouldBe(20_000);
    }

    [Fact]
    public async Task Two_polls_at_a_time_end_the_session()
    {
        var handler = new RecordingHandler();
        await using var server = await EchoServer.StartAsync(handler: handler);
        var client = await EchoServer.OpenPollingAsync(server);
        var polls = new[] { client.GetAsync(), client.GetAsync() };
        var answers = await Task.WhenAll(polls);
        var ended = answers.Single(a => a.StatusCode == HttpStatusCode.OK);
        await ended.ShouldBeAsync(HttpStatusCode.OK, "1");
        await answers.Single(a => a != ended).ShouldBeAsync(HttpStatusCode.BadRequest, "");
        (await handler.Closed.NextAsync()).ShouldBe(DisconnectCause.TransportFailed);
    }

    [Fact]
    public async Task Two_posts_at_a_time_end_the_session()
    {
        var release = new TaskCompletionSource();
        var handler = new RecordingHandler { OnMessage = _ => new ValueTask(release.Task) };
        await using var server = await EchoServer.StartAsync(handler: handler);
        var client = await EchoServer.OpenPollingAsync(server);
        var first = client.PostAsync("4a");
        await handler.Messages.NextAsync();
        using var second = await client.PostAsync("4b");
        await second.ShouldBeAsync(HttpStatusCode.BadRequest, "");
        (await handler.Closed.NextAsync()).ShouldBe(DisconnectCause.TransportFailed);
        release.SetResult();
        (await first).StatusCode.ShouldBe(HttpStatusCode.OK);
        handler.Messages.IsEmpty.ShouldBeTrue();
    }

    [Fact]
    public async Task A_poll_that_is_given_up_ends_the_session()
    {
        var handler = new RecordingHandler();
        await using var server = await EchoServer.StartAsync(handler: handler);
        var client = await EchoServer.OpenPollingAsync(server);
        using (var socket = new TcpClient())
        {
            await socket.ConnectAsync("127.0.0.1", server.Address.Port);
            var poll = $"GET /engine.io/?EIO=4&transport=polling&sid={client.Sid} HTTP/1.1\r\nHost: a\r\n\r\n";
            await socket.GetStream().WriteAsync(Encoding.ASCII.GetBytes(poll));
        }

        (await handler.Closed.NextAsync()).ShouldBe(DisconnectCause.TransportFailed);
        using var last = await client.GetAsync();
        await last.ShouldBeErrorAsync(1, "Session ID unknown");
    }

    [Theory]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    [InlineData("PATCH")]
    public async Task Other_methods_of_a_known_session_are_an_error(string method)
    {
        await using var server = await EchoServer.StartAsync();
        var client = await EchoServer.OpenPollingAsync(server);
        using var request = new HttpRequestMessage(new(method), $"/engine.io/?EIO=4&transport=polling&sid={client.Sid}");
        (await server.Http.SendAsync(request)).StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
        await client.SendAsync("4still there");
        (await client.PollAsync()).ShouldBe(["4still there"]);
    }

    [Fact]
    public async Task A_close_packet_ends_the_waiting_poll_with_a_noop()
    {
        var handler = new RecordingHandler();
        await using var server = await EchoServer.StartAsync(handler: handler);
        var client = await EchoServer.OpenPollingAsync(server);
        var poll = client.PollAsync();
        await client.SendAsync("1");
        (await poll).ShouldBe(["6"]);
        (await handler.Closed.NextAsync()).ShouldBe(DisconnectCause.TransportClosed);
        using var next = await client.GetAsync();
        await next.ShouldBeErrorAsync(1, "Session ID unknown");
    }

    [Fact]
    public async Task One_poll_that_comes_after_the_close_packet_gets_the_noop_too()
    {
        await using var server = await EchoServer.StartAsync();
        var client = await EchoServer.OpenPollingAsync(server);
        await client.SendAsync("1");
        (await client.PollAsync()).ShouldBe(["6"]);
        using var next = await client.GetAsync();
        await next.ShouldBeErrorAsync(1, "Session ID unknown");
    }

    [Fact]
    public async Task What_waits_when_the_server_closes_is_polled_for_and_then_the_close()
    {
        await using var server = await TestServer.StartAsync(io: io => io.Of("/").OnConnection(socket =>
            socket.On("bye", e =>
            {
                e.Socket.Emit("last words");
                e.Socket.Disconnect(closeConnection: true);
            })));
        var client = await PollingClient.OpenAsync(server);
        await client.ConnectAsync();
        await client.SendAsync("42[\"bye\"]");

        // The close comes alone: clients that find it beside the 41 forget that, and come back by themselves.
        List<string> packets = [];
        while (!packets.Contains("41", StringComparer.Ordinal))
        {
            packets.AddRange(await client.PollAsync());
        }

        packets.ShouldBe(["42[\"last words\"]", "41"]);
        (await client.PollAsync()).ShouldBe(["1"]);
        using var next = await client.GetAsync();
        await next.ShouldBeErrorAsync(1, "Session ID unknown");
    }

    [Fact]
    public async Task A_close_that_nobody_polls_for_is_forgotten_in_time()
    {
        var time = new FakeTimeProvider();
        var handler = new RecordingHandler();
        await using var server = await EchoServer.StartAsync(handler: handler, time: time);
        var client = await EchoServer.OpenPollingAsync(server);
        await client.SendAsync("4close me");
        (await handler.Closed.NextAsync()).ShouldBe(DisconnectCause.ServerDisconnected);
        time.Advance(TimeSpan.FromSeconds(30));
        using var late = await client.GetAsync();
        await late.ShouldBeErrorAsync(1, "Session ID unknown");
    }

    private static HttpContent Body(int size, bool announced)
    {
        var bytes = Encoding.ASCII.GetBytes("4" + new string('x', size - 1));
        return announced ? new ByteArrayContent(bytes) : new StreamContent(new UnseekableStream(bytes));
    }

    /// <summary>Without a length, so that it travels in chunks.</summary>
    private sealed class UnseekableStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }
}
