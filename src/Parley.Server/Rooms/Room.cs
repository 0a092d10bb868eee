namespace Parley.Server.Rooms;

/// <summary>
/// A room: its seats, its doors and who has a say. Every change and the messages that tell of it happen under one lock, so everyone
/// in the room hears of everything in the same order. Nothing under the lock blocks.
/// </summary>
internal sealed class Room
{
    private readonly Lock _lock = new();
    private readonly RoomOptions _options;
    private readonly TimeProvider _time;
    private readonly Action<Room> _whenEnded;
    private readonly Seating _seating;
    private readonly Reception _reception;
    private readonly Succession _succession;
    private DateTimeOffset? _openedAt;
    private bool _ended;

    /// <summary>An empty room.</summary>
    /// <param name="name">In lower case.</param>
    /// <param name="options">Capacity, limits and grace time.</param>
    /// <param name="register">What this room shares with the others.</param>
    /// <param name="time">For the grace time.</param>
    /// <param name="whenEnded">Called once, under the lock, when the last seat has ended; nobody is admitted any more by then.</param>
    public Room(string name, RoomOptions options, RoomRegister register, TimeProvider time, Action<Room> whenEnded)
    {
        (Name, Register, _options, _time, _whenEnded) = (name, register, options, time, whenEnded);
        _seating = new(name, register, time);
        _reception = new(this, _seating, options, time);
        _succession = new(options.Grace, time);
    }

    public string Name { get; }

    public RoomRegister Register { get; }

    /// <summary>What tokens of this room's seats say of it. Under the lock.</summary>
    public RoomState State => _reception.State;

    /// <summary>
    /// Gives whoever arrives a seat, its own again if it may claim one, and tells the others; or has it wait for a host. Under the lock the
    /// first thing it hears is <see cref="RoomMessage.Admitted"/> or <see cref="RoomMessage.Waits"/>.
    /// </summary>
    /// <param name="arrival">Who comes.</param>
    /// <param name="connection">Where it hears of the room from now on; of a refusal that is returned here it hears nothing.</param>
    public Admission Admit(Arrival arrival, IParticipantConnection connection)
    {
        lock (_lock)
        {
            if (_ended)
            {
                return Admission.RoomEnded;
            }

            var admission = _reception.Receive(arrival, connection);
            Conclude();
            return admission;
        }
    }

    /// <summary>Ends a seat at its participant's wish and tells the others. The room ends with its last seat, for good.</summary>
    /// <returns>False when the tenure is over.</returns>
    public bool Leave(Tenure tenure) => IfCurrent(tenure, () => _seating.End(tenure.Seat, LeaveReason.Left));

    /// <summary>Who waits does not want to any more, or its connection has ended.</summary>
    /// <returns>False when it does not wait: it may have been let in just now.</returns>
    public bool GiveUp(Waiter waiter)
    {
        lock (_lock)
        {
            return _reception.GiveUp(waiter);
        }
    }

    /// <summary>A connection has ended: its seat is held for the grace time, and then ends.</summary>
    /// <returns>False when the tenure was over before.</returns>
    public bool Disconnect(Tenure tenure) => IfCurrent(tenure, () =>
    {
        var absence = tenure.Seat.Release();
        absence.Since = _time.GetUtcNow();
        absence.Grace = _time.CreateTimer(
            static state => ((Absence)state!).Seat.Room.EndAbsence((Absence)state),
            absence,
            _options.Grace,
            Timeout.InfiniteTimeSpan);
        _seating.SendToOthers(tenure.Seat, new RoomMessage.Away(tenure.Seat.Id));
    });

    /// <summary>Whether the connection of this tenure still has its seat.</summary>
    public bool Holds(Tenure tenure)
    {
        lock (_lock)
        {
            return tenure.IsCurrent;
        }
    }

    /// <summary>Whether it still stands at the door.</summary>
    public bool IsWaiting(Waiter waiter)
    {
        lock (_lock)
        {
            return _reception.IsWaiting(waiter);
        }
    }

    /// <summary>Notes what a participant sends now and tells the others.</summary>
    /// <returns>False when the tenure is over.</returns>
    public bool SetMedia(Tenure tenure, MediaState media) => IfCurrent(tenure, () =>
    {
        tenure.Seat.SetMedia(media);
        _seating.SendToOthers(tenure.Seat, new RoomMessage.Media(tenure.Seat.Id, media));
    });

