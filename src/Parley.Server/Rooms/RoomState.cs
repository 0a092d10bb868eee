using System.Runtime.InteropServices;

namespace Parley.Server.Rooms;

/// <summary>What the tokens of a room's seats carry of it, so that it comes back as it was after a restart.</summary>
/// <param name="Edition">Which state it is.</param>
/// <param name="Doors">What stands between it and who is new.</param>
/// <param name="TokensUsed">A join token has given a role: nobody becomes host by order of arrival any more.</param>
internal sealed record RoomState(Edition Edition, Doors Doors, bool TokensUsed);

/// <summary>One state of one life of a room, from its first seat to its last.</summary>
/// <param name="Life">Larger for lives that begin later.</param>
/// <param name="Revision">Larger after each change of roles, doors or removals within a life.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Edition(long Life, long Revision)
{
    /// <summary>Whether this one tells of a later time. Only for lives that are over: within them later is truer.</summary>
    public bool IsLaterThan(Edition other) => Life != other.Life ? Life > other.Life : Revision > other.Revision;
}
