namespace Parley.SocketIO.EngineIO;

/// <summary>A packet on its way to a client: text begins with its type digit; binary is a message, and stands bare.</summary>
internal readonly record struct OutboundPacket(ReadOnlyMemory<byte> Data, bool IsBinary)
{
    public static OutboundPacket Close { get; } = new("1"u8.ToArray(), false);

    public static OutboundPacket Ping { get; } = new("2"u8.ToArray(), false);

    public static OutboundPacket Pong { get; } = new("3"u8.ToArray(), false);

    public static OutboundPacket Noop { get; } = new("6"u8.ToArray(), false);

    public static OutboundPacket ProbeAnswer { get; } = new("3probe"u8.ToArray(), false);
}
