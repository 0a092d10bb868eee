using System.Security.Cryptography;
using System.Text;
using Parley.Core.Time;
using Parley.Stun.Credentials;

namespace Parley.Stun.Turn.Server.Users;

/// <summary>
/// Users who were let in somewhere else, and bring a credential that was made there with a shared secret and expires
/// (draft-uberti-behave-turn-rest-00): the name is <c>expiry:user</c>, with the expiry in seconds since 1970, and the password
/// <c>base64(HMAC-SHA1(secret, name))</c>. Nothing is kept of them.
/// </summary>
public sealed class EphemeralUsers : ITurnUsers
{
    private const int MinSecretLength = 16;

    /// <summary>RFC 8489, 14.3, in bytes.</summary>
    private const int MaxUsernameLength = 508;

    private readonly string _realm;
    private readonly byte[][] _secrets;

    /// <summary>Users of these secrets.</summary>
    /// <param name="realm">The server's <see cref="TurnServerOptions.Realm"/>.</param>
    /// <param name="clock">What the calendar says.</param>
    /// <param name="secrets">
    /// 16 bytes or more each, at least one. <see cref="Mint"/> uses the first. While a secret is replaced, the old one stands second until
    /// what was made with it has expired.
    /// </param>
    /// <exception cref="ArgumentException">There is no secret, or one is too short.</exception>
    public EphemeralUsers(string realm, WallClock clock, params IReadOnlyList<ReadOnlyMemory<byte>> secrets)
    {
        if (secrets.Count == 0 || secrets.Any(secret => secret.Length < MinSecretLength))
        {
            throw new ArgumentException($"At least one secret, of {MinSecretLength} bytes or more, is needed.", nameof(secrets));
        }

        _realm = realm;
        Clock = clock;
        _secrets = [.. secrets.Select(secret => secret.ToArray())];
    }

    /// <summary>Stands before each user's name in <see cref="TurnUser.Id"/>, so that those of another kind are others though they be called the same.</summary>
    public string IdPrefix { get; init; } = string.Empty;

    /// <summary>
    /// For how long after the end of a credential its holder may go on with the allocations that were made with it: nobody tells this
    /// server when a call ends. Not negative; 24 hours unless said otherwise.
    /// </summary>
    public TimeSpan LongestCall { get; init; } = TimeSpan.FromHours(24);

    /// <summary>What the calendar says; to be set again when the system's clock was corrected.</summary>
    public WallClock Clock { get; set; }

    /// <summary>Makes a credential that is good until <paramref name="lifetime"/> is over, for new allocations.</summary>
    /// <param name="now">When it begins.</param>
    /// <param name="userId">Becomes <see cref="TurnUser.Id"/>; at most 480 bytes, and not empty.</param>
    /// <param name="lifetime">Positive; seconds count.</param>
    /// <exception cref="ArgumentException">The user's id is empty or too long, or the lifetime is not positive.</exception>
    public EphemeralCredential Mint(Instant now, string userId, TimeSpan lifetime)
    {
        ArgumentException.ThrowIfNullOrEmpty(userId);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(lifetime, TimeSpan.Zero);
        DateTimeOffset expires = Clock.At(now) + lifetime;
        string username = new EphemeralUsername(expires.ToUnixTimeSeconds(), userId).ToString();
        if (Encoding.UTF8.GetByteCount(username) > MaxUsernameLength)
        {
            throw new ArgumentException($"A user name has at most {MaxUsernameLength} bytes.", nameof(userId));
        }

        return new EphemeralCredential(username, PasswordOf(username, _secrets[0]), expires);
    }

    /// <inheritdoc />
    public TurnUser? Find(Instant now, string username)
    {
        if (!EphemeralUsername.TryParse(username, out EphemeralUsername parts))
        {
            return null;
        }

        TimeSpan expired = parts.ExpiredFor(Clock.At(now));
        if (expired > LongestCall)
        {
            return null;
        }

        // Who has no name is known by its credential alone. Which secret that was made with shows only when its proof is checked.
        return new TurnUser(IdPrefix + (parts.User.Length > 0 ? parts.User : username), CredentialOf(username, _secrets[0]), expired >= TimeSpan.Zero)
        {
            Alternatives = _secrets.Length == 1 ? [] : [.. _secrets.Skip(1).Select(secret => CredentialOf(username, secret))],
        };
    }

    private StunCredential CredentialOf(string username, byte[] secret) => new(username, _realm, PasswordOf(username, secret));

    internal static string PasswordOf(string username, byte[] secret) =>
        Convert.ToBase64String(HMACSHA1.HashData(secret, Encoding.UTF8.GetBytes(username)));
}
