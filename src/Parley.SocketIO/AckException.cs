namespace Parley.SocketIO;

/// <summary>An acknowledgement did not come.</summary>
public sealed class AckException(AckFailure failure) : Exception(failure switch
{
    AckFailure.TimedOut => "The acknowledgement did not arrive in time.",
    AckFailure.Disconnected => "The socket ended before it acknowledged.",
    AckFailure.TooManyPending => "The socket already owes as many acknowledgements as MaxPendingAcks allows.",
    AckFailure.Skipped => "The client could not take the volatile event at once, so it was not asked.",
    AckFailure.InvalidAnswer => "The acknowledgement is not what a typed client's method returns.",
    _ => "The acknowledgement did not arrive.",
})
{
    /// <summary>Why it did not come.</summary>
    public AckFailure Failure { get; } = failure;
}

/// <summary>Why an acknowledgement did not come.</summary>
public enum AckFailure
{
    /// <summary>Its time limit passed.</summary>
    TimedOut,

    /// <summary>The socket ended first.</summary>
    Disconnected,

    /// <summary><see cref="SocketIOOptions.MaxPendingAcks"/> was reached; the event was not sent.</summary>
    TooManyPending,

    /// <summary>It did come, but is not what the method of a typed client returns.</summary>
    InvalidAnswer,

    /// <summary>The event was volatile (<see cref="Socket.Volatile"/>) and was not sent.</summary>
    Skipped,
}
