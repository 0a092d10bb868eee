using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Parley.SocketIO.EngineIO;
using Parley.SocketIO.Tests.Virtual;

namespace Parley.SocketIO.Tests.Clients;

/// <summary>Engine.IO alone, at /engine.io: every message comes back; "close me" closes from the server's side.</summary>
internal static class EchoServer
{
    private const string Path = "/engine.io/";

    public static Task<TestServer> StartAsync(
        Action<SocketIOOptions>? options = null, RecordingHandler? handler = null, TimeProvider? time = null) =>
        TestServer.StartAsync(options, time: time, map: app => app.MapEngineIO(
            "/engine.io",
            app.Services.GetRequiredService<EngineServer>(),
            (session, _) => new Echo(session, handler)));

    public static Task<PollingClient> OpenPollingAsync(TestServer server) => PollingClient.OpenAsync(server, Path);

    public static Task<WebSocketClient> OpenWebSocketAsync(TestServer server) => WebSocketClient.OpenAsync(server, Path);

    public static async Task<EngineClient> OpenAsync(TestServer server, SocketIOTransports transport) =>
        transport == SocketIOTransports.Polling ? await OpenPollingAsync(server) : await OpenWebSocketAsync(server);

    public static Task<WebSocketClient> ProbeAsync(TestServer server, EngineClient polling) =>
        WebSocketClient.UpgradeAsync(server, polling, Path);

    private sealed class Echo(EngineSession session, RecordingHandler? handler) : IEngineHandler
    {
        public async ValueTask HandleMessageAsync(ReadOnlyMemory<byte> message, bool isBinary)
        {
            byte[] copy = isBinary ? message.ToArray() : [EnginePacketType.Message, .. message.Span];
            if (handler is not null)
            {
                await handler.HandleMessageAsync(message, isBinary);
            }

            if (copy.AsSpan().SequenceEqual("4close me"u8))
            {
                session.Close(DisconnectCause.ServerDisconnected);
            }

            session.Send(new OutboundPacket(copy, isBinary), []);
        }

        public void HandleClosed(DisconnectCause cause) => handler?.HandleClosed(cause);
    }
}
