using Parley.SocketIO.Tests.Clients;
using Parley.SocketIO.Tests.Virtual;

namespace Parley.SocketIO.Tests.Namespaces;

public sealed class BackPressureTests
{
    private readonly Recorder<Socket> _sockets = new();
    private readonly Recorder<DisconnectCause> _ended = new();

    [Theory]
    [InlineData(SocketIOTransports.Polling)]
    [InlineData(SocketIOTransports.WebSocket)]
    public async Task A_client_that_never_reads_costs_its_own_connection_only(SocketIOTransports transport)
    {
        await using var server = await StartAsync(o => o.MaxOutboundBytes = 200_000);
        await using var stuck = await EngineClient.OpenAsync(server, transport);
        await stuck.SendAsync("40");
        var stuckSocket = await _sockets.NextAsync();
        await using var neighbour = await WebSocketClient.OpenAsync(server);
        await neighbour.ConnectAsync();
        var neighbourSocket = await _sockets.NextAsync();

        var text = new string('x', 10_000);
        var sent = 0;
        while (stuckSocket.Connected)
        {
            // The neighbour reads each one before the next is sent, so that only one of the two is slow.
            server.IO.Of("/").Emit("big", sent, text);
            (await neighbour.ReceiveAsync()).ShouldStartWith($"42[\"big\",{sent},\"xxx");
            sent++;
            sent.ShouldBeLessThan(10_000, "what the connection itself holds is bounded, too");
        }

        neighbourSocket.Emit("still there");
        (await neighbour.ReceiveAsync()).ShouldBe("42[\"still there\"]");
        (await _ended.NextAsync()).ShouldBe(DisconnectCause.SlowReader);
    }

    [Theory]
    [InlineData(SocketIOTransports.Polling)]
    [InlineData(SocketIOTransports.WebSocket)]
    public async Task A_sender_that_waits_for_room_gets_everything_across(SocketIOTransports transport)
    {
        await using var server = await StartAsync(o => o.MaxOutboundBytes = 100_000);
        await using var client = await EngineClient.OpenAsync(server, transport);
        await client.ConnectAsync();
        var socket = await _sockets.NextAsync();
        var text = new string('x', 20_000);
        var sending = Task.Run(async () =>
        {
            for (var i = 0; i < 300; i++)
            {
                (await socket.EmitAsync("big", i, text)).ShouldBe(EmitResult.Queued);
            }
        });
        for (var i = 0; i < 300; i++)
        {
            (await client.ReceiveAsync()).ShouldStartWith($"42[\"big\",{i},");
        }

        await Deadline.For(sending);
        socket.Connected.ShouldBeTrue();
    }

    [Fact]
    public async Task A_sender_that_waits_for_a_client_that_leaves_is_told_so()
    {
        await using var server = await StartAsync(o => o.MaxOutboundBytes = 10_000);
        var client = await PollingClient.OpenAsync(server);
        await client.ConnectAsync();
        var socket = await _sockets.NextAsync();
        socket.Emit("big", new string('x', 6_000)).ShouldBe(EmitResult.Queued);
        var waiting = socket.EmitAsync("big").AsTask();
        waiting.IsCompleted.ShouldBeFalse();
        await client.SendAsync("1");
        (await Deadline.For(waiting)).ShouldBe(EmitResult.Closed);
    }

    [Fact]
    public async Task A_sender_may_give_up_waiting()
    {
        await using var server = await StartAsync(o => o.MaxOutboundBytes = 10_000);
        var client = await PollingClient.OpenAsync(server);
        await client.ConnectAsync();
        var socket = await _sockets.NextAsync();
        socket.Emit("big", new string('x', 6_000));
        using var giveUp = new CancellationTokenSource();
        var waiting = socket.EmitAsync("big", giveUp.Token).AsTask();
        await giveUp.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(Deadline.For(waiting));
        (await client.ReceiveAsync()).ShouldStartWith("42[\"big\",");
        socket.Emit("next").ShouldBe(EmitResult.Queued);
        (await client.ReceiveAsync()).ShouldBe("42[\"next\"]");
    }

    [Fact]
    public async Task Packets_are_bounded_in_number_too()
    {
        await using var server = await StartAsync(o => o.MaxOutboundPackets = 16);
        var client = await PollingClient.OpenAsync(server);
        await client.ConnectAsync();
        var socket = await _sockets.NextAsync();
        var results = Enumerable.Range(0, 18).Select(_ => socket.Emit("e")).ToList();
        results.Take(16).ShouldAllBe(r => r == EmitResult.Queued);
        results.Skip(16).ShouldBe([EmitResult.Dropped, EmitResult.Closed]);
    }

    private Task<TestServer> StartAsync(Action<SocketIOOptions> options) =>
        TestServer.StartAsync(options, io => io.Of("/").OnConnection(s =>
        {
            s.OnDisconnected(r => _ended.Add(r.Cause));
            _sockets.Add(s);
        }));
}
