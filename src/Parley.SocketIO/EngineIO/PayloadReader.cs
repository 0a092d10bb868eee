using System.Text.Unicode;

namespace Parley.SocketIO.EngineIO;

/// <summary>
/// Takes a polling payload apart: packets joined by U+001E; a binary one is <c>b</c> and base64. Bytes are decoded where they
/// stand.
/// </summary>
internal struct PayloadReader(Memory<byte> payload) : IPayloadReader
{
    private const byte Separator = 0x1e;

    private Memory<byte> _rest = payload;
    private bool _ended;

    /// <summary>Whether the payload is worth reading: no more packets than allowed, all of it UTF-8.</summary>
    public static bool IsAcceptable(ReadOnlySpan<byte> payload, int maxPackets) =>
        !payload.IsEmpty && payload.Count(Separator) < maxPackets && Utf8.IsValid(payload);

    public bool TryRead(out ReadOnlyMemory<byte>? packet, out bool isBinary)
    {
        packet = null;
        isBinary = false;
        if (_ended)
        {
            return false;
        }

        var end = _rest.Span.IndexOf(Separator);
        var current = end < 0 ? _rest : _rest[..end];
        _ended = end < 0;
        _rest = end < 0 ? default : _rest[(end + 1)..];

        isBinary = Base64Packet.IsMatch(current.Span);
        packet = isBinary ? Base64Packet.Unwrap(current, EngineProtocol.V4) : current;
        return true;
    }
}
