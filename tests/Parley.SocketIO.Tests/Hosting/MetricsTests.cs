using Parley.SocketIO.Tests.Clients;
using Parley.SocketIO.Tests.Virtual;

namespace Parley.SocketIO.Tests.Hosting;

public sealed class MetricsTests
{
    [Fact]
    public async Task Connections_packets_bytes_and_ends_are_counted()
    {
        await using var server = await EchoServer.StartAsync();
        using var sums = new MetricSums(server);
        var polling = await EchoServer.OpenPollingAsync(server);
        var leaving = await EchoServer.OpenWebSocketAsync(server);
        sums.Of("connections", "polling").ShouldBe(1);
        sums.Of("connections", "websocket").ShouldBe(1);

        await polling.SendAsync("4hello");
        (await polling.PollAsync()).ShouldBe(["4hello"]);
        await using (var webSocket = await EchoServer.ProbeAsync(server, polling))
        {
            await webSocket.SendAsync("2probe");
            await webSocket.ReceiveAsync();
            await webSocket.SendAsync("5", "4again");
            (await webSocket.ReceiveAsync()).ShouldBe("4again");
            sums.Of("connections", "polling").ShouldBe(0);
            sums.Of("connections", "websocket").ShouldBe(2);
            await webSocket.CloseAsync();
        }

        await leaving.SendAsync("nonsense");
        await leaving.ReceiveToEndAsync();
        await leaving.DisposeAsync();
        await Deadline.Until(() => sums.Of("connections", "websocket") == 0);
        sums.Of("disconnects", "TransportClosed").ShouldBe(1);
        sums.Of("disconnects", "ProtocolViolation").ShouldBe(1);
        await Deadline.Until(() => sums.Of("packets", "transmit") == 4);
        sums.Of("packets", "receive").ShouldBe(3);
        sums.Of("io", "receive").ShouldBe("4hello".Length + "4again".Length + "nonsense".Length);
        sums.Of("outbound.queued").ShouldBe(0);
    }

    [Fact]
    public async Task What_is_kept_for_those_who_are_away_is_counted_and_who_comes_back_for_it()
    {
        await using var server = await TestServer.StartAsync(o => o.ConnectionStateRecovery = new(), io => io.Of("/other"));
        using var sums = new MetricSums(server);
        var client = await WebSocketClient.OpenAsync(server);
        await client.SendAsync("40");
        var answer = await client.ReceiveAsync();
        await Deadline.Until(() => server.IO.Of("/").Sockets.Count == 1);
        server.IO.Of("/").Emit("before");
        client.Socket.Abort();
        await Deadline.Until(() => server.IO.Of("/").Sockets.Count == 0);
        await Deadline.Until(() => sums.Of("recovery.sessions") == 1);
        server.IO.Of("/").Emit("missed");
        server.IO.Of("/other").Emit("nobody is there who could miss it");
        sums.Of("recovery.packets").ShouldBe(2);
        sums.Of("recovery.size").ShouldBe(server.IO.RecoveryBudget!.Total.Bytes);

        await using var next = await WebSocketClient.OpenAsync(server);
        await next.SendAsync(answer);
        (await next.ReceiveAsync()).ShouldStartWith("42[\"before\"");
        (await next.ReceiveAsync()).ShouldStartWith("42[\"missed\"");
        (await next.ReceiveAsync()).ShouldBe(answer);
        await Deadline.Until(() => sums.Of("recovery.attempts", "recovered") == 1);
        sums.Of("recovery.sessions").ShouldBe(0);
        await next.SendAsync("40/other,{\"pid\":\"unknown\"}");
        (await next.ReceiveAsync()).ShouldStartWith("40/other,{\"sid\"");
        sums.Of("recovery.attempts", "refused").ShouldBe(1);
        await next.SendAsync("41");
        await Deadline.Until(() => sums.Of("recovery.packets") == 0);
        sums.Of("recovery.size").ShouldBe(0);
    }

    [Fact]
    public async Task What_waits_to_be_sent_is_counted_and_forgotten_with_its_session()
    {
        await using var server = await EchoServer.StartAsync();
        using var sums = new MetricSums(server);
        var client = await EchoServer.OpenPollingAsync(server);
        await client.SendAsync("4" + new string('x', 999));
        sums.Of("outbound.queued").ShouldBe(1000);
        await client.SendAsync("1");
        (await client.PollAsync()).ShouldBe(["6"]);
        sums.Of("outbound.queued").ShouldBe(0);
        sums.Of("connections", "polling").ShouldBe(0);
    }
}
