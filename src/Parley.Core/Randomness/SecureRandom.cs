using System.Security.Cryptography;

namespace Parley.Core.Randomness;

/// <summary>Randomness that nobody can foretell: the operating system's.</summary>
public sealed class SecureRandom : IRandomSource
{
    /// <summary>It has no state of its own.</summary>
    public static SecureRandom Instance { get; } = new();

    private SecureRandom()
    {
    }

    /// <inheritdoc />
#pragma warning disable RS0030 // The one place where randomness comes from.
    public void Fill(Span<byte> destination) => RandomNumberGenerator.Fill(destination);
#pragma warning restore RS0030
}
