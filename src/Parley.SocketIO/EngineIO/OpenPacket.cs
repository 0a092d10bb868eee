using System.Text.Json;

namespace Parley.SocketIO.EngineIO;

/// <summary>The first packet of every session: its id, and what the client must know about the server.</summary>
internal static class OpenPacket
{
    public static OutboundPacket Create(string sessionId, IReadOnlyList<string> upgrades, SocketIOOptions options)
    {
        var body = new OpenBody(
            sessionId,
            upgrades,
            (long)options.PingInterval.TotalMilliseconds,
            (long)options.PingTimeout.TotalMilliseconds,
            options.MaxPayloadBytes);
        return new OutboundPacket(
            (byte[])[EnginePacketType.Open, .. JsonSerializer.SerializeToUtf8Bytes(body, EngineJson.Default.OpenBody)], false);
    }
}
