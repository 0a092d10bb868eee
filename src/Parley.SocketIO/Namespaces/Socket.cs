using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Security.Claims;
using Parley.SocketIO.Adapters;
using Parley.SocketIO.Adapters.Recovery;
using Parley.SocketIO.Namespaces;
using Parley.SocketIO.Packets;

namespace Parley.SocketIO;

/// <summary>One client in one namespace.</summary>
/// <remarks>
/// Handlers of a socket run after its connection handlers, in the order of the events' arrival, so many at a time as
/// <see cref="SocketIOOptions.MaxParallelEvents"/> allows; an exception in one is logged and costs nothing else. All members may be
/// used from any thread.
/// </remarks>
[SuppressMessage("Design", "CA1001", Justification = "A CancellationTokenSource without timer or links owns nothing to dispose of.")]
public sealed class Socket : IEventEmitter, ILocalSocket
{
    private readonly Lock _gate = new();
    private readonly SocketConnection _connection;
    private readonly SocketHandlers _handlers;
    private readonly EventQueue<Packet> _events;
    private readonly SocketOutbox _outbox;
    private readonly SocketRecovery _recovery;
    private readonly CancellationTokenSource _aborted = new();
    private readonly TaskCompletionSource _finished = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private SocketState _state = SocketState.Connecting;

    internal Socket(string id, SocketNamespace ns, SocketConnection connection, Handshake handshake, RecoveryClaim? claim = null)
    {
        (Id, Namespace, _connection, Handshake) = (id, ns, connection, handshake);
        var options = ns.Server.Options;
        _handlers = new SocketHandlers(this);
        _outbox = new SocketOutbox(this, connection, _handlers, options.MaxPendingAcks);
        Items = claim?.Session.Items
            ?? new ConcurrentDictionary<string, object?>(concurrencyLevel: 1, capacity: 3, StringComparer.Ordinal);
        _recovery = new SocketRecovery(this, claim);
        _events = new EventQueue<Packet>(
            _handlers.HandleAsync, options.MaxParallelEvents, options.MaxQueuedEvents, options.MaxQueuedEventBytes);
    }

    private enum SocketState
    {
        Connecting,
        Connected,
        Ended,
    }

    /// <summary>
    /// The socket's public id, 20 characters; not the session's, which is a secret. For clients of Socket.IO 2 it is made of the
    /// session's (<see cref="SocketIOOptions.AllowEio3"/>).
    /// </summary>
    public string Id { get; }

    /// <summary>The namespace that the socket is in.</summary>
    public SocketNamespace Namespace { get; }

    /// <summary>What the client said when it connected.</summary>
    public Handshake Handshake { get; }

    /// <summary>
    /// How the client is reached at the moment, always one of the two: browsers begin with <see cref="SocketIOTransports.Polling"/> and
    /// change to <see cref="SocketIOTransports.WebSocket"/> a moment later, if everything between here and there lets them. After the
    /// end, the last one.
    /// </summary>
    public SocketIOTransports Transport => _connection.Channel.Transport;

    /// <summary>Who ASP.NET Core's authentication says the client is.</summary>
    public ClaimsPrincipal User => Handshake.User;

    /// <summary>Whether the client is connected to the namespace; false during middleware, and after the end.</summary>
    public bool Connected => _state == SocketState.Connected;

    /// <summary>
    /// Whether the client may speak. Unlike <see cref="Connected"/> this waits for a connection that is just being made: the client
    /// may have read the answer to its CONNECT before the thread that sent it has gone on.
    /// </summary>
    internal bool MayReceive
    {
        get
        {
            lock (_gate)
            {
                return _state == SocketState.Connected;
            }
        }
    }

    /// <summary>Whether the client has been connected, also after the end: whether handlers have heard of the socket, or will.</summary>
    internal bool HasConnected { get; private set; }

    /// <summary>Cancelled when the socket ends, before its disconnect handlers run.</summary>
    public CancellationToken ConnectionAborted => _aborted.Token;

    /// <summary>
    /// Whether this goes on where the socket of an earlier connection was cut off: with its <see cref="Id"/>, rooms and
    /// <see cref="Items"/>, and with what the client missed. See <see cref="SocketIOOptions.ConnectionStateRecovery"/>.
    /// </summary>
    public bool Recovered => _recovery.IsRecovered;

