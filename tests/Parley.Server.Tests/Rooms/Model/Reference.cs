using Parley.Server.Rooms;

namespace Parley.Server.Tests.Rooms.Model;

/// <summary>
/// What docs/signalling.md says of rooms and seats, as plainly as it can be written: no locks, no timers, no thought of speed. It tells
/// each member what it should hear.
/// </summary>
internal sealed class Reference(int capacity, int maxRooms, TimeSpan grace)
{
    private readonly Dictionary<string, List<Place>> _rooms = new(StringComparer.Ordinal);
    private readonly TimeSpan _grace = grace;
    private long _lastOrder;
    private int _absences;

    public int RoomCount => _rooms.Count;

    public IEnumerable<Place> Places => _rooms.Values.SelectMany(room => room);

    /// <summary>One seat.</summary>
    public sealed class Place
    {
        public required Participant Participant { get; set; }

        public required long Order { get; init; }

        /// <summary>Null: away.</summary>
        public Member? Member { get; set; }

        public DateTimeOffset HeldUntil { get; set; }

        /// <summary>Of absences that end at one moment the earlier one ends first.</summary>
        public int Absence { get; set; }
    }

    /// <summary>The seat that a connection has; null when it has none any more.</summary>
    public Place? PlaceOf(Member member) => Places.SingleOrDefault(place => place.Member == member);

    public IEnumerable<Participant> OthersOf(Member member) => _rooms[member.Room].Where(place => place.Member != member).Select(place => place.Participant);

    /// <summary>Somebody arrives.</summary>
    /// <param name="member">Its connection.</param>
    /// <param name="arrival">Who it is; the claim is given only if the token is to be honoured.</param>
    /// <param name="drawn">The id that the server gave, in case it is a newcomer.</param>
    /// <param name="now">The time.</param>
    public Admission Join(Member member, Arrival arrival, ParticipantId? drawn, DateTimeOffset now)
    {
        if (!_rooms.TryGetValue(member.Room, out var room))
        {
            if (_rooms.Count == maxRooms && !EndAbandonedRoom())
            {
                return Admission.ServerFull;
            }

            room = [];
        }

        var held = room.Find(place => place.Participant.Id == arrival.Claim?.Id);
        if (held is not null && arrival.Incarnation >= held.Participant.Incarnation)
        {
            held.Member?.Expect(new RoomMessage.Displaced());
            Seat(room, held, member, arrival);
            return Admission.Returned;
        }

        if (room.Count == capacity)
        {
            return Admission.RoomFull;
        }

        var claim = held is null ? arrival.Claim : null;
        var order = claim?.Order ?? Math.Max(_lastOrder + 1, now.ToUnixTimeMilliseconds());
        _lastOrder = Math.Max(_lastOrder, order);
        var place = new Place { Order = order, Participant = new((claim?.Id ?? drawn)!.Value, string.Empty, 0, default, Away: false) };
        _rooms[member.Room] = room;
        room.Add(place);
        room.Sort((one, other) => one.Order != other.Order
            ? one.Order.CompareTo(other.Order)
            : string.CompareOrdinal(one.Participant.Id.Value, other.Participant.Id.Value));
        Seat(room, place, member, arrival);
        return claim is null ? Admission.Admitted : Admission.Returned;
    }

    /// <summary>Everyone in it is away, and nobody has to be told.</summary>
    private bool EndAbandonedRoom()
    {
        var abandoned = _rooms.Where(room => room.Value.TrueForAll(place => place.Member is null))
            .OrderBy(room => room.Value.Max(place => place.HeldUntil))
            .ThenBy(room => room.Key, StringComparer.Ordinal)
            .Select(room => room.Key)
            .FirstOrDefault();
        return abandoned is not null && _rooms.Remove(abandoned);
    }

    public bool Leave(Member member)
    {
        if (PlaceOf(member) is not { } place)
        {
            return false;
        }

        End(member.Room, place, LeaveReason.Left);
        return true;
    }

    public bool Drop(Member member, DateTimeOffset now)
    {
        if (PlaceOf(member) is not { } place)
        {
            return false;
        }

        place.Member = null;
        place.HeldUntil = now + _grace;
        place.Absence = ++_absences;
        place.Participant = place.Participant with { Away = true };
        Tell(_rooms[member.Room], place, new RoomMessage.Away(place.Participant.Id));
        return true;
    }

    public bool SetMedia(Member member, MediaState media)
    {
        if (PlaceOf(member) is not { } place)
        {
            return false;
        }

        place.Participant = place.Participant with { Media = media };
        Tell(_rooms[member.Room], place, new RoomMessage.Media(place.Participant.Id, media));
        return true;
    }

    public Relay Relay(Member from, ParticipantId to, Incarnations incarnations, RoomMessage message)
    {
        if (PlaceOf(from) is not { } sender)
        {
            return Parley.Server.Rooms.Relay.NotSeated;
        }

        if (_rooms[from.Room].Find(place => place.Participant.Id == to) is not { } receiver)
        {
            return Parley.Server.Rooms.Relay.UnknownParticipant;
        }

        if (incarnations != new Incarnations(sender.Participant.Incarnation, receiver.Participant.Incarnation))
        {
            return Parley.Server.Rooms.Relay.Stale;
        }

        receiver.Member?.Expect(message);
        return receiver.Member is null ? Parley.Server.Rooms.Relay.Away : Parley.Server.Rooms.Relay.Delivered;
    }

    /// <summary>Time has passed.</summary>
    public void Wait(DateTimeOffset now)
    {
        var over = _rooms.SelectMany(room => room.Value.Select(place => (Room: room.Key, Place: place)))
            .Where(held => held.Place.Member is null && held.Place.HeldUntil <= now)
            .OrderBy(held => held.Place.HeldUntil)
            .ThenBy(held => held.Place.Absence);
        foreach (var (room, place) in over.ToArray())
        {
            End(room, place, LeaveReason.Gone);
        }
    }

    private static void Seat(List<Place> room, Place place, Member member, Arrival arrival)
    {
        place.Member = member;
        place.Participant = new(place.Participant.Id, arrival.Name, arrival.Incarnation, arrival.Media, Away: false);
        member.Expect(new Admitted(place.Participant, [.. room.Where(other => other != place).Select(other => other.Participant)]));
        Tell(room, place, new RoomMessage.Welcome(place.Participant));
    }

    private static void Tell(List<Place> room, Place about, RoomMessage message)
    {
        foreach (var place in room.Where(place => place != about))
        {
            place.Member?.Expect(message);
        }
    }

    private void End(string name, Place place, LeaveReason reason)
    {
        var room = _rooms[name];
        room.Remove(place);
        Tell(room, place, new RoomMessage.Left(place.Participant.Id, reason));
        if (room.Count == 0)
        {
            _rooms.Remove(name);
        }
    }
}
