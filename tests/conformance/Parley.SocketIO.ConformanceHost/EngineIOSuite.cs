using Parley.SocketIO.EngineIO;

namespace Parley.SocketIO.ConformanceHost;

/// <summary>Engine.IO alone: every message comes back unchanged.</summary>
internal static class EngineIOSuite
{
    public static void Map(WebApplication app)
    {
        app.UseApartUpgrades();
        app.MapEngineIO(
            "/engine.io",
            app.Services.GetRequiredService<EngineServer>(),
            static (session, _) => new Echo(session));
    }

    private sealed class Echo(EngineSession session) : IEngineHandler
    {
        public ValueTask HandleMessageAsync(ReadOnlyMemory<byte> message, bool isBinary)
        {
            // The message is only lent, and text needs its type digit again.
            byte[] copy = isBinary ? message.ToArray() : [EnginePacketType.Message, .. message.Span];
            session.Send(new OutboundPacket(copy, isBinary), []);
            return ValueTask.CompletedTask;
        }

        public void HandleClosed(DisconnectCause cause)
        {
        }
    }
}
