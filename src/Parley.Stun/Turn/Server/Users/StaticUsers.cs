using Parley.Core.Time;
using Parley.Stun.Credentials;

namespace Parley.Stun.Turn.Server.Users;

/// <summary>Users whose names and passwords somebody has written down.</summary>
public sealed class StaticUsers : ITurnUsers
{
    private readonly Dictionary<string, TurnUser> _users;

    /// <summary>These names, each with its password.</summary>
    /// <param name="realm">The server's <see cref="TurnServerOptions.Realm"/>.</param>
    /// <param name="passwords">By user name; neither may be empty.</param>
    /// <param name="idPrefix">Stands before each name in <see cref="TurnUser.Id"/>, so that those of another kind are others though they be called the same.</param>
    /// <exception cref="ArgumentException">A name or a password is empty, or a name has a colon or more than 508 bytes.</exception>
    public StaticUsers(string realm, IReadOnlyDictionary<string, string> passwords, string idPrefix = "")
    {
        foreach ((string name, string password) in passwords)
        {
            // RFC 8489, 9.2.2: the key is made of the three with colons between, so that a colon in one could stand for two other users.
            if (name.Length == 0 || name.Contains(':', StringComparison.Ordinal) || System.Text.Encoding.UTF8.GetByteCount(name) > 508)
            {
                throw new ArgumentException($"'{name}' cannot be a user name: 1 to 508 bytes without a colon.", nameof(passwords));
            }

            if (password.Length == 0)
            {
                throw new ArgumentException($"The password of '{name}' is empty.", nameof(passwords));
            }
        }

        _users = passwords.ToDictionary(
            user => user.Key,
            user => new TurnUser(idPrefix + user.Key, new StunCredential(user.Key, realm, user.Value)),
            StringComparer.Ordinal);
    }

    /// <inheritdoc />
    public TurnUser? Find(Instant now, string username) => _users.GetValueOrDefault(username);
}