    /// <summary>It has passed the connection middlewares before, and need not again.</summary>
    internal bool IsKnown => Recovered && Namespace.Server.Options.ConnectionStateRecovery is { SkipMiddlewares: true };

    /// <summary>For the application to keep what belongs to this socket. May be used from any thread.</summary>
    public IDictionary<string, object?> Items { get; }

    /// <summary>The rooms the socket is in; among them one with its own id, until it ends.</summary>
    public IReadOnlyCollection<string> Rooms => _handlers.HaveEnded ? [] : [Id, .. Namespace.LocalSockets.Rooms.RoomsOf(this)];

    /// <summary>All other sockets of the namespace.</summary>
    public BroadcastOperator Broadcast => new(Namespace, BroadcastTargets.All with { Sender = Id });

    /// <summary>
    /// This socket, for events that are worth nothing later: one that cannot be handed to the transport at once is not sent
    /// (<see cref="EmitResult.Skipped"/>). That is when anything emitted before still waits, or, over a WebSocket, is still being
    /// written; and over polling also when no poll of the client is open. An event is sent with all of its attachments or not at
    /// all. <c>EmitAsync</c> does not wait.
    /// </summary>
    public SocketEmitter Volatile => new(this, isVolatile: true);

    string IEventEmitter.NamespaceName => Namespace.Name;

    PacketEncoder IEventEmitter.Encoder => Namespace.Server.Encoder;

    /// <summary>
    /// This socket, for events that are compressed, where compression is on (<see cref="SocketIOOptions.PerMessageDeflate"/>,
    /// <see cref="SocketIOOptions.HttpCompression"/>) and the client takes it; or are not: those with a secret beside something that
    /// others choose, or that are compressed already. Events are compressed unless this says otherwise; over polling, the packets of
    /// one answer are if none of them must not be.
    /// </summary>
    public SocketEmitter Compress(bool compress) => new(this, compress: compress);

    /// <summary>The sockets in a room, this one excepted.</summary>
    public BroadcastOperator To(string room) => Broadcast.To(room);

    /// <summary>The same as <see cref="To"/>.</summary>
    public BroadcastOperator In(string room) => To(room);

    /// <summary>The other sockets of the namespace that are not in a room.</summary>
    public BroadcastOperator Except(string room) => Broadcast.Except(room);

    /// <summary>
    /// Adds the socket to a room. After the socket has ended, without effect unless its client may still come back to it.
    /// </summary>
    public void Join(string room)
    {
        ArgumentException.ThrowIfNullOrEmpty(room);
        using var held = _recovery.HoldBack();
        lock (_gate)
        {
            if (_state != SocketState.Ended)
            {
                Namespace.LocalSockets.Rooms.Join(this, room);
            }

            _recovery.HandleJoin(room);
        }
    }

    /// <summary>Takes the socket out of a room.</summary>
    public void Leave(string room)
    {
        ArgumentException.ThrowIfNullOrEmpty(room);
        using var held = _recovery.HoldBack();
        Namespace.LocalSockets.Rooms.Leave(this, room);
        _recovery.HandleLeave(room);
    }

    /// <summary>Handles an event. Several handlers of one event run one after another.</summary>
    /// <exception cref="ArgumentException">The name is one that clients cannot send, such as <c>disconnect</c>.</exception>
    public Socket On(string name, Action<SocketEvent> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        return On(name, e =>
        {
            handler(e);
            return ValueTask.CompletedTask;
        });
    }

    /// <inheritdoc cref="On(string, Action{SocketEvent})"/>
    public Socket On(string name, Func<SocketEvent, ValueTask> handler)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(handler);
        if (ReservedNames.Contains(name))
        {
            throw new ArgumentException(
                $"No client can send \"{name}\". The end of a socket is told by OnDisconnecting and OnDisconnected.", nameof(name));
        }

