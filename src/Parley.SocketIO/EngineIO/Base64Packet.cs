using System.Buffers;
using System.Buffers.Text;

namespace Parley.SocketIO.EngineIO;

/// <summary>
/// A binary packet written as text: <c>b</c> and base64, and in protocol version 3 the type's digit between them. Only messages are
/// binary.
/// </summary>
internal static class Base64Packet
{
    private const byte Mark = (byte)'b';

    /// <summary>Whether this text stands for a binary packet.</summary>
    public static bool IsMatch(ReadOnlySpan<byte> text) => !text.IsEmpty && text[0] == Mark;

    /// <summary>The message in a packet, decoded where it stands; null when it is none.</summary>
    public static ReadOnlyMemory<byte>? Unwrap(Memory<byte> text, EngineProtocol protocol)
    {
        var prefix = Prefix(protocol);
        return text.Span.StartsWith(prefix)
            && Base64.DecodeFromUtf8InPlace(text.Span[prefix.Length..], out var length) == OperationStatus.Done
                ? text.Slice(prefix.Length, length)
                // A bare null would become an empty ReadOnlyMemory, which is a message.
                : default(ReadOnlyMemory<byte>?);
    }

    public static byte[] Wrap(ReadOnlySpan<byte> message, EngineProtocol protocol)
    {
        var prefix = Prefix(protocol);
        var text = new byte[prefix.Length + Base64.GetMaxEncodedToUtf8Length(message.Length)];
        prefix.CopyTo(text);
        Base64.EncodeToUtf8(message, text.AsSpan(prefix.Length), out _, out _);
        return text;
    }

    private static ReadOnlySpan<byte> Prefix(EngineProtocol protocol) => protocol == EngineProtocol.V3 ? "b4"u8 : "b"u8;
}
