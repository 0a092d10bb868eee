using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Parley.Server.Jwt;

/// <summary>
/// The secrets that this server shares with another application. The first one signs, all of them verify: so a secret is replaced by
/// putting the new one first, and taking the old one away when nothing it has signed is in use any more.
/// </summary>
internal sealed class SharedSecrets
{
    /// <summary>"A key of the same size as the hash output or larger MUST be used" (RFC 7518, section 3.2).</summary>
    public const int MinBytes = 32;

    private readonly byte[][] _keys;

    public SharedSecrets(IEnumerable<byte[]> keys) => _keys = [.. keys];

    /// <summary>Takes the secrets as they are: the key is the text's UTF-8, so that every language has the same one.</summary>
    public static SharedSecrets Of(IEnumerable<string> secrets) => new(secrets.Select(Encoding.UTF8.GetBytes));

    /// <summary>HMAC-SHA256 by the first secret, in base64url.</summary>
    public string Sign(ReadOnlySpan<byte> signed) => Base64Url.EncodeToString(HMACSHA256.HashData(_keys[0], signed));

    /// <summary>Whether one of the secrets has made the signature.</summary>
    /// <param name="signed">What is signed.</param>
    /// <param name="signature">In base64url: compared as it is spelt, so that one signature has one spelling.</param>
    public bool Verify(ReadOnlySpan<byte> signed, ReadOnlySpan<byte> signature)
    {
        var valid = false;
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        foreach (var key in _keys)
        {
            HMACSHA256.HashData(key, signed, hash);

            // In constant time, and with every key: neither how much of a forged signature is right nor which key made one shows.
            valid |= CryptographicOperations.FixedTimeEquals(Base64Url.EncodeToUtf8(hash), signature);
        }

        return valid;
    }
}
