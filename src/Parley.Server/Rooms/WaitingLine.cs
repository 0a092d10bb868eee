using Parley.Server.Limits;

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

/// <summary>
/// Those who wait for a room, in order of arrival. Bounded, and when it is full everybody who comes has as good a claim to a place as those
/// who have one: whoever has many places gives one to whoever has fewer. So nobody can fill it alone, and a class behind one
/// address can have all of it while nobody else comes.
/// </summary>
/// <remarks>Owned by its room; called under its lock.</remarks>
internal sealed class WaitingLine(RoomOptions options, WaitingPlaces places)
{
    private readonly List<Waiter> _waiters = [];

    public bool IsFull => _waiters.Count >= options.MaxWaiting;

    public int Count => _waiters.Count;

    /// <summary>As hosts are told.</summary>
    public IReadOnlyList<WaitingPerson> People =>
        [.. _waiters.Select(waiter => new WaitingPerson(waiter.Id, waiter.Arrival.Name, waiter.Since.ToUnixTimeMilliseconds()))];

    public Waiter? Find(ParticipantId id) => _waiters.Find(waiter => waiter.Id == id);

    /// <summary>Whose place somebody takes who comes when there is none left; null: nobody has too many.</summary>
    /// <remarks>
    /// The latest of the address that has the most, in the network that has the most: the /64s of a /48 are one crowd, for somebody who has
    /// all of them. Within a network, which may be a provider's, its addresses share in the same way what it has.
    /// </remarks>
    public Waiter? WhoGivesWayTo(AddressBlock address) =>
        Crowd(_waiters, static waiter => waiter.Arrival.Address.Network, address.Network) is { } network
            ? Crowd(network, static waiter => waiter.Arrival.Address, than: null)?[^1]
            : Crowd([.. _waiters.Where(waiter => waiter.Arrival.Address.Network == address.Network)], static waiter => waiter.Arrival.Address, address)?[^1];

    /// <summary>Adds somebody who comes, at the end.</summary>
    /// <returns>False when too many wait from there, in all rooms together.</returns>
    public bool TryAdd(Waiter waiter)
    {
        if (!places.TryTake(waiter.Arrival.Address, options.MaxWaitingPerNetwork))
        {
            return false;
        }

        _waiters.Add(waiter);
        return true;
    }

    /// <summary>False when it does not wait any more.</summary>
    public bool Remove(Waiter waiter)
    {
        if (!_waiters.Remove(waiter))
        {
            return false;
        }

        places.Release(waiter.Arrival.Address);
        return true;
    }

    /// <summary>Empties the line.</summary>
    public IReadOnlyList<Waiter> TakeAll()
    {
        Waiter[] all = [.. _waiters];
        _waiters.Clear();
        foreach (var waiter in all)
        {
            places.Release(waiter.Arrival.Address);
        }

        return all;
    }

    /// <summary>Adds somebody again who was taken out a moment ago, at the end.</summary>
    public void PutBack(Waiter waiter)
    {
        // Even if somebody else has come meanwhile, to another room: who waits already is not sent away for that.
        places.TryTake(waiter.Arrival.Address, int.MaxValue);
        _waiters.Add(waiter);
    }

    /// <summary>
    /// The waiters of the block that has the most, of several the one that had the last of them; null when it would have fewer than another
    /// one after giving it a place. Otherwise the two would drive each other out in turn.
    /// </summary>
    private static IReadOnlyList<Waiter>? Crowd(IReadOnlyList<Waiter> waiters, Func<Waiter, AddressBlock> block, AddressBlock? than)
    {
        var most = waiters.Reverse().GroupBy(block).MaxBy(static one => one.Count());
        var enough = than is { } other ? waiters.Count(waiter => block(waiter) == other) + 2 : 1;
        return most is null || most.Count() < enough ? null : [.. most.Reverse()];
    }
}
