using System.Diagnostics;
using Parley.SocketIO.EngineIO.Transports;

namespace Parley.SocketIO.EngineIO;

/// <summary>
/// One Engine.IO session: a client, whichever transport it uses at the moment. Open, then draining (ended for its handler, but
/// with last packets to deliver), then closed.
/// </summary>
/// <remarks>
/// One gate guards all state; nothing blocks or calls the handler while it is held. The handler is called for one message at a
/// time, in order, whichever transport brought it.
/// </remarks>
internal sealed class EngineSession : IDisposable
{
    private static readonly TimeSpan LatePollGrace = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly EngineServer _server;
    private readonly SocketIOOptions _options;
    private readonly OutboundQueue _outbound;
    private readonly Heartbeat _heartbeat;
    private readonly ITimer _timer;
    private readonly SemaphoreSlim _inbound = new(1);
    private IEngineHandler? _handler;
    private IEngineTransport _transport;
    private State _state = State.Open;
    private CancellationTokenSource? _upgrade;
    private volatile bool _paused;

    public EngineSession(
        string id,
        EngineProtocol protocol,
        AddressKey address,
        EngineServer server,
        Func<EngineSession, IEngineTransport> transport)
    {
        (Id, Protocol, Address, _server, _options) = (id, protocol, address, server, server.Options);
        _outbound = new OutboundQueue(_options, server.Metrics);
        _heartbeat = new Heartbeat(server.Time, _options, protocol);
        _transport = transport(this);
        _timer = server.Time.CreateTimer(
            static state => ((EngineSession)state!).HandleTimer(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    private enum State
    {
        Open,
        Draining,
        Closed,
    }

    /// <summary>The session's secret: whoever knows it can speak for the client.</summary>
    public string Id { get; }

    /// <summary>The version that the client speaks, whatever a later request of its says.</summary>
    public EngineProtocol Protocol { get; }

    public AddressKey Address { get; }

    public IEngineTransport Transport => _transport;

    /// <summary>Guards the session and its transport.</summary>
    public Lock Gate => _gate;

    /// <summary>Under the gate: whether nothing more will be sent than what already waits.</summary>
    public bool IsDraining => _state == State.Draining;

    /// <summary>Under the gate: what waits to be sent.</summary>
    public OutboundQueue Outbound => _outbound;

    public SocketIOOptions Options => _options;

    /// <summary>Whether nothing can reach the client any more.</summary>
    public bool IsClosed => _state == State.Closed;

    /// <summary>Whether its handler has something under way that should be finished before the server ends the session.</summary>
    public bool IsBusy => _handler is { IsBusy: true };

    /// <summary>What ended the session; null while it is open.</summary>
    public DisconnectCause? EndCause { get; private set; }

    /// <summary>Starts the session's life: the OPEN packet goes first, pings follow, and messages reach the handler.</summary>
    public void Start(IEngineHandler handler, OutboundPacket open)
    {
        bool isOpen;
        lock (_gate)
        {
            _handler = handler;
            isOpen = _state == State.Open;
            if (isOpen)
            {
                _outbound.Enqueue(open);
                _transport.Flush();
                _timer.Change(_heartbeat.NextDue, Timeout.InfiniteTimeSpan);
            }
        }

        if (isOpen)
        {
            handler.HandleOpened();
        }
        else
        {
            // The server stopped between the session's making and its start.
            handler.HandleClosed(DisconnectCause.ServerShutdown);
        }
    }

    /// <summary>Counts a packet that has left for the client.</summary>
    public void CountSent(int bytes) => _server.Metrics.PacketSent(bytes);

    /// <summary>Queues a message (text brings its type digit) and its attachments, which follow it directly.</summary>
    public EmitResult Send(OutboundPacket message, IReadOnlyList<ReadOnlyMemory<byte>> attachments)
    {
        lock (_gate)
        {
            if (_state != State.Open)
            {
                return EmitResult.Closed;
            }

            if (!_outbound.IsFull)
            {
                Enqueue(message, attachments);
                return EmitResult.Queued;
            }
        }

        Close(DisconnectCause.SlowReader);
        return EmitResult.Dropped;
    }

    /// <summary>Like <see cref="Send"/>, but only if the transport takes it at once: nothing waits, nor is under way.</summary>
    public EmitResult SendVolatile(OutboundPacket message, IReadOnlyList<ReadOnlyMemory<byte>> attachments)
    {
        lock (_gate)
        {
            if (_state != State.Open)
            {
                return EmitResult.Closed;
            }

            if (!_outbound.IsEmpty || !_transport.IsWritable)
            {
                return EmitResult.Skipped;
            }

            Enqueue(message, attachments);
            return EmitResult.Queued;
        }
    }

    /// <summary>Like <see cref="Send"/>, after waiting for room: it never costs a slow reader its connection.</summary>
    public async ValueTask<EmitResult> SendAsync(
        OutboundPacket message, IReadOnlyList<ReadOnlyMemory<byte>> attachments, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task room;
            lock (_gate)
            {
                if (_state != State.Open)
                {
                    return EmitResult.Closed;
                }

                if (!_outbound.IsBusy)
                {
                    Enqueue(message, attachments);
                    return EmitResult.Queued;
                }

                room = _outbound.WaitAsync();
            }

            await room.WaitAsync(cancellationToken);
        }
    }

    /// <summary>
    /// Like <see cref="Send"/>, whether there is room or not, before it returns; the task ends when there is room for the next. What
    /// waits is then bounded by how many callers there are, each of which would hold its message anyway.
    /// </summary>
    public async ValueTask<EmitResult> SendAheadAsync(
        OutboundPacket message, IReadOnlyList<ReadOnlyMemory<byte>> attachments, CancellationToken cancellationToken)
    {
        Task room;
        lock (_gate)
        {
            if (_state != State.Open)
            {
                return EmitResult.Closed;
            }

            Enqueue(message, attachments);
            if (!_outbound.IsBusy)
            {
                return EmitResult.Queued;
            }

            room = _outbound.WaitAsync();
        }

        await room.WaitAsync(cancellationToken);
        return EmitResult.Queued;
    }

    /// <summary>
    /// Handles one packet of a client. Returns when the handler is ready for the next. False after a violation, or when the
    /// session is not open (any more): the transport stops reading.
    /// </summary>
    public async ValueTask<bool> HandlePacketAsync(ReadOnlyMemory<byte> packet, bool isBinary)
    {
        _server.Metrics.PacketReceived(packet.Length);
        if (isBinary)
        {
            return await DeliverAsync(packet, isBinary: true);
        }

        switch (packet.IsEmpty ? (byte)0 : packet.Span[0])
        {
            case EnginePacketType.Message:
                return await DeliverAsync(packet[1..], isBinary: false);

            case EnginePacketType.Ping when Protocol == EngineProtocol.V3:
                return AnswerPing();

            case EnginePacketType.Pong when Protocol == EngineProtocol.V4:
                lock (_gate)
                {
                    if (_heartbeat.HandlePong() && _state == State.Open)
                    {
                        _timer.Change(_heartbeat.NextDue, Timeout.InfiniteTimeSpan);
                    }

                    return _state == State.Open;
                }

            case EnginePacketType.Close:
                Close(DisconnectCause.TransportClosed);
                return false;

            case EnginePacketType.Noop:
                return true;

            default:
                // Also a ping or pong in the wrong direction, which version 4 turned round; OPEN and UPGRADE have no place here.
                Close(DisconnectCause.ProtocolViolation);
                return false;
        }
    }

    /// <summary>Judges the heartbeat now, for a request that has just arrived: the timer may be a few milliseconds late.</summary>
    public void CheckHeartbeat()
    {
        lock (_gate)
        {
            if (_state != State.Open || !HasTimedOut())
            {
                return;
            }
        }

        Close(DisconnectCause.PingTimeout);
    }

    /// <summary>Claims the only place for an upgrading WebSocket. False when there is one already, or nothing to upgrade.</summary>
    /// <param name="ended">Cancelled when the session ends before the upgrade does.</param>
    public bool TryBeginUpgrade(out CancellationToken ended)
    {
        ended = default;
        lock (_gate)
        {
            if (_state != State.Open || _upgrade is not null || _transport is not PollingTransport || !_options.AllowUpgrades)
            {
                return false;
            }

            _upgrade = new CancellationTokenSource();
            ended = _upgrade.Token;
            return true;
        }
    }

    /// <summary>Answers a waiting poll with a NOOP, so that the client can let go of polling.</summary>
    public void ReleasePoll()
    {
        lock (_gate)
        {
            if (_upgrade is not null && _state == State.Open && _transport is PollingTransport polling)
            {
                polling.Release();
            }
        }
    }

    /// <summary>
    /// Puts the WebSocket in the place of polling. Null when the session ended meanwhile; but what the server still has to say to a
    /// client that it has dismissed goes out by the WebSocket, since that client no longer polls.
    /// </summary>
    public T? CompleteUpgrade<T>(Func<EngineSession, T> create)
        where T : class, IEngineTransport
    {
        lock (_gate)
        {
            Debug.Assert(_upgrade is not null || _state != State.Open, "TryBeginUpgrade claims the place first.");
            _upgrade = null;
            if (_state == State.Closed || _transport is not PollingTransport polling)
            {
                return null;
            }

            polling.Discard();
            var transport = create(this);
            _transport = transport;
            if (_state == State.Open)
            {
                _server.Metrics.SessionUpgraded(polling.Name, transport.Name);
            }
            else
            {
                _timer.Change(WebSocketTransport.CloseTimeout, Timeout.InfiniteTimeSpan);
            }

            if (!_outbound.IsEmpty)
            {
                transport.Flush();
            }

            return transport;
        }
    }

    /// <summary>The upgrade came to nothing; polling goes on.</summary>
    public void AbandonUpgrade()
    {
        lock (_gate)
        {
            _upgrade = null;
        }
    }

    /// <summary>
    /// Ends the session for its handler, at once. What waits is still delivered if the server chose to end it; after faults of
    /// the client or of the network it is not.
    /// </summary>
    public void Close(DisconnectCause cause)
    {
        IEngineHandler? handler;
        lock (_gate)
        {
            if (_state != State.Open)
            {
                return;
            }

            handler = _handler;
            EndCause = cause;
            _server.Metrics.SessionClosed(_transport.Name, cause);
            if (cause == DisconnectCause.ServerShutdown)
            {
                // The host waits for every request to end.
                CancelUpgrade();
            }

            if (cause is DisconnectCause.ServerDisconnected or DisconnectCause.ServerShutdown or DisconnectCause.ConnectTimeout)
            {
                BeginDraining(
                    _transport is PollingTransport ? _options.PollingCloseGrace : WebSocketTransport.CloseTimeout,
                    OutboundPacket.Close);
            }
            else if (cause == DisconnectCause.TransportClosed && _transport is PollingTransport)
            {
                // The client said CLOSE. Its poll, which may travel on another connection and come just after, ends with a NOOP.
                _outbound.Clear();
                BeginDraining(LatePollGrace, OutboundPacket.Noop);
            }
            else
            {
                FinishClose(cause);
            }
        }

        handler?.HandleClosed(cause);
    }

    /// <summary>Like <see cref="Close"/>, with nobody left to deliver anything to.</summary>
    public void End(DisconnectCause cause)
    {
        Close(cause);
        lock (_gate)
        {
            FinishClose(cause);
        }
    }

    /// <summary>Under the gate: everything has been delivered, or nothing more can be.</summary>
    public void FinishClose(DisconnectCause cause)
    {
        if (_state == State.Closed)
        {
            return;
        }

        _state = State.Closed;
        _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _transport.Abort(cause);
        _outbound.Clear();
        CancelUpgrade();
        _server.Remove(this);
    }

    // The semaphore is left to the collector: a handler may still hold it, and it owns nothing unless its wait handle is used.
    public void Dispose() => _timer.Dispose();

    private void Enqueue(OutboundPacket message, IReadOnlyList<ReadOnlyMemory<byte>> attachments)
    {
        _outbound.Enqueue(message);
        for (var i = 0; i < attachments.Count; i++)
        {
            _outbound.Enqueue(new OutboundPacket(attachments[i], IsBinary: true, message.IsIncompressible));
        }

        _transport.Flush();
    }

    private void CancelUpgrade()
    {
        if (_upgrade is { } upgrade)
        {
            _upgrade = null;

            // Not here: whoever waits for the token must not run under the gate.
            ThreadPool.UnsafeQueueUserWorkItem(static source => source.Cancel(), upgrade, preferLocal: false);
        }
    }

    private void BeginDraining(TimeSpan grace, OutboundPacket last)
    {
        _state = State.Draining;
        if (_transport is PollingTransport)
        {
            _outbound.Enqueue(last);
        }

        _timer.Change(grace, Timeout.InfiniteTimeSpan);
        _transport.Flush();
    }

    private async ValueTask<bool> DeliverAsync(ReadOnlyMemory<byte> message, bool isBinary)
    {
        // Taken without waiting unless a client uses two transports at once.
        await _inbound.WaitAsync();
        try
        {
            lock (_gate)
            {
                if (_state != State.Open || _handler is null)
                {
                    return false;
                }
            }

            var handled = _handler.HandleMessageAsync(message, isBinary);
            _paused = !handled.IsCompleted;
            await handled;
            _paused = false;
            lock (_gate)
            {
                return _state == State.Open;
            }
        }
        finally
        {
            _inbound.Release();
        }
    }

    private bool AnswerPing()
    {
        lock (_gate)
        {
            if (_state != State.Open)
            {
                return false;
            }

            if (!_outbound.IsFull)
            {
                _heartbeat.HandlePing();
                _timer.Change(_heartbeat.NextDue, Timeout.InfiniteTimeSpan);
                _outbound.Enqueue(OutboundPacket.Pong);
                _transport.Flush();
                return true;
            }
        }

        // Whoever pings without end and reads nothing.
        Close(DisconnectCause.SlowReader);
        return false;
    }

    private void HandleTimer()
    {
        lock (_gate)
        {
            if (_state == State.Draining)
            {
                FinishClose(DisconnectCause.TransportClosed);
            }

            if (_state != State.Open || !HasTimedOut())
            {
                return;
            }
        }

        Close(DisconnectCause.PingTimeout);
    }

    private bool HasTimedOut()
    {
        switch (_heartbeat.Check())
        {
            case HeartbeatDue.Ping:
                _outbound.Enqueue(OutboundPacket.Ping);
                _transport.Flush();
                break;

            // While the handler holds back the reading, a pong may lie unread: that is not the client's fault.
            case HeartbeatDue.Timeout when _paused:
                _heartbeat.Extend();
                break;

            case HeartbeatDue.Timeout:
                return true;
        }

        _timer.Change(_heartbeat.NextDue, Timeout.InfiniteTimeSpan);
        return false;
    }
}
