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

    internal TimeSpan AckTimeout => _socket.Namespace.Server.Options.AckTimeout;

    /// <summary>The same, as a selection of which there can be one.</summary>
    internal BroadcastOperator Self
    {
        get
        {
            var self = _socket.Namespace.To(_socket.Id).Compress(_compress);
            return _isVolatile ? self.Volatile : self;
        }
    }

    string IEventEmitter.NamespaceName => _socket.Namespace.Name;

    PacketEncoder IEventEmitter.Encoder => _socket.Namespace.Server.Encoder;

    /// <inheritdoc cref="Socket.Compress"/>
    public SocketEmitter Compress(bool compress) => new(_socket, _isVolatile, compress);

    /// <inheritdoc cref="Socket.Timeout"/>
    /// <remarks>A volatile event that is not sent ends the wait at once, with <see cref="AckFailure.Skipped"/>.</remarks>
    public AckRequest Timeout(TimeSpan limit)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(limit, TimeSpan.Zero);
        return new AckRequest(_socket, Terms(limit));
    }

    internal Task<EventArguments> EmitWithAckAsync<TState>(
        string name, TState state, Action<ArgumentWriter, TState> writeArguments, TimeSpan limit, CancellationToken cancellationToken) =>
        _socket.EmitWithAckAsync(name, state, writeArguments, Terms(limit), cancellationToken);

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

    private AckTerms Terms(TimeSpan limit) => new(limit, _isVolatile, _compress);
}
