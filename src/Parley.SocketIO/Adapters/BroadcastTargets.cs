namespace Parley.SocketIO.Adapters;

/// <summary>Which sockets of a namespace something is for, and how it goes to them.</summary>
/// <param name="Rooms">In any of these rooms; without one, all. The id of a socket is a room with that socket.</param>
/// <param name="Except">In none of these rooms.</param>
/// <param name="Sender">Not the socket with this id; null for no such exception.</param>
/// <param name="IsLocal">Only sockets of this server.</param>
/// <param name="IsVolatile">Not to sockets that cannot take it just now.</param>
internal sealed record BroadcastTargets(
    IReadOnlyList<string> Rooms, IReadOnlyList<string> Except, string? Sender = null, bool IsLocal = false, bool IsVolatile = false)
{
    /// <summary>The whole namespace.</summary>
    public static BroadcastTargets All { get; } = new([], []);
}
