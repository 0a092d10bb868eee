using System.Text.Json;
using Parley.Server.Metrics;
using Parley.Server.Rooms;
using Parley.Server.Seats;
using Parley.Server.Turn;
using Parley.SocketIO;

namespace Parley.Server.Signalling;

/// <summary>
/// One Socket.IO connection and its time in a seat, if it has one. Socket.IO runs the handlers of a socket one after another and reports
/// its end after them, so nothing here needs a lock. Whether the seat is still this connection's, the room knows: another one may have
/// taken it meanwhile.
/// </summary>
internal sealed class SignallingSession(Socket socket, SignallingServices services)
{
    public const int Protocol = 2;

    private readonly SocketConnection _connection = new(socket);
    private readonly PageAddress _page = PageAddress.Of(socket.Handshake.Headers, socket.Handshake.Secure);
    private readonly MessageRate _rate = new(services.Time);
    private Tenure? _tenure;
    private Diagnosis? _diagnosis;
    private IDisposable? _watch;

    public void Listen()
    {
        On("join", Join, MessageRate.LeastJoin);
        On("offer", e => Describe(e, static (from, request) =>
            new RoomMessage.Offer(from, request.Incarnations, request.Connection, request.Number, request.Sdp, request.Sources)));
        On("answer", e => Describe(e, static (from, request) =>
            new RoomMessage.Answer(from, request.Incarnations, request.Connection, request.Number, request.Sdp, request.Sources)));
        On("candidate", Candidate);
        On("media", Media);
        On("iceServers", IceServers);
        On("diagnose", Diagnose, MessageRate.LeastJoin);
        On("leave", Leave);
        socket.OnDisconnected(_ => Disconnected());
    }

    private void On(string name, Action<SocketEvent> handle, int least = MessageRate.LeastMessage) => socket.On(name, async (SocketEvent e) =>
    {
        // All of it, also what no request has a use for: it was sent and had to be read.
        var wait = _rate.Spend(Enumerable.Range(0, e.Arguments.Count).Sum(index => e.Arguments.GetRawJson(index).Length), least);
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

        if (_tenure is not null)
        {
            Refuse(e, "already-joined", "This connection has a seat already; leave first.");
            return;
        }

        if (!socket.Connected)
        {
            // It was gone before it was heard, and may have come again by another connection: that one's seat is not to be taken.
            return;
        }

        var claim = services.SeatTokens.ClaimOf(request.Seat, request.Room, request.Incarnation);
        var arrival = new Arrival(request.Name, request.Incarnation, request.Media, claim);
        switch (services.Rooms.Admit(request.Room, arrival, _connection, (tenure, others) => Admitted(e, tenure, others)))
        {
            case Admission.Admitted:
                services.Metrics.Joined("admitted");
                services.Logger.ParticipantAdmitted(_tenure!.Seat.Id);
                break;
            case Admission.Returned:
                services.Metrics.Joined("returned");
                services.Logger.ParticipantReturned(_tenure!.Seat.Id);
                break;
            case Admission.RoomFull:
                Refuse(e, "room-full", $"The room has its {services.Rooms.Options.Capacity} participants.");
                break;
            default:
                Refuse(e, "server-full", "The server holds as many rooms as it may.");
                break;
        }
    }

    // Called under the room's lock.
    private void Admitted(SocketEvent e, Tenure tenure, IReadOnlyList<Participant> others)
    {
        _tenure = tenure;
        var seat = tenure.Seat;
        Answer(e, new JoinAnswer.Admitted(
            seat.Room.Name,
            seat.Participant,
            services.SeatTokens.Issue(seat.Room.Name, seat.Claim),
            (long)services.Rooms.Options.Grace.TotalMilliseconds,
            others,
            services.Rooms.Options.Capacity,
            services.IceServers.Admit(seat.Id, _page)));
        if (socket.Transport == SocketIOTransports.Polling)
        {
            _watch ??= services.PollingWatch.Watch(() => socket is { Connected: true, Transport: SocketIOTransports.Polling });
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
            new RoomMessage.Candidate(from, request.Incarnations, request.Connection, request.Candidate));
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

        if (_tenure is not { Seat: var seat } tenure)
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

    private void Media(SocketEvent e)
    {
        var payload = Payload(e);
        var media = payload.MediaState();
        Answer(e, payload.Error is { } error ? Result.Invalid(error)
            : _tenure is { } tenure && tenure.Seat.Room.SetMedia(tenure, media) ? Result.Success
            : Result.NotJoined);
    }

    private void IceServers(SocketEvent e)
    {
        if (_tenure is not { } tenure || !tenure.Seat.Room.Holds(tenure))
        {
            Answer(e, Result.NotJoined);
        }
        else if (e.HasAck)
        {
            e.Ack(new IceServersResult(services.IceServers.Renew(tenure.Seat.Id, _page)));
        }
    }

    private void Diagnose(SocketEvent e)
    {
        if (!socket.Connected)
        {
            // Nobody would end what is begun now.
            return;
        }

        var outcome = services.Diagnoses.Begin(socket.Handshake.Address, _page, _diagnosis, out var diagnosis);
        _diagnosis = diagnosis ?? _diagnosis;
        if (e.HasAck)
        {
            e.Ack(outcome switch
            {
                DiagnosisOutcome.Ready => new DiagnoseAnswer.Ready(diagnosis!.IceServers.Servers, (long)Diagnoses.Lifetime.TotalSeconds),
                DiagnosisOutcome.Rate => new DiagnoseAnswer.Refused("rate", "This address has asked too often; try again in a minute."),
                _ => (DiagnoseAnswer)new DiagnoseAnswer.Refused("full", "Too many are looking at the same time; try again in a minute."),
            });
        }
    }

    private void Leave(SocketEvent e)
    {
        if (_tenure is not { Seat: var seat } tenure || !seat.Room.Leave(tenure))
        {
            Answer(e, Result.NotJoined);
            return;
        }

        _tenure = null;
        services.Logger.ParticipantLeft(seat.Id);
        Answer(e, Result.Success);
    }

    private void Disconnected()
    {
        _watch?.Dispose();
        if (_diagnosis is not null)
        {
            services.Diagnoses.End(_diagnosis);
        }

        if (_tenure is { Seat: var seat } tenure && seat.Room.Disconnect(tenure))
        {
            services.Logger.ParticipantAway(seat.Id);
        }
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
    IceServerDesk IceServers,
    Diagnoses Diagnoses,
    ServerMetrics Metrics,
    PollingWatch PollingWatch,
    TimeProvider Time,
    ILogger<SignallingSession> Logger);
