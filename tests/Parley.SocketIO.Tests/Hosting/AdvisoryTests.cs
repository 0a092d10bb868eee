using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Parley.SocketIO.EngineIO;
using Parley.SocketIO.Tests.Clients;
using Parley.SocketIO.Tests.Virtual;

namespace Parley.SocketIO.Tests.Hosting;

/// <summary>
/// What once hurt other servers, and the libraries below them, by HTTP and WebSocket, tried here; for that of their parsers see
/// <see cref="Packets.HistoryTests"/>. After each, others are served, and no error is logged (the server's fixture sees to that).
/// docs/socketio-security.md lists all.
/// </summary>
public sealed class AdvisoryTests
{
    private const string SwitchingOrReset = "^(HTTP/1.1 101|$)";

    private const string Upgrade =
        "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n";

    private const string Path = "/engine.io/";
    private const int Text = 1;
    private const int Continuation = 0;
    private const int Closing = 8;
    private const int Ping = 9;
    private const int Pong = 10;

    [Fact]
    public async Task Cve_2017_16031_ids_are_random_in_each_of_their_characters()
    {
        await using var server = await TestServer.StartAsync();
        var ids = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < 40; i++)
        {
            await using var client = await PollingClient.OpenAsync(server);
            ids.Add(client.Sid);
        }

        ids.Count.ShouldBe(40);

