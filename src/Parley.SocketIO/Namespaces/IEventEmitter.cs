using Parley.SocketIO.Packets;

namespace Parley.SocketIO;

/// <summary>Something events can be emitted to: a socket, a selection of sockets, a namespace. See <see cref="EmitExtensions"/>.</summary>
public interface IEventEmitter
{
    internal string NamespaceName { get; }

    internal PacketEncoder Encoder { get; }

    internal EmitResult Send(EncodedPacket packet);

    internal ValueTask<EmitResult> SendAsync(EncodedPacket packet, CancellationToken cancellationToken);
}
