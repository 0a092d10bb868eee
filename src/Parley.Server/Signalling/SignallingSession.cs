using System.Text.Json;
using Parley.Server.Limits;
using Parley.Server.Metrics;
using Parley.Server.Rooms;
using Parley.Server.Seats;
using Parley.Server.Turn;
using Parley.SocketIO;

namespace Parley.Server.Signalling;

/// <summary>
/// One Socket.IO connection: before a room, in its line or in a seat. Socket.IO runs the handlers of a socket one after another and reports
/// its end after them, so nothing here needs a lock. Whether the seat is still this connection's, the room knows: another one may have
/// taken it meanwhile, or a host may have removed it.
/// </summary>
internal sealed class SignallingSession
{
    public const int Protocol = 3;

    private readonly Socket _socket;
    private readonly SignallingServices _services;
    private readonly PageAddress _page;
    private readonly SocketConnection _connection;
    private readonly RelayRequests _relay;
    private readonly RoomRequests _room;
    private readonly MessageRate _rate;
    private Diagnosis? _diagnosis;
    private IDisposable? _watch;

    public SignallingSession(Socket socket, SignallingServices services)
    {
        (_socket, _services) = (socket, services);
        _page = PageAddress.Of(socket.Handshake.Headers, socket.Handshake.Secure, socket.Handshake.Address);
        _connection = new(socket, _page, services);
        _relay = new(_connection, services.Metrics);
        _room = new(_connection, services.RoomCodes);
        _rate = new(services.Time);
    }

    public void Listen()
    {
        On("join", Join, MessageRate.LeastJoin);
        Answer("offer", _relay.Offer);
        Answer("answer", _relay.Answer);
        Answer("candidate", _relay.Candidate);
        Answer("media", _room.Media);
        Answer("hand", _room.Hand);
        Answer("doors", _room.Doors, MessageRate.LeastChange);
        Answer("admit", _room.Admit);
        Answer("deny", _room.Deny);
        Answer("remove", _room.Remove, MessageRate.LeastChange);
        Answer("handOver", _room.HandOver, MessageRate.LeastChange);
        Answer("askToMute", _room.AskToMute);
        Answer("lowerHand", _room.LowerHand);
        Answer("end", _ => _room.End());
        Answer("leave", _ => Leave());
        On("iceServers", IceServers);
        On("diagnose", Diagnose, MessageRate.LeastJoin);
        _socket.OnDisconnected(_ => Disconnected());
    }

    private void Answer(string name, Func<PayloadReader, Result> handle, int least = MessageRate.LeastMessage) =>
        On(name, e => Answer(e, handle(Payload(e))), least);

