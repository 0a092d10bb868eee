using Parley.SocketIO.Tests.Clients;
using Parley.SocketIO.Tests.Virtual;

namespace Parley.SocketIO.Tests.Namespaces;

public sealed class VolatileTests
{
    private readonly Recorder<Socket> _sockets = new();

    [Fact]
    public async Task A_client_with_no_poll_open_misses_what_is_volatile_and_nothing_else()
    {
        await using var server = await StartAsync();
        await using var client = await PollingClient.OpenAsync(server);
        await client.ConnectAsync();
        var socket = await _sockets.NextAsync();
        socket.Volatile.Emit("missed", 1).ShouldBe(EmitResult.Skipped);
        socket.Emit("kept").ShouldBe(EmitResult.Queued);
        (await client.ReceiveAsync()).ShouldBe("42[\"kept\"]");
    }

    [Theory]
    [InlineData(SocketIOTransports.Polling)]
    [InlineData(SocketIOTransports.WebSocket)]
    public async Task A_client_that_waits_gets_what_is_volatile_whole(SocketIOTransports transport)
    {
        await using var server = await StartAsync();
        await using var client = await EngineClient.OpenAsync(server, transport);
        await client.ConnectAsync();
        var socket = await _sockets.NextAsync();
        var received = client.ReceiveAsync();

        // Until the poll has come, or the WebSocket has written what came before.
        await Deadline.Until(() => socket.Volatile.Emit("e", new byte[] { 7 }) == EmitResult.Queued);

        (await Deadline.For(received)).ShouldBe("451-[\"e\",{\"_placeholder\":true,\"num\":0}]");
        (await client.ReceiveBinaryAsync()).ShouldBe([7]);
    }

    [Fact]
    public async Task A_poll_carries_one_volatile_event()
    {
        await using var server = await StartAsync();
        await using var client = await PollingClient.OpenAsync(server);
        await client.ConnectAsync();
        var socket = await _sockets.NextAsync();
        var received = client.ReceiveAsync();
        await Deadline.Until(() => socket.Volatile.Emit("first") == EmitResult.Queued);
        await Deadline.For(received);
        socket.Volatile.Emit("second").ShouldBe(EmitResult.Skipped);
        socket.Emit("end");
        (await received).ShouldBe("42[\"first\"]");
        (await client.ReceiveAsync()).ShouldBe("42[\"end\"]");
    }

    [Fact]
    public async Task A_client_that_reads_slowly_misses_what_is_volatile_and_keeps_its_connection()
    {
        await using var server = await StartAsync();
        await using var client = await WebSocketClient.OpenAsync(server);
        await client.ConnectAsync();
        var socket = await _sockets.NextAsync();
        var large = new string('x', 100_000);
        var sent = 0;
        await Deadline.Until(() =>
        {
            var result = socket.Volatile.Emit("large", large);
            sent += result == EmitResult.Queued ? 1 : 0;

            // Skipped while a write is under way: that it stays so for good shows that the reader holds everything up.
            return result == EmitResult.Skipped && sent > 20;
        });
        socket.Emit("end").ShouldBe(EmitResult.Queued);
        var received = 0;
        while (await client.ReceiveAsync() != "42[\"end\"]")
        {
            received++;
        }

        received.ShouldBe(sent);
        socket.Connected.ShouldBeTrue();
    }

    [Fact]
    public async Task A_broadcast_that_is_volatile_reaches_who_is_ready_and_says_that_somebody_was_not()
    {
        await using var server = await StartAsync();
        await using var absent = await PollingClient.OpenAsync(server);
        await absent.ConnectAsync();
        var absentSocket = await _sockets.NextAsync();
        await using var ready = await WebSocketClient.OpenAsync(server);
        await ready.ConnectAsync();
        var readySocket = await _sockets.NextAsync();
        await Deadline.Until(() => readySocket.Volatile.Emit("begin") == EmitResult.Queued);
        (await ready.ReceiveAsync()).ShouldBe("42[\"begin\"]");
        var io = server.IO.Of("/");

        // Until the WebSocket knows that the last write has ended.
        await Deadline.Until(() => io.Volatile.Except(absentSocket.Id).Emit("e", 1) == EmitResult.Queued);
        (await ready.ReceiveAsync()).ShouldBe("42[\"e\",1]");
        io.Volatile.Emit("e", 2).ShouldBe(EmitResult.Skipped);
        (await io.To(absentSocket.Id).Volatile.EmitAsync("e", 3)).ShouldBe(EmitResult.Skipped);
        io.Emit("end");
        (await absent.ReceiveAsync()).ShouldBe("42[\"end\"]");
    }

    [Fact]
    public async Task A_socket_that_has_ended_is_closed_to_what_is_volatile_too()
    {
        await using var server = await StartAsync();
        await using var client = await WebSocketClient.OpenAsync(server);
        await client.ConnectAsync();
        var socket = await _sockets.NextAsync();
        socket.Disconnect();
        socket.Volatile.Emit("e").ShouldBe(EmitResult.Closed);
        (await socket.Volatile.EmitAsync("e")).ShouldBe(EmitResult.Closed);
    }

    [Fact]
    public async Task Who_cannot_take_a_volatile_question_at_once_is_not_asked()
    {
        await using var server = await StartAsync();
        await using var client = await PollingClient.OpenAsync(server);
        await client.ConnectAsync();
        var socket = await _sockets.NextAsync();
        (await Should.ThrowAsync<AckException>(socket.Volatile.EmitWithAckAsync("q"))).Failure.ShouldBe(AckFailure.Skipped);
        socket.PendingAckCount.ShouldBe(0);
        Should.Throw<ArgumentOutOfRangeException>(() => socket.Volatile.Timeout(TimeSpan.Zero));

        var received = client.ReceiveAsync();
        Task<EventArguments>? asking = null;
        await Deadline.Until(() => !(asking = socket.Volatile.EmitWithAckAsync("q", 1, "two")).IsFaulted);
        var question = await Deadline.For(received);
        question.ShouldEndWith("[\"q\",1,\"two\"]");
        await client.SendAsync($"43{question[2..question.IndexOf('[', StringComparison.Ordinal)]}[\"answer\"]");
        (await Deadline.For(asking!)).Get<string>(0).ShouldBe("answer");
    }

    [Fact]
    public async Task What_is_local_reaches_everybody_of_a_server_on_its_own()
    {
        await using var server = await StartAsync();
        await using var client = await WebSocketClient.OpenAsync(server);
        await client.ConnectAsync();
        var socket = await _sockets.NextAsync();
        server.IO.Of("/").Local.Emit("all");
        server.IO.Of("/").To(socket.Id).Local.Emit("one");
        (await client.ReceiveAsync()).ShouldBe("42[\"all\"]");
        (await client.ReceiveAsync()).ShouldBe("42[\"one\"]");
    }

    private Task<TestServer> StartAsync() => TestServer.StartAsync(io: io => io.Of("/").OnConnection(_sockets.Add));
}
