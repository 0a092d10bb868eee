using System.Buffers.Text;
using System.Text.Unicode;

namespace Parley.SocketIO.EngineIO;

/// <summary>
/// Takes a polling payload of protocol version 3 apart. As text, each packet follows its length in UTF-16 code units and a colon.
/// As <c>application/octet-stream</c>, each follows 0 (text) or 1 (binary), the digits of its length in bytes, one byte each, and
/// 255. Bytes are decoded where they stand.
/// </summary>
internal struct PayloadReaderV3(Memory<byte> payload, bool isOctets, int maxPackets) : IPayloadReader
{
    private const byte EndOfLength = 255;
    private const int MaxLengthDigits = 10;

    private Memory<byte> _rest = payload;
    private int _left = maxPackets;

    /// <summary>Whether the payload is worth reading.</summary>
    public static bool IsAcceptable(ReadOnlySpan<byte> payload, bool isOctets) =>
        !payload.IsEmpty && (isOctets || Utf8.IsValid(payload));

    public bool TryRead(out ReadOnlyMemory<byte>? packet, out bool isBinary)
    {
        packet = null;
        isBinary = false;
        while (!_rest.IsEmpty)
        {
            if (--_left < 0)
            {
                return true;
            }

            if (isOctets)
            {
                packet = ReadOctets(out isBinary);
                return true;
            }

            if (TakeText() is not { } text)
            {
                return true;
            }

            // An empty payload is written as "0:": there is no packet in it.
            if (!text.IsEmpty)
            {
                packet = FromText(text, out isBinary);
                return true;
            }
        }

        return false;
    }

    private static ReadOnlyMemory<byte>? FromText(Memory<byte> text, out bool isBinary)
    {
        isBinary = Base64Packet.IsMatch(text.Span);
        return isBinary ? Base64Packet.Unwrap(text, EngineProtocol.V3) : text;
    }

    private Memory<byte>? TakeText()
    {
        var span = _rest.Span;
        if (!Utf8Parser.TryParse(span, out uint units, out var digits)
            || digits > MaxLengthDigits
            || digits >= span.Length
            || span[digits] != ':'
            || !TryMeasure(span[(digits + 1)..], units, out var length))
        {
            return null;
        }

        return Take(digits + 1, length);
    }

    private ReadOnlyMemory<byte>? ReadOctets(out bool isBinary)
    {
        var span = _rest.Span;
        isBinary = span[0] == 1;
        var length = 0L;
        var position = 1;
        while (position < span.Length && position <= MaxLengthDigits && span[position] <= 9)
        {
            length = (length * 10) + span[position++];
        }

        if (span[0] > 1
            || position == 1
            || position >= span.Length
            || span[position] != EndOfLength
            || length > span.Length - position - 1)
        {
            return null;
        }

        var packet = Take(position + 1, (int)length);
        return isBinary ? BinaryPacketV3.Unwrap(packet)
            : Utf8.IsValid(packet.Span) ? FromText(packet, out isBinary)
            : null;
    }

    private Memory<byte> Take(int start, int length)
    {
        var taken = _rest.Slice(start, length);
        _rest = _rest[(start + length)..];
        return taken;
    }

    /// <summary>How many bytes so many UTF-16 code units take; false when the text is shorter, or they end within a character.</summary>
    private static bool TryMeasure(ReadOnlySpan<byte> utf8, uint units, out int bytes)
    {
        bytes = 0;
        var left = (long)units;
        while (left > 0 && bytes < utf8.Length)
        {
            // The text is known to be UTF-8. Only what takes four bytes there takes a pair of code units.
            var size = utf8[bytes] switch { < 0x80 => 1, < 0xe0 => 2, < 0xf0 => 3, _ => 4 };
            left -= size == 4 ? 2 : 1;
            bytes += size;
        }

        return left == 0;
    }
}
