using System.Buffers.Binary;

namespace Parley.Core.Randomness;

/// <summary>Where an engine's randomness comes from. Tests hand in a seeded one, and the run can be repeated.</summary>
public interface IRandomSource
{
    /// <summary>Fills the whole span.</summary>
    void Fill(Span<byte> destination);
}

/// <summary>Numbers from a source of bytes.</summary>
public static class RandomSourceExtensions
{
    /// <summary>Uniform over all values.</summary>
    public static uint NextUInt32(this IRandomSource random)
    {
        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        random.Fill(bytes);
        return BinaryPrimitives.ReadUInt32BigEndian(bytes);
    }

    /// <summary>Uniform over all values.</summary>
    public static ulong NextUInt64(this IRandomSource random)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        random.Fill(bytes);
        return BinaryPrimitives.ReadUInt64BigEndian(bytes);
    }

    /// <summary>Uniform over 0 to <paramref name="bound"/> - 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="bound"/> is not positive.</exception>
    public static int Next(this IRandomSource random, int bound)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bound);
        // Without the values beyond the last whole multiple, every remainder is as likely as any other.
        uint limit = uint.MaxValue - (uint.MaxValue % (uint)bound);
        uint drawn;
        do
        {
            drawn = random.NextUInt32();
        }
        while (drawn >= limit);
        return (int)(drawn % (uint)bound);
    }
}
