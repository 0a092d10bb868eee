namespace Parley.SocketIO.Adapters;

/// <summary>Who is in which room, in memory. Rooms come with their first member and go with their last.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class RoomTable<TMember>
    where TMember : class
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, HashSet<TMember>> _members = new(StringComparer.Ordinal);
    private readonly Dictionary<TMember, HashSet<string>> _rooms = new(ReferenceEqualityComparer.Instance);

    public void Join(TMember member, string room)
    {
        lock (_gate)
        {
            GetOrAdd(_rooms, member, StringComparer.Ordinal).Add(room);
            GetOrAdd(_members, room, ReferenceEqualityComparer.Instance).Add(member);
        }
    }

    public void Leave(TMember member, string room)
    {
        lock (_gate)
        {
            if (_rooms.TryGetValue(member, out var rooms) && rooms.Remove(room))
            {
                RemoveMember(room, member);
                if (rooms.Count == 0)
                {
                    _rooms.Remove(member);
                }
            }
        }
    }

    public void LeaveAll(TMember member)
    {
        lock (_gate)
        {
            if (_rooms.Remove(member, out var rooms))
            {
                foreach (var room in rooms)
                {
                    RemoveMember(room, member);
                }
            }
        }
    }

    /// <summary>A snapshot of the rooms of one member.</summary>
    public IReadOnlyList<string> RoomsOf(TMember member)
    {
        lock (_gate)
        {
            return _rooms.TryGetValue(member, out var rooms) ? [.. rooms] : [];
        }
    }

    /// <summary>A snapshot of the members of a room.</summary>
    public TMember[] MembersOf(string room)
    {
        lock (_gate)
        {
            return _members.TryGetValue(room, out var members) ? [.. members] : [];
        }
    }

    /// <summary>Adds the members of a room to a set.</summary>
    public void CollectInto(HashSet<TMember> set, string room)
    {
        lock (_gate)
        {
            if (_members.TryGetValue(room, out var members))
            {
                set.UnionWith(members);
            }
        }
    }

    private static HashSet<TItem> GetOrAdd<TKey, TItem>(
        Dictionary<TKey, HashSet<TItem>> table, TKey key, IEqualityComparer<TItem> comparer)
        where TKey : notnull
    {
        if (!table.TryGetValue(key, out var set))
        {
            table[key] = set = new HashSet<TItem>(comparer);
        }

        return set;
    }

    private void RemoveMember(string room, TMember member)
    {
        if (_members.TryGetValue(room, out var members) && members.Remove(member) && members.Count == 0)
        {
            _members.Remove(room);
        }
    }
}
