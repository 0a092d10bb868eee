namespace Parley.Server.Rooms;

/// <summary>What another application lets somebody do here, by a join token that holds for this room and this moment.</summary>
/// <param name="Role">As what it enters.</param>
/// <param name="Name">Its display name, 1 to 64 characters, valid as one; null: its own choice.</param>
/// <param name="Id">
/// What tells this token from others, if it is made for one person: when its bearer is removed, the token is not honoured any more in that
/// room. Null: many may share it.
/// </param>
internal sealed record JoinTokenGrant(Role Role, string? Name = null, string? Id = null);
