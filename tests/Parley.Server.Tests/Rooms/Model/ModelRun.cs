using System.Globalization;
using Parley.Server.Rooms;
using Parley.Server.Seats;
using Parley.Server.Tests.Running;

namespace Parley.Server.Tests.Rooms.Model;

/// <summary>One run: the same steps through the server's rooms and through the reference, compared after each.</summary>
internal sealed class ModelRun
{
    private const int Capacity = 3;
    private const int MaxRooms = 2;

    private static readonly string[] RoomNames = ["a", "b", "c"];
    private static readonly string[] PeopleNames = ["Ada", "Ben", "Cleo", "Dan"];
    private static readonly RoomOptions Options = new() { Capacity = Capacity, MaxRooms = MaxRooms, GraceSeconds = 30 };
    private static readonly TimeSpan[] Waits =
    [
        TimeSpan.FromTicks(1), TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(20),
        Options.Grace - TimeSpan.FromTicks(1), Options.Grace, TimeSpan.FromMinutes(1), TimeSpan.FromDays(3), TimeSpan.FromDays(7),
    ];

    private readonly ManualTime _time = new();
    private readonly SeatTokens _tokens;
    private readonly List<string> _trace = [];
    private readonly List<Member> _members = [];
    private readonly List<Issued> _issued = [];
    private readonly List<ParticipantId> _ids = [];
    private readonly Dictionary<string, int> _seen;
    private RoomDirectory _directory;
    private Reference _reference;
    private int _lastMember;

    /// <summary>Begins a run.</summary>
    /// <param name="key">Signs the tokens, before and after restarts.</param>
    /// <param name="seen">Where to count what happened, so that a test can see whether everything did.</param>
    public ModelRun(SeatKey key, Dictionary<string, int> seen)
    {
        _tokens = new(key, _time);
        _seen = seen;
        (_directory, _reference) = StartServer();
    }

