using System.Globalization;
using Parley.Server.Rooms;
using Parley.Server.Seats;
using Parley.Server.Tests.Running;

namespace Parley.Server.Tests.Rooms.Model;

/// <summary>One run: the same steps through the server's rooms and through the reference, compared after each.</summary>
internal sealed class ModelRun
{
    private static readonly string[] RoomNames = ["a", "b", "c"];
    private static readonly RoomOptions Options = new()
    {
        Capacity = 3,
        MaxRooms = 2,
        GraceSeconds = 30,
        MaxWaiting = 2,
        MaxWaitingPerNetwork = 2,
        Limits = Unlimited,
    };

    private static readonly TimeSpan[] Waits =
    [
        TimeSpan.FromTicks(1), TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10),
        TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(20),
        Options.Grace - TimeSpan.FromTicks(1), Options.Grace, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromDays(7),
    ];

    private readonly ManualTime _time = new();
    private readonly bool _needsToken;
    private readonly SeatTokens _tokens;
    private readonly Telling _telling = new();
    private readonly List<string> _trace = [];
    private readonly List<Member> _members = [];
    private readonly List<Member> _waiters = [];
    private readonly List<Issued> _issued = [];
    private readonly Dictionary<string, int> _seen;
    private RoomDirectory _directory;
    private Reference _reference;
    private int _lastMember;

    /// <summary>Begins a run.</summary>
    /// <param name="key">Signs the tokens, before and after restarts.</param>
    /// <param name="needsToken">Nobody enters without a join token.</param>
    /// <param name="seen">Where to count what happened, so that a test can see whether everything did.</param>
    public ModelRun(SeatKey key, bool needsToken, Dictionary<string, int> seen)
    {
        _tokens = new(key, _time);
        _needsToken = needsToken;
        _seen = seen;
        (_directory, _reference) = StartServer();
    }

    /// <summary>A token, and what it is good for by the contract.</summary>
    private sealed record Issued(string Text, string Room, SeatClaim Claim, DateTimeOffset ExpiresAt);

    // How often somebody may try is another matter than what is answered.
    private static RoomLimits Unlimited => new()
    {
        PasscodesPerAddress = new(1_000_000, 1),
        PasscodesPerNetwork = new(1_000_000, 1),
        PasscodesPerRoom = new(1_000_000, 1),
    };

    /// <summary>What happened, a line for each step.</summary>
    public IReadOnlyList<string> Trace => _trace;

    /// <summary>Runs the steps, ends every connection and lets the time pass: nothing may be left.</summary>
    /// <exception cref="ModelException">Server and reference disagree.</exception>
    public void Run(IEnumerable<Step> steps)
    {
        foreach (var step in steps)
        {
            Do(step);
        }

        foreach (var waiter in _waiters.ToArray())
        {
            GiveUp(waiter);
        }

        foreach (var member in _members.ToArray())
        {
            Drop(member);
        }

        Wait(Options.Grace);
        Note("end");
        ShouldBe((0, 0, 0, 0), (_directory.RoomCount, _directory.ParticipantCount, _directory.AwayCount, _time.TimerCount), "what is left");
    }

    private void Do(Step step)
    {
        switch (step.Kind)
        {
            case StepKind.Join:
                Join(step, token: null, step.Extra % 4 == 0 ? "not-a-token" : null);
                break;
            case StepKind.Return when _issued.Count > 0:
                Return(step);
                break;
            case StepKind.GiveUp when Pick(_waiters, step.Choice) is { } waiter:
                GiveUp(waiter);
                break;
            case StepKind.Wait:
                Wait(Waits[step.Choice % Waits.Length]);
                break;
            case StepKind.Restart when step.Choice % 2 == 0:
                // Whatever was in memory is gone, and nobody has been told anything. It takes a moment.
                Note("restart");
                _time.DropTimers();
                _time.Advance(TimeSpan.FromMilliseconds(step.Detail % 2000));
                _members.Clear();
                _waiters.Clear();
                (_directory, _reference) = StartServer();
                break;
            case StepKind.Remove when step.Extra % 8 == 0:
                Outside(RoomNames[step.Choice % RoomNames.Length], PickId(step.Detail));
                break;
            case StepKind.End when step.Extra % 8 == 0:
                Outside(RoomNames[step.Choice % RoomNames.Length], participant: null);
                break;
            default:
                if (_members.Count > 0)
                {
                    Act(step);
                }

                break;
        }
    }

    /// <summary>Somebody does something in its room.</summary>
    private void Act(Step step)
    {
        var member = PickMember(step);
        var room = member.Tenure.Seat.Room;
        var about = PickId(step.Detail);
        switch (step.Kind)
        {
            case StepKind.Leave:
                Compare("leave", member, m => m.Tenure.Seat.Room.Leave(m.Tenure), (place, on) => place.Leave(on));
                break;
            case StepKind.Drop:
                Drop(member);
                break;
            case StepKind.Media:
                var media = Media(step.Detail);
                Compare($"media {Telling.Text(media)}", member, m => room.SetMedia(m.Tenure, media), (place, on) => place.SetMedia(on, media));
                break;
            case StepKind.Hand:
                var raised = step.Detail % 3 > 0;
                Compare($"hand {raised}", member, m => room.SetHand(m.Tenure, raised), (place, on) => place.SetHand(on, raised));
                break;
            case StepKind.Relay:
                Relay(member, step);
                break;
            case StepKind.Doors:
                var change = DoorsOf(step.Detail);
                AsHost($"doors {change}", member, () => room.ChangeDoors(member.Tenure, change), (place, _) => place.ChangeDoors(change, _time.Now));
                break;
            case StepKind.LetIn when PickWaiting(step) is var id:
                AsHost($"let in {_telling.Text(id)}", member, () => room.LetIn(member.Tenure, id), (place, _) => place.LetIn(id, _time.Now));
                break;
            case StepKind.Deny when PickWaiting(step) is var id:
                AsHost($"deny {_telling.Text(id)}", member, () => room.Deny(member.Tenure, id), (place, _) => place.Deny(id));
                break;
            case StepKind.Remove when about != member.Tenure.Seat.Id:
                AsHost($"remove {_telling.Text(about)}", member, () => room.Remove(member.Tenure, about), (place, _) => place.Remove(about));
                break;
            case StepKind.HandOver when about != member.Tenure.Seat.Id:
                AsHost($"hand over to {_telling.Text(about)}", member, () => room.HandOver(member.Tenure, about), (place, by) => place.HandOver(by, about));
                break;
            case StepKind.AskToMute when about != member.Tenure.Seat.Id:
                ParticipantId? to = step.Extra % 3 == 0 ? null : about;
                AsHost($"ask to mute {(to is null ? "all" : _telling.Text(about))}", member, () => room.AskToMute(member.Tenure, to), (place, by) => place.AskToMute(by, to));
                break;
            case StepKind.LowerHand:
                AsHost($"lower {_telling.Text(about)}", member, () => room.LowerHand(member.Tenure, about), (place, _) => place.LowerHand(about));
                break;
            case StepKind.End when step.Extra % 3 == 1:
                AsHost("end", member, () => room.End(member.Tenure), static (place, _) => place.EndForAll());
                break;
        }
    }

    private (RoomDirectory Server, Reference Reference) StartServer() => (new(Options, _time), new(Options, _time.Now));

    private void Return(Step step)
    {
        // Mostly one of the last ones, and mostly as it was meant.
        var token = step.Choice % 4 == 0 ? Pick(_issued, step.Detail)! : _issued[^(1 + (step.Detail % Math.Min(6, _issued.Count)))];
        switch (step.Extra % 12)
        {
            case 0:
                Join(step, token, Forge(token.Text, step.Detail));
                break;
            case 1:
                Join(step with { Detail = step.Detail + 1 }, token, token.Text, room: RoomNames[step.Detail % RoomNames.Length]);
                break;
            default:
                Join(step, token, token.Text, token.Room);
                break;
        }
    }

    private void Join(Step step, Issued? token, string? text, string? room = null)
    {
        room ??= RoomNames[step.Choice % RoomNames.Length];
        var incarnation = Math.Max(1, (token?.Claim.Incarnation ?? 2) + ((step.Extra / 12 % 6) switch { 0 => -1, 1 => 1, _ => 0 }));
        var arrival = Arrivals.Draw(step, incarnation, Media(step.Extra), _needsToken);
        var honoured = token is not null
            && token.Text == text
            && token.Room == room
            && incarnation >= token.Claim.Incarnation
            && _time.Now < token.ExpiresAt;
        var expectedClaim = !honoured ? null
            : token!.Claim.GivenName is null || token.Claim.GivenName == arrival.Name ? token.Claim
            : token.Claim with { GivenName = SeatClaim.UnprovenName };
        var member = new Member { Room = room };
        var was = honoured ? _reference.Places.FirstOrDefault(place => place.Participant.Id == token!.Claim.Id) : null;
        var wasPresent = was?.Member is not null;

        var claim = _tokens.ClaimOf(text, room, incarnation, arrival.Name);
        Note($"join {room} as {arrival.Name}, incarnation {incarnation}, {(token is null ? text ?? "no token" : TokenText(token, text!))}{Arrivals.Text(arrival)}");
        ShouldBe(expectedClaim, claim, "the claim");
        var admission = _directory.Admit(room, arrival with { Claim = claim }, member);
        var drawn = member.Waiter?.Id ?? (admission == Admission.Admitted ? member.Tenure.Seat.Id : null);
        _telling.Learn(drawn, shouldBeNew: drawn is not null && drawn != claim?.Id);
        var life = member.Tenure?.Seat.Room.State.Edition.Life ?? 0;
        var expected = _reference.Join(member, arrival with { Claim = expectedClaim }, drawn, life, _time.Now);
        ShouldBe(expected, admission, "the admission");
        if (admission is Admission.Admitted or Admission.Returned or Admission.Waiting)
        {
            member.Name = $"c{++_lastMember}";
            (admission == Admission.Waiting ? _waiters : _members).Add(member);
        }

        See(admission != Admission.Returned ? admission.ToString() : was is null ? "began again" : wasPresent ? "displaced" : "came back");
        if (admission == Admission.Waiting && _waiters.Exists(waiter => waiter.IsRefused))
        {
            See("gave way");
        }

        if (token is not null && !honoured)
        {
            See(token.Text != text ? "forged" : token.Room != room ? "other room" : incarnation < token.Claim.Incarnation ? "earlier" : "expired");
        }

        NoteResult(member.Name == "?" ? $"{admission}" : $"{admission}, {member.Name} is {_telling.Text(member.Waiter?.Id ?? member.Tenure!.Seat.Id)}");
        Check();
    }

    private void GiveUp(Member waiter)
    {
        Note($"give up {waiter.Name}");
        var done = waiter.Waiter!.Room.GiveUp(waiter.Waiter);
        ShouldBe(_reference.GiveUp(waiter), done, "give up");
        See($"give up {done}");
        _waiters.Remove(waiter);
        Check();
    }

    private void Drop(Member member)
    {
        Compare("drop", member, m => m.Tenure.Seat.Room.Disconnect(m.Tenure), (room, place) => room.Drop(place, _time.Now));

        // A connection ends once, and says nothing after.
        _members.Remove(member);
    }

    private void Relay(Member from, Step step)
    {
        var to = PickId(step.Extra);
        var receiver = _reference.Places.FirstOrDefault(place => place.Participant.Id == to);
        var incarnations = new Incarnations(
            from.Tenure.Seat.Participant.Incarnation + (step.Detail / 4 % 8 == 0 ? 1 : 0),
            (receiver?.Participant.Incarnation ?? 1) - (step.Detail / 4 % 8 == 1 ? 1 : 0));
        if (to == from.Tenure.Seat.Id)
        {
            // The session before answers that.
            return;
        }

        var message = new RoomMessage.Candidate(
            from.Tenure.Seat.Id, incarnations, _trace.Count.ToString(CultureInfo.InvariantCulture), new(string.Empty, null, null, null));
        Note($"relay {from.Name} to {_telling.Text(to)}, incarnations {incarnations.From} to {incarnations.To}");
        var relay = from.Tenure.Seat.Room.Relay(from.Tenure, to, incarnations, message);
        var expected = _reference.InRoomOf(from, (room, place) => room.Relay(place, to, incarnations, message)) ?? Parley.Server.Rooms.Relay.NotSeated;
        ShouldBe(expected, relay, "the relay");
        See(relay.ToString());
        Check();
    }

    /// <summary>The application that runs the server removes somebody, or ends a room.</summary>
    private void Outside(string room, ParticipantId? participant)
    {
        Note(participant is { } one ? $"remove {_telling.Text(one)} in {room} from outside" : $"end {room} from outside");
        var done = participant is { } id ? _directory.Remove(room, id) : _directory.End(room);
        ShouldBe(_reference.FromOutside(room, reference => participant is { } id ? reference.Remove(id) : reference.EndForAll()), done, "from outside");
        See($"outside {(participant is null ? "end" : "remove")} {done}");
        Check();
    }

    private void Wait(TimeSpan time)
    {
        Note($"wait {time}");
        _time.Advance(time);
        _reference.Wait(_time.Now);
        Check();
    }

    private void Compare(string what, Member member, Func<Member, bool> inServer, Func<ReferenceRoom, Place, bool> inReference)
    {
        Note($"{what} {member.Name}");
        var done = inServer(member);
        ShouldBe(_reference.InRoomOf(member, inReference) ?? false, done, what);
        See($"{what.Split(' ')[0]} {done}");
        Check();
    }

    private void AsHost(string what, Member member, Func<Outcome> inServer, Func<ReferenceRoom, Place, Outcome> inReference)
    {
        Note($"{member.Name}: {what}");
        var outcome = inServer();
        ShouldBe(_reference.AsHost(member, inReference), outcome, what);
        See($"{what.Split(' ')[0]} {outcome}");
        NoteResult($"{outcome}");
        Check();
    }

    /// <summary>Everyone has heard what it should, knows the truth, and the numbers are right.</summary>
    private void Check()
    {
        foreach (var member in _waiters.ToArray())
        {
            member.ShouldHaveHeardAll(_telling.Text);
            if (member.Tenure is not null)
            {
                _members.Add(member);
            }

            if (member.Tenure is not null || member.IsRefused)
            {
                See(member.IsRefused ? "sent away" : "let in");
                _waiters.Remove(member);
            }
        }

        foreach (var member in _members)
        {
            if (member.IsRestored)
            {
                See("restored");
            }

            member.ShouldHaveHeardAll(_telling.Text);
            CheckView(member);
            Issue(member);
        }

        var away = _reference.Places.Count(place => place.Member is null);
        ShouldBe(_reference.RoomCount, _directory.RoomCount, "rooms");
        ShouldBe(_reference.Places.Count(), _directory.ParticipantCount, "participants");
        ShouldBe(away, _directory.AwayCount, "away");
        ShouldBe(_reference.TimerCount, _time.TimerCount, "timers");
    }

    private void CheckView(Member member)
    {
        if (_reference.RoomOf(member) is not { } room)
        {
            return;
        }

        var self = room.Places.Single(place => place.Member == member).Participant;
        Participant[] truth = [.. room.Places
            .Where(place => place.Member != member)
            .Select(place => place.Participant)
            .OrderBy(other => other.Id.Value, StringComparer.Ordinal)];
        if (!truth.SequenceEqual(member.View.Others))
        {
            ShouldBe(
                string.Join("; ", truth.Select(_telling.Text)), string.Join("; ", member.View.Others.Select(_telling.Text)), $"what {member.Name} knows");
        }

        ShouldBe((self.Role, self.Hand), (member.View.Self!.Role, member.View.Self.Hand), $"what {member.Name} knows of itself");
        ShouldBe(room.Doors, member.View.Doors, $"the doors that {member.Name} knows");
        if (self.Role == Role.Host && !room.LineForHosts.SequenceEqual(member.View.Line))
        {
            ShouldBe(_telling.Text(room.LineForHosts), _telling.Text(member.View.Line), $"the line that {member.Name} knows");
        }
    }

    private void Issue(Member member)
    {
        var expiresAt = DateTimeOffset.FromUnixTimeSeconds((_time.Now + SeatTokens.Lifetime).ToUnixTimeSeconds());
        foreach (var claim in member.TakeClaims())
        {
            _issued.Add(new(_tokens.Issue(member.Room, claim), member.Room, claim, expiresAt));
        }

        if (_reference.RoomOf(member) is { } room)
        {
            var place = room.Places.Single(place => place.Member == member);
            ShouldBe(room.ClaimOf(place), member.Tenure.Seat.Claim, "the seat's claim");
            ShouldBe(room.ClaimOf(place), _issued.Last(issued => issued.Claim.Id == place.Participant.Id).Claim, $"the token of {member.Name}");
        }
    }

    private Member PickMember(Step step)
    {
        // What only hosts may do is mostly done by hosts.
        Member[] hosts = [.. _members.Where(member => _reference.PlaceOf(member)?.Participant.Role == Role.Host)];
        var isForHosts = step.Kind is >= StepKind.Doors and not StepKind.Hand;
        return isForHosts && hosts.Length > 0 && step.Extra % 4 > 0 ? Pick(hosts, step.Choice)! : Pick(_members, step.Choice)!;
    }

    private ParticipantId PickId(int choice) => choice % 4 == 0
        ? _telling.Pick(choice / 4)
        : Pick([.. _reference.Places.Select(place => place.Participant.Id)], choice / 4);

    private ParticipantId PickWaiting(Step step) => step.Detail % 8 == 0
        ? _telling.Pick(step.Extra)
        : Pick([.. _reference.Rooms.SelectMany(room => room.Line).Select(waiting => waiting.Id)], step.Extra);

    private void See(string what) => _seen[what] = _seen.GetValueOrDefault(what) + 1;

    private void Note(string line) => _trace.Add($"{_trace.Count + 1}. {line}");

    /// <summary>More about the last line.</summary>
    private void NoteResult(string result) => _trace[^1] += $": {result}";

    private static void ShouldBe<T>(T expected, T actual, string what)
    {
        if (!EqualityComparer<T>.Default.Equals(expected, actual))
        {
            throw new ModelException($"{what}: the server says {actual}, the reference {expected}.");
        }
    }

    private static T? Pick<T>(IReadOnlyList<T> list, int choice) => list.Count == 0 ? default : list[choice % list.Count];

    private static MediaState Media(int bits) => new((bits & 1) != 0, (bits & 2) != 0, (bits & 4) != 0);

    private static DoorChange DoorsOf(int bits) => new(
        (bits % 8) switch { 0 => true, 1 or 2 => false, _ => null },
        (bits / 8 % 8) switch { <= 3 => true, 4 => false, _ => null },
        (bits / 64 % 8) switch { 0 => new PasscodeChange(RoomDoor.Code(1)), 1 => new PasscodeChange(null), _ => null });

    /// <summary>Another character somewhere; the last one holds bits that mean nothing.</summary>
    private static string Forge(string token, int choice)
    {
        var at = choice % (token.Length - 1);
        return string.Concat(token.AsSpan(0, at), token[at] == 'A' ? "B" : "A", token.AsSpan(at + 1));
    }

    private string TokenText(Issued token, string text) =>
        $"token of {_telling.Text(token.Claim)} in {token.Room}"
        + (token.Text == text ? _time.Now < token.ExpiresAt ? string.Empty : ", expired" : ", forged");
}
