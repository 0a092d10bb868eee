namespace Parley.SocketIO.Adapters.Recovery;

/// <summary>
/// Since which event a socket was in which room, and until which: so that it is later given exactly what was sent to it, neither
/// what came before it joined a room nor less because it left one.
/// </summary>
/// <remarks>Not thread-safe: <see cref="SessionRecovery"/> guards it.</remarks>
internal sealed class RoomHistory
{
    private const int MaxStays = 256;

    private readonly Dictionary<string, long> _current = new(StringComparer.Ordinal);
    private readonly Queue<Stay> _past = new();

    /// <summary>The rooms that the socket is in now.</summary>
    public IReadOnlyCollection<string> Current => _current.Keys;

    /// <summary>What was sent up to this event can no longer be told: too much has changed since.</summary>
    public long Forgotten { get; private set; }

    public void Join(string room, long last) => _current.TryAdd(room, last);

    public void Leave(string room, long last)
    {
        if (!_current.Remove(room, out var since))
        {
            return;
        }

        if (since < last)
        {
            _past.Enqueue(new Stay(room, since, last));
        }

        while (_past.Count > MaxStays)
        {
            Forgotten = Math.Max(Forgotten, _past.Dequeue().Until);
        }
    }

    /// <summary>Whether the socket was in any of some rooms when an event was sent.</summary>
    public bool WasInAny(IReadOnlyList<string> rooms, long number)
    {
        foreach (var room in rooms)
        {
            if (_current.TryGetValue(room, out var since) && since < number)
            {
                return true;
            }

            foreach (var stay in _past)
            {
                if (stay.Since < number && number <= stay.Until && string.Equals(stay.Room, room, StringComparison.Ordinal))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private readonly record struct Stay(string Room, long Since, long Until);
}
