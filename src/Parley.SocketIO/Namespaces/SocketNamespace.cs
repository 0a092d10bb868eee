using System.Collections.Immutable;
using Parley.SocketIO.Adapters;
using Parley.SocketIO.Adapters.Recovery;
using Parley.SocketIO.Namespaces;
using Parley.SocketIO.Packets;

namespace Parley.SocketIO;

/// <summary>A namespace: its sockets, its rooms, and what the application does with those who connect.</summary>
public sealed class SocketNamespace : IEventEmitter
{
    private ImmutableArray<ConnectMiddleware> _middlewares = [];
    private ImmutableArray<Func<Socket, ValueTask>> _connectionHandlers = [];
    private ImmutableArray<(string Name, Action<ServerSideEvent> Handler)> _serverSideHandlers = [];
    private long _lastAckId = -1;

    internal SocketNamespace(SocketServer server, string name, ParentNamespace? parent)
    {
        (Server, Name, Parent) = (server, name, parent);
        var recovery = server.RecoveryBudget is { } budget
            ? new SessionRecovery(
                budget, server.Options, server.Time, server.Encoder, name, released: () => server.Namespaces.Exit(this))
            : null;
        Adapter = new InMemoryAdapter(LocalSockets, server.Time, recovery);
    }

    /// <summary>The name, with its leading slash.</summary>
    public string Name { get; }

    /// <summary>A snapshot of the connected sockets.</summary>
    public IReadOnlyCollection<Socket> Sockets => [.. LocalSockets.All.Cast<Socket>()];

    /// <summary>All sockets of the namespace, as a selection: also for acknowledgements of everybody.</summary>
    public BroadcastOperator All => new(this, BroadcastTargets.All);

    /// <inheritdoc cref="BroadcastOperator.Local"/>
    public BroadcastOperator Local => All.Local;

    /// <inheritdoc cref="BroadcastOperator.Volatile"/>
    public BroadcastOperator Volatile => All.Volatile;

    /// <summary>Whose child it is; null for none's.</summary>
    public ParentNamespace? Parent { get; }

    internal SocketServer Server { get; }

    internal LocalSockets LocalSockets { get; } = new();

    internal IAdapter Adapter { get; }

    internal ImmutableArray<Func<Socket, ValueTask>> ConnectionHandlers => _connectionHandlers;

    string IEventEmitter.NamespaceName => Name;

    PacketEncoder IEventEmitter.Encoder => Server.Encoder;

    /// <summary>
    /// Adds a middleware: it runs for every client that wants to connect, in order, before anything else, and may refuse. One
    /// that throws refuses, too.
    /// </summary>
    public SocketNamespace Use(Func<Socket, ValueTask<ConnectResult>> middleware)
    {
        ArgumentNullException.ThrowIfNull(middleware);
        return UseConnect(new ConnectMiddleware(middleware, ForRecovered: false));
    }

    /// <summary>Called for every client that has connected. Its events wait until all connection handlers have ended.</summary>
    public SocketNamespace OnConnection(Func<Socket, ValueTask> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        ImmutableInterlocked.Update(ref _connectionHandlers, static (all, added) => all.Add(added), handler);
        return this;
    }

    /// <inheritdoc cref="OnConnection(Func{Socket, ValueTask})"/>
    public SocketNamespace OnConnection(Action<Socket> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        return OnConnection(socket =>
        {
            handler(socket);
            return ValueTask.CompletedTask;
        });
    }

    /// <summary>All sockets, for events that are compressed or are not (see <see cref="Socket.Compress"/>).</summary>
    public BroadcastOperator Compress(bool compress) => All.Compress(compress);

    /// <summary>The sockets in a room.</summary>
    public BroadcastOperator To(string room) => All.To(room);

    /// <summary>The same as <see cref="To"/>.</summary>
    public BroadcastOperator In(string room) => To(room);

    /// <summary>The sockets that are not in a room.</summary>
    public BroadcastOperator Except(string room) => All.Except(room);

    /// <inheritdoc cref="BroadcastOperator.FetchSocketsAsync"/>
    public Task<IReadOnlyList<RemoteSocket>> FetchSocketsAsync(CancellationToken cancellationToken = default) =>
        All.FetchSocketsAsync(cancellationToken);

    /// <inheritdoc cref="BroadcastOperator.SocketsJoinAsync"/>
    public ValueTask SocketsJoinAsync(string room, CancellationToken cancellationToken = default) =>
        All.SocketsJoinAsync(room, cancellationToken);

    /// <inheritdoc cref="BroadcastOperator.SocketsLeaveAsync"/>
    public ValueTask SocketsLeaveAsync(string room, CancellationToken cancellationToken = default) =>
        All.SocketsLeaveAsync(room, cancellationToken);

    /// <inheritdoc cref="BroadcastOperator.DisconnectSocketsAsync"/>
    public ValueTask DisconnectSocketsAsync(bool closeConnection = false, CancellationToken cancellationToken = default) =>
        All.DisconnectSocketsAsync(closeConnection, cancellationToken);

    /// <summary>Hears what the same namespace of another server tells by <see cref="ServerSideEmitExtensions"/>.</summary>
    public SocketNamespace OnServerSide(string name, Action<ServerSideEvent> handler)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(handler);
        ImmutableInterlocked.Update(ref _serverSideHandlers, static (all, added) => all.Add(added), (name, handler));
        return this;
    }

    EmitResult IEventEmitter.Send(EncodedPacket packet) => ((IEventEmitter)All).Send(packet);

    ValueTask<EmitResult> IEventEmitter.SendAsync(EncodedPacket packet, CancellationToken cancellationToken) =>
        ((IEventEmitter)All).SendAsync(packet, cancellationToken);

    /// <summary>One counter for the whole namespace, so that a broadcast can ask all its receivers under one number.</summary>
    internal ulong NextAckId() => (ulong)Interlocked.Increment(ref _lastAckId);

    /// <summary>Another server has told something.</summary>
    internal void HandleServerSide(ServerSideEvent told)
    {
        foreach (var (name, handler) in _serverSideHandlers)
        {
            if (!string.Equals(name, told.Name, StringComparison.Ordinal))
            {
                continue;
            }

            try
            {
                handler(told);
            }
            catch (Exception e)
            {
                SocketLog.ServerSideHandlerFailed(Server.Logger, e, told.Name, Name);
            }
        }
    }

    internal SocketNamespace UseConnect(ConnectMiddleware middleware)
    {
        ImmutableInterlocked.Update(ref _middlewares, static (all, added) => all.Add(added), middleware);
        return this;
    }

    internal async ValueTask<ConnectResult> RunMiddlewaresAsync(Socket socket)
    {
        try
        {
            foreach (var middleware in _middlewares)
            {
                if (socket.IsKnown && !middleware.ForRecovered)
                {
                    continue;
                }

                if (await middleware.Run(socket) is { IsAccepted: false } refused)
                {
                    return refused;
                }
            }

            return ConnectResult.Accept;
        }
        catch (Exception e)
        {
            SocketLog.MiddlewareFailed(Server.Logger, e, Name);
            return ConnectResult.Refuse("Internal error");
        }
    }
}
