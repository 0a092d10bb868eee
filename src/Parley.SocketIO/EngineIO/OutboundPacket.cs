namespace Parley.SocketIO.EngineIO;

/// <summary>A packet on its way to a client.</summary>
/// <param name="Data">Text begins with its type digit; binary is a message, and stands bare.</param>
/// <param name="IsBinary">Whether it is binary.</param>
/// <param name="IsIncompressible">Whether it must be sent as it is, although others are compressed.</param>
internal readonly record struct OutboundPacket(ReadOnlyMemory<byte> Data, bool IsBinary, bool IsIncompressible = false)
{
    public static OutboundPacket Close { get; } = new("1"u8.ToArray(), false);

    public static OutboundPacket Ping { get; } = new("2"u8.ToArray(), false);

    public static OutboundPacket Pong { get; } = new("3"u8.ToArray(), false);

    public static OutboundPacket Noop { get; } = new("6"u8.ToArray(), false);

    public static OutboundPacket ProbeAnswer { get; } = new("3probe"u8.ToArray(), false);
}
