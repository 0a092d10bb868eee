namespace Parley.Server.Rooms;

/// <summary>
/// The seats of one room, in order of arrival. Every change and the messages that tell of it happen under one lock, so everyone
/// in the room hears of everything in the same order. Nothing under the lock blocks.
/// </summary>
/// <param name="name">In lower case.</param>
/// <param name="options">Capacity and grace time.</param>
/// <param name="register">What this room shares with the others.</param>
/// <param name="time">For the grace time.</param>
/// <param name="ended">Called once, under the lock, when the last seat has ended; nobody is admitted any more by then.</param>
internal sealed class Room(string name, RoomOptions options, RoomRegister register, TimeProvider time, Action<Room> ended)
{
    private readonly Lock _lock = new();
    private readonly List<Seat> _seats = [];
    private bool _ended;

    public string Name { get; } = name;

    public RoomRegister Register { get; } = register;

    /// <summary>Gives whoever arrives a seat, its own again if it may claim one, and tells the others.</summary>
    /// <param name="arrival">Who comes.</param>
    /// <param name="connection">Where it hears of the room from now on.</param>
    /// <param name="admitted">
    /// Called under the lock with the tenure and the others in order of arrival, before anything can be sent to whoever arrives or about
    /// it: whatever it queues on the connection comes first.
    /// </param>
    public Admission Admit(Arrival arrival, IParticipantConnection connection, Action<Tenure, IReadOnlyList<Participant>> admitted)
    {
        lock (_lock)
        {
            if (_ended)
            {
                return Admission.RoomEnded;
            }

            var claimed = arrival.Claim is { } claim ? Find(claim.Id) : null;
            if (claimed is not null && arrival.Incarnation >= claimed.Participant.Incarnation)
            {
                (claimed.Presence as Tenure)?.Connection.Send(new RoomMessage.Displaced());
                Enter(claimed, arrival, connection, admitted);
                return Admission.Returned;
            }

            if (_seats.Count >= options.Capacity)
            {
                return Admission.RoomFull;
            }

            // A seat that is held for a later page load is not for this one, which is a newcomer then.
            var returns = arrival.Claim is not null && claimed is null;
            var seat = returns ? Restore(arrival.Claim!) : new Seat(this, ParticipantId.New(), Register.NextOrder());
            _seats.Insert(_seats.FindLastIndex(other => other.ComesBefore(seat)) + 1, seat);
            Enter(seat, arrival, connection, admitted);
            return returns ? Admission.Returned : Admission.Admitted;
        }
    }

    /// <summary>Ends a seat at its participant's wish and tells the others. The room ends with its last seat, for good.</summary>
    /// <returns>False when the tenure is over.</returns>
    public bool Leave(Tenure tenure)
    {
        lock (_lock)
        {
            if (!tenure.IsCurrent)
            {
                return false;
            }

            End(tenure.Seat, LeaveReason.Left);
            return true;
        }
    }

    /// <summary>A connection has ended: its seat is held for the grace time, and then ends.</summary>
    /// <returns>False when the tenure was over before.</returns>
    public bool Disconnect(Tenure tenure)
    {
        lock (_lock)
        {
            if (!tenure.IsCurrent)
            {
                return false;
            }

            var absence = tenure.Seat.Release();
            absence.Since = time.GetUtcNow();
            absence.Grace = time.CreateTimer(
                static state => ((Absence)state!).Seat.Room.EndAbsence((Absence)state),
                absence,
                options.Grace,
                Timeout.InfiniteTimeSpan);
            SendToOthers(tenure.Seat, new RoomMessage.Away(tenure.Seat.Id));
            return true;
        }
    }

    /// <summary>Whether the connection of this tenure still has its seat.</summary>
    public bool Holds(Tenure tenure)
    {
        lock (_lock)
        {
            return tenure.IsCurrent;
        }
    }

    /// <summary>Notes what a participant sends now and tells the others.</summary>
    /// <returns>False when the tenure is over.</returns>
    public bool SetMedia(Tenure tenure, MediaState media)
    {
        lock (_lock)
        {
            if (!tenure.IsCurrent)
            {
                return false;
            }

            tenure.Seat.SetMedia(media);
            SendToOthers(tenure.Seat, new RoomMessage.Media(tenure.Seat.Id, media));
            return true;
        }
    }