    /// <summary>A token, and what it is good for by the contract.</summary>
    private sealed record Issued(string Text, string Room, SeatClaim Claim, DateTimeOffset ExpiresAt);

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
            case StepKind.Leave when Pick(_members, step.Choice) is { } member:
                Compare("leave", member, m => m.Tenure.Seat.Room.Leave(m.Tenure), _reference.Leave);
                break;
            case StepKind.Drop when Pick(_members, step.Choice) is { } member:
                Drop(member);
                break;
            case StepKind.Media when Pick(_members, step.Choice) is { } member:
                var media = Media(step.Detail);
                Compare($"media {Text(media)}", member, m => m.Tenure.Seat.Room.SetMedia(m.Tenure, media), m => _reference.SetMedia(m, media));
                break;
            case StepKind.Relay when Pick(_members, step.Choice) is { } member:
                Relay(member, step);
                break;
            case StepKind.Wait:
                Wait(Waits[step.Choice % Waits.Length]);
                break;
            case StepKind.Restart when step.Choice % 3 == 0:
                // Whatever was in memory is gone, and nobody has been told anything.
                Note("restart");
                _time.DropTimers();
                _members.Clear();
                (_directory, _reference) = StartServer();
                break;
        }
    }

    private (RoomDirectory Server, Reference Reference) StartServer() =>
        (new(Options, _time), new(Capacity, MaxRooms, Options.Grace));

    private void Return(Step step)
    {
        // Mostly one of the last ones, and mostly as it was meant.
        var token = step.Choice % 4 == 0 ? Pick(_issued, step.Detail)! : _issued[^(1 + (step.Detail % Math.Min(4, _issued.Count)))];
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
        var arrival = new Arrival(PeopleNames[step.Detail % PeopleNames.Length], incarnation, Media(step.Extra));
        var honoured = token is not null
            && token.Text == text
            && token.Room == room
            && incarnation >= token.Claim.Incarnation
            && _time.Now < token.ExpiresAt;
        var member = new Member { Room = room };
        var displaced = honoured && _reference.Places.Any(place => place.Participant.Id == token!.Claim.Id && place.Member is not null);
        var away = honoured && _reference.Places.Any(place => place.Participant.Id == token!.Claim.Id && place.Member is null);

        var claim = _tokens.ClaimOf(text, room, incarnation);
        Note($"join {room} as {arrival.Name}, incarnation {incarnation}, {(token is null ? text ?? "no token" : TokenText(token, text!))}");
        ShouldBe(honoured ? token!.Claim : null, claim, "the claim");
        var admission = _directory.Admit(room, arrival with { Claim = claim }, member, member.Admit);
        var drawn = admission == Admission.Admitted ? member.Tenure.Seat.Id : (ParticipantId?)null;
        if (drawn is { } id)
        {
            _ids.Contains(id).ShouldBeFalse("An id is drawn once.");
            _ids.Add(id);
        }

        var expected = _reference.Join(member, arrival with { Claim = honoured ? token!.Claim : null }, drawn, _time.Now);
        ShouldBe(expected, admission, "the admission");
        if (admission is Admission.Admitted or Admission.Returned)
        {
            member.Name = $"c{++_lastMember}";
            _members.Add(member);
            Issue(member);
        }

        See(admission != Admission.Returned ? admission.ToString() : displaced ? "displaced" : away ? "came back" : "began again");
        if (token is not null && !honoured)
        {
            See(token.Text != text ? "forged" : token.Room != room ? "other room" : incarnation < token.Claim.Incarnation ? "earlier" : "expired");
        }

        NoteResult(member.Name == "?" ? $"{admission}" : $"{admission}, {member.Name} is {Text(member.Tenure.Seat.Id)}");
        Check();
    }

    private void Issue(Member member)
    {
        var place = _reference.PlaceOf(member)!;
        var claim = new SeatClaim(place.Participant.Id, place.Order, place.Participant.Incarnation);
        ShouldBe(claim, member.Tenure.Seat.Claim, "the seat's claim");
        var expiresAt = DateTimeOffset.FromUnixTimeSeconds((_time.Now + SeatTokens.Lifetime).ToUnixTimeSeconds());
        _issued.Add(new(_tokens.Issue(member.Room, claim), member.Room, claim, expiresAt));
    }

    private void Drop(Member member)
    {
        Compare("drop", member, m => m.Tenure.Seat.Room.Disconnect(m.Tenure), m => _reference.Drop(m, _time.Now));

        // A connection ends once, and says nothing after.
        _members.Remove(member);
    }

    private void Relay(Member from, Step step)
    {
        var to = step.Detail % 4 == 0 ? Pick(_ids, step.Extra) : Pick([.. _reference.Places.Select(place => place.Participant.Id)], step.Extra);
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
        Note($"relay {from.Name} to {Text(to)}, incarnations {incarnations.From} to {incarnations.To}");
        var relay = from.Tenure.Seat.Room.Relay(from.Tenure, to, incarnations, message);
        ShouldBe(_reference.Relay(from, to, incarnations, message), relay, "the relay");
        See(relay.ToString());
        Check();
    }

    private void Wait(TimeSpan time)
    {
        Note($"wait {time}");
        _time.Advance(time);
        _reference.Wait(_time.Now);
        Check();
    }

    private void Compare(string what, Member member, Func<Member, bool> inServer, Func<Member, bool> inReference)
    {
        Note($"{what} {member.Name}");
        var done = inServer(member);
        ShouldBe(inReference(member), done, what);
        See($"{what.Split(' ')[0]} {done}");
        Check();
    }

    /// <summary>Everyone has heard what it should, knows the truth, and the numbers are right.</summary>
    private void Check()
    {
        foreach (var member in _members)
        {
            member.ShouldHaveHeardAll(Text);
            if (_reference.PlaceOf(member) is not null)
            {
                Participant[] truth = [.. _reference.OthersOf(member).OrderBy(other => other.Id.Value, StringComparer.Ordinal)];
                if (!truth.SequenceEqual(member.View.Others))
                {
                    ShouldBe(string.Join("; ", truth.Select(Text)), string.Join("; ", member.View.Others.Select(Text)), $"what {member.Name} knows");
                }
            }
        }

        var away = _reference.Places.Count(place => place.Member is null);
        ShouldBe(_reference.RoomCount, _directory.RoomCount, "rooms");
        ShouldBe(_reference.Places.Count(), _directory.ParticipantCount, "participants");
        ShouldBe(away, _directory.AwayCount, "away");
        ShouldBe(away, _time.TimerCount, "timers");
    }

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

    /// <summary>Another character somewhere; the last one holds bits that mean nothing.</summary>
    private static string Forge(string token, int choice)
    {
        var at = choice % (token.Length - 1);
        return string.Concat(token.AsSpan(0, at), token[at] == 'A' ? "B" : "A", token.AsSpan(at + 1));
    }

    private string TokenText(Issued token, string text) =>
        $"token of {Text(token.Claim.Id)} in {token.Room}, incarnation {token.Claim.Incarnation}"
        + (token.Text == text ? _time.Now < token.ExpiresAt ? string.Empty : ", expired" : ", forged");

    private string Text(ParticipantId id) => _ids.IndexOf(id) is >= 0 and var index ? $"p{index + 1}" : id.Value is [] ? "nobody" : id.Value;

    private string Text(Participant participant) =>
        $"{Text(participant.Id)} {participant.Name} {participant.Incarnation} {Text(participant.Media)}{(participant.Away ? " away" : string.Empty)}";

    private static string Text(MediaState media) => $"{(media.Microphone ? 'm' : '-')}{(media.Camera ? 'c' : '-')}{(media.Screen ? 's' : '-')}";

    private string Text(object heard) => heard switch
    {
        Admitted admitted => $"admitted {Text(admitted.Self)} with ({string.Join(", ", admitted.Others.Select(Text))})",
        RoomMessage.Welcome welcome => $"welcome {Text(welcome.Participant)}",
        RoomMessage.Away away => $"away {Text(away.Id)}",
        RoomMessage.Displaced => "displaced",
        RoomMessage.Media media => $"media {Text(media.Id)} {Text(media.State)}",
        RoomMessage.Left left => $"left {Text(left.Id)} {left.Reason}",
        RoomMessage.Candidate candidate => $"candidate {candidate.Connection} from {Text(candidate.From)}",
        _ => heard.ToString() ?? string.Empty,
    };
}