    /// <summary>Raises or lowers a participant's own hand and tells everybody.</summary>
    /// <returns>False when the tenure is over.</returns>
    public bool SetHand(Tenure tenure, bool raised) => IfCurrent(tenure, () => _seating.SetHand(tenure.Seat, raised));

    /// <summary>Passes a message from one participant to another, if both are who the sender thinks they are.</summary>
    public Relay Relay(Tenure from, ParticipantId to, Incarnations incarnations, RoomMessage message)
    {
        lock (_lock)
        {
            if (!from.IsCurrent)
            {
                return Rooms.Relay.NotSeated;
            }

            if (_seating.Find(to) is not { } receiver)
            {
                return Rooms.Relay.UnknownParticipant;
            }

            if (incarnations.From != from.Seat.Participant.Incarnation || incarnations.To != receiver.Participant.Incarnation)
            {
                return Rooms.Relay.Stale;
            }

            if (receiver.Presence is not Tenure)
            {
                return Rooms.Relay.Away;
            }

            receiver.Send(message);
            return Rooms.Relay.Delivered;
        }
    }

    /// <summary>Opens and closes the doors.</summary>
    /// <param name="by">A host's.</param>
    /// <param name="change">What is to change.</param>
    public Outcome ChangeDoors(Tenure by, DoorChange change) => AsHost(by, () =>
    {
        _reception.ChangeDoors(change);
        return Outcome.Done;
    });

    /// <summary>Lets in somebody who waits.</summary>
    public Outcome LetIn(Tenure by, ParticipantId waiting) => AsHost(by, () => _reception.LetIn(waiting));

    /// <summary>Refuses somebody who waits.</summary>
    public Outcome Deny(Tenure by, ParticipantId waiting) => AsHost(by, () => _reception.Deny(waiting));

    /// <summary>Ends somebody's seat against its will.</summary>
    public Outcome Remove(Tenure by, ParticipantId participant) => AsHost(by, () => Remove(_seating.Find(participant)));

    /// <summary>The same by the server itself.</summary>
    /// <returns>False when it is not there.</returns>
    public bool Remove(ParticipantId participant)
    {
        lock (_lock)
        {
            return Conclude(Remove(_seating.Find(participant))) == Outcome.Done;
        }
    }

    /// <summary>Ends the room for everybody.</summary>
    public Outcome End(Tenure by) => AsHost(by, EndForAll);

    /// <summary>The same by the server itself.</summary>
    /// <returns>False when it has ended before.</returns>
    public bool End()
    {
        lock (_lock)
        {
            return _seating.Count > 0 && Conclude(EndForAll()) == Outcome.Done;
        }
    }

    /// <summary>Makes another one host in place of this one.</summary>
    /// <param name="by">A host's.</param>
    /// <param name="to">Another participant that is present.</param>
    public Outcome HandOver(Tenure by, ParticipantId to) => AsHost(by, () =>
    {
        if (_seating.Find(to) is not { } heir)
        {
            return Outcome.UnknownParticipant;
        }

        if (heir.Presence is not Tenure)
        {
            return Outcome.Away;
        }

        if (heir.Participant.Role != Role.Host)
        {
            MakeHost(heir);
        }

        _seating.SetRole(by.Seat, Role.Participant);
        _reception.Change();
        return Outcome.Done;
    });

    /// <summary>Asks somebody, or everybody but hosts, to turn the microphone off.</summary>
    public Outcome AskToMute(Tenure by, ParticipantId? to) => AsHost(by, () =>
    {
        var asked = new RoomMessage.MuteAsked(by.Seat.Id);
        if (to is null)
        {
            _seating.SendToGuests(asked);
            return Outcome.Done;
        }

        var seat = _seating.Find(to.Value);
        seat?.Send(asked);
        return seat is null ? Outcome.UnknownParticipant : seat.Presence is Tenure ? Outcome.Done : Outcome.Away;
    });

