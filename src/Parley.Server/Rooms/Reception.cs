namespace Parley.Server.Rooms;

/// <summary>
/// Lets people into a room: back to their seats, through the doors, or into the line before them; and makes the room what it was before a
/// restart when somebody comes whose token tells of it.
/// </summary>
/// <remarks>Owned by its room; called under its lock.</remarks>
internal sealed class Reception(Room room, Seating seating, RoomOptions options, TimeProvider time)
{
    private readonly Entrance _entrance = new(new(options.Limits, room.Register.Secret, time));
    private readonly WaitingLine _line = new(options, room.Register.WaitingPlaces);
    private readonly Removals _removals = new();
    private readonly Lineage _lineage = new(room.Register);

    // A join token has given a role.
    private bool _tokensUsed;

    // Since tokens were given out: what they tell of has changed, or they tell of another life.
    private bool _hasChanged;
    private bool _hasComeBack;

    public RoomState State => new(_lineage.Edition, _entrance.Doors, _tokensUsed);

    public int WaitingCount => _line.Count;

    /// <summary>Nobody becomes host by order of arrival.</summary>
    public bool HostsComeByToken => _tokensUsed;

    /// <summary>What <see cref="Room.Admit"/> does.</summary>
    public Admission Receive(Arrival arrival, IParticipantConnection connection)
    {
        var held = arrival.Claim is { } claim ? seating.Find(claim.Id) : null;
        if (arrival.Incarnation < held?.Participant.Incarnation || (held is null && arrival.Claim?.GivenName is SeatClaim.UnprovenName))
        {
            // A seat that is held for a later page load is not for this one; and a name that was given to one is not for another.
            arrival = arrival with { Claim = null };
            held = null;
        }

        var standing = arrival.Claim is null ? Standing.Outdated
            : _lineage.Judge(arrival.Claim.Room.Edition, isEmpty: seating.Count == 0, isStrict: arrival.NeedsToken);
        if (standing == Standing.Later)
        {
            BecomeWhatItWas(arrival.Claim!, held);
        }
        else if (_removals.Has(arrival.Claim, arrival.Grant))
        {
            return Admission.Removed;
        }

        var admission = held is not null ? Return(held, arrival, standing, connection)
            : standing == Standing.Outdated ? ReceiveAtDoors(arrival, connection)
            : Seat(arrival, arrival.Claim!.Id, arrival.Claim.Role, connection);
        if (standing == Standing.Later)
        {
            JudgeLine(JudgeAtDoors);
        }

        return admission;
    }

    public bool IsWaiting(Waiter waiter) => _line.Find(waiter.Id) == waiter;

    /// <summary>Who waited does not want to any more.</summary>
    /// <returns>False when it does not wait: it may have been let in.</returns>
    public bool GiveUp(Waiter waiter) => Take(waiter);

    public Outcome LetIn(ParticipantId id)
    {
        if (_line.Find(id) is not { } waiter)
        {
            return Outcome.UnknownParticipant;
        }

        if (seating.Count >= options.Capacity)
        {
            return Outcome.RoomFull;
        }

        Take(waiter);
        LetIn(waiter);
        return Outcome.Done;
    }

    public Outcome Deny(ParticipantId id)
    {
        if (_line.Find(id) is not { } waiter)
        {
            return Outcome.UnknownParticipant;
        }

        Take(waiter);
        waiter.Connection.Send(new RoomMessage.Refused(Admission.Denied));
        return Outcome.Done;
    }

    public void ChangeDoors(DoorChange change)
    {
        var opens = _entrance.Doors.WaitingRoom && change.WaitingRoom == false;
        SetDoors(change.ApplyTo(_entrance.Doors));
        if (opens)
        {
            // Who waits for a door that is opened is not asked again what else it would have been asked.
            JudgeLine(static _ => Admission.Admitted);
        }
    }

    /// <summary>Notes that somebody was removed.</summary>
    public void Remember(Seat removed)
    {
        _removals.Add(removed);
        _hasChanged = true;
    }

    /// <summary>Tokens have something else to say.</summary>
    public void Change() => _hasChanged = true;

    /// <summary>Gives out tokens that tell of the room as it is, if it has changed since they were given out.</summary>
    public void SendTokens()
    {
        // What has changed together with a return belongs to what the room has become: others who return from there are not outdated by it.
        if (_hasChanged && !_hasComeBack)
        {
            _lineage.Advance();
        }

        if (_hasChanged || _hasComeBack)
        {
            seating.SendTokens();
        }

        (_hasChanged, _hasComeBack) = (false, false);
    }

    /// <summary>Tells somebody who has become host who waits.</summary>
    public void ShowLine(Seat host)
    {
        if (_line.Count > 0)
        {
            host.Send(new RoomMessage.Waiting(_line.People));
        }
    }

    /// <summary>The room has ended.</summary>
    public void SendAllAway()
    {
        foreach (var waiter in _line.TakeAll())
        {
            waiter.Connection.Send(new RoomMessage.Refused(Admission.RoomEnded));
        }
    }

    private Admission Return(Seat seat, Arrival arrival, Standing standing, IParticipantConnection connection)
    {
        seat.Send(new RoomMessage.Displaced());
        var role = standing == Standing.Later ? arrival.Claim!.Role
            : arrival.Grant is { } grant && grant != seat.Grant ? grant.Role
            : seat.Participant.Role;
        Enter(seat, arrival, connection, role);
        return Admission.Returned;
    }

    private Admission ReceiveAtDoors(Arrival arrival, IParticipantConnection connection)
    {
        switch (JudgeAtDoors(arrival))
        {
            case Admission.Admitted:
                // Who opens a room is its host.
                var role = arrival.Grant?.Role ?? (seating.Count == 0 ? Role.Host : Role.Participant);
                return Seat(arrival, arrival.Claim?.Id ?? ParticipantId.New(), role, connection);
            case Admission.Waiting:
                return Wait(arrival, connection);
            case var refusal:
                return refusal;
        }
    }

