using Parley.Server.Rooms;

namespace Parley.Server.Tests.Rooms.Model;

/// <summary>One room of the reference.</summary>
internal sealed class ReferenceRoom(Reference all, long life, DateTimeOffset begunAt)
{
    private readonly HashSet<object> _removed = [];
    private readonly ReferenceLineage _lineage = new(all, life, begunAt);
    private long _lastHand;
    private bool _changed;
    private bool _cameBack;

    public List<Place> Places { get; } = [];

    public List<Waiting> Line { get; } = [];

    public Doors Doors { get; private set; } = Doors.Open;

    public bool TokensUsed { get; private set; }

    public DateTimeOffset? HostAwaitedUntil { get; set; }

    public int HostTimer { get; private set; }

    public IReadOnlyList<WaitingPerson> LineForHosts =>
        [.. Line.Select(waiting => new WaitingPerson(waiting.Id, waiting.Arrival.Name, waiting.Since.ToUnixTimeMilliseconds()))];

    public SeatClaim ClaimOf(Place place) => new(
        place.Participant.Id,
        place.Order,
        place.Participant.Incarnation,
        place.Participant.Role,
        new(_lineage.Edition, Doors, TokensUsed),
        place.GivenName);

    public Admission Join(Member member, Arrival arrival, ParticipantId? drawn, DateTimeOffset now)
    {
        var held = Places.Find(place => place.Participant.Id == arrival.Claim?.Id);
        if ((held is not null && arrival.Incarnation < held.Participant.Incarnation) || (held is null && arrival.Claim?.GivenName == ""))
        {
            (held, arrival) = (null, arrival with { Claim = null });
        }

        var (comesBack, current) = _lineage.Judge(arrival, isEmpty: Places.Count == 0, now);
        if (comesBack)
        {
            BecomeWhatItWas(arrival.Claim!, held, now);
        }
        else if (arrival.Claim is not null && _removed.Contains(arrival.Claim.Id))
        {
            return Admission.Removed;
        }
        else if (arrival.Grant?.Id is { } token && _removed.Contains(token))
        {
            return Admission.Removed;
        }

        Admission admission;
        if (held is not null)
        {
            held.Member?.Expect(new RoomMessage.Displaced());
            var newGrant = arrival.Grant is not null && arrival.Grant != held.Grant;
            Enter(member, held, arrival, comesBack ? arrival.Claim!.Role : newGrant ? arrival.Grant!.Role : held.Participant.Role);
            admission = Admission.Returned;
        }
        else
        {
            admission = comesBack || current ? Admission.Admitted : AtDoors(arrival);
            if (admission == Admission.Admitted)
            {
                var role = comesBack || current ? arrival.Claim!.Role
                    : arrival.Grant?.Role ?? (Places.Count == 0 ? Role.Host : Role.Participant);
                admission = Seat(member, arrival, arrival.Claim?.Id ?? drawn, role, now);
            }
            else if (admission == Admission.Waiting)
            {
                admission = Wait(member, arrival, drawn, now);
            }
        }

        if (comesBack)
        {
            JudgeLine(AtDoors, now);
        }

        return admission;
    }

    public Outcome ChangeDoors(DoorChange change, DateTimeOffset now)
    {
        var opens = Doors.WaitingRoom && change.WaitingRoom == false;
        SetDoors(new(
            change.Locked ?? Doors.Locked,
            change.WaitingRoom ?? Doors.WaitingRoom,
            change.Passcode is null ? Doors.Code : change.Passcode.Code));
        if (opens)
        {
            JudgeLine(_ => Admission.Admitted, now);
        }

        return Outcome.Done;
    }

    public Outcome LetIn(ParticipantId id, DateTimeOffset now)
    {
        if (Line.Find(waiting => waiting.Id == id) is not { } waiting)
        {
            return Outcome.UnknownParticipant;
        }

        if (Places.Count >= all.Options.Capacity)
        {
            return Outcome.RoomFull;
        }

        Line.Remove(waiting);
        TellHostsOfLine();
        LetIn(waiting, now);
        return Outcome.Done;
    }

    public Outcome Deny(ParticipantId id)
    {
        if (Line.Find(waiting => waiting.Id == id) is not { } waiting)
        {
            return Outcome.UnknownParticipant;
        }

        Line.Remove(waiting);
        TellHostsOfLine();
        waiting.Member.Expect(new RoomMessage.Refused(Admission.Denied));
        return Outcome.Done;
    }

    public Outcome Remove(ParticipantId id)
    {
        if (Places.Find(place => place.Participant.Id == id) is not { } place)
        {
            return Outcome.UnknownParticipant;
        }

        place.Member?.Expect(new RoomMessage.Removed(RemovalReason.Removed));
        End(place, LeaveReason.Removed);
        _removed.Add(id);
        if (place.Grant?.Id is { } token)
        {
            _removed.Add(token);
        }

        _changed = true;
        return Outcome.Done;
    }

    public Outcome EndForAll()
    {
        Tell(new RoomMessage.Ended());
        Places.Clear();
        return Outcome.Done;
    }

