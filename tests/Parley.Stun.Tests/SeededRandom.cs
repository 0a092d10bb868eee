using Parley.Core.Randomness;

namespace Parley.Stun.Tests;

/// <summary>The same bytes on every run.</summary>
internal sealed class SeededRandom(int seed) : IRandomSource
{
    private readonly Random _random = new(seed);

    public void Fill(Span<byte> destination) => _random.NextBytes(destination);
}
