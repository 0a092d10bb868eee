using Parley.Server.Limits;
using Parley.Server.Rooms;

namespace Parley.Server.Tests.Rooms.Model;

/// <summary>
/// What docs/signalling.md says of rooms, seats, roles and doors, as plainly as it can be written: no locks, no timers, no thought of speed.
/// It tells each member what it should hear.
/// </summary>
internal sealed class Reference(RoomOptions options, DateTimeOffset startedAt)
{
    private readonly Dictionary<string, ReferenceRoom> _rooms = new(StringComparer.Ordinal);
    private long _lastOrder;
    private int _timers;

    public RoomOptions Options => options;

    public int RoomCount => _rooms.Count;

    public IEnumerable<ReferenceRoom> Rooms => _rooms.Values;

    public IEnumerable<Place> Places => _rooms.Values.SelectMany(room => room.Places);

    /// <summary>How many things are to happen when enough time has passed.</summary>
    public int TimerCount => Places.Count(place => place.Member is null) + _rooms.Values.Count(room => room.HostAwaitedUntil is not null);

    /// <summary>The seat that a connection has; null when it has none any more.</summary>
    public Place? PlaceOf(Member member) => Places.SingleOrDefault(place => place.Member == member);

    public ReferenceRoom? RoomOf(Member member) => _rooms.Values.SingleOrDefault(room => room.Places.Exists(place => place.Member == member));

    public ReferenceRoom? LineOf(Member member) => _rooms.Values.SingleOrDefault(room => room.Line.Exists(waiting => waiting.Member == member));

    /// <summary>How many wait from a network, in all rooms.</summary>
    public int WaitingFrom(AddressBlock address) => _rooms.Values
        .Sum(room => room.Line.Count(waiting => ReferenceLine.NetworkOf(waiting.Address) == ReferenceLine.NetworkOf(address)));

    /// <summary>Somebody arrives.</summary>
    /// <param name="member">Its connection.</param>
    /// <param name="arrival">Who it is; the claim is given only if the token is to be honoured.</param>
    /// <param name="drawn">The id that the server gave, in case it is a newcomer.</param>
    /// <param name="life">The number that the server gave the room, in case it begins.</param>
    /// <param name="now">The time.</param>
    public Admission Join(Member member, Arrival arrival, ParticipantId? drawn, long life, DateTimeOffset now)
    {
        if (!_rooms.TryGetValue(member.Room, out var room))
        {
            if (_rooms.Count == options.MaxRooms && !EndAbandonedRoom())
            {
                return Admission.ServerFull;
            }

            room = new(this, life, now);
            _rooms.Add(member.Room, room);
        }

        var admission = room.Join(member, arrival, drawn, now);
        Conclude(room);
        return admission;
    }

    /// <summary>Somebody does something to the room where it has a seat; null: it has none.</summary>
    public T? InRoomOf<T>(Member member, Func<ReferenceRoom, Place, T> act)
        where T : struct
    {
        if (RoomOf(member) is not { } room)
        {
            return null;
        }

        var result = act(room, room.Places.Single(place => place.Member == member));
        Conclude(room);
        return result;
    }

    /// <summary>The same for what only a host may do.</summary>
    public Outcome AsHost(Member member, Func<ReferenceRoom, Place, Outcome> act) =>
        InRoomOf(member, (room, place) => place.Participant.Role == Role.Host ? act(room, place) : Outcome.Forbidden) ?? Outcome.NotSeated;

    /// <summary>Somebody does not want to wait any more.</summary>
    public bool GiveUp(Member member)
    {
        if (LineOf(member) is not { } room)
        {
            return false;
        }

        room.Line.RemoveAll(waiting => waiting.Member == member);
        room.TellHostsOfLine();
        return true;
    }

    /// <summary>The application that runs the server does something to a room.</summary>
    public bool FromOutside(string name, Func<ReferenceRoom, Outcome> act)
    {
        if (!_rooms.TryGetValue(name, out var room) || act(room) != Outcome.Done)
        {
            return false;
        }

        Conclude(room);
        return true;
    }

    /// <summary>Time has passed.</summary>
    public void Wait(DateTimeOffset now)
    {
        while (NextDue(now) is { } next)
        {
            if (next.Place is { } place)
            {
                next.Room.End(place, LeaveReason.Gone);
            }
            else
            {
                next.Room.HostAwaitedUntil = null;
            }

            Conclude(next.Room);
        }
    }

    /// <summary>Of what is to happen at one moment, what was set earlier happens first.</summary>
    public int NextTimer() => ++_timers;

    public long NextOrder(DateTimeOffset now) => _lastOrder = Math.Max(_lastOrder + 1, now.ToUnixTimeMilliseconds());

    public void SeeOrder(long order) => _lastOrder = Math.Max(_lastOrder, order);

    /// <summary>A life that the restart of the server has ended, and that may still come back.</summary>
    public bool WasCutOff(long life, DateTimeOffset now) =>
        life >> 16 < startedAt.ToUnixTimeMilliseconds() && now - startedAt < TimeSpan.FromMinutes(5);

    private (ReferenceRoom Room, Place? Place)? NextDue(DateTimeOffset now)
    {
        var due = _rooms.Values
            .SelectMany(room => room.Places
                .Where(place => place.Member is null)
                .Select(place => (Until: place.HeldUntil, place.Timer, Room: room, Place: (Place?)place))
                .Append((Until: room.HostAwaitedUntil ?? DateTimeOffset.MaxValue, Timer: room.HostTimer, Room: room, Place: null)))
            .Where(next => next.Until <= now)
            .OrderBy(next => next.Until)
            .ThenBy(next => next.Timer)
            .ToArray();
        return due is [] ? null : (due[0].Room, due[0].Place);
    }

    /// <summary>Everyone in it is away, and nobody has to be told but who waits.</summary>
    private bool EndAbandonedRoom()
    {
        var abandoned = _rooms.Where(room => room.Value.Places.TrueForAll(place => place.Member is null))
            .OrderBy(room => room.Value.Places.Max(place => place.HeldUntil))
            .ThenBy(room => room.Key, StringComparer.Ordinal)
            .Select(room => room.Value)
            .FirstOrDefault();
        abandoned?.Places.Clear();
        if (abandoned is not null)
        {
            Conclude(abandoned);
        }

        return abandoned is not null;
    }

    private void Conclude(ReferenceRoom room)
    {
        room.Conclude();
        if (room.Places.Count == 0)
        {
            room.SendLineAway();
            _rooms.Remove(_rooms.Single(entry => entry.Value == room).Key);
        }
    }
}
