using System.Security.Cryptography;
using System.Text;

namespace Parley.Stun.Credentials;

/// <summary>A long-term credential (RFC 8489, 9.2): the keys for messages of one user in one realm, derived once.</summary>
/// <param name="username">As it travels in USERNAME.</param>
/// <param name="realm">The server's.</param>
/// <param name="password">Never sent.</param>
/// <remarks>
/// User names, realms and passwords are taken as they are, without the preparation of RFC 8265: browsers do none either, and what this
/// library makes is ASCII.
/// </remarks>
public sealed class StunCredential(string username, string realm, string password)
{
    private readonly byte[] _md5Key = MD5.HashData(Encoding.UTF8.GetBytes($"{username}:{realm}:{password}"));
    private readonly byte[] _sha256Key = SHA256.HashData(Encoding.UTF8.GetBytes($"{username}:{realm}:{password}"));

    /// <summary>As it travels in USERNAME.</summary>
    public string Username { get; } = username;

    /// <summary>The server's.</summary>
    public string Realm { get; } = realm;

    /// <summary>The key for an algorithm (RFC 8489, 18.5.1): 16 bytes for MD5, 32 for SHA-256.</summary>
    public ReadOnlySpan<byte> KeyFor(PasswordAlgorithm algorithm) => algorithm == PasswordAlgorithm.Sha256 ? _sha256Key : _md5Key;
}
