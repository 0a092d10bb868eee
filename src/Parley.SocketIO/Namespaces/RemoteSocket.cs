using Parley.SocketIO.Adapters;
using Parley.SocketIO.Packets;

namespace Parley.SocketIO;

/// <summary>
/// A socket that was asked for by <c>FetchSocketsAsync</c>: what it was at that moment, and what can be done with it wherever it is.
/// For its acknowledgement ask <c>To(Id)</c>.
/// </summary>
public sealed class RemoteSocket : IEventEmitter
{
    private readonly SocketNamespace _namespace;
    private readonly SocketSnapshot _snapshot;

    internal RemoteSocket(SocketNamespace ns, SocketSnapshot snapshot) => (_namespace, _snapshot) = (ns, snapshot);

    /// <summary>The socket's public id.</summary>
    public string Id => _snapshot.Id;

    /// <summary>What the client said when it connected.</summary>
    public Handshake Handshake => _snapshot.Handshake;

    /// <summary>The rooms it was in, the one with its own id among them.</summary>
    public IReadOnlyCollection<string> Rooms => _snapshot.Rooms;

    /// <summary>A copy of <see cref="Socket.Items"/>.</summary>
    public IReadOnlyDictionary<string, object?> Items => _snapshot.Items;

    string IEventEmitter.NamespaceName => _namespace.Name;

    PacketEncoder IEventEmitter.Encoder => _namespace.Server.Encoder;

    internal BroadcastOperator Self => _namespace.To(Id);

    /// <summary>Adds the socket to a room.</summary>
    public ValueTask JoinAsync(string room, CancellationToken cancellationToken = default) =>
        Self.SocketsJoinAsync(room, cancellationToken);

    /// <summary>Takes the socket out of a room.</summary>
    public ValueTask LeaveAsync(string room, CancellationToken cancellationToken = default) =>
        Self.SocketsLeaveAsync(room, cancellationToken);

    /// <inheritdoc cref="Socket.Disconnect"/>
    public ValueTask DisconnectAsync(bool closeConnection = false, CancellationToken cancellationToken = default) =>
        Self.DisconnectSocketsAsync(closeConnection, cancellationToken);

    EmitResult IEventEmitter.Send(EncodedPacket packet) => ((IEventEmitter)Self).Send(packet);

    ValueTask<EmitResult> IEventEmitter.SendAsync(EncodedPacket packet, CancellationToken cancellationToken) =>
        ((IEventEmitter)Self).SendAsync(packet, cancellationToken);
}
