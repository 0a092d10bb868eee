using Parley.SocketIO.Adapters.Recovery;

namespace Parley.SocketIO.Adapters;

/// <summary>
/// What a namespace asks of all its sockets, wherever they are: the border at which several servers can become one. An adapter that
/// joins servers does for its own sockets what <see cref="InMemoryAdapter"/> does, and asks the others to do the same for theirs,
/// unless <see cref="BroadcastTargets.IsLocal"/>.
/// </summary>
/// <remarks>Thread-safe. Everything that may need another server's answer is asynchronous.</remarks>
internal interface IAdapter
{
    /// <summary>
    /// Recovers sockets whose connections broke; null when that is off, or when the adapter cannot. Where it is there, every event
    /// that is neither volatile nor asks for acknowledgements goes through <see cref="Send"/> or <see cref="SendAsync"/>, those to a
    /// single socket too, and is kept for those who miss it; what else is done with targets holds for those who are away, too.
    /// </summary>
    SessionRecovery? Recovery { get; }

    /// <summary>
    /// Queues a packet for each of the targets and returns at once; the worst result among this server's sockets. Packets of one
    /// caller arrive in the order in which they were given.
    /// </summary>
    EmitResult Send(EncodedPacket packet, BroadcastTargets targets);

    /// <summary>
    /// The same, waiting for room; a slow receiver delays the caller, not the other receivers. Where sockets are recovered, the
    /// packet is queued first and waited for then: else it would come after later ones.
    /// </summary>
    ValueTask<EmitResult> SendAsync(EncodedPacket packet, BroadcastTargets targets, CancellationToken cancellationToken);

    /// <summary>
    /// Queues an event for each of the targets and waits until all have acknowledged it, have ended, or the time is up. The number
    /// of the acknowledgement stands in the packet, too; another server asks its own sockets under a number of its own.
    /// </summary>
    Task<BroadcastAnswers> AskAsync(
        EncodedPacket packet, ulong ackId, BroadcastTargets targets, TimeSpan limit, CancellationToken cancellationToken);

    /// <summary>The targets as they are, those of other servers too as far as these answer.</summary>
    Task<IReadOnlyList<SocketSnapshot>> FetchAsync(BroadcastTargets targets, CancellationToken cancellationToken);

    /// <summary>Adds the targets to rooms; those of this server before the task ends.</summary>
    ValueTask JoinAsync(BroadcastTargets targets, IReadOnlyList<string> rooms, CancellationToken cancellationToken);

    /// <summary>Takes the targets out of rooms; those of this server before the task ends.</summary>
    ValueTask LeaveAsync(BroadcastTargets targets, IReadOnlyList<string> rooms, CancellationToken cancellationToken);

    /// <summary>Takes the targets out of the namespace, or closes their connections; those of this server before the task ends.</summary>
    ValueTask DisconnectAsync(BroadcastTargets targets, bool closeConnection, CancellationToken cancellationToken);

    /// <summary>
    /// Tells an event to the same namespace on the other servers, not on this one, and to no client: at most once, in the order of
    /// one caller. The task ends when it is on its way.
    /// </summary>
    ValueTask ServerSideEmitAsync(EncodedPacket packet, CancellationToken cancellationToken);
}
