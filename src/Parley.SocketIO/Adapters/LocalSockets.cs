using System.Collections.Concurrent;

namespace Parley.SocketIO.Adapters;

/// <summary>The sockets that a namespace has on this server, and their rooms.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class LocalSockets
{
    private readonly ConcurrentDictionary<string, ILocalSocket> _sockets = new(StringComparer.Ordinal);

    public RoomTable<ILocalSocket> Rooms { get; } = new();

    /// <summary>A snapshot of the connected sockets.</summary>
    public IReadOnlyCollection<ILocalSocket> All => (IReadOnlyCollection<ILocalSocket>)_sockets.Values;

    public void Add(ILocalSocket socket) => _sockets[socket.Id] = socket;

    // Only this socket: one of Socket.IO 2 that comes back to the namespace by the same connection has the same id.
    public void Remove(ILocalSocket socket) => _sockets.TryRemove(new KeyValuePair<string, ILocalSocket>(socket.Id, socket));

    /// <summary>A snapshot of those connected sockets that are meant, each once.</summary>
    public IReadOnlyCollection<ILocalSocket> Select(BroadcastTargets targets)
    {
        if (targets is { Rooms.Count: 0, Except.Count: 0, Sender: null })
        {
            return All;
        }

        if (targets is { Rooms: [var only], Except.Count: 0 } && !_sockets.ContainsKey(only))
        {
            return SelectRoom(only, targets.Sender);
        }

        var selected = new HashSet<ILocalSocket>(ReferenceEqualityComparer.Instance);
        if (targets.Rooms.Count == 0)
        {
            selected.UnionWith(All);
        }

        foreach (var room in targets.Rooms)
        {
            CollectRoom(selected, room);
        }

        if (targets.Except.Count > 0)
        {
            var excluded = new HashSet<ILocalSocket>(ReferenceEqualityComparer.Instance);
            foreach (var room in targets.Except)
            {
                CollectRoom(excluded, room);
            }

            selected.ExceptWith(excluded);
        }

        if (targets.Sender is { } sender && _sockets.TryGetValue(sender, out var socket))
        {
            selected.Remove(socket);
        }

        // Who is still being let in may be in rooms, but hears nothing before the answer to its CONNECT.
        selected.RemoveWhere(static s => !s.Connected);
        return selected;
    }

    // The usual broadcast, to one room: nobody can be in it twice, so there is no set to be built.
    private List<ILocalSocket> SelectRoom(string room, string? sender)
    {
        var members = Rooms.MembersOf(room);
        var selected = new List<ILocalSocket>(members.Length);
        foreach (var member in members)
        {
            if (member.Connected && !string.Equals(member.Id, sender, StringComparison.Ordinal))
            {
                selected.Add(member);
            }
        }

        return selected;
    }

    // The room of a socket's own id needs no table.
    private void CollectRoom(HashSet<ILocalSocket> set, string room)
    {
        if (_sockets.TryGetValue(room, out var own))
        {
            set.Add(own);
        }

        Rooms.CollectInto(set, room);
    }
}