    public Outcome HandOver(Place by, ParticipantId to)
    {
        if (Places.Find(place => place.Participant.Id == to) is not { } heir)
        {
            return Outcome.UnknownParticipant;
        }

        if (heir.Member is null)
        {
            return Outcome.Away;
        }

        if (heir.Participant.Role == Role.Participant)
        {
            MakeHost(heir);
        }

        SetRole(by, Role.Participant);
        _changed = true;
        return Outcome.Done;
    }

    public Outcome AskToMute(Place by, ParticipantId? to)
    {
        var asked = new RoomMessage.MuteAsked(by.Participant.Id);
        if (to is null)
        {
            Places.FindAll(place => place.Participant.Role == Role.Participant).ForEach(place => place.Member?.Expect(asked));
            return Outcome.Done;
        }

        var one = Places.Find(place => place.Participant.Id == to);
        one?.Member?.Expect(asked);
        return one is null ? Outcome.UnknownParticipant : one.Member is null ? Outcome.Away : Outcome.Done;
    }

    public bool SetHand(Place place, bool raised)
    {
        if (raised != place.Participant.Hand is not null)
        {
            place.Participant = place.Participant with { Hand = raised ? ++_lastHand : null };
            Tell(new RoomMessage.Hand(place.Participant.Id, place.Participant.Hand));
        }

        return true;
    }

    public Outcome LowerHand(ParticipantId id)
    {
        if (Places.Find(place => place.Participant.Id == id) is not { } place)
        {
            return Outcome.UnknownParticipant;
        }

        SetHand(place, raised: false);
        return Outcome.Done;
    }

    public bool Leave(Place place)
    {
        End(place, LeaveReason.Left);
        return true;
    }

    public bool Drop(Place place, DateTimeOffset now)
    {
        place.Member = null;
        place.HeldUntil = now + all.Options.Grace;
        place.Timer = all.NextTimer();
        place.Participant = place.Participant with { Away = true };
        TellOthers(place, new RoomMessage.Away(place.Participant.Id));
        return true;
    }

    public bool SetMedia(Place place, MediaState media)
    {
        place.Participant = place.Participant with { Media = media };
        TellOthers(place, new RoomMessage.Media(place.Participant.Id, media));
        return true;
    }

    public Relay Relay(Place from, ParticipantId to, Incarnations incarnations, RoomMessage message)
    {
        if (Places.Find(place => place.Participant.Id == to) is not { } receiver)
        {
            return Parley.Server.Rooms.Relay.UnknownParticipant;
        }

        if (incarnations != new Incarnations(from.Participant.Incarnation, receiver.Participant.Incarnation))
        {
            return Parley.Server.Rooms.Relay.Stale;
        }

        receiver.Member?.Expect(message);
        return receiver.Member is null ? Parley.Server.Rooms.Relay.Away : Parley.Server.Rooms.Relay.Delivered;
    }

    public void End(Place place, LeaveReason reason)
    {
        Places.Remove(place);
        Tell(new RoomMessage.Left(place.Participant.Id, reason));
    }

    public void TellHostsOfLine() =>
        Places.FindAll(place => place.Participant.Role == Role.Host).ForEach(place => place.Member?.Expect(new RoomMessage.Waiting(LineForHosts)));

    public void SendLineAway()
    {
        Line.ForEach(waiting => waiting.Member.Expect(new RoomMessage.Refused(Admission.RoomEnded)));
        Line.Clear();
    }

    /// <summary>There is a host if there can be one, and tokens tell the truth.</summary>
    public void Conclude()
    {
        if (Places.Exists(place => place.Participant.Role == Role.Host))
        {
            HostAwaitedUntil = null;
        }
        else if (!TokensUsed && HostAwaitedUntil is null && Places.Find(place => place.Member is not null) is { } first)
        {
            MakeHost(first);
            _changed = true;
        }

        if (_changed && !_cameBack)
        {
            _lineage.Advance();
        }

        if (_changed || _cameBack)
        {
            Places.ForEach(place => place.Member?.Expect(new RoomMessage.SeatToken(ClaimOf(place))));
        }

        (_changed, _cameBack) = (false, false);
    }

    private Admission Wait(Member member, Arrival arrival, ParticipantId? drawn, DateTimeOffset now)
    {
        var givesWay = Line.Count == all.Options.MaxWaiting ? ReferenceLine.WhoGivesWay(Line, arrival.Address) : null;
        if (Line.Count == all.Options.MaxWaiting && givesWay is null)
        {
            return Admission.RoomFull;
        }

        if (all.WaitingFrom(arrival.Address) == all.Options.MaxWaitingPerNetwork)
        {
            return Admission.TooManyWait;
        }

        var id = arrival.Claim is null || Line.Exists(waiting => waiting.Id == arrival.Claim.Id) ? drawn!.Value : arrival.Claim.Id;
        if (givesWay is not null)
        {
            Line.Remove(givesWay);
            givesWay.Member.Expect(new RoomMessage.Refused(Admission.RoomFull));
        }

        Line.Add(new(id, member, arrival, now));
        member.Expect(new Waits(id));
        TellHostsOfLine();
        return Admission.Waiting;
    }

