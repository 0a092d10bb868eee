namespace Parley.Server.Rooms;

/// <summary>Somebody at the door of a room.</summary>
/// <param name="room">Whose door.</param>
/// <param name="id">Its participant's id, once it is let in.</param>
/// <param name="arrival">Who it is.</param>
/// <param name="connection">Where it hears what became of it.</param>
/// <param name="since">When it came.</param>
internal sealed class Waiter(Room room, ParticipantId id, Arrival arrival, IParticipantConnection connection, DateTimeOffset since)
{
    public Room Room { get; } = room;

    public ParticipantId Id { get; } = id;

    public Arrival Arrival { get; } = arrival;

    public IParticipantConnection Connection { get; } = connection;

    public DateTimeOffset Since { get; } = since;
}

/// <summary>A waiter as hosts see it.</summary>
/// <param name="Id">Its participant's id, once it is let in.</param>
/// <param name="Name">Display name.</param>
/// <param name="Since">When it came, in milliseconds since 1970.</param>
internal sealed record WaitingPerson(ParticipantId Id, string Name, long Since);

/// <summary>Those who wait for a room, in order of arrival.</summary>
/// <remarks>Owned by its room; called under its lock.</remarks>
internal sealed class WaitingLine(int capacity)
{
    private readonly List<Waiter> _waiters = [];

    public bool IsFull => _waiters.Count >= capacity;

    public int Count => _waiters.Count;

    /// <summary>As hosts are told.</summary>
    public IReadOnlyList<WaitingPerson> People =>
        [.. _waiters.Select(waiter => new WaitingPerson(waiter.Id, waiter.Arrival.Name, waiter.Since.ToUnixTimeMilliseconds()))];

    public Waiter? Find(ParticipantId id) => _waiters.Find(waiter => waiter.Id == id);

    public void Add(Waiter waiter) => _waiters.Add(waiter);

    /// <summary>False when it does not wait any more.</summary>
    public bool Remove(Waiter waiter) => _waiters.Remove(waiter);

    /// <summary>Empties the line.</summary>
    public IReadOnlyList<Waiter> TakeAll()
    {
        Waiter[] all = [.. _waiters];
        _waiters.Clear();
        return all;
    }
}
