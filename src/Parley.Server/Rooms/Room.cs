namespace Parley.Server.Rooms;

/// <summary>
/// The participants of one room, in order of arrival. Every change and the messages that tell of it happen under one lock, so everyone
/// in the room hears of everything in the same order. Nothing under the lock blocks.
/// </summary>
internal sealed class Room(string name, int capacity)
{
    private readonly Lock _lock = new();
    private readonly List<Seat> _seats = [];
    private long _arrivals;
    private bool _ended;

    public string Name { get; } = name;

    /// <summary>Gives the newcomer a seat and tells those already there.</summary>
    /// <param name="newcomer">Who comes.</param>
    /// <param name="connection">Where the newcomer hears of the room from now on.</param>
    /// <param name="admitted">
    /// Called under the lock with the seat and the others in order of arrival, before anything can be sent to the newcomer or about it:
    /// whatever it queues on the connection comes first.
    /// </param>
    public Admission Admit(
        Participant newcomer,
        IParticipantConnection connection,
        Action<Seat, IReadOnlyList<Participant>> admitted)
    {
        lock (_lock)
        {
            if (_ended)
            {
                return Admission.RoomEnded;
            }

            if (_seats.Count >= capacity)
            {
                return Admission.RoomFull;
            }

            var seat = new Seat(this, ++_arrivals, newcomer, connection);
            admitted(seat, [.. _seats.Select(other => other.Participant)]);
            _seats.Add(seat);
            SendToOthers(seat, new RoomMessage.Welcome(newcomer));
            return Admission.Admitted;
        }
    }

    /// <summary>Ends a seat and tells the others. The room ends with its last seat, for good.</summary>
    public Departure Leave(Seat seat, LeaveReason reason)
    {
        lock (_lock)
        {
            if (!_seats.Remove(seat))
            {
                return Departure.NotSeated;
            }

            SendToOthers(seat, new RoomMessage.Left(seat.Id, reason));
            _ended = _seats.Count == 0;
            return _ended ? Departure.Last : Departure.Left;
        }
    }

    /// <summary>Notes what a participant sends now and tells the others.</summary>
    /// <returns>False when the seat has ended.</returns>
    public bool SetMedia(Seat seat, MediaState media)
    {
        lock (_lock)
        {
            if (!_seats.Contains(seat))
            {
                return false;
            }

            seat.Participant = seat.Participant with { Media = media };
            SendToOthers(seat, new RoomMessage.Media(seat.Id, media));
            return true;
        }
    }

    /// <summary>Passes a message from one participant to another, if both are who the sender thinks they are.</summary>
    public Relay Relay(Seat from, ParticipantId to, Incarnations incarnations, RoomMessage message)
    {
        lock (_lock)
        {
            if (!_seats.Contains(from))
            {
                return Rooms.Relay.NotSeated;
            }

            if (_seats.Find(seat => seat.Id == to) is not { } receiver)
            {
                return Rooms.Relay.UnknownParticipant;
            }

            if (incarnations.From != from.Participant.Incarnation || incarnations.To != receiver.Participant.Incarnation)
            {
                return Rooms.Relay.Stale;
            }

            receiver.Connection.Send(message);
            return Rooms.Relay.Delivered;
        }
    }

    private void SendToOthers(Seat seat, RoomMessage message)
    {
        foreach (var other in _seats)
        {
            if (other != seat)
            {
                other.Connection.Send(message);
            }
        }
    }
}

internal enum Admission
{
    Admitted,
    RoomFull,

    /// <summary>The directory holds as many rooms as it may.</summary>
    ServerFull,

    /// <summary>The last participant has just left; another room of this name may begin.</summary>
    RoomEnded,
}

internal enum Departure
{
    Left,

    /// <summary>Left, and was the last.</summary>
    Last,

    /// <summary>The seat had ended before.</summary>
    NotSeated,
}

internal enum Relay
{
    Delivered,
    NotSeated,
    UnknownParticipant,

    /// <summary>An incarnation is not the current one of its participant.</summary>
    Stale,
}
