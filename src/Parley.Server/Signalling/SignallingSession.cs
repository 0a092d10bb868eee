using System.Text.Json;
using Parley.Server.IceServers;
using Parley.Server.Metrics;
using Parley.Server.Rooms;
using Parley.Server.Seats;
using Parley.SocketIO;

namespace Parley.Server.Signalling;

/// <summary>
/// One Socket.IO connection and its seat, if it has one. Socket.IO runs the handlers of a socket one after another and reports its end
/// after them, so nothing here needs a lock.
/// </summary>
internal sealed class SignallingSession(Socket socket, SignallingServices services)
{
    public const int Protocol = 1;

    private readonly SocketConnection _connection = new(socket);
    private readonly MessageRate _rate = new(services.Time);
    private Seat? _seat;

    public void Listen()
    {
        On("join", Join);
        On("offer", e => Describe(e, static (from, request) =>
            new RoomMessage.Offer(from, request.Incarnations, request.Sdp, request.Sources)));
        On("answer", e => Describe(e, static (from, request) =>
            new RoomMessage.Answer(from, request.Incarnations, request.Sdp, request.Sources)));
        On("candidate", Candidate);
        On("media", Media);
        On("iceServers", IceServers);
        On("leave", Leave);
        socket.OnDisconnected(_ => End(LeaveReason.Gone));
    }

    private void On(string name, Action<SocketEvent> handle) => socket.On(name, async (SocketEvent e) =>
    {
        var wait = _rate.Spend(e.Arguments.Count > 0 ? e.Arguments.GetRawJson(0).Length : 0);
        if (wait > TimeSpan.Zero)
        {
            await Task.Delay(wait, services.Time, socket.ConnectionAborted);
        }

        handle(e);
    });

    private void Join(SocketEvent e)
    {
        var payload = Payload(e);
        var protocol = payload.Integer("protocol", 1, int.MaxValue);
        if (payload.Error is null && protocol != Protocol)
        {
            Refuse(e, "protocol-unsupported", $"This server speaks protocol {Protocol}.");
            return;
        }

        var request = JoinRequest.Read(payload);
        if (payload.Error is { } error)
        {
            Refuse(e, "invalid", error);
            return;
        }

        if (_seat is not null)
        {
            Refuse(e, "already-joined", "This connection has a seat already; leave first.");
            return;
        }

        var self = new Participant(ParticipantId.New(), request.Name, request.Incarnation, request.Media);
        var admission = services.Rooms.Admit(request.Room, self, _connection, (seat, others) =>
        {
            _seat = seat;
            Answer(e, new JoinAnswer.Admitted(
                seat.Room.Name,
                self,
                services.SeatTokens.Issue(seat),
                others,
                services.Rooms.Capacity,
                services.IceServers.IssueFor(seat.Id)));
        });
        switch (admission)
        {
            case Admission.Admitted:
                services.Metrics.Joined("admitted");
                services.Logger.ParticipantAdmitted(self.Id);
                break;
            case Admission.RoomFull:
                Refuse(e, "room-full", $"The room has its {services.Rooms.Capacity} participants.");
                break;
            default:
                Refuse(e, "server-full", "The server holds as many rooms as it may.");
                break;
        }
    }

    private void Describe(SocketEvent e, Func<ParticipantId, DescriptionRequest, RoomMessage> message)
    {
        var payload = Payload(e);
        var request = DescriptionRequest.Read(payload);
        Relay(e, payload, request.To, request.Incarnations, from => message(from, request));
    }

    private void Candidate(SocketEvent e)
    {
        var payload = Payload(e);
        var request = CandidateRequest.Read(payload);
        Relay(e, payload, request.To, request.Incarnations, from =>
            new RoomMessage.Candidate(from, request.Incarnations, request.Candidate));
    }

    private void Relay(
        SocketEvent e,
        PayloadReader payload,
        ParticipantId to,
        Incarnations incarnations,
        Func<ParticipantId, RoomMessage> message)
    {
        var result = RelayResult(payload, to, incarnations, message);
        services.Metrics.Relayed(e.Name, result.Error?.Code ?? "delivered");
        Answer(e, result);
    }

    private Result RelayResult(
        PayloadReader payload,
        ParticipantId to,
        Incarnations incarnations,
        Func<ParticipantId, RoomMessage> message)
    {
        if (payload.Error is { } error)
        {
            return Result.Invalid(error);
        }

        if (_seat is not { } seat)
        {
            return Result.NotJoined;
        }

        return to == seat.Id
            ? Result.Invalid("to must be another participant")
            : seat.Room.Relay(seat, to, incarnations, message(seat.Id)) switch
            {
                Rooms.Relay.Delivered => Result.Success,
                Rooms.Relay.UnknownParticipant => Result.Failed("unknown-participant", "to is not in this room."),
                Rooms.Relay.Stale => Result.Failed("stale", "incarnations are not the current ones of both participants."),
                _ => Result.NotJoined,
            };
    }

    private void Media(SocketEvent e)
    {
        var payload = Payload(e);
        var media = payload.MediaState();
        Answer(e, payload.Error is { } error ? Result.Invalid(error)
            : _seat is { } seat && seat.Room.SetMedia(seat, media) ? Result.Success
            : Result.NotJoined);
    }

    private void IceServers(SocketEvent e)
    {
        if (_seat is not { } seat)
        {
            Answer(e, Result.NotJoined);
        }
        else if (e.HasAck)
        {
            e.Ack(new IceServersResult(services.IceServers.IssueFor(seat.Id)));
        }
    }

    private void Leave(SocketEvent e) => Answer(e, End(LeaveReason.Left) ? Result.Success : Result.NotJoined);

    private bool End(LeaveReason reason)
    {
        if (_seat is not { } seat)
        {
            return false;
        }

        _seat = null;
        services.Logger.ParticipantLeft(seat.Id, reason);
        return services.Rooms.Leave(seat, reason);
    }

    private void Refuse(SocketEvent e, string reason, string message)
    {
        services.Metrics.Joined(reason);
        services.Logger.JoinRefused(reason);
        Answer(e, new JoinAnswer.Refused(reason, message));
    }

    private void Answer(SocketEvent e, Result result)
    {
        if (result.Error is { } error)
        {
            services.Logger.RequestRefused(e.Name, error.Message);
        }

        if (e.HasAck)
        {
            e.Ack(result);
        }
    }

    private static void Answer(SocketEvent e, JoinAnswer answer)
    {
        if (e.HasAck)
        {
            e.Ack(answer);
        }
    }

    private static PayloadReader Payload(SocketEvent e) => new(e.Arguments.Count > 0 ? e.Arguments.GetElement(0) : default(JsonElement));
}

/// <summary>What every session works with.</summary>
internal sealed record SignallingServices(
    RoomDirectory Rooms,
    SeatTokens SeatTokens,
    IceServerIssuer IceServers,
    ServerMetrics Metrics,
    TimeProvider Time,
    ILogger<SignallingSession> Logger);
