using Parley.SocketIO.Tests.Clients;
using Parley.SocketIO.Tests.Virtual;

namespace Parley.SocketIO.Tests.Namespaces;

public sealed class TransportTests
{
    public static TheoryData<SocketIOTransports> Transports => [SocketIOTransports.Polling, SocketIOTransports.WebSocket];

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task A_socket_says_how_its_client_is_reached_and_was_at_last(SocketIOTransports transport)
    {
        var ended = new Recorder<SocketIOTransports>();
        await using var server = await TestServer.StartAsync(io: io => io.Of("/").OnConnection(socket =>
        {
            socket.Transport.ShouldBe(transport);
            socket.On("where", e => { e.Ack(socket.Transport.ToString()); });
            socket.OnDisconnected(_ => ended.Add(socket.Transport));
        }));
        await using var client = await EngineClient.OpenAsync(server, transport);
        await client.ConnectAsync();

        await client.SendAsync("421[\"where\"]");
        (await client.ReceiveAsync()).ShouldBe($"431[\"{transport}\"]");

        await client.SendAsync("41");
        (await ended.NextAsync()).ShouldBe(transport);
    }

    [Fact]
    public async Task A_socket_knows_when_its_client_has_upgraded()
    {
        await using var server = await TestServer.StartAsync(io: io => io.Of("/").OnConnection(socket =>
            socket.On("where", e => { e.Ack(socket.Transport.ToString()); })));
        var polling = await PollingClient.OpenAsync(server);
        await polling.ConnectAsync();
        await polling.SendAsync("421[\"where\"]");
        (await polling.ReceiveAsync()).ShouldBe("431[\"Polling\"]");

        await using var webSocket = await WebSocketClient.UpgradeAsync(server, polling);
        await webSocket.SendAsync("2probe");
        (await webSocket.ReceiveAsync()).ShouldBe("3probe");
        await webSocket.SendAsync("5", "422[\"where\"]");
        (await webSocket.ReceiveAsync()).ShouldBe("432[\"WebSocket\"]");
    }
}
