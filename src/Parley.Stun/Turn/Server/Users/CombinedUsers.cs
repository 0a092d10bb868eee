using Parley.Core.Time;

namespace Parley.Stun.Turn.Server.Users;

/// <summary>Users of several kinds; who is known to more than one is the first one's.</summary>
/// <param name="users">Asked in this order.</param>
public sealed class CombinedUsers(params IReadOnlyList<ITurnUsers> users) : ITurnUsers
{
    /// <inheritdoc />
    public TurnUser? Find(Instant now, string username)
    {
        foreach (ITurnUsers some in users)
        {
            if (some.Find(now, username) is { } user)
            {
                return user;
            }
        }

        return null;
    }
}
