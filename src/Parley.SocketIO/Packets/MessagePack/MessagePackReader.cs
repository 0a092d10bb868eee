using System.Buffers.Binary;

namespace Parley.SocketIO.Packets.MessagePack;

/// <summary>
/// Reads MessagePack value by value. Arrays and maps are announced with their count, which the bytes that are left could hold;
/// their elements (of a map: name, value, name, value) are the next values.
/// </summary>
internal ref struct MessagePackReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    /// <summary>Whether every byte has been read.</summary>
    public readonly bool AtEnd => _rest.IsEmpty;

    public MessagePackKind Kind { get; private set; }

    public long Integer { get; private set; }

    public ulong LargeInteger { get; private set; }

    public double Float { get; private set; }

    /// <summary>The bytes of a string, which may not be UTF-8, of a binary or of an extension.</summary>
    public ReadOnlySpan<byte> Data { get; private set; }

    public sbyte ExtensionType { get; private set; }

    /// <summary>Whether the extension was written in a form that has its length in its prefix: 1, 2, 4, 8 or 16 bytes.</summary>
    public bool IsFixed { get; private set; }

    /// <summary>Elements of an array, or pairs of a map.</summary>
    public int Count { get; private set; }

    /// <summary>Reads the next value; false at the end, and when the bytes are no MessagePack.</summary>
    public bool TryRead()
    {
        if (!TryTake(1, out var first))
        {
            return false;
        }

        var prefix = first[0];
        return prefix switch
        {
            <= 0x7f => IsInteger(prefix),
            <= 0x8f => TryOpen(MessagePackKind.Map, prefix & 0x0fu),
            <= 0x9f => TryOpen(MessagePackKind.Array, prefix & 0x0fu),
            <= 0xbf => TryReadData(MessagePackKind.String, prefix & 0x1fu),
            0xc0 => Is(MessagePackKind.Nil),
            0xc2 => Is(MessagePackKind.False),
            0xc3 => Is(MessagePackKind.True),
            >= 0xc4 and <= 0xc6 => TryReadLength(prefix - 0xc4, out var n) && TryReadData(MessagePackKind.Binary, n),
            >= 0xc7 and <= 0xc9 => TryReadLength(prefix - 0xc7, out var n) && TryReadExtension(n, isFixed: false),
            0xca or 0xcb => TryReadFloat(prefix),
            >= 0xcc and <= 0xcf => TryReadUnsigned(1 << (prefix - 0xcc)),
            >= 0xd0 and <= 0xd3 => TryReadSigned(1 << (prefix - 0xd0)),
            >= 0xd4 and <= 0xd8 => TryReadExtension(1u << (prefix - 0xd4), isFixed: true),
            >= 0xd9 and <= 0xdb => TryReadLength(prefix - 0xd9, out var n) && TryReadData(MessagePackKind.String, n),
            0xdc or 0xdd => TryReadLength(prefix - 0xdb, out var n) && TryOpen(MessagePackKind.Array, n),
            0xde or 0xdf => TryReadLength(prefix - 0xdd, out var n) && TryOpen(MessagePackKind.Map, n),
            >= 0xe0 => IsInteger((sbyte)prefix),

            // 0xc1 is never used.
            _ => false,
        };
    }

    /// <summary>Reads the next value with all that is in it, however deep.</summary>
    public bool TrySkip()
    {
        for (var left = 1L; left > 0; left--)
        {
            if (!TryRead())
            {
                return false;
            }

            left += Kind switch
            {
                MessagePackKind.Array => Count,
                MessagePackKind.Map => 2L * Count,
                _ => 0,
            };
        }

        return true;
    }

    private bool Is(MessagePackKind kind)
    {
        Kind = kind;
        return true;
    }

    private bool IsInteger(long value)
    {
        Integer = value;
        return Is(MessagePackKind.Integer);
    }

    private bool TryOpen(MessagePackKind kind, uint count)
    {
        // Each element takes a byte at least: a count that lies is found out before anybody reserves memory for it.
        if ((kind == MessagePackKind.Map ? 2L * count : count) > _rest.Length)
        {
            return false;
        }

        Count = (int)count;
        return Is(kind);
    }

    private bool TryReadData(MessagePackKind kind, uint length)
    {
        if (!TryTake(length, out var data))
        {
            return false;
        }

        Data = data;
        return Is(kind);
    }

    private bool TryReadExtension(uint length, bool isFixed)
    {
        if (!TryTake(1, out var type))
        {
            return false;
        }

        (ExtensionType, IsFixed) = ((sbyte)type[0], isFixed);
        return TryReadData(MessagePackKind.Extension, length);
    }

    private bool TryReadFloat(byte prefix)
    {
        if (!TryTake(prefix == 0xca ? 4u : 8u, out var bytes))
        {
            return false;
        }

        Float = prefix == 0xca ? BinaryPrimitives.ReadSingleBigEndian(bytes) : BinaryPrimitives.ReadDoubleBigEndian(bytes);
        return Is(MessagePackKind.Float);
    }

    private bool TryReadUnsigned(int size)
    {
        if (!TryTake((uint)size, out var bytes))
        {
            return false;
        }

        LargeInteger = size switch
        {
            1 => bytes[0],
            2 => BinaryPrimitives.ReadUInt16BigEndian(bytes),
            4 => BinaryPrimitives.ReadUInt32BigEndian(bytes),
            _ => BinaryPrimitives.ReadUInt64BigEndian(bytes),
        };
        return LargeInteger <= long.MaxValue ? IsInteger((long)LargeInteger) : Is(MessagePackKind.LargeInteger);
    }

    private bool TryReadSigned(int size) =>
        TryTake((uint)size, out var bytes) && IsInteger(size switch
        {
            1 => (sbyte)bytes[0],
            2 => BinaryPrimitives.ReadInt16BigEndian(bytes),
            4 => BinaryPrimitives.ReadInt32BigEndian(bytes),
            _ => BinaryPrimitives.ReadInt64BigEndian(bytes),
        });

    /// <summary>A length of 1, 2 or 4 bytes, for the exponents 0, 1 and 2.</summary>
    private bool TryReadLength(int exponent, out uint length)
    {
        length = 0;
        if (!TryTake(1u << exponent, out var bytes))
        {
            return false;
        }

        length = exponent switch
        {
            0 => bytes[0],
            1 => BinaryPrimitives.ReadUInt16BigEndian(bytes),
            _ => BinaryPrimitives.ReadUInt32BigEndian(bytes),
        };
        return true;
    }

    private bool TryTake(uint count, out ReadOnlySpan<byte> taken)
    {
        if (count > (uint)_rest.Length)
        {
            taken = default;
            return false;
        }

        taken = _rest[..(int)count];
        _rest = _rest[(int)count..];
        return true;
    }
}
