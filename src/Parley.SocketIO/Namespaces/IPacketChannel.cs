namespace Parley.SocketIO.Namespaces;

/// <summary>The connection beneath, as far as namespaces know it.</summary>
internal interface IPacketChannel
{
    /// <summary>How the client is reached at the moment: one of the flags.</summary>
    SocketIOTransports Transport { get; }

    /// <summary>Whether the client's protocol knows recovery.</summary>
    bool CanRecover { get; }

    /// <summary>Queues a packet, or says why not; never waits.</summary>
    EmitResult Send(EncodedPacket packet);

    /// <summary>Queues a packet only if the transport takes it at once.</summary>
    EmitResult SendVolatile(EncodedPacket packet);

    /// <summary>Queues a packet when there is room for it.</summary>
    ValueTask<EmitResult> SendAsync(EncodedPacket packet, CancellationToken cancellationToken);

    /// <summary>
    /// Queues a packet before it returns, whether there is room for it or not; the task ends when there is room for the next one.
    /// </summary>
    ValueTask<EmitResult> SendAheadAsync(EncodedPacket packet, CancellationToken cancellationToken);

    /// <summary>Ends the connection, all namespaces with it.</summary>
    void Close(DisconnectCause cause);
}
