using System.Security.Cryptography;
using Parley.Server.Configuration;

namespace Parley.Server.Seats;

/// <summary>The secret that signs seat tokens. Made at the first start and kept in the data folder, so there is no default secret.</summary>
internal sealed class SeatKey
{
    public const string FileName = "seat.key";
    public const int Length = 32;

    private readonly byte[] _key;

    private SeatKey(byte[] key) => _key = key;

    /// <summary>Signs with HMAC-SHA256.</summary>
    /// <param name="signed">What is signed.</param>
    /// <param name="signature">Receives the 32 bytes of the signature.</param>
    public void Sign(ReadOnlySpan<byte> signed, Span<byte> signature) => HMACSHA256.HashData(_key, signed, signature);

    /// <summary>The key of the data folder, made now if this is the first start.</summary>
    /// <exception cref="ConfigurationException">The data folder cannot be read or written, or holds something else.</exception>
    public static SeatKey ReadOrCreate(DataFolder folder)
    {
        var key = folder.ReadOrCreate(FileName, () => RandomNumberGenerator.GetBytes(Length));
        return key.Length == Length
            ? new(key)
            : throw folder.Unusable($"holds a damaged {FileName}: {key.Length} bytes where {Length} are right; delete it to have a new one made");
    }
}
