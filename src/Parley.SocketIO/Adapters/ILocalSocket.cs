namespace Parley.SocketIO.Adapters;

/// <summary>A socket of this server, as far as adapters know it.</summary>
internal interface ILocalSocket
{
    string Id { get; }

    /// <summary>Whether the client is in the namespace by now and still; before, it may be in rooms already.</summary>
    bool Connected { get; }

    /// <summary>Queues a packet, or says why not; never waits.</summary>
    EmitResult Send(EncodedPacket packet, bool isVolatile);

    /// <summary>Queues a packet when there is room for it.</summary>
    ValueTask<EmitResult> SendAsync(EncodedPacket packet, CancellationToken cancellationToken);

    /// <summary>Queues an event and begins to wait for its acknowledgement; the task fails with an <see cref="AckException"/>.</summary>
    Task<EventArguments> AskAsync(EncodedPacket packet, ulong ackId, bool isVolatile);

    /// <summary>Nobody waits for that acknowledgement any more.</summary>
    void Forget(ulong ackId);

    void Join(string room);

    void Leave(string room);

    void Disconnect(bool closeConnection = false);

    SocketSnapshot Snapshot();
}
