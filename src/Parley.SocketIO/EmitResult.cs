namespace Parley.SocketIO;

/// <summary>What became of an emitted event.</summary>
public enum EmitResult
{
    /// <summary>It waits to be sent, or is on its way. For a broadcast: to every receiver, of which there may be none.</summary>
    Queued,

    /// <summary>A receiver's outbound bound was reached: the event was not sent to it, and its connection is being closed.</summary>
    Dropped,

    /// <summary>The socket has ended.</summary>
    Closed,

    /// <summary>A volatile event that a receiver could not take just now: it was not sent to it.</summary>
    Skipped,
}
