using Parley.SocketIO.Packets;

namespace Parley.SocketIO.Namespaces;

/// <summary>One socket, for events that may be dropped.</summary>
internal sealed class VolatileEmitter(Socket socket) : IEventEmitter
{
    string IEventEmitter.NamespaceName => socket.Namespace.Name;

    PacketEncoder IEventEmitter.Encoder => socket.Namespace.Server.Encoder;

    EmitResult IEventEmitter.Send(EncodedPacket packet) => socket.Send(packet, isVolatile: true);

    ValueTask<EmitResult> IEventEmitter.SendAsync(EncodedPacket packet, CancellationToken cancellationToken) =>
        new(socket.Send(packet, isVolatile: true));
}
