using Parley.Server.Rooms;
using Parley.Server.Seats;

namespace Parley.Server.Signalling;

/// <summary>What a participant, or a host, wants of its room. The room decides; here it is read and answered.</summary>
internal sealed class RoomRequests(SocketConnection connection, RoomCodes codes)
{
    public Result Media(PayloadReader payload)
    {
        var media = payload.MediaState();
        return Do(payload, tenure => tenure.Seat.Room.SetMedia(tenure, media) ? Outcome.Done : Outcome.NotSeated);
    }

    public Result Hand(PayloadReader payload)
    {
        var raised = payload.Boolean("raised");
        return Do(payload, tenure => tenure.Seat.Room.SetHand(tenure, raised) ? Outcome.Done : Outcome.NotSeated);
    }

    public Result Doors(PayloadReader payload)
    {
        var request = DoorsRequest.Read(payload);
        return Do(payload, tenure => tenure.Seat.Room.ChangeDoors(tenure, request.Change(
            passcode => codes.Passcode(tenure.Seat.Room.Name, passcode))));
    }

    public Result Admit(PayloadReader payload) => About(payload, "id", static (room, tenure, id) => room.LetIn(tenure, id));

    public Result Deny(PayloadReader payload) => About(payload, "id", static (room, tenure, id) => room.Deny(tenure, id));

    public Result Remove(PayloadReader payload) => AboutAnother(payload, "id", static (room, tenure, id) => room.Remove(tenure, id));

    public Result HandOver(PayloadReader payload) => AboutAnother(payload, "to", static (room, tenure, id) => room.HandOver(tenure, id));

    public Result LowerHand(PayloadReader payload) => About(payload, "id", static (room, tenure, id) => room.LowerHand(tenure, id));

    public Result AskToMute(PayloadReader payload)
    {
        if (payload.IsNull("to"))
        {
            return Do(payload, static tenure => tenure.Seat.Room.AskToMute(tenure, to: null));
        }

        return AboutAnother(payload, "to", static (room, tenure, id) => room.AskToMute(tenure, id));
    }

    public Result End() => Do(static tenure => tenure.Seat.Room.End(tenure));

    private Result AboutAnother(PayloadReader payload, string field, Func<Room, Tenure, ParticipantId, Outcome> act) =>
        About(payload, field, act, mayBeSelf: false);

    private Result About(PayloadReader payload, string field, Func<Room, Tenure, ParticipantId, Outcome> act, bool mayBeSelf = true)
    {
        var id = payload.ParticipantId(field);
        if (!mayBeSelf && id == connection.Tenure?.Seat.Id)
        {
            payload.Fail(field, "must be another participant");
        }

        return Do(payload, tenure => act(tenure.Seat.Room, tenure, id));
    }

    private Result Do(PayloadReader payload, Func<Tenure, Outcome> act) => payload.Error is { } error ? Result.Invalid(error) : Do(act);

    private Result Do(Func<Tenure, Outcome> act) => (connection.Tenure is { } tenure ? act(tenure) : Outcome.NotSeated) switch
    {
        Outcome.Done => Result.Success,
        Outcome.Forbidden => Result.Failed("forbidden", "Only a host may do that."),
        Outcome.UnknownParticipant => Result.Failed("unknown-participant", "Whom it is about is not here."),
        Outcome.Away => Result.Failed("away", "Whom it is about has no connection at the moment; nothing is kept for it."),
        Outcome.RoomFull => Result.Failed("room-full", "The room has no place."),
        _ => Result.NotJoined,
    };
}