        _handlers.Add(name, handler);
        return this;
    }

    /// <summary>
    /// Adds a filter: it sees every event of the client, in order and before any handler, and may refuse it. A refusal is the
    /// acknowledgement if the client waits for one (see <see cref="EventResult.Refuse"/>), else <see cref="OnError"/> is told. A filter
    /// that throws refuses with <c>Internal error</c>, one whose typed argument does not fit with <c>Invalid arguments</c>.
    /// </summary>
    public Socket Use(Func<SocketEvent, ValueTask<EventResult>> filter)
    {
        ArgumentNullException.ThrowIfNull(filter);
        _handlers.Filters.Add(filter);
        return this;
    }

    /// <summary>Called for every event that a filter refused and whose client does not wait for an acknowledgement.</summary>
    public Socket OnError(Action<SocketEvent, EventResult> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        _handlers.Filters.AddErrorHandler(handler);
        return this;
    }

    /// <summary>Listens to every event of the client that the filters accept, before its handlers, with or without handlers.</summary>
    public Socket OnAny(Func<SocketEvent, ValueTask> listener)
    {
        ArgumentNullException.ThrowIfNull(listener);
        _handlers.Any.Add(listener, listener);
        return this;
    }

    /// <inheritdoc cref="OnAny(Func{SocketEvent, ValueTask})"/>
    public Socket OnAny(Action<SocketEvent> listener)
    {
        ArgumentNullException.ThrowIfNull(listener);
        _handlers.Any.Add(listener, e =>
        {
            listener(e);
            return ValueTask.CompletedTask;
        });
        return this;
    }

    /// <summary>Removes a listener of <see cref="OnAny(Action{SocketEvent})"/>, given as the same delegate; null removes all.</summary>
    public Socket OffAny(Delegate? listener = null)
    {
        _handlers.Any.Remove(listener);
        return this;
    }

    /// <summary>
    /// Listens to every event that is queued for the client, by broadcasts too, on the thread that emits it; neither to
    /// acknowledgements nor to what was dropped. An exception is logged and does not reach whoever emits.
    /// </summary>
    public Socket OnAnyOutgoing(Action<OutgoingEvent> listener)
    {
        ArgumentNullException.ThrowIfNull(listener);
        _handlers.AnyOutgoing.Add(listener, listener);
        return this;
    }

    /// <summary>Removes a listener of <see cref="OnAnyOutgoing"/>, given as the same delegate; null removes all.</summary>
    public Socket OffAnyOutgoing(Action<OutgoingEvent>? listener = null)
    {
        _handlers.AnyOutgoing.Remove(listener);
        return this;
    }

    /// <summary>Called once when the socket has ended, while its rooms are still set.</summary>
    public Socket OnDisconnecting(Action<DisconnectReason> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        _handlers.AddDisconnecting(handler);
        return this;
    }

    /// <summary>Called once when the socket has ended and left its rooms, after the last of its event handlers.</summary>
    public Socket OnDisconnected(Action<DisconnectReason> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        _handlers.AddDisconnected(handler);
        return this;
    }

    /// <summary>Asks for acknowledgements within another time than <see cref="SocketIOOptions.AckTimeout"/>.</summary>
    public AckRequest Timeout(TimeSpan limit)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(limit, TimeSpan.Zero);
        return new AckRequest(this, new AckTerms(limit));
    }

    /// <summary>Takes the client out of the namespace, or closes its whole connection. The client does not reconnect by itself.</summary>
    public void Disconnect(bool closeConnection = false)
    {
        if (closeConnection)
        {
            _connection.Disconnect();
        }
        else
        {
            _connection.Leave(this, DisconnectCause.ServerDisconnected);
        }
    }

    EmitResult IEventEmitter.Send(EncodedPacket packet) => Send(packet);

    ValueTask<EmitResult> IEventEmitter.SendAsync(EncodedPacket packet, CancellationToken cancellationToken) =>
        _outbox.SendAsync(packet, cancellationToken);

    RecoverySession? ILocalSocket.Session => _recovery.Session;

    EmitResult ILocalSocket.Send(EncodedPacket packet, bool isVolatile) => _outbox.Deliver(packet, isVolatile);

    ValueTask<EmitResult> ILocalSocket.SendAsync(EncodedPacket packet, CancellationToken cancellationToken) =>
        _outbox.DeliverAsync(packet, cancellationToken);

    ValueTask<EmitResult> ILocalSocket.SendAheadAsync(EncodedPacket packet, CancellationToken cancellationToken) =>
        _outbox.DeliverAheadAsync(packet, cancellationToken);

    void ILocalSocket.Announce(EncodedPacket packet) => _handlers.HandleOutgoing(packet);

    Task<EventArguments> ILocalSocket.AskAsync(EncodedPacket packet, ulong ackId, bool isVolatile) =>
        _outbox.AskAsync(packet, ackId, isVolatile);

    void ILocalSocket.Forget(ulong ackId) => _outbox.Forget(ackId);

    Task ILocalSocket.SupersedeAsync()
    {
        // Without effect if it is ending already: that, too, is waited for.
        _connection.Channel.Close(DisconnectCause.Superseded);
        return Finished;
    }

    SocketSnapshot ILocalSocket.Snapshot() => new(Id, Handshake, Rooms, new Dictionary<string, object?>(Items, StringComparer.Ordinal));

    internal EmitResult Send(EncodedPacket packet, bool isVolatile = false) => _outbox.Send(packet, isVolatile);

    /// <summary>Whether the client is here, or may still come back and get what is sent to it now.</summary>
    internal bool MayRecover => Connected || _recovery.IsPending;

    /// <summary>Whether a handler of it runs or will, or an acknowledgement is waited for.</summary>
    internal bool IsBusy => Connected && (_events.IsBusy || _outbox.PendingAckCount > 0);

    /// <summary>Ends when the socket has, and the last of its handlers with it.</summary>
    internal Task Finished => _finished.Task;

    /// <summary>How many acknowledgements the client owes.</summary>
    internal int PendingAckCount => _outbox.PendingAckCount;

    internal Task<EventArguments> EmitWithAckAsync<TState>(
        string name, TState state, Action<ArgumentWriter, TState> writeArguments, AckTerms terms, CancellationToken cancellationToken) =>
        _outbox.EmitWithAckAsync(name, state, writeArguments, terms, cancellationToken);

    /// <summary>
    /// The client is in: first what it missed, if it was recovered, then the answer to its CONNECT; then the namespace can reach it.
    /// </summary>
    internal bool TryConnect()
    {
        using var held = _recovery.HoldBack();
        lock (_gate)
        {
            if (_state != SocketState.Connecting)
            {
                return false;
            }

            if (!_recovery.TryReplay(_connection.Channel))
            {
                _connection.Channel.Close(DisconnectCause.TransportFailed);
                return false;
            }

            _connection.Accept(this, _recovery.Pid);
            if (_state != SocketState.Connecting)
            {
                // The answer found a full queue and closed the connection, which ended this socket on the way.
                return false;
            }

            HasConnected = true;
            _state = SocketState.Connected;
            _recovery.HandleConnected();
            Namespace.LocalSockets.Add(this);
            return true;
        }
    }

    /// <summary>Runs the connection handlers, then lets the events in.</summary>
    internal async Task StartAsync()
    {
        await _handlers.HandleConnectionAsync();
        _events.Start();
    }

    /// <summary>An event of the client. The task ends when there is room for the next one.</summary>
    internal ValueTask ReceiveAsync(in Packet packet) => _events.EnqueueAsync(packet, packet.Size);

    /// <summary>An acknowledgement of the client: it never waits behind events.</summary>
    internal void Acknowledge(ulong id, EventArguments arguments) => _outbox.Acknowledge(id, arguments);

    /// <summary>Ends the socket: nothing is sent or received any more. Events that came before are still handled.</summary>
    internal void End(DisconnectCause cause)
    {
        bool wasConnected;
        bool isKept;
        using (_recovery.HoldBack())
        {
            lock (_gate)
            {
                if (_state == SocketState.Ended)
                {
                    return;
                }

                wasConnected = _state == SocketState.Connected;
                _state = SocketState.Ended;
                Namespace.LocalSockets.Remove(this);
                isKept = _recovery.HandleEnding(cause);
            }
        }

        if (!isKept)
        {
            Namespace.Server.Namespaces.Exit(Namespace);
        }

        _outbox.End();
        ThreadPool.UnsafeQueueUserWorkItem(static source => source.Cancel(), _aborted, preferLocal: false);
        if (wasConnected)
        {
            // What the server has thrown out is not listened to any more; what a client said before it left is.
            _events.Complete(dropQueued: cause == DisconnectCause.ServerDisconnected, () =>
            {
                _handlers.HandleEnd(DisconnectReason.From(cause));
                _finished.TrySetResult();
            });
        }
        else
        {
            Namespace.LocalSockets.Rooms.LeaveAll(this);
            _finished.TrySetResult();
        }
    }
}
