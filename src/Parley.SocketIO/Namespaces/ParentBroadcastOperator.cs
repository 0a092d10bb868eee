using Parley.SocketIO.Adapters;
using Parley.SocketIO.Packets;

namespace Parley.SocketIO;

/// <summary>
/// A selection of the sockets of all namespaces that a <see cref="ParentNamespace"/> has made: in each of them those in any of some
/// rooms (without a room: all), but in none of others. It can be emitted to and not be asked: for acknowledgements ask
/// <see cref="ParentNamespace.Children"/>.
/// </summary>
public sealed class ParentBroadcastOperator : IEventEmitter
{
    private readonly ParentNamespace _parent;
    private readonly PacketEncoder _encoder;
    private readonly BroadcastTargets _targets;
    private readonly bool _compress;

    internal ParentBroadcastOperator(ParentNamespace parent, PacketEncoder encoder, BroadcastTargets targets, bool compress = true) =>
        (_parent, _encoder, _targets, _compress) = (parent, encoder, targets, compress);

    /// <inheritdoc cref="BroadcastOperator.Local"/>
    public ParentBroadcastOperator Local => With(_targets with { IsLocal = true });

    /// <inheritdoc cref="BroadcastOperator.Volatile"/>
    public ParentBroadcastOperator Volatile => With(_targets with { IsVolatile = true });

    // Each child's packets bear its own name.
    string IEventEmitter.NamespaceName => "/";

    PacketEncoder IEventEmitter.Encoder => _encoder;

    /// <summary>Also the sockets in this room, in whichever of the namespaces.</summary>
    public ParentBroadcastOperator To(string room)
    {
        ArgumentException.ThrowIfNullOrEmpty(room);
        return With(_targets with { Rooms = [.. _targets.Rooms, room] });
    }

    /// <summary>The same as <see cref="To"/>.</summary>
    public ParentBroadcastOperator In(string room) => To(room);

    /// <summary>Not the sockets in this room, in whichever of the namespaces.</summary>
    public ParentBroadcastOperator Except(string room)
    {
        ArgumentException.ThrowIfNullOrEmpty(room);
        return With(_targets with { Except = [.. _targets.Except, room] });
    }

    /// <summary>The same sockets, for events that are compressed or are not (see <see cref="Socket.Compress"/>).</summary>
    public ParentBroadcastOperator Compress(bool compress) => new(_parent, _encoder, _targets, compress);

    EmitResult IEventEmitter.Send(EncodedPacket packet)
    {
        List<EmitResult> results = [];
        foreach (var child in _parent.Children)
        {
            results.Add(((IEventEmitter)Of(child)).Send(_encoder.Readdress(packet, child.Name)));
        }

        return WorstOf(results);
    }

    async ValueTask<EmitResult> IEventEmitter.SendAsync(EncodedPacket packet, CancellationToken cancellationToken) =>
        WorstOf(await Task.WhenAll(_parent.Children.Select(child =>
            ((IEventEmitter)Of(child)).SendAsync(_encoder.Readdress(packet, child.Name), cancellationToken).AsTask())));

    private static EmitResult WorstOf(ICollection<EmitResult> results) =>
        results.Contains(EmitResult.Dropped) ? EmitResult.Dropped
            : results.Contains(EmitResult.Skipped) ? EmitResult.Skipped
            : EmitResult.Queued;

    private BroadcastOperator Of(SocketNamespace child) => new(child, _targets, _compress);

    private ParentBroadcastOperator With(BroadcastTargets targets) => new(_parent, _encoder, targets, _compress);
}
