using Parley.SocketIO.Packets;

namespace Parley.SocketIO;

/// <summary>
/// A selection of a namespace's sockets: those in any of some rooms (without a room: all), but in none of others. An event is
/// encoded once for all of them.
/// </summary>
public sealed class BroadcastOperator : IEventEmitter
{
    private readonly SocketNamespace _namespace;
    private readonly IReadOnlyList<string> _rooms;
    private readonly IReadOnlyList<string> _except;
    private readonly Socket? _sender;

    internal BroadcastOperator(SocketNamespace ns, IReadOnlyList<string> rooms, IReadOnlyList<string> except, Socket? sender) =>
        (_namespace, _rooms, _except, _sender) = (ns, rooms, except, sender);

    string IEventEmitter.NamespaceName => _namespace.Name;

    PacketEncoder IEventEmitter.Encoder => _namespace.Server.Encoder;

    /// <summary>Also the sockets in this room.</summary>
    public BroadcastOperator To(string room)
    {
        ArgumentException.ThrowIfNullOrEmpty(room);
        return new(_namespace, [.. _rooms, room], _except, _sender);
    }

    /// <summary>The same as <see cref="To"/>.</summary>
    public BroadcastOperator In(string room) => To(room);

    /// <summary>Not the sockets in this room.</summary>
    public BroadcastOperator Except(string room)
    {
        ArgumentException.ThrowIfNullOrEmpty(room);
        return new(_namespace, _rooms, [.. _except, room], _sender);
    }

    EmitResult IEventEmitter.Send(EncodedPacket packet)
    {
        var result = EmitResult.Queued;
        foreach (var socket in Select())
        {
            if (socket.Send(packet) == EmitResult.Dropped)
            {
                result = EmitResult.Dropped;
            }
        }

        return result;
    }

    async ValueTask<EmitResult> IEventEmitter.SendAsync(EncodedPacket packet, CancellationToken cancellationToken)
    {
        // All at once: a slow receiver delays the caller, not the other receivers.
        var results = await Task.WhenAll(
            Select().Select(socket => ((IEventEmitter)socket).SendAsync(packet, cancellationToken).AsTask()));
        return results.Contains(EmitResult.Dropped) ? EmitResult.Dropped : EmitResult.Queued;
    }

    private HashSet<Socket> Select()
    {
        var selected = new HashSet<Socket>(ReferenceEqualityComparer.Instance);
        if (_rooms.Count == 0)
        {
            selected.UnionWith(_namespace.Sockets);
        }

        foreach (var room in _rooms)
        {
            _namespace.CollectRoom(selected, room);
        }

        if (_except.Count > 0)
        {
            var excluded = new HashSet<Socket>(ReferenceEqualityComparer.Instance);
            foreach (var room in _except)
            {
                _namespace.CollectRoom(excluded, room);
            }

            selected.ExceptWith(excluded);
        }

        if (_sender is not null)
        {
            selected.Remove(_sender);
        }

        return selected;
    }
}
