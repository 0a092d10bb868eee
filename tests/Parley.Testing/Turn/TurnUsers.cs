using Parley.Core.Time;
using Parley.Stun.Credentials;
using Parley.Stun.Turn.Server;

namespace Parley.Testing.Turn;

/// <summary>Users by name, whose password is their name with "secret" behind it.</summary>
public sealed class TurnUsers(string realm) : ITurnUsers
{
    private readonly Dictionary<string, TurnUser> _users = new(StringComparer.Ordinal);

    /// <summary>What a client has to know.</summary>
    public static string PasswordOf(string name) => $"{name} secret";

    /// <summary>Lets somebody in from now on.</summary>
    public void Add(string name) => _users[name] = new TurnUser(name, new StunCredential(name, realm, PasswordOf(name)));

    /// <summary>The credential is good for the allocations that it has.</summary>
    public void Expire(string name)
    {
        if (_users.TryGetValue(name, out TurnUser? user))
        {
            _users[name] = user with { HasExpired = true };
        }
    }

    /// <summary>Nobody knows this name any more.</summary>
    public void Remove(string name) => _users.Remove(name);

    /// <inheritdoc />
    public TurnUser? Find(Instant now, string username) => _users.GetValueOrDefault(username);
}