    /// <summary>Judges somebody new; who has sat in this room may try its passcode more often.</summary>
    private Admission JudgeAtDoors(Arrival arrival) =>
        _entrance.Judge(arrival, arrival.Claim is { } claim && _lineage.Includes(claim.Room.Edition) ? claim.Id : null);

    private Admission Wait(Arrival arrival, IParticipantConnection connection)
    {
        var givesWay = _line.IsFull ? _line.WhoGivesWayTo(arrival.Address) : null;
        if (_line.IsFull && givesWay is null)
        {
            return Admission.RoomFull;
        }

        // The same token may be shown twice, by a connection that is dead and one that is not.
        var id = arrival.Claim is { } claim && _line.Find(claim.Id) is null ? claim.Id : ParticipantId.New();
        var waiter = new Waiter(room, id, arrival, connection, time.GetUtcNow());
        if (!_line.TryAdd(waiter))
        {
            return Admission.TooManyWait;
        }

        if (givesWay is not null)
        {
            _line.Remove(givesWay);
            givesWay.Connection.Send(new RoomMessage.Refused(Admission.RoomFull));
        }

        connection.Send(new RoomMessage.Waits(waiter));
        seating.SendToHosts(new RoomMessage.Waiting(_line.People));
        return Admission.Waiting;
    }

    private Admission Seat(Arrival arrival, ParticipantId id, Role role, IParticipantConnection connection)
    {
        if (seating.Count >= options.Capacity)
        {
            return Admission.RoomFull;
        }

        if (arrival.Claim is { } claim)
        {
            room.Register.SeeOrder(claim.Order);
        }

        var seat = new Seat(room, id, id == arrival.Claim?.Id ? arrival.Claim.Order : room.Register.NextOrder(), role);
        room.Open();
        seating.Add(seat);
        Enter(seat, arrival, connection, role);
        room.Register.Tell(new RoomEvent.Joined(room.Name, time.GetUtcNow(), seat.Id, seat.Participant.Name, role));
        return id == arrival.Claim?.Id ? Admission.Returned : Admission.Admitted;
    }

    private void Enter(Seat seat, Arrival arrival, IParticipantConnection connection, Role role)
    {
        if (role != seat.Participant.Role || (arrival.Grant is not null && !_tokensUsed))
        {
            seat.SetRole(role);
            _tokensUsed |= arrival.Grant is not null;

            // Nobody has a token yet that could say otherwise when the first one comes.
            _hasChanged |= seating.Count > 1 || seat.Presence is not null;
        }

        var tenure = seat.Take(arrival, connection);
        connection.Send(new RoomMessage.Admitted(tenure, seating.Others(seat), _entrance.Doors, role == Role.Host ? _line.People : []));
        seating.SendToOthers(seat, new RoomMessage.Welcome(seat.Participant));
    }

    /// <summary>Removes somebody from the line and tells the hosts.</summary>
    private bool Take(Waiter waiter)
    {
        if (!_line.Remove(waiter))
        {
            return false;
        }

        seating.SendToHosts(new RoomMessage.Waiting(_line.People));
        return true;
    }

    private void LetIn(Waiter waiter)
    {
        // Its seat may have been taken meanwhile by somebody with a better token for it.
        var id = seating.Find(waiter.Id) is null ? waiter.Id : ParticipantId.New();
        Seat(waiter.Arrival, id, waiter.Arrival.Grant?.Role ?? Role.Participant, waiter.Connection);
    }

    private void JudgeLine(Func<Arrival, Admission> judge)
    {
        var waiters = _line.TakeAll();
        foreach (var waiter in waiters)
        {
            switch (judge(waiter.Arrival))
            {
                case Admission.Waiting:
                    _line.PutBack(waiter);
                    break;
                case Admission.Admitted when seating.Count < options.Capacity:
                    LetIn(waiter);
                    break;
                case Admission.Admitted:
                    waiter.Connection.Send(new RoomMessage.Refused(Admission.RoomFull));
                    break;
                case var refusal:
                    waiter.Connection.Send(new RoomMessage.Refused(refusal));
                    break;
            }
        }

        if (waiters.Count > 0)
        {
            seating.SendToHosts(new RoomMessage.Waiting(_line.People));
        }
    }

    private void SetDoors(Doors doors)
    {
        if (doors != _entrance.Doors)
        {
            _entrance.Doors = doors;
            _hasChanged = true;
            seating.Send(new RoomMessage.DoorsChanged(doors));
        }
    }

    /// <summary>
    /// Somebody has come whose token tells of a later state than anybody has known. Whatever order people return in, it has to end in the
    /// same room: so those who are here are judged as if they came now.
    /// </summary>
    private void BecomeWhatItWas(SeatClaim claim, Seat? own)
    {
        _removals.Clear();
        _tokensUsed |= claim.Room.TokensUsed;
        SetDoors(claim.Room.Doors);
        foreach (var seat in seating.All().Where(seat => seat != own))
        {
            if (_entrance.Judge(seat.Grant) != Admission.Admitted)
            {
                seat.Send(new RoomMessage.Removed(RemovalReason.Restored));
                seating.End(seat, LeaveReason.Removed);
            }
            else if (seat.Participant.Role == Role.Host && seat.Grant?.Role != Role.Host)
            {
                seating.SetRole(seat, Role.Participant);
            }
        }

        _lineage.ComeFrom(claim.Room.Edition);
        (_hasChanged, _hasComeBack) = (false, seating.Count > 0);
        if (!_tokensUsed)
        {
            room.ExpectHost();
        }
    }
}
