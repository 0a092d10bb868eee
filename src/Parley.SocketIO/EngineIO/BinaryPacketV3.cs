namespace Parley.SocketIO.EngineIO;

/// <summary>
/// A binary packet of protocol version 3: its type as one byte and the bytes. Only messages are binary.
/// </summary>
internal static class BinaryPacketV3
{
    private const byte Message = EnginePacketType.Message - (byte)'0';

    /// <summary>The message in a binary packet; null when it is none.</summary>
    public static ReadOnlyMemory<byte>? Unwrap(ReadOnlyMemory<byte> packet) =>
        // A bare null would become an empty ReadOnlyMemory, which is a message.
        packet.IsEmpty || packet.Span[0] != Message ? default(ReadOnlyMemory<byte>?) : packet[1..];

    public static byte[] Wrap(ReadOnlySpan<byte> message) => [Message, .. message];
}