        // A counter or a clock would leave characters that all ids share. That 40 random ones agree in one place has a chance of 64^-39.
        for (var place = 0; place < 20; place++)
        {
            ids.Select(id => id[place]).Distinct().Count().ShouldBeGreaterThan(1, $"place {place}");
        }
    }

    [Theory]
    [InlineData(SocketIOTransports.Polling)]
    [InlineData(SocketIOTransports.WebSocket)]
    public async Task Cve_2020_28481_no_answer_permits_a_foreign_page_anything_unless_it_is_allowed(SocketIOTransports transport)
    {
        await using var server = await TestServer.StartAsync();
        var name = transport == SocketIOTransports.Polling ? "polling" : "websocket";
        foreach (var method in (string[])["GET", "OPTIONS", "POST"])
        {
            using var request = new HttpRequestMessage(new(method), $"/socket.io/?EIO=4&transport={name}");
            request.Headers.Add("Origin", "https://evil.example");
            using var response = await server.Http.SendAsync(request);
            response.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
            response.Headers.ShouldNotContain(h => h.Key.StartsWith("Access-Control-Allow", StringComparison.OrdinalIgnoreCase));
        }
    }

    [Theory]
    [InlineData(0xc1, "reserved bit 1")]
    [InlineData(0xa1, "reserved bit 2")]
    [InlineData(0x91, "reserved bit 3")]
    [InlineData(0xf1, "all of them")]
    [InlineData(0x83, "a reserved opcode of data")]
    [InlineData(0x8b, "a reserved opcode of control")]
    [InlineData(0x80, "a continuation of nothing")]
    [InlineData(0x09, "a ping in fragments")]
    public async Task Cve_2022_21676_a_bad_first_frame_costs_its_own_connection_only(int first, string what)
    {
        await using var server = await EchoServer.StartAsync();

        // The frame comes with the handshake: it is there before anybody could listen for errors.
        (await ExchangeAsync(server, "", [(byte)first, 0x81, 0, 0, 0, 0, (byte)'4'])).ShouldMatch(SwitchingOrReset, what);
        await ShouldServeAsync(server);
    }

    [Theory]
    [InlineData("EIO=4&transport=abc")]
    [InlineData("EIO=4&transport=websocket&sid=unknown")]
    [InlineData("EIO=2&transport=websocket")]
    public async Task Cve_2022_41940_a_client_that_resets_its_refused_upgrade_costs_nothing(string query)
    {
        await using var server = await EchoServer.StartAsync();
        for (var i = 0; i < 20; i++)
        {
            using var socket = await ConnectAsync(server);
            await WriteAsync(socket, $"GET {Path}?{query} HTTP/1.1\r\nHost: {server.Address.Authority}\r\n{Upgrade}\r\n", []);

            // Without a word of goodbye: a reset instead of an end.
            socket.Client.Close(0);
        }

        await ShouldServeAsync(server);
    }

    [Theory]
    [InlineData("constructor")]
    [InlineData("__proto__")]
    [InlineData("toString")]
    [InlineData("hasOwnProperty")]
    [InlineData("polling%00")]
    [InlineData("polling,websocket")]
    [InlineData("")]
    public async Task Cve_2023_31125_a_transport_is_one_of_two_words(string transport)
    {
        await using var server = await EchoServer.StartAsync();
        await using var known = await EchoServer.OpenPollingAsync(server);
        foreach (var sid in (string[])["", $"&sid={known.Sid}"])
        {
            using var response = await server.Http.GetAsync($"{Path}?EIO=4&transport={transport}{sid}");
            await response.ShouldBeErrorAsync(0, "Transport unknown");
        }

        await Should.ThrowAsync<WebSocketException>(WebSocketClient.ConnectAsync(server, $"{Path}?EIO=4&transport={transport}"));
        await ShouldServeAsync(server);
    }

    [Fact]
    public async Task Cve_2026_48779_a_message_of_tiny_fragments_is_bounded_as_a_whole()
    {
        await using var server = await EchoServer.StartAsync(o => o.MaxPayloadBytes = 1000);
        using var socket = await RawWebSocket.OpenAsync(server, Path, extensions: null);
        await socket.ReceiveAsync();
        await socket.SendAsync(new(Text, Rsv1: false, "4"u8.ToArray(), IsFinal: false));
        for (var i = 0; i < 998; i++)
        {
            await socket.SendAsync(new(Continuation, Rsv1: false, "x"u8.ToArray(), IsFinal: false));
        }

        await socket.SendAsync(new(Continuation, Rsv1: false, "x"u8.ToArray()));
        (await socket.ReceiveAsync()).Payload.Length.ShouldBe(1000);

        await socket.SendAsync(new(Text, Rsv1: false, "4"u8.ToArray(), IsFinal: false));
        for (var i = 0; i < 1000; i++)
        {
            await socket.SendAsync(new(Continuation, Rsv1: false, "x"u8.ToArray(), IsFinal: false));
        }

        var end = await socket.ReceiveAsync();
        (end.Opcode, (end.Payload[0] << 8) | end.Payload[1]).ShouldBe((Closing, 1009));
    }

    [Fact]
    public async Task Cve_2026_48779_a_message_of_empty_fragments_has_the_time_of_the_heartbeat()
    {
        var (time, handler) = (new FakeTimeProvider(), new RecordingHandler());
        await using var server = await EchoServer.StartAsync(handler: handler, time: time);
        using var socket = await RawWebSocket.OpenAsync(server, Path, extensions: null);
        await socket.ReceiveAsync();
        await socket.SendAsync(new(Text, Rsv1: false, "4"u8.ToArray(), IsFinal: false));
        for (var i = 0; i < 2000; i++)
        {
            await socket.SendAsync(new(Continuation, Rsv1: false, [], IsFinal: false));
        }

        // No pong fits between fragments.
        time.Advance(TimeSpan.FromSeconds(25));
        time.Advance(TimeSpan.FromSeconds(20));
        (await handler.Closed.NextAsync()).ShouldBe(DisconnectCause.PingTimeout);
    }

    [Fact]
    public async Task Cve_2026_45736_small_answers_hold_nothing_of_what_their_buffers_held_before()
    {
        await using var server = await EchoServer.StartAsync();
        using var socket = await RawWebSocket.OpenAsync(server, Path, extensions: null);
        await socket.ReceiveAsync();
        var secret = Encoding.ASCII.GetBytes("4" + new string('S', 99_999));
        await socket.SendAsync(new(Text, Rsv1: false, secret));
        (await socket.ReceiveAsync()).Payload.ShouldBe(secret);
        await socket.SendAsync(new(Text, Rsv1: false, "4a"u8.ToArray()));
        (await socket.ReceiveAsync()).Payload.ShouldBe("4a"u8.ToArray());
        await socket.SendAsync(new(Ping, Rsv1: false, "p"u8.ToArray()));
        (await socket.ReceiveAsync()).Payload.ShouldBe("p"u8.ToArray());
        await socket.SendAsync(new(Closing, Rsv1: false, [0x03, 0xe8]));
        var end = await socket.ReceiveAsync();
        end.Opcode.ShouldBe(Closing);
        end.Payload.ShouldBe([0x03, 0xe8]);
    }

    [Fact]
    public async Task Cve_2024_37890_a_request_with_too_many_headers_is_refused()
    {
        await using var server = await EchoServer.StartAsync();
        var headers = string.Concat(Enumerable.Range(0, 2000).Select(i => $"x{i}: {i}\r\n"));
        (await ExchangeAsync(server, headers, [])).ShouldStartWith("HTTP/1.1 431");
        await ShouldServeAsync(server);
    }

    [Theory]
    [InlineData("Sec-WebSocket-Protocol: a{0}a\r\n")]
    [InlineData("Sec-WebSocket-Extensions: a{0}a\r\n")]
    [InlineData("Sec-WebSocket-Extensions: permessage-deflate; a=\"{0}\r\n")]
    public async Task Cve_2021_32640_long_white_space_in_a_header_costs_no_time(string header)
    {
        await using var server = await EchoServer.StartAsync();
        var text = header.Replace("{0}", new string(' ', 16_000), StringComparison.Ordinal);
        (await ExchangeAsync(server, text, [])).ShouldStartWith("HTTP/1.1 101");
    }

    [Theory]
    [InlineData("constructor")]
    [InlineData("__proto__")]
    [InlineData("permessage-deflate; constructor")]
    [InlineData("permessage-deflate; server_max_window_bits=0")]
    [InlineData(";,;=")]
    public async Task Ghsa_5v72_xg48_5rpm_extensions_are_looked_up_nowhere(string extensions)
    {
        await using var server = await EchoServer.StartAsync(o => o.PerMessageDeflate = new());
        (await ExchangeAsync(server, $"Sec-WebSocket-Extensions: {extensions}\r\n", []))
            .ShouldNotContain("constructor", Case.Sensitive);
        await ShouldServeAsync(server);
    }

    [Theory]
    [InlineData(0x7f)]
    [InlineData(0xff)]
    public async Task Cve_2016_10542_a_frame_that_claims_to_be_huge_reserves_no_memory(int highest)
    {
        await using var server = await EchoServer.StartAsync();
        var before = GC.GetTotalAllocatedBytes();

        // 2^63 - 1 bytes are announced, or a length that is negative.
        byte[] frame = [0x82, 0xff, (byte)highest, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0, 1, 2, 3];
        (await ExchangeAsync(server, "", frame)).ShouldMatch(SwitchingOrReset);
        (GC.GetTotalAllocatedBytes() - before).ShouldBeLessThan(100_000_000);
        await ShouldServeAsync(server);
    }

    [Theory]
    [InlineData("")]
    [InlineData("125")]
    public async Task Cve_2016_10518_a_ping_is_answered_with_its_own_bytes(string payload)
    {
        await using var server = await EchoServer.StartAsync();
        using var socket = await RawWebSocket.OpenAsync(server, Path, extensions: null);
        await socket.ReceiveAsync();
        await socket.SendAsync(new(Ping, Rsv1: false, Encoding.ASCII.GetBytes(payload)));
        var answer = await socket.ReceiveAsync();
        answer.Opcode.ShouldBe(Pong);
        Encoding.ASCII.GetString(answer.Payload).ShouldBe(payload);
    }

    [Theory]
    [InlineData("io=x; Path=/; HttpOnly")]
    [InlineData("__proto__=1; constructor=2")]
    [InlineData("=;=;=\u0001")]
    public async Task Ghsa_pxg6_pf52_xh8x_no_cookie_is_set_or_read(string cookie)
    {
        await using var server = await EchoServer.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{Path}?EIO=4&transport=polling");
        request.Headers.TryAddWithoutValidation("Cookie", cookie);
        using var response = await server.Http.SendAsync(request);
        response.Headers.Contains("Set-Cookie").ShouldBeFalse();
        await ShouldServeAsync(server);
    }

    [Theory]
    [InlineData(SocketIOTransports.Polling)]
    [InlineData(SocketIOTransports.WebSocket)]
    public async Task Ghsa_cgwc_pv48_fhj5_pongs_out_of_turn_make_no_more_pings(SocketIOTransports transport)
    {
        var time = new FakeTimeProvider();
        await using var server = await EchoServer.StartAsync(time: time);
        await using var client = await EchoServer.OpenAsync(server, transport);
        await client.SendAsync([.. Enumerable.Repeat<Frame>("3", 1000), "4before"]);
        (await client.ReceiveAsync()).ShouldBe("4before");
        time.Advance(TimeSpan.FromSeconds(25));
        await client.SendAsync("4after");
        (await client.ReceiveAsync()).ShouldBe("2");
        (await client.ReceiveAsync()).ShouldBe("4after");
    }

    [Theory]
    [InlineData(SocketIOTransports.Polling)]
    [InlineData(SocketIOTransports.WebSocket)]
    public async Task A_middleware_that_never_ends_has_the_connect_timeout(SocketIOTransports transport)
    {
        var time = new FakeTimeProvider();
        var (asked, never) = (new Recorder<Socket>(), new TaskCompletionSource<ConnectResult>());
        await using var server = await TestServer.StartAsync(
            o => o.ConnectTimeout = TimeSpan.FromSeconds(20),
            io => io.Of("/").Use(socket =>
            {
                asked.Add(socket);
                return new(never.Task);
            }),
            time);
        await using var client = await EngineClient.OpenAsync(server, transport);
        await client.SendAsync("40");
        await asked.NextAsync();
        time.Advance(TimeSpan.FromSeconds(20));
        (await client.ReceiveToEndAsync()).ShouldBeEmpty();
        var engine = server.Services.GetRequiredService<EngineServer>();
        await Deadline.Until(() => engine.Occupancy == (0, 0));
        never.SetResult(ConnectResult.Accept);
    }

    private static async Task ShouldServeAsync(TestServer server)
    {
        await using var client = await EchoServer.OpenWebSocketAsync(server);
        await client.SendAsync("4still there");
        (await client.ReceiveAsync()).ShouldBe("4still there");
    }

    private static async Task<TcpClient> ConnectAsync(TestServer server)
    {
        var socket = new TcpClient();
        await socket.ConnectAsync(server.Address.Host, server.Address.Port, Deadline.Token());
        return socket;
    }

    private static async Task WriteAsync(TcpClient socket, string head, byte[] after) =>
        await socket.GetStream().WriteAsync((byte[])[.. Encoding.ASCII.GetBytes(head), .. after], Deadline.Token());

    /// <summary>
    /// A WebSocket's handshake with these headers and what follows it; the answer's beginning. Empty: the server closed the connection
    /// with something of ours unread, which resets it, and the answer was lost on the way.
    /// </summary>
    private static async Task<string> ExchangeAsync(TestServer server, string headers, byte[] after)
    {
        using var socket = await ConnectAsync(server);
        await WriteAsync(
            socket,
            $"GET {Path}?EIO=4&transport=websocket HTTP/1.1\r\nHost: {server.Address.Authority}\r\n{Upgrade}{headers}\r\n",
            after);
        var answer = new byte[4096];
        try
        {
            var length = await socket.GetStream().ReadAsync(answer, Deadline.Token());
            return Encoding.ASCII.GetString(answer, 0, length);
        }
        catch (IOException)
        {
            return "";
        }
    }
}
