using Parley.SocketIO.Tests.Clients;
using Parley.SocketIO.Tests.Virtual;

namespace Parley.SocketIO.Tests.Namespaces;

/// <summary>Every way in which a socket ends, and the reference's word for it.</summary>
public sealed class DisconnectTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly Recorder<Socket> _sockets = new();
    private readonly Recorder<string> _story = new();

    public static TheoryData<SocketIOTransports> Transports => [SocketIOTransports.Polling, SocketIOTransports.WebSocket];

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task The_client_leaves_the_namespace(SocketIOTransports transport)
    {
        await using var server = await StartAsync();
        await using var client = await OpenAsync(server, transport);
        await client.SendAsync("42[\"e\",\"last\"]", "41");
        await ShouldTellAsync("e last", "disconnecting client namespace disconnect with rooms", "disconnected ClientLeft");
        await client.ConnectAsync();
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task The_client_closes_the_connection(SocketIOTransports transport)
    {
        await using var server = await StartAsync();
        await using var client = await OpenAsync(server, transport);
        await client.SendAsync("42[\"e\",\"last\"]", "1");
        await ShouldTellAsync("e last", "disconnecting transport close with rooms", "disconnected TransportClosed");
    }

    [Fact]
    public async Task The_connection_breaks()
    {
        await using var server = await StartAsync();
        await using var client = await OpenAsync(server, SocketIOTransports.WebSocket);
        ((WebSocketClient)client).Socket.Abort();
        await ShouldTellAsync("disconnecting transport error with rooms", "disconnected TransportFailed");
    }

    [Fact]
    public async Task Two_polls_overlap()
    {
        await using var server = await StartAsync();
        var client = (PollingClient)await OpenAsync(server, SocketIOTransports.Polling);
        await Task.WhenAll(client.GetAsync(), client.GetAsync());
        await ShouldTellAsync("disconnecting transport error with rooms", "disconnected TransportFailed");
    }

    [Fact]
    public async Task A_message_is_too_large()
    {
        await using var server = await StartAsync(o => o.MaxPayloadBytes = 1000);
        await using var client = await OpenAsync(server, SocketIOTransports.WebSocket);
        await client.SendAsync($"42[\"e\",\"{new string('x', 1000)}\"]");
        await ShouldTellAsync("disconnecting transport error with rooms", "disconnected PayloadTooLarge");
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task The_client_does_not_answer_a_ping(SocketIOTransports transport)
    {
        await using var server = await StartAsync();
        await using var client = await OpenAsync(server, transport);
        await _sockets.NextAsync();
        _time.Advance(TimeSpan.FromSeconds(45));
        await ShouldTellAsync("disconnecting ping timeout with rooms", "disconnected PingTimeout");
    }

    [Fact]
    public async Task The_client_breaks_the_protocol()
    {
        await using var server = await StartAsync();
        await using var client = await OpenAsync(server, SocketIOTransports.WebSocket);
        await client.SendAsync("42[\"e\",\"last\"]", "4nonsense");
        await ShouldTellAsync("e last", "disconnecting parse error with rooms", "disconnected ProtocolViolation");
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task The_server_takes_the_socket_out_of_the_namespace(SocketIOTransports transport)
    {
        await using var server = await StartAsync();
        await using var client = await OpenAsync(server, transport);
        var socket = await _sockets.NextAsync();
        socket.Disconnect();
        socket.Disconnect();
        await ShouldTellAsync("disconnecting server namespace disconnect with rooms", "disconnected ServerDisconnected");
        (await client.ReceiveAsync()).ShouldBe("41");
        socket.Emit("e").ShouldBe(EmitResult.Closed);
        (await socket.EmitAsync("e")).ShouldBe(EmitResult.Closed);
        await client.ConnectAsync();
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task What_was_on_its_way_to_a_namespace_that_the_server_ended_is_no_violation(SocketIOTransports transport)
    {
        await using var server = await StartAsync();
        await using var client = await OpenAsync(server, transport);
        await _sockets.NextAsync();
        await client.ConnectAsync("/second");
        var second = await _sockets.NextAsync();
        second.Disconnect();
        (await client.ReceiveAsync()).ShouldBe("41/second,");
        await _story.TakeAsync(2);

        // The client has not read that yet: an event, an acknowledgement, its own leave. Then it has.
        await client.SendAsync("42/second,[\"e\",\"late\"]", "43/second,0[]", "41/second,", "42[\"e\",\"here\"]");
        await ShouldTellAsync("e here");
        await client.ConnectAsync("/second");
        await client.SendAsync("42/second,[\"e\",\"again\"]");
        await ShouldTellAsync("e again");
    }

    [Fact]
    public async Task What_is_sent_to_a_namespace_that_the_client_left_itself_is_a_violation()
    {
        await using var server = await StartAsync();
        await using var client = await OpenAsync(server, SocketIOTransports.WebSocket);
        await client.ConnectAsync("/second");
        await client.SendAsync("41/second,", "42/second,[\"e\",\"late\"]");
        (await client.ReceiveToEndAsync()).ShouldBeEmpty();
        (await _story.TakeAsync(4)).Contains("disconnected ProtocolViolation", StringComparer.Ordinal).ShouldBeTrue();
    }

    [Fact]
    public async Task Whoever_is_put_out_while_talking_is_told()
    {
        await using var server = await TestServer.StartAsync(io: io => io.Of("/").OnConnection(socket =>
            socket.On("e", (SocketEvent _) => socket.Disconnect(closeConnection: true))));
        for (var round = 0; round < 50; round++)
        {
            await using var client = await WebSocketClient.OpenAsync(server);
            await client.ConnectAsync();
            await client.SendAsync([.. Enumerable.Repeat("42[\"e\"]", 40)]);
            (await client.ReceiveToEndAsync()).ShouldBe(["41"]);
        }
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task The_server_closes_the_connection(SocketIOTransports transport)
    {
        await using var server = await StartAsync();
        await using var client = await OpenAsync(server, transport);
        var socket = await _sockets.NextAsync();
        await client.ConnectAsync("/second");
        await _sockets.NextAsync();
        socket.Emit("last");
        socket.Disconnect(closeConnection: true);
        (await _story.TakeAsync(4)).ShouldBe(
            [
                "disconnecting server namespace disconnect with rooms", "disconnecting server namespace disconnect with rooms",
                "disconnected ServerDisconnected", "disconnected ServerDisconnected",
            ],
            ignoreOrder: true);
        (await client.ReceiveToEndAsync()).ShouldBe(["42[\"last\"]", "41", "41/second,"]);
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task The_host_stops(SocketIOTransports transport)
    {
        await using var server = await StartAsync();
        await using var client = await OpenAsync(server, transport);
        await _sockets.NextAsync();
        var rest = client.ReceiveToEndAsync();
        await server.StopAsync();
        await ShouldTellAsync("disconnecting server shutting down with rooms", "disconnected ServerShutdown");
        (await rest).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_client_reads_too_slowly()
    {
        await using var server = await StartAsync(o => o.MaxOutboundBytes = 10_000);
        var client = await OpenAsync(server, SocketIOTransports.Polling);
        var socket = await _sockets.NextAsync();
        while (socket.Emit("e", new string('x', 1000)) == EmitResult.Queued)
        {
        }

        await ShouldTellAsync("disconnecting forced close with rooms", "disconnected SlowReader");
        (await client.ReceiveToEndAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_came_before_the_end_is_handled_and_nothing_after_the_server_disconnected()
    {
        var release = new TaskCompletionSource();
        await using var server = await TestServer.StartAsync(io: io => io.Of("/").OnConnection(socket =>
        {
            socket.OnDisconnected(r => _story.Add($"disconnected {r}"));
            socket.On("wait", async (SocketEvent _) =>
            {
                _story.Add("begin");
                await release.Task;
                _story.Add("end");
            });
            socket.On("e", (string text) => _story.Add(text));
            _sockets.Add(socket);
        }));
        await using var client = await WebSocketClient.OpenAsync(server);
        await client.ConnectAsync();
        await client.SendAsync("42[\"wait\"]", "42[\"e\",\"never\"]");
        (await _story.NextAsync()).ShouldBe("begin");

        var socket = await _sockets.NextAsync();
        socket.Disconnect();
        socket.Connected.ShouldBeFalse();
        _story.IsEmpty.ShouldBeTrue();
        release.SetResult();

        await ShouldTellAsync("end", "disconnected server namespace disconnect");
        _story.IsEmpty.ShouldBeTrue();
    }

    [Fact]
    public async Task A_handler_can_notice_that_its_client_is_gone()
    {
        await using var server = await TestServer.StartAsync(io: io => io.Of("/").OnConnection(socket =>
        {
            socket.OnDisconnected(r => _story.Add($"disconnected {r}"));
            socket.On("wait", async (SocketEvent _) =>
            {
                _story.Add("begin");
                var forever = new TaskCompletionSource();
                await forever.Task.WaitAsync(socket.ConnectionAborted);
            });
        }));
        await using var client = await WebSocketClient.OpenAsync(server);
        await client.ConnectAsync();
        await client.SendAsync("42[\"wait\"]");
        (await _story.NextAsync()).ShouldBe("begin");
        client.Socket.Abort();
        await ShouldTellAsync("disconnected transport error");
    }

    [Fact]
    public async Task A_disconnect_handler_that_fails_keeps_no_other_from_running()
    {
        await using var server = (await TestServer.StartAsync(io: io => io.Of("/").OnConnection(socket =>
        {
            socket.OnDisconnecting(_ => throw new InvalidOperationException("first"));
            socket.OnDisconnecting(_ => _story.Add("second"));
            socket.OnDisconnected(_ => throw new InvalidOperationException("third"));
            socket.OnDisconnected(_ => _story.Add("fourth"));
        }))).ExpectingErrors();
        await using var client = await WebSocketClient.OpenAsync(server);
        await client.ConnectAsync();
        await client.SendAsync("41");
        await ShouldTellAsync("second", "fourth");
        server.Logs.Errors.Select(e => e.Exception!.Message).ShouldBe(["first", "third"]);
    }

    [Fact]
    public async Task A_socket_that_disconnects_in_its_connection_handler_ends_after_it()
    {
        await using var server = await TestServer.StartAsync(io: io => io.Of("/").OnConnection(socket =>
        {
            socket.OnDisconnected(r => _story.Add($"disconnected {r}"));
            socket.Emit("bye");
            socket.Disconnect();
            _story.Add("connected");
        }));
        await using var client = await WebSocketClient.OpenAsync(server);
        await client.ConnectAsync();
        (await client.ReceiveAsync()).ShouldBe("42[\"bye\"]");
        (await client.ReceiveAsync()).ShouldBe("41");
        await ShouldTellAsync("connected", "disconnected server namespace disconnect");
    }

    [Fact]
    public async Task A_socket_that_has_been_put_out_joins_no_room_any_more()
    {
        await using var server = await TestServer.StartAsync(io: io => io.Of("/").OnConnection(socket =>
        {
            socket.Join("before");
            socket.Disconnect();
            socket.Join("after");
            socket.OnDisconnected(r => _story.Add($"disconnected {r}"));
        }));
        await using var client = await WebSocketClient.OpenAsync(server);
        await client.ConnectAsync();
        await ShouldTellAsync("disconnected server namespace disconnect");
        var rooms = server.IO.Of("/").LocalSockets.Rooms;
        rooms.MembersOf("before").ShouldBeEmpty();
        rooms.MembersOf("after").ShouldBeEmpty();
    }

    [Fact]
    public void Every_cause_has_the_references_name()
    {
        var names = Enum.GetValues<DisconnectCause>().ToDictionary(c => c, c => DisconnectReason.From(c).ToString());
        names.ShouldBe(new Dictionary<DisconnectCause, string>
        {
            [DisconnectCause.ClientLeft] = "client namespace disconnect",
            [DisconnectCause.ServerDisconnected] = "server namespace disconnect",
            [DisconnectCause.TransportClosed] = "transport close",
            [DisconnectCause.TransportFailed] = "transport error",
            [DisconnectCause.PayloadTooLarge] = "transport error",
            [DisconnectCause.PingTimeout] = "ping timeout",
            [DisconnectCause.ProtocolViolation] = "parse error",
            [DisconnectCause.SlowReader] = "forced close",
            [DisconnectCause.ConnectTimeout] = "forced server close",
            [DisconnectCause.ServerShutdown] = "server shutting down",
            [DisconnectCause.TooManyEvents] = "forced close",
            [DisconnectCause.Superseded] = "transport close",
        });
    }

    private Task<TestServer> StartAsync(Action<SocketIOOptions>? options = null) =>
        TestServer.StartAsync(options, time: _time, io: io =>
        {
            io.Of("/").OnConnection(Tell);
            io.Of("/second").OnConnection(Tell);
        });

    private void Tell(Socket socket)
    {
        socket.Join("room");
        socket.On("e", (string text) => _story.Add($"e {text}"));
        socket.OnDisconnecting(r => _story.Add($"disconnecting {r} with{(socket.Rooms.Contains("room", StringComparer.Ordinal) ? "" : "out")} rooms"));
        socket.OnDisconnected(r => _story.Add(
            socket.Rooms.Count == 0 && socket.ConnectionAborted.CanBeCanceled ? $"disconnected {r.Cause}" : "still in a room"));
        _sockets.Add(socket);
    }

    private static async Task<EngineClient> OpenAsync(TestServer server, SocketIOTransports transport)
    {
        var client = await EngineClient.OpenAsync(server, transport);
        await client.ConnectAsync();
        return client;
    }

    private async Task ShouldTellAsync(params string[] story) => (await _story.TakeAsync(story.Length)).ShouldBe(story);
}
