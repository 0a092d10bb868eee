using Parley.SocketIO.Adapters;
using Parley.SocketIO.Packets;

namespace Parley.SocketIO;

/// <summary>
/// A selection of a namespace's sockets: those in any of some rooms (without a room: all), but in none of others. An event is
/// encoded once for all of them.
/// </summary>
public sealed class BroadcastOperator : IEventEmitter
{
    private readonly SocketNamespace _namespace;
    private readonly BroadcastTargets _targets;
    private readonly bool _compress;

    internal BroadcastOperator(SocketNamespace ns, BroadcastTargets targets, bool compress = true) =>
        (_namespace, _targets, _compress) = (ns, targets, compress);

    /// <summary>The same sockets, without those of other servers. One server on its own has no others.</summary>
    public BroadcastOperator Local => With(_targets with { IsLocal = true });

    /// <summary>
    /// The same sockets, without those that cannot take an event at the moment it is emitted (see <see cref="Socket.Volatile"/>).
    /// <c>EmitAsync</c> does not wait then.
    /// </summary>
    public BroadcastOperator Volatile => With(_targets with { IsVolatile = true });

    internal TimeSpan AckTimeout => _namespace.Server.Options.AckTimeout;

    string IEventEmitter.NamespaceName => _namespace.Name;

    PacketEncoder IEventEmitter.Encoder => _namespace.Server.Encoder;

    /// <summary>Also the sockets in this room.</summary>
    public BroadcastOperator To(string room)
    {
        ArgumentException.ThrowIfNullOrEmpty(room);
        return With(_targets with { Rooms = [.. _targets.Rooms, room] });
    }

    /// <summary>The same as <see cref="To"/>.</summary>
    public BroadcastOperator In(string room) => To(room);

    /// <summary>Not the sockets in this room.</summary>
    public BroadcastOperator Except(string room)
    {
        ArgumentException.ThrowIfNullOrEmpty(room);
        return With(_targets with { Except = [.. _targets.Except, room] });
    }

    /// <summary>The same sockets, for events that are compressed or are not (see <see cref="Socket.Compress"/>).</summary>
    public BroadcastOperator Compress(bool compress) => new(_namespace, _targets, compress);

    /// <summary>Asks for acknowledgements within another time than <see cref="SocketIOOptions.AckTimeout"/>.</summary>
    public BroadcastAckRequest Timeout(TimeSpan limit)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(limit, TimeSpan.Zero);
        return new BroadcastAckRequest(this, limit);
    }

    /// <summary>The sockets as they are now, on all servers.</summary>
    public async Task<IReadOnlyList<RemoteSocket>> FetchSocketsAsync(CancellationToken cancellationToken = default)
    {
        var snapshots = await _namespace.Adapter.FetchAsync(_targets, cancellationToken);
        return [.. snapshots.Select(snapshot => new RemoteSocket(_namespace, snapshot))];
    }

    /// <summary>Adds the sockets to a room.</summary>
    public ValueTask SocketsJoinAsync(string room, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(room);
        return _namespace.Adapter.JoinAsync(_targets, [room], cancellationToken);
    }

    /// <summary>Takes the sockets out of a room.</summary>
    public ValueTask SocketsLeaveAsync(string room, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(room);
        return _namespace.Adapter.LeaveAsync(_targets, [room], cancellationToken);
    }

    /// <summary>
    /// Takes the sockets out of the namespace, or closes their whole connections. The clients do not reconnect by themselves.
    /// </summary>
    public ValueTask DisconnectSocketsAsync(bool closeConnection = false, CancellationToken cancellationToken = default) =>
        _namespace.Adapter.DisconnectAsync(_targets, closeConnection, cancellationToken);

    EmitResult IEventEmitter.Send(EncodedPacket packet)
    {
        packet.IsIncompressible |= !_compress;
        return _namespace.Adapter.Send(packet, _targets);
    }

    ValueTask<EmitResult> IEventEmitter.SendAsync(EncodedPacket packet, CancellationToken cancellationToken)
    {
        packet.IsIncompressible |= !_compress;
        return _namespace.Adapter.SendAsync(packet, _targets, cancellationToken);
    }

    internal async Task<IReadOnlyList<BroadcastAnswer>> EmitWithAckAsync<TState>(
        string name, TState state, Action<ArgumentWriter, TState> writeArguments, TimeSpan limit, CancellationToken cancellationToken)
    {
        var id = _namespace.NextAckId();
        var packet = _namespace.Server.Encoder.Event(_namespace.Name, name, id, state, writeArguments);
        packet.IsIncompressible |= !_compress;
        var result = await _namespace.Adapter.AskAsync(packet, id, _targets, limit, cancellationToken);
        return result.Missing == 0 ? result.Answers : throw new BroadcastAckException(result.Answers, result.Missing);
    }

    private BroadcastOperator With(BroadcastTargets targets) => new(_namespace, targets, _compress);
}
