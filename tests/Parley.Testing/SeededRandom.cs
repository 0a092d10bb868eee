using System.Buffers.Binary;
using Parley.Core.Randomness;

namespace Parley.Testing;

/// <summary>Randomness that is the same in every run with the same seed, on every platform (SplitMix64).</summary>
public sealed class SeededRandom(ulong seed) : IRandomSource
{
    private ulong _state = seed;

    /// <summary>With this seed.</summary>
    public SeededRandom(int seed)
        : this((ulong)seed)
    {
    }

    /// <inheritdoc />
    public void Fill(Span<byte> destination)
    {
        Span<byte> word = stackalloc byte[sizeof(ulong)];
        while (!destination.IsEmpty)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(word, NextWord());
            int taken = Math.Min(word.Length, destination.Length);
            word[..taken].CopyTo(destination);
            destination = destination[taken..];
        }
    }

    /// <summary>A source of its own, so that what one part draws does not change what another gets.</summary>
    public SeededRandom Fork() => new(NextWord());

    /// <summary>True with this probability; nothing is drawn when it is certain.</summary>
    public bool Chance(double probability) => probability > 0 && (probability >= 1 || NextUnit() < probability);

    /// <summary>Uniform, both ends included.</summary>
    public int Between(int least, int most) => least + this.Next(most - least + 1);

    /// <summary>Uniform.</summary>
    public TimeSpan Between(TimeSpan least, TimeSpan most) => least + ((most - least) * NextUnit());

    /// <summary>Any of them, each as likely.</summary>
    public T Pick<T>(IReadOnlyList<T> choices) => choices[this.Next(choices.Count)];

    /// <summary>So many bytes.</summary>
    public byte[] Bytes(int count)
    {
        byte[] bytes = new byte[count];
        Fill(bytes);
        return bytes;
    }

    private double NextUnit() => (NextWord() >> 11) * (1.0 / (1UL << 53));

    private ulong NextWord()
    {
        _state += 0x9E3779B97F4A7C15;
        ulong word = _state;
        word = (word ^ (word >> 30)) * 0xBF58476D1CE4E5B9;
        word = (word ^ (word >> 27)) * 0x94D049BB133111EB;
        return word ^ (word >> 31);
    }
}
