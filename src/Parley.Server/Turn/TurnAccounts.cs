using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Parley.Core.Time;
using Parley.Stun.Credentials;
using Parley.Stun.Turn.Server;
using Parley.Stun.Turn.Server.Users;

namespace Parley.Server.Turn;

/// <summary>
/// Whom the TURN server lets in: those who are here (participants and connections that look into their network), and, where that is
/// configured, users of other applications. Who is not here any more is unknown from that moment on.
/// </summary>
/// <remarks>
/// Asked on the TURN server's own thread, changed by all others. A credential is <c>expiry:name</c> and an HMAC of it by a key that is the
/// account's alone, so however many are handed out, none has to be kept, and with the account all of them end. <see cref="EphemeralUsers"/>,
/// whose credentials have the same form, cannot stand for them: it knows one secret for all, and nobody in person.
/// </remarks>
internal sealed class TurnAccounts(TurnOptions options, TimeProvider time) : ITurnUsers
{
    public const string Realm = "parley";

    private readonly ConcurrentDictionary<string, TurnAccount> _accounts = new(StringComparer.Ordinal);
    private readonly StaticUsers _staticUsers = new(
        Realm, options.Users.ToDictionary(user => user.Name, user => user.Password, StringComparer.Ordinal), idPrefix: "user:");

    // Null: no other application shares a secret with this server.
    private readonly EphemeralUsers? _applications = options.Secrets.Count == 0
        ? null
        : new EphemeralUsers(Realm, default, [.. options.Secrets.Select(secret => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(secret))]) { IdPrefix = "app:" };

    private long _lastNumber;

    public int Count => _accounts.Count;

    /// <summary>The account of this name, opened now if there is none.</summary>
    /// <param name="name">A participant's id or another random one, without a colon.</param>
    /// <param name="maxAllocations">How many allocations it may have; null: as many as the server's limits allow.</param>
    public TurnAccount Open(string name, int? maxAllocations = null) =>
        _accounts.GetOrAdd(name, _ => new TurnAccount(name, Interlocked.Increment(ref _lastNumber), maxAllocations));

    /// <summary>The account of this name, if there is one.</summary>
    public bool TryGet(string name, [NotNullWhen(true)] out TurnAccount? account) => _accounts.TryGetValue(name, out account);

    /// <summary>Ends an account: its credentials are worthless from now on.</summary>
    /// <returns>Whose allocations are to be revoked; null: there was no such account.</returns>
    public string? Close(string name) => _accounts.TryRemove(name, out var account) ? account.UserId : null;

    public TurnUser? Find(Instant now, string username)
    {
        // By the calendar, because that is what the name carries; the engine's clock has no date.
        var calendar = time.GetUtcNow();
        if (EphemeralUsername.TryParse(username, out var name) && _accounts.TryGetValue(name.User, out var account))
        {
            return account.UserOf(username, hasExpired: name.ExpiredFor(calendar) >= TimeSpan.Zero);
        }

        if (_applications is not null)
        {
            _applications.Clock = WallClock.Saying(calendar, now);
        }

        return _staticUsers.Find(now, username) ?? _applications?.Find(now, username);
    }
}

/// <summary>Somebody who is here and may have calls relayed.</summary>
/// <param name="name">As in the user names of its credentials.</param>
/// <param name="number">Told apart by it from an earlier account of the same name.</param>
/// <param name="maxAllocations">Null: as many as the server's limits allow.</param>
internal sealed class TurnAccount(string name, long number, int? maxAllocations)
{
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);

    public string Name { get; } = name;

    public int? MaxAllocations { get; } = maxAllocations;

    /// <summary>Whose allocations are revoked together. Another one after each opening: a revocation that comes late then finds nobody.</summary>
    public string UserId { get; } = string.Create(CultureInfo.InvariantCulture, $"{name}:{number}");

    /// <summary>A credential that is good until then.</summary>
    public (string Username, string Password) Mint(DateTimeOffset expiresAt)
    {
        var username = new EphemeralUsername(expiresAt.ToUnixTimeSeconds(), Name).ToString();
        return (username, PasswordOf(username));
    }

    public TurnUser UserOf(string username, bool hasExpired) =>
        new(UserId, new StunCredential(username, TurnAccounts.Realm, PasswordOf(username)), hasExpired) { MaxAllocations = MaxAllocations };

    private string PasswordOf(string username) => Convert.ToBase64String(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(username)));
}
