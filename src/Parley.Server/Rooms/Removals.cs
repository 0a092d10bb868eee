namespace Parley.Server.Rooms;

/// <summary>
/// Who was removed from a room, as long as it lasts. Bounded: the earliest is forgotten, and then comes as somebody new through the doors,
/// because its token is outdated.
/// </summary>
/// <remarks>Owned by its room; called under its lock.</remarks>
internal sealed class Removals
{
    public const int Max = 1000;

    private readonly HashSet<string> _removed = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = [];

    public void Add(Seat seat)
    {
        Add(Key(seat.Id));
        if (Key(seat.Grant) is { } grant)
        {
            Add(grant);
        }
    }

    /// <summary>Whether the seat that somebody claims, or its join token, is of who was removed.</summary>
    public bool Has(SeatClaim? claim, JoinTokenGrant? grant) =>
        (claim is not null && _removed.Contains(Key(claim.Id))) || (Key(grant) is { } key && _removed.Contains(key));

    public void Clear()
    {
        _removed.Clear();
        _order.Clear();
    }

    private void Add(string key)
    {
        if (!_removed.Add(key))
        {
            return;
        }

        _order.Enqueue(key);
        if (_order.Count > Max)
        {
            _removed.Remove(_order.Dequeue());
        }
    }

    // An id has no colon, so the two kinds do not meet.
    private static string Key(ParticipantId id) => id.Value;

    private static string? Key(JoinTokenGrant? grant) => grant?.Id is { } id ? $"token:{id}" : null;
}
