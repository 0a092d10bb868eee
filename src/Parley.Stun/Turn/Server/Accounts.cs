using Parley.Core.Time;

namespace Parley.Stun.Turn.Server;

/// <summary>
/// The users who have allocations; and for a moment those who have none any more, until what they may send is whole again: whoever gives up its
/// last allocation and makes another one must not begin anew.
/// </summary>
internal sealed class Accounts(TurnLimits limits)
{
    private readonly Dictionary<string, Account> _byUser = new(StringComparer.Ordinal);

    /// <summary>Those without allocations, the longest first; each once, and perhaps some that have allocations again.</summary>
    private readonly Queue<Account> _resting = new();

    /// <summary>Those that are remembered.</summary>
    public int Count => _byUser.Count;

    public Account? Find(string userId) => _byUser.GetValueOrDefault(userId);

    /// <summary>The account of this user, opened now if there is none.</summary>
    public Account Open(Instant now, string userId)
    {
        Forget(now);
        if (!_byUser.TryGetValue(userId, out Account? account))
        {
            account = new Account(userId, limits);
            _byUser.Add(userId, account);
        }

        return account;
    }

    /// <summary>An allocation of it has ended, or was never made.</summary>
    public void Release(Account account)
    {
        if (account.Allocations.Count > 0 || account.IsResting)
        {
            return;
        }

        account.IsResting = true;
        _resting.Enqueue(account);
        if (_resting.Count > limits.Allocations)
        {
            // More have left within a second than there may be: to make others forget, so many accounts are needed.
            Remove(_resting.Dequeue());
        }
    }

    /// <summary>Those that rest are many only where many have just left, so nobody has to be woken for them.</summary>
    public void Forget(Instant now)
    {
        while (_resting.TryPeek(out Account? account) && (account.Allocations.Count > 0 || account.IsAsNew(now)))
        {
            Remove(_resting.Dequeue());
        }
    }

    private void Remove(Account account)
    {
        account.IsResting = false;
        if (account.Allocations.Count == 0)
        {
            _byUser.Remove(account.UserId);
        }
    }
}
