using System.Buffers;
using System.Buffers.Text;

namespace Parley.SocketIO.EngineIO;

/// <summary>
/// A binary packet of protocol version 3: its type as one byte and the bytes, or <c>b</c>, the type's digit and base64. Only
/// messages are binary.
/// </summary>
internal static class BinaryPacketV3
{
    private const byte Message = EnginePacketType.Message - (byte)'0';

    private static ReadOnlySpan<byte> Base64Prefix => "b4"u8;

    /// <summary>Whether this text stands for a binary packet.</summary>
    public static bool IsBase64(ReadOnlySpan<byte> text) => !text.IsEmpty && text[0] == Base64Prefix[0];

    /// <summary>The message in a binary packet; null when it is none.</summary>
    public static ReadOnlyMemory<byte>? Unwrap(ReadOnlyMemory<byte> packet) =>
        // A bare null would become an empty ReadOnlyMemory, which is a message.
        packet.IsEmpty || packet.Span[0] != Message ? default(ReadOnlyMemory<byte>?) : packet[1..];

    /// <summary>The message in a packet written as text, decoded where it stands; null when it is none.</summary>
    public static ReadOnlyMemory<byte>? UnwrapBase64(Memory<byte> text) =>
        text.Span.StartsWith(Base64Prefix)
        && Base64.DecodeFromUtf8InPlace(text.Span[Base64Prefix.Length..], out var length) == OperationStatus.Done
            ? text.Slice(Base64Prefix.Length, length)
            : default(ReadOnlyMemory<byte>?);

    public static byte[] Wrap(ReadOnlySpan<byte> message) => [Message, .. message];

    public static byte[] WrapBase64(ReadOnlySpan<byte> message)
    {
        var text = new byte[Base64Prefix.Length + Base64.GetMaxEncodedToUtf8Length(message.Length)];
        Base64Prefix.CopyTo(text);
        Base64.EncodeToUtf8(message, text.AsSpan(Base64Prefix.Length), out _, out _);
        return text;
    }
}