    /// <summary>Passes a message from one participant to another, if both are who the sender thinks they are.</summary>
    public Relay Relay(Tenure from, ParticipantId to, Incarnations incarnations, RoomMessage message)
    {
        lock (_lock)
        {
            if (!from.IsCurrent)
            {
                return Rooms.Relay.NotSeated;
            }

            if (Find(to) is not { } receiver)
            {
                return Rooms.Relay.UnknownParticipant;
            }

            if (incarnations.From != from.Seat.Participant.Incarnation || incarnations.To != receiver.Participant.Incarnation)
            {
                return Rooms.Relay.Stale;
            }

            if (receiver.Presence is not Tenure { Connection: var connection })
            {
                return Rooms.Relay.Away;
            }

            connection.Send(message);
            return Rooms.Relay.Delivered;
        }
    }

    /// <summary>Since when nobody in the room has a connection; null: somebody is there, or about to enter.</summary>
    public DateTimeOffset? AbandonedSince
    {
        get
        {
            lock (_lock)
            {
                return _seats.TrueForAll(seat => seat.Presence is Absence)
                    ? _seats.Max(seat => (seat.Presence as Absence)?.Since)
                    : null;
            }
        }
    }

    /// <summary>Ends the room if nobody in it has a connection. Their tokens bring it back.</summary>
    /// <returns>False when somebody is there or about to enter, or the room has ended before.</returns>
    public bool EndIfAbandoned()
    {
        lock (_lock)
        {
            if (AbandonedSince is null)
            {
                return false;
            }

            while (_seats.Count > 0)
            {
                End(_seats[^1], LeaveReason.Gone);
            }

            return true;
        }
    }

    private Seat? Find(ParticipantId id) => _seats.Find(seat => seat.Id == id);

    private Seat Restore(SeatClaim claim)
    {
        Register.SeeOrder(claim.Order);
        return new Seat(this, claim.Id, claim.Order);
    }

    private void Enter(Seat seat, Arrival arrival, IParticipantConnection connection, Action<Tenure, IReadOnlyList<Participant>> admitted)
    {
        var tenure = seat.Take(arrival, connection);
        admitted(tenure, [.. _seats.Where(other => other != seat).Select(other => other.Participant)]);
        SendToOthers(seat, new RoomMessage.Welcome(seat.Participant));
    }

    private void EndAbsence(Absence absence)
    {
        lock (_lock)
        {
            // The timer may have fired just as the participant came back.
            if (absence.IsCurrent)
            {
                End(absence.Seat, LeaveReason.Gone);
            }
        }
    }

    private void End(Seat seat, LeaveReason reason)
    {
        seat.End();
        _seats.Remove(seat);
        Register.TellOfEnd(seat.Id);
        SendToOthers(seat, new RoomMessage.Left(seat.Id, reason));
        if (_seats.Count == 0)
        {
            _ended = true;
            ended(this);
        }
    }

    private void SendToOthers(Seat seat, RoomMessage message)
    {
        foreach (var other in _seats)
        {
            if (other != seat && other.Presence is Tenure tenure)
            {
                tenure.Connection.Send(message);
            }
        }
    }
}

internal enum Admission
{
    /// <summary>A newcomer, with a seat of its own.</summary>
    Admitted,

    /// <summary>Has its seat again.</summary>
    Returned,

    RoomFull,

    /// <summary>The directory holds as many rooms as it may.</summary>
    ServerFull,

    /// <summary>The last seat has just ended; another room of this name may begin.</summary>
    RoomEnded,
}

internal enum Relay
{
    Delivered,

    /// <summary>The sender's tenure is over.</summary>
    NotSeated,

    UnknownParticipant,

    /// <summary>An incarnation is not the current one of its participant.</summary>
    Stale,

    /// <summary>The receiver has no connection; nothing is kept for it.</summary>
    Away,
}