    /// <summary>Lowers somebody's hand.</summary>
    public Outcome LowerHand(Tenure by, ParticipantId participant) => AsHost(by, () =>
    {
        if (_seating.Find(participant) is not { } seat)
        {
            return Outcome.UnknownParticipant;
        }

        _seating.SetHand(seat, raised: false);
        return Outcome.Done;
    });

    /// <summary>The room as it is; null when it has ended, or not begun.</summary>
    public RoomSnapshot? Snapshot()
    {
        lock (_lock)
        {
            return _ended || _openedAt is null ? null
                : new(Name, _openedAt.Value, _reception.State.Doors, [.. _seating.Participants], _reception.WaitingCount);
        }
    }

    /// <summary>Since when nobody in the room has a connection; null: somebody is there, or about to enter.</summary>
    public DateTimeOffset? AbandonedSince
    {
        get
        {
            lock (_lock)
            {
                return _seating.AbandonedSince;
            }
        }
    }

    /// <summary>Ends the room if nobody in it has a connection. Their tokens bring it back.</summary>
    /// <returns>False when somebody is there or about to enter, or the room has ended before.</returns>
    public bool EndIfAbandoned()
    {
        lock (_lock)
        {
            if (_seating.AbandonedSince is null)
            {
                return false;
            }

            foreach (var seat in _seating.All().Reverse())
            {
                _seating.End(seat, LeaveReason.Gone);
            }

            Conclude();
            return true;
        }
    }

    /// <summary>Under the lock: the first seat is about to be taken.</summary>
    public void Open()
    {
        if (_openedAt is null)
        {
            _openedAt = _time.GetUtcNow();
            Register.Tell(new RoomEvent.Opened(Name, _openedAt.Value));
        }
    }

    /// <summary>Under the lock: the room has come back, and whoever was host may be on its way.</summary>
    public void ExpectHost() => _succession.Begin(wait =>
    {
        lock (_lock)
        {
            if (_succession.End(wait))
            {
                Conclude();
            }
        }
    });

    private bool IfCurrent(Tenure tenure, Action act)
    {
        lock (_lock)
        {
            if (!tenure.IsCurrent)
            {
                return false;
            }

            act();
            Conclude();
            return true;
        }
    }

    private Outcome AsHost(Tenure by, Func<Outcome> act)
    {
        lock (_lock)
        {
            return !by.IsCurrent ? Outcome.NotSeated
                : by.Seat.Participant.Role != Role.Host ? Outcome.Forbidden
                : Conclude(act());
        }
    }

    private void EndAbsence(Absence absence)
    {
        lock (_lock)
        {
            // The timer may have fired just as the participant came back.
            if (absence.IsCurrent)
            {
                _seating.End(absence.Seat, LeaveReason.Gone);
                Conclude();
            }
        }
    }

    private Outcome Remove(Seat? seat)
    {
        if (seat is null)
        {
            return Outcome.UnknownParticipant;
        }

        seat.Send(new RoomMessage.Removed(RemovalReason.Removed));
        _seating.End(seat, LeaveReason.Removed);
        _reception.Remember(seat);
        return Outcome.Done;
    }

    private Outcome EndForAll()
    {
        _seating.Send(new RoomMessage.Ended());
        foreach (var seat in _seating.All())
        {
            _seating.End(seat, LeaveReason.Ended);
        }

        return Outcome.Done;
    }

    /// <summary>What follows from any change: somebody is host, tokens tell the truth, and a room without seats is none.</summary>
    private Outcome Conclude(Outcome outcome = Outcome.Done)
    {
        if (_seating.HasHost)
        {
            _succession.Stop();
        }
        else if (!_reception.HostsComeByToken && !_succession.IsWaiting && _seating.FirstPresent is { } first)
        {
            MakeHost(first);
            _reception.Change();
        }

        _reception.SendTokens();
        if (_seating.Count == 0)
        {
            Close();
        }

        return outcome;
    }

    private void MakeHost(Seat seat)
    {
        _seating.SetRole(seat, Role.Host);
        _reception.ShowLine(seat);
    }

    private void Close()
    {
        _ended = true;
        _succession.Stop();
        _reception.SendAllAway();
        if (_openedAt is not null)
        {
            Register.Tell(new RoomEvent.Ended(Name, _time.GetUtcNow()));
        }

        _whenEnded(this);
    }
}
