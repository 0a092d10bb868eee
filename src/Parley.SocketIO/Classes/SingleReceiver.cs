using Parley.SocketIO.Packets;

namespace Parley.SocketIO.Classes;

/// <summary>A selection that is known to be one socket, or none: its answer is one answer.</summary>
internal sealed class SingleReceiver(BroadcastOperator receiver) : IEventEmitter
{
    public BroadcastOperator Receiver => receiver;

    string IEventEmitter.NamespaceName => ((IEventEmitter)receiver).NamespaceName;

    PacketEncoder IEventEmitter.Encoder => ((IEventEmitter)receiver).Encoder;

    EmitResult IEventEmitter.Send(EncodedPacket packet) => ((IEventEmitter)receiver).Send(packet);

    ValueTask<EmitResult> IEventEmitter.SendAsync(EncodedPacket packet, CancellationToken cancellationToken) =>
        ((IEventEmitter)receiver).SendAsync(packet, cancellationToken);
}
