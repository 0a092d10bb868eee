using Parley.Server.Metrics;
using Parley.Server.Rooms;

namespace Parley.Server.Signalling;

/// <summary>What one participant wants told to another one: offers, answers and candidates.</summary>
internal sealed class RelayRequests(SocketConnection connection, ServerMetrics metrics)
{
    public Result Offer(PayloadReader payload) => Describe("offer", payload, static (from, request) =>
        new RoomMessage.Offer(from, request.Incarnations, request.Connection, request.Number, request.Sdp, request.Sources));

    public Result Answer(PayloadReader payload) => Describe("answer", payload, static (from, request) =>
        new RoomMessage.Answer(from, request.Incarnations, request.Connection, request.Number, request.Sdp, request.Sources));

    public Result Candidate(PayloadReader payload)
    {
        var request = CandidateRequest.Read(payload);
        return Relay("candidate", payload, request.To, request.Incarnations, from =>
            new RoomMessage.Candidate(from, request.Incarnations, request.Connection, request.Candidate));
    }

    private Result Describe(string name, PayloadReader payload, Func<ParticipantId, DescriptionRequest, RoomMessage> message)
    {
        var request = DescriptionRequest.Read(payload);
        return Relay(name, payload, request.To, request.Incarnations, from => message(from, request));
    }

    private Result Relay(
        string name,
        PayloadReader payload,
        ParticipantId to,
        Incarnations incarnations,
        Func<ParticipantId, RoomMessage> message)
    {
        var result = ResultOf(payload, to, incarnations, message);
        metrics.Relayed(name, result.Error?.Code ?? "delivered");
        return result;
    }

    private Result ResultOf(PayloadReader payload, ParticipantId to, Incarnations incarnations, Func<ParticipantId, RoomMessage> message)
    {
        if (payload.Error is { } error)
        {
            return Result.Invalid(error);
        }

        if (connection.Tenure is not { Seat: var seat } tenure)
        {
            return Result.NotJoined;
        }

        return to == seat.Id
            ? Result.Invalid("to must be another participant")
            : seat.Room.Relay(tenure, to, incarnations, message(seat.Id)) switch
            {
                Rooms.Relay.Delivered => Result.Success,
                Rooms.Relay.UnknownParticipant => Result.Failed("unknown-participant", "to is not in this room."),
                Rooms.Relay.Stale => Result.Failed("stale", "incarnations are not the current ones of both participants."),
                Rooms.Relay.Away => Result.Failed("away", "to has no connection at the moment; nothing is kept for it."),
                _ => Result.NotJoined,
            };
    }
}
