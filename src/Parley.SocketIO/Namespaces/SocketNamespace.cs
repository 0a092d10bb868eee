using System.Collections.Concurrent;
using System.Collections.Immutable;
using Parley.SocketIO.Adapters;
using Parley.SocketIO.Namespaces;
using Parley.SocketIO.Packets;

namespace Parley.SocketIO;

/// <summary>A namespace: its sockets, its rooms, and what the application does with those who connect.</summary>
public sealed class SocketNamespace : IEventEmitter
{
    private readonly ConcurrentDictionary<string, Socket> _sockets = new(StringComparer.Ordinal);
    private ImmutableArray<Func<Socket, ValueTask<ConnectResult>>> _middlewares = [];
    private ImmutableArray<Func<Socket, ValueTask>> _connectionHandlers = [];
    private long _lastAckId = -1;

    internal SocketNamespace(SocketServer server, string name) => (Server, Name) = (server, name);

    /// <summary>The name, with its leading slash.</summary>
    public string Name { get; }

    /// <summary>A snapshot of the connected sockets.</summary>
    public IReadOnlyCollection<Socket> Sockets => [.. _sockets.Values];

    internal SocketServer Server { get; }

    internal RoomTable<Socket> Rooms { get; } = new();

    internal ImmutableArray<Func<Socket, ValueTask>> ConnectionHandlers => _connectionHandlers;

    string IEventEmitter.NamespaceName => Name;

    PacketEncoder IEventEmitter.Encoder => Server.Encoder;

    private BroadcastOperator All => new(this, [], [], sender: null);

    /// <summary>
    /// Adds a middleware: it runs for every client that wants to connect, in order, before anything else, and may refuse. One
    /// that throws refuses, too.
    /// </summary>
    public SocketNamespace Use(Func<Socket, ValueTask<ConnectResult>> middleware)
    {
        ArgumentNullException.ThrowIfNull(middleware);
        ImmutableInterlocked.Update(ref _middlewares, static (all, added) => all.Add(added), middleware);
        return this;
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

    /// <summary>The sockets in a room.</summary>
    public BroadcastOperator To(string room) => All.To(room);

    /// <summary>The same as <see cref="To"/>.</summary>
    public BroadcastOperator In(string room) => To(room);

    /// <summary>The sockets that are not in a room.</summary>
    public BroadcastOperator Except(string room) => All.Except(room);

    EmitResult IEventEmitter.Send(EncodedPacket packet) => ((IEventEmitter)All).Send(packet);

    ValueTask<EmitResult> IEventEmitter.SendAsync(EncodedPacket packet, CancellationToken cancellationToken) =>
        ((IEventEmitter)All).SendAsync(packet, cancellationToken);

    /// <summary>One counter for the whole namespace, so that a broadcast can ask all its receivers under one number.</summary>
    internal ulong NextAckId() => (ulong)Interlocked.Increment(ref _lastAckId);

    internal async ValueTask<ConnectResult> RunMiddlewaresAsync(Socket socket)
    {
        try
        {
            foreach (var middleware in _middlewares)
            {
                if (await middleware(socket) is { IsAccepted: false } refused)
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

    internal void Add(Socket socket) => _sockets[socket.Id] = socket;

    // Only this socket: one of Socket.IO 2 that comes back to the namespace by the same connection has the same id.
    internal void Remove(Socket socket) => _sockets.TryRemove(new KeyValuePair<string, Socket>(socket.Id, socket));

    /// <summary>The sockets of a room; the room of a socket's own id needs no table.</summary>
    internal void CollectRoom(HashSet<Socket> set, string room)
    {
        if (_sockets.TryGetValue(room, out var own))
        {
            set.Add(own);
        }

        Rooms.CollectInto(set, room);
    }
}
