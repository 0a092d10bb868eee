using Parley.SocketIO.Adapters.Recovery;

namespace Parley.SocketIO.Adapters;

/// <summary>A socket of this server, as far as adapters know it.</summary>
internal interface ILocalSocket
{
    string Id { get; }

    /// <summary>Whether the client is in the namespace by now and still; before, it may be in rooms already.</summary>
    bool Connected { get; }

    /// <summary>What outlives its connection; null when nothing does.</summary>
    RecoverySession? Session { get; }

    /// <summary>Queues a packet, or says why not; never waits. The application does not hear of it before <see cref="Announce"/>.</summary>
    EmitResult Send(EncodedPacket packet, bool isVolatile);

    /// <summary>Queues a packet when there is room for it.</summary>
    ValueTask<EmitResult> SendAsync(EncodedPacket packet, CancellationToken cancellationToken);

    /// <summary>Queues a packet before it returns, whether there is room for it or not; the task ends when there is room again.</summary>
    ValueTask<EmitResult> SendAheadAsync(EncodedPacket packet, CancellationToken cancellationToken);

    /// <summary>Tells the application's listeners of an event that has been queued; nothing may be held back meanwhile.</summary>
    void Announce(EncodedPacket packet);

    /// <summary>Queues an event and begins to wait for its acknowledgement; the task fails with an <see cref="AckException"/>.</summary>
    Task<EventArguments> AskAsync(EncodedPacket packet, ulong ackId, bool isVolatile);

    /// <summary>Nobody waits for that acknowledgement any more.</summary>
    void Forget(ulong ackId);

    void Join(string room);

    void Leave(string room);

    void Disconnect(bool closeConnection = false);

    /// <summary>Its client has come back by another connection: ends this one. The task ends with the last handlers.</summary>
    Task SupersedeAsync();

    SocketSnapshot Snapshot();
}