    private void BecomeWhatItWas(SeatClaim claim, Place? own, DateTimeOffset now)
    {
        _removed.Clear();
        TokensUsed |= claim.Room.TokensUsed;
        SetDoors(claim.Room.Doors);
        foreach (var place in Places.Where(place => place != own).ToArray())
        {
            if (ReferenceDoors.Judge(Doors, place.Grant) != Admission.Admitted)
            {
                place.Member?.Expect(new RoomMessage.Removed(RemovalReason.Restored));
                End(place, LeaveReason.Removed);
            }
            else if (place.Participant.Role == Role.Host && place.Grant?.Role != Role.Host)
            {
                SetRole(place, Role.Participant);
            }
        }

        _lineage.ComeFrom(claim.Room.Edition);
        (_changed, _cameBack) = (false, Places.Count > 0);
        if (!TokensUsed)
        {
            HostAwaitedUntil = now + all.Options.Grace;
            HostTimer = all.NextTimer();
        }
    }

    private Admission AtDoors(Arrival arrival) => ReferenceDoors.Judge(Doors, arrival);

    private Admission Seat(Member member, Arrival arrival, ParticipantId? id, Role role, DateTimeOffset now)
    {
        if (Places.Count >= all.Options.Capacity)
        {
            return Admission.RoomFull;
        }

        if (arrival.Claim is not null)
        {
            all.SeeOrder(arrival.Claim.Order);
        }

        var returns = id == arrival.Claim?.Id;
        var place = new Place
        {
            Order = returns ? arrival.Claim!.Order : all.NextOrder(now),
            Participant = new(id!.Value, string.Empty, 0, default, Away: false, role, Hand: null),
        };
        Places.Add(place);
        Places.Sort((one, other) => one.Order != other.Order
            ? one.Order.CompareTo(other.Order)
            : string.CompareOrdinal(one.Participant.Id.Value, other.Participant.Id.Value));
        Enter(member, place, arrival, role);
        return returns ? Admission.Returned : Admission.Admitted;
    }

    private void Enter(Member member, Place place, Arrival arrival, Role role)
    {
        var isFirst = Places.Count == 1 && place.Participant.Incarnation == 0;
        if (!isFirst && (role != place.Participant.Role || (arrival.Grant is not null && !TokensUsed)))
        {
            _changed = true;
        }

        TokensUsed |= arrival.Grant is not null;
        place.Member = member;
        place.Grant = arrival.Grant ?? place.Grant;
        place.GivenName = arrival.Grant?.Name ?? place.GivenName ?? (arrival.Claim?.GivenName == "" ? null : arrival.Claim?.GivenName);
        place.Participant = place.Participant with
        {
            Name = place.GivenName ?? arrival.Name,
            Incarnation = arrival.Incarnation,
            Media = arrival.Media,
            Away = false,
            Role = role,
        };
        Participant[] others = [.. Places.Where(other => other != place).Select(other => other.Participant)];
        member.Expect(new Entered(place.Participant, others, Doors, role == Role.Host ? LineForHosts : [], ClaimOf(place)));
        TellOthers(place, new RoomMessage.Welcome(place.Participant));
    }

    private void LetIn(Waiting waiting, DateTimeOffset now)
    {
        var id = Places.Exists(place => place.Participant.Id == waiting.Id) ? waiting.Member.Tenure.Seat.Id : waiting.Id;
        Seat(waiting.Member, waiting.Arrival, id, waiting.Arrival.Grant?.Role ?? Role.Participant, now);
    }

    private void JudgeLine(Func<Arrival, Admission> judge, DateTimeOffset now)
    {
        Waiting[] waited = [.. Line];
        Line.Clear();
        foreach (var waiting in waited)
        {
            var verdict = judge(waiting.Arrival);
            verdict = verdict == Admission.Admitted && Places.Count >= all.Options.Capacity ? Admission.RoomFull : verdict;
            if (verdict == Admission.Waiting)
            {
                Line.Add(waiting);
            }
            else if (verdict == Admission.Admitted)
            {
                LetIn(waiting, now);
            }
            else
            {
                waiting.Member.Expect(new RoomMessage.Refused(verdict));
            }
        }

        if (waited.Length > 0)
        {
            TellHostsOfLine();
        }
    }

    private void SetDoors(Doors doors)
    {
        if (doors != Doors)
        {
            Doors = doors;
            _changed = true;
            Tell(new RoomMessage.DoorsChanged(doors));
        }
    }

    private void MakeHost(Place place)
    {
        SetRole(place, Role.Host);
        if (Line.Count > 0)
        {
            place.Member?.Expect(new RoomMessage.Waiting(LineForHosts));
        }
    }

    private void SetRole(Place place, Role role)
    {
        place.Participant = place.Participant with { Role = role };
        Tell(new RoomMessage.RoleChanged(place.Participant.Id, role));
    }

    private void Tell(RoomMessage message) => Places.ForEach(place => place.Member?.Expect(message));

    private void TellOthers(Place about, RoomMessage message) => Places.FindAll(place => place != about).ForEach(place => place.Member?.Expect(message));
}
