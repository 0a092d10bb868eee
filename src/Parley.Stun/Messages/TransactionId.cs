using System.Buffers.Binary;
using Parley.Core.Randomness;

namespace Parley.Stun.Messages;

/// <summary>Ties an answer to its request: 96 random bits (RFC 8489, section 5).</summary>
public readonly record struct TransactionId
{
    /// <summary>In bytes.</summary>
    public const int Length = 12;

    private readonly ulong _first;
    private readonly uint _last;

    private TransactionId(ulong first, uint last)
    {
        _first = first;
        _last = last;
    }

    /// <summary>A new one, which nobody can guess if <paramref name="random"/> cannot be foretold.</summary>
    public static TransactionId Draw(IRandomSource random) => new(random.NextUInt64(), random.NextUInt32());

    /// <summary>From the first 12 bytes.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer.</exception>
    public static TransactionId Read(ReadOnlySpan<byte> bytes) =>
        new(BinaryPrimitives.ReadUInt64BigEndian(bytes), BinaryPrimitives.ReadUInt32BigEndian(bytes[sizeof(ulong)..]));

    /// <summary>Writes 12 bytes.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no room for them.</exception>
    public void Write(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt64BigEndian(destination, _first);
        BinaryPrimitives.WriteUInt32BigEndian(destination[sizeof(ulong)..], _last);
    }

    /// <summary>In hexadecimal.</summary>
    public override string ToString() => $"{_first:x16}{_last:x8}";
}