    private void On(string name, Action<SocketEvent> handle, int least = MessageRate.LeastMessage) => _socket.On(name, async (SocketEvent e) =>
    {
        // All of it, also what no request has a use for: it was sent and had to be read.
        var wait = _rate.Spend(Enumerable.Range(0, e.Arguments.Count).Sum(index => e.Arguments.GetRawJson(index).Length), least);
        if (wait > TimeSpan.Zero)
        {
            await Task.Delay(wait, _services.Time, _socket.ConnectionAborted);
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

        if (_connection.IsInRoom)
        {
            Refuse(e, "already-joined", "This connection has a seat already, or waits for one; leave first.");
            return;
        }

        if (!_socket.Connected)
        {
            // It was gone before it was heard, and may have come again by another connection: that one's seat is not to be taken.
            return;
        }

        Enter(e, request);
        if (_socket.Transport == SocketIOTransports.Polling && _connection.IsInRoom)
        {
            _watch ??= _services.PollingWatch.Watch(() => _socket is { Connected: true, Transport: SocketIOTransports.Polling });
        }
    }

    private void Enter(SocketEvent e, JoinRequest request)
    {
        // Who was here before is known: a class that comes back after a restart is not held up.
        var claim = _services.SeatTokens.ClaimOf(request.Seat, request.Room, request.Incarnation, request.Name);
        if (claim is null && !_services.JoinLimits.MayJoin(_socket.Handshake.Address))
        {
            Refuse(e, "rate", "Too many joins from this address; try again in a minute.");
            return;
        }

        var verdict = request.Token is null ? null : _services.JoinTokens.Judge(request.Token, request.Room);
        var grant = (verdict as JoinTokenVerdict.Granted)?.Grant;
        var name = grant?.Name ?? request.Name;
        if (claim is not null && name != request.Name)
        {
            claim = _services.SeatTokens.ClaimOf(request.Seat, request.Room, request.Incarnation, name);
        }

        var arrival = new Arrival(name, request.Incarnation, request.Media, claim, grant)
        {
            Passcode = request.Passcode is null ? null : _services.RoomCodes.Passcode(request.Room, request.Passcode),
            Address = AddressBlock.Of(_socket.Handshake.Address),
            HasBadToken = verdict is JoinTokenVerdict.Refused,
            NeedsToken = _services.JoinTokens.Required,
        };
        _connection.Begin(e);
        switch (_services.Rooms.Admit(request.Room, arrival, _connection))
        {
            case Admission.Admitted:
                _services.Metrics.Joined("admitted");
                _services.Logger.ParticipantAdmitted(_connection.Tenure!.Seat.Id);
                break;
            case Admission.Returned:
                _services.Metrics.Joined("returned");
                _services.Logger.ParticipantReturned(_connection.Tenure!.Seat.Id);
                break;
            case Admission.Waiting:
                _services.Metrics.Joined("waiting");
                break;
            case Admission.TokenInvalid when verdict is JoinTokenVerdict.Refused refused:
                _connection.Refuse("token-invalid", refused.Message);
                break;
            case var refusal:
                var (reason, message) = Refusals.Of(refusal);
                _connection.Refuse(reason, message);
                break;
        }
    }

    private void IceServers(SocketEvent e)
    {
        if (_connection.Tenure is not { } tenure || !tenure.Seat.Room.Holds(tenure))
        {
            Answer(e, Result.NotJoined);
        }
        else if (e.HasAck)
        {
            e.Ack(new IceServersResult(_services.IceServers.Renew(tenure.Seat.Id, _page)));
        }
    }

    private void Diagnose(SocketEvent e)
    {
        if (!_socket.Connected)
        {
            // Nobody would end what is begun now.
            return;
        }

        var outcome = _services.Diagnoses.Begin(_page, _diagnosis, out var diagnosis);
        _diagnosis = diagnosis ?? _diagnosis;
        if (e.HasAck)
        {
            e.Ack(outcome switch
            {
                DiagnosisOutcome.Ready => new DiagnoseAnswer.Ready(diagnosis!.IceServers.Servers, (long)Diagnoses.Lifetime.TotalSeconds),
                DiagnosisOutcome.Rate => new DiagnoseAnswer.Refused("rate", "This address has asked too often; try again in a minute."),
                DiagnosisOutcome.Address => new DiagnoseAnswer.Refused("address", "As many as may are looking from this address; try again when one has ended."),
                _ => (DiagnoseAnswer)new DiagnoseAnswer.Refused("full", "Too many are looking at the same time; try again in a minute."),
            });
        }
    }

    private Result Leave()
    {
        if (_connection.Waiter is { } waiter && waiter.Room.GiveUp(waiter))
        {
            return Result.Success;
        }

        if (_connection.Tenure is not { Seat: var seat } tenure || !seat.Room.Leave(tenure))
        {
            return Result.NotJoined;
        }

        _services.Logger.ParticipantLeft(seat.Id);
        return Result.Success;
    }

    private void Disconnected()
    {
        _watch?.Dispose();
        if (_diagnosis is not null)
        {
            _services.Diagnoses.End(_diagnosis);
        }

        if (_connection.Waiter is { } waiter && waiter.Room.GiveUp(waiter))
        {
            return;
        }

        // Who did not wait any more may have been let in.
        if (_connection.Tenure is { Seat: var seat } tenure && seat.Room.Disconnect(tenure))
        {
            _services.Logger.ParticipantAway(seat.Id);
        }
    }

    private void Refuse(SocketEvent join, string reason, string message)
    {
        _services.Metrics.Joined(reason);
        _services.Logger.JoinRefused(reason);
        if (join.HasAck)
        {
            join.Ack((JoinAnswer)new JoinAnswer.Refused(reason, message));
        }
    }

    private void Answer(SocketEvent e, Result result)
    {
        if (result.Error is { } error)
        {
            _services.Logger.RequestRefused(e.Name, error.Message);
        }

        if (e.HasAck)
        {
            e.Ack(result);
        }
    }

    private static PayloadReader Payload(SocketEvent e) => new(e.Arguments.Count > 0 ? e.Arguments.GetElement(0) : default(JsonElement));
}

/// <summary>What every session works with.</summary>
internal sealed record SignallingServices(
    RoomDirectory Rooms,
    SeatTokens SeatTokens,
    RoomCodes RoomCodes,
    IceServerDesk IceServers,
    Diagnoses Diagnoses,
    ServerMetrics Metrics,
    PollingWatch PollingWatch,
    IJoinTokens JoinTokens,
    JoinLimits JoinLimits,
    TimeProvider Time,
    ILogger<SignallingSession> Logger);
