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

    internal BroadcastOperator(SocketNamespace ns, BroadcastTargets targets) => (_namespace, _targets) = (ns, targets);

    /// <summary>The same sockets, without those of other servers. One server on its own has no others.</summary>
    public BroadcastOperator Local => new(_namespace, _targets with { IsLocal = true });

    /// <summary>
    /// The same sockets, without those that cannot take an event at the moment it is emitted (see <see cref="Socket.Volatile"/>).
    /// <c>EmitAsync</c> does not wait then.
    /// </summary>
    public BroadcastOperator Volatile => new(_namespace, _targets with { IsVolatile = true });

    internal TimeSpan AckTimeout => _namespace.Server.Options.AckTimeout;

    string IEventEmitter.NamespaceName => _namespace.Name;

    PacketEncoder IEventEmitter.Encoder => _namespace.Server.Encoder;

    /// <summary>Also the sockets in this room.</summary>
    public BroadcastOperator To(string room)
    {
        ArgumentException.ThrowIfNullOrEmpty(room);
        return new(_namespace, _targets with { Rooms = [.. _targets.Rooms, room] });
    }

    /// <summary>The same as <see cref="To"/>.</summary>
    public BroadcastOperator In(string room) => To(room);

    /// <summary>Not the sockets in this room.</summary>
    public BroadcastOperator Except(string room)
    {
        ArgumentException.ThrowIfNullOrEmpty(room);
        return new(_namespace, _targets with { Except = [.. _targets.Except, room] });
    }

    /// <summary>Asks for acknowledgements within another time than <see cref="SocketIOOptions.AckTimeout"/>.</summary>
    public BroadcastAckRequest Timeout(TimeSpan limit)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(limit, TimeSpan.Zero);
        return new BroadcastAckRequest(this, limit);
    }

    EmitResult IEventEmitter.Send(EncodedPacket packet) => _namespace.Adapter.Send(packet, _targets);

    ValueTask<EmitResult> IEventEmitter.SendAsync(EncodedPacket packet, CancellationToken cancellationToken) =>
        _namespace.Adapter.SendAsync(packet, _targets, cancellationToken);

    internal async Task<IReadOnlyList<BroadcastAnswer>> EmitWithAckAsync<TState>(
        string name, TState state, Action<ArgumentWriter, TState> writeArguments, TimeSpan limit, CancellationToken cancellationToken)
    {
        var id = _namespace.NextAckId();
        var packet = _namespace.Server.Encoder.Event(_namespace.Name, name, id, state, writeArguments);
        var result = await _namespace.Adapter.AskAsync(packet, id, _targets, limit, cancellationToken);
        return result.Missing == 0 ? result.Answers : throw new BroadcastAckException(result.Answers, result.Missing);
    }
}
