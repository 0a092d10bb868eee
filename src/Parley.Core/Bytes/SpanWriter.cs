using System.Buffers.Binary;

namespace Parley.Core.Bytes;

/// <summary>
/// Writes big-endian fields (network byte order) to the front of a span. What does not fit is not written, nor anything after it, and
/// <see cref="HasOverflowed"/> says so: asked once at the end instead of after every field.
/// </summary>
public ref struct SpanWriter(Span<byte> destination)
{
    private readonly Span<byte> _destination = destination;

    /// <summary>How many bytes were written.</summary>
    public int Written { get; private set; }

    /// <summary>Something did not fit: what was written is not whole.</summary>
    public bool HasOverflowed { get; private set; }

    /// <summary>What was written so far, to patch a length or to compute a checksum.</summary>
    public readonly Span<byte> WrittenSpan => _destination[..Written];

    /// <summary>One byte.</summary>
    public void WriteByte(byte value)
    {
        if (TryTake(1, out Span<byte> space))
        {
            space[0] = value;
        }
    }

    /// <summary>Two bytes.</summary>
    public void WriteUInt16(ushort value)
    {
        if (TryTake(sizeof(ushort), out Span<byte> space))
        {
            BinaryPrimitives.WriteUInt16BigEndian(space, value);
        }
    }

    /// <summary>Four bytes.</summary>
    public void WriteUInt32(uint value)
    {
        if (TryTake(sizeof(uint), out Span<byte> space))
        {
            BinaryPrimitives.WriteUInt32BigEndian(space, value);
        }
    }

    /// <summary>Eight bytes.</summary>
    public void WriteUInt64(ulong value)
    {
        if (TryTake(sizeof(ulong), out Span<byte> space))
        {
            BinaryPrimitives.WriteUInt64BigEndian(space, value);
        }
    }

    /// <summary>All of <paramref name="bytes"/>.</summary>
    public void WriteBytes(ReadOnlySpan<byte> bytes)
    {
        if (TryTake(bytes.Length, out Span<byte> space))
        {
            bytes.CopyTo(space);
        }
    }

    /// <summary>So many zeros: the destination may hold what somebody else sent before.</summary>
    public void WriteZeros(int count)
    {
        if (TryTake(count, out Span<byte> space))
        {
            space.Clear();
        }
    }

    /// <summary>Space of <paramref name="length"/> bytes for the caller to fill, every one of them; empty if there is none.</summary>
    public Span<byte> Reserve(int length) => TryTake(length, out Span<byte> space) ? space : default;

    private bool TryTake(int length, out Span<byte> space)
    {
        if (HasOverflowed || length > _destination.Length - Written)
        {
            HasOverflowed = true;
            space = default;
            return false;
        }

        space = _destination.Slice(Written, length);
        Written += length;
        return true;
    }
}
