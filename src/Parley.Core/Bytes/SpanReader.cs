using System.Buffers.Binary;

namespace Parley.Core.Bytes;

/// <summary>Reads big-endian fields (network byte order) from the front of a span. What is not there is answered with false.</summary>
public ref struct SpanReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    /// <summary>What has not been read.</summary>
    public readonly ReadOnlySpan<byte> Rest => _rest;

    /// <summary>How many bytes have not been read.</summary>
    public readonly int Remaining => _rest.Length;

    /// <summary>One byte.</summary>
    public bool TryReadByte(out byte value)
    {
        if (_rest.IsEmpty)
        {
            value = 0;
            return false;
        }

        value = _rest[0];
        _rest = _rest[1..];
        return true;
    }

    /// <summary>Two bytes.</summary>
    public bool TryReadUInt16(out ushort value)
    {
        bool read = BinaryPrimitives.TryReadUInt16BigEndian(_rest, out value);
        _rest = read ? _rest[sizeof(ushort)..] : _rest;
        return read;
    }

    /// <summary>Four bytes.</summary>
    public bool TryReadUInt32(out uint value)
    {
        bool read = BinaryPrimitives.TryReadUInt32BigEndian(_rest, out value);
        _rest = read ? _rest[sizeof(uint)..] : _rest;
        return read;
    }

    /// <summary>Eight bytes.</summary>
    public bool TryReadUInt64(out ulong value)
    {
        bool read = BinaryPrimitives.TryReadUInt64BigEndian(_rest, out value);
        _rest = read ? _rest[sizeof(ulong)..] : _rest;
        return read;
    }

    /// <summary>The next <paramref name="length"/> bytes, not copied.</summary>
    public bool TryReadBytes(int length, out ReadOnlySpan<byte> value)
    {
        if (length < 0 || length > _rest.Length)
        {
            value = default;
            return false;
        }

        value = _rest[..length];
        _rest = _rest[length..];
        return true;
    }

    /// <summary>Passes over the next <paramref name="length"/> bytes.</summary>
    public bool TrySkip(int length) => TryReadBytes(length, out _);
}
