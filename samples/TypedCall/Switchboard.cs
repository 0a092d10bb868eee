using System.Collections.Concurrent;
using Parley.SocketIO;

namespace TypedCall;

/// <summary>Who is in which room; and a service that speaks to all of them from outside.</summary>
public sealed class Switchboard(NamespaceContext<ICallClient> clients)
{
    private readonly ConcurrentDictionary<string, (string Room, Member Member)> _seats = new(StringComparer.Ordinal);

    public int Count => _seats.Count;

    public IReadOnlyList<Member> In(string room) => [.. _seats.Values.Where(s => s.Room == room).Select(s => s.Member)];

    public bool TryEnter(string room, Member member) => _seats.TryAdd(member.Id, (room, member));

    public bool AreTogether(string one, string other) =>
        _seats.TryGetValue(one, out var a) && _seats.TryGetValue(other, out var b) && a.Room == b.Room;

    public string? Leave(string id) => _seats.TryRemove(id, out var seat) ? seat.Room : null;

    public void Close() => clients.All.Closing();
}
