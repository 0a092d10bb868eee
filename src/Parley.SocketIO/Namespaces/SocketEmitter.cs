using Parley.SocketIO.Packets;

namespace Parley.SocketIO;

/// <summary>One socket, for events that are sent in another way than usual. Made by <see cref="Socket.Volatile"/> and <see cref="Socket.Compress"/>.</summary>
public sealed class SocketEmitter : IEventEmitter
{
    private readonly Socket _socket;
    private readonly bool _isVolatile;
    private readonly bool _compress;

    internal SocketEmitter(Socket socket, bool isVolatile = false, bool compress = true) =>
        (_socket, _isVolatile, _compress) = (socket, isVolatile, compress);

    /// <inheritdoc cref="Socket.Volatile"/>
    public SocketEmitter Volatile => new(_socket, isVolatile: true, _compress);

    string IEventEmitter.NamespaceName => _socket.Namespace.Name;

    PacketEncoder IEventEmitter.Encoder => _socket.Namespace.Server.Encoder;

    /// <inheritdoc cref="Socket.Compress"/>
    public SocketEmitter Compress(bool compress) => new(_socket, _isVolatile, compress);

    EmitResult IEventEmitter.Send(EncodedPacket packet)
    {
        packet.IsIncompressible |= !_compress;
        return _socket.Send(packet, _isVolatile);
    }

    ValueTask<EmitResult> IEventEmitter.SendAsync(EncodedPacket packet, CancellationToken cancellationToken)
    {
        packet.IsIncompressible |= !_compress;
        return _isVolatile ? new(_socket.Send(packet, isVolatile: true)) : ((IEventEmitter)_socket).SendAsync(packet, cancellationToken);
    }
}
