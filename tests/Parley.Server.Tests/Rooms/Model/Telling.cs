using Parley.Server.Rooms;

namespace Parley.Server.Tests.Rooms.Model;

/// <summary>What happens in a run, in words: participants by the order in which they came ("p3").</summary>
internal sealed class Telling
{
    private readonly List<ParticipantId> _ids = [];

    public void Learn(ParticipantId? id, bool shouldBeNew)
    {
        if (id is not { } drawn)
        {
            return;
        }

        (_ids.Contains(drawn) && shouldBeNew).ShouldBeFalse("An id is drawn once.");
        if (!_ids.Contains(drawn))
        {
            _ids.Add(drawn);
        }
    }

    /// <summary>Somebody who came once.</summary>
    public ParticipantId Pick(int choice) => _ids.Count == 0 ? default : _ids[choice % _ids.Count];

    public string Text(ParticipantId id) => _ids.IndexOf(id) is >= 0 and var index ? $"p{index + 1}" : id.Value is [] ? "nobody" : id.Value;

    public string Text(Participant participant) =>
        $"{Text(participant.Id)} {participant.Name} {participant.Incarnation} {Text(participant.Media)} {participant.Role}"
        + (participant.Hand is { } hand ? $" hand {hand}" : string.Empty)
        + (participant.Away ? " away" : string.Empty);

    public string Text(SeatClaim claim) =>
        $"{Text(claim.Id)} {claim.Role} incarnation {claim.Incarnation} order {claim.Order} {claim.Room.Edition.Life}/{claim.Room.Edition.Revision} "
        + $"{Text(claim.Room.Doors)}{(claim.Room.TokensUsed ? " by tokens" : string.Empty)}{(claim.GivenName is { } name ? $" named \"{name}\"" : string.Empty)}";

    public string Text(IReadOnlyList<WaitingPerson> line) => string.Join(", ", line.Select(person => $"{Text(person.Id)} {person.Name} since {person.Since}"));

    public string Text(object heard) => heard switch
    {
        Entered entered => $"admitted {Text(entered.Self)} with ({string.Join(", ", entered.Others.Select(Text))}) {Text(entered.Doors)} "
            + $"line ({Text(entered.Line)}) token ({Text(entered.Claim)})",
        Waits waits => $"waits as {Text(waits.Id)}",
        RoomMessage.Welcome welcome => $"welcome {Text(welcome.Participant)}",
        RoomMessage.Away away => $"away {Text(away.Id)}",
        RoomMessage.Displaced => "displaced",
        RoomMessage.Media media => $"media {Text(media.Id)} {Text(media.State)}",
        RoomMessage.Left left => $"left {Text(left.Id)} {left.Reason}",
        RoomMessage.Candidate candidate => $"candidate {candidate.Connection} from {Text(candidate.From)}",
        RoomMessage.RoleChanged role => $"role {Text(role.Id)} {role.Role}",
        RoomMessage.Hand hand => $"hand {Text(hand.Id)} {hand.Place}",
        RoomMessage.DoorsChanged doors => $"doors {Text(doors.Now)}",
        RoomMessage.Waiting waiting => $"waiting ({Text(waiting.People)})",
        RoomMessage.SeatToken token => $"seat ({Text(token.Claim)})",
        RoomMessage.MuteAsked asked => $"mute asked by {Text(asked.From)}",
        _ => heard.ToString() ?? string.Empty,
    };

    public static string Text(MediaState media) => $"{(media.Microphone ? 'm' : '-')}{(media.Camera ? 'c' : '-')}{(media.Screen ? 's' : '-')}";

    private static string Text(Doors doors) =>
        $"[{(doors.Locked ? "locked " : string.Empty)}{(doors.WaitingRoom ? "waiting " : string.Empty)}{(doors.Code is { } code ? $"passcode {code.Value}" : string.Empty)}]";
}
