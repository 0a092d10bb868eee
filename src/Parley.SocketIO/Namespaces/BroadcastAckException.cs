namespace Parley.SocketIO;

/// <summary>Not everybody acknowledged a broadcast: some did not in time, ended first, or could not be sent to.</summary>
public sealed class BroadcastAckException : Exception
{
    internal BroadcastAckException(IReadOnlyList<BroadcastAnswer> answers, int missing)
        : base($"{missing} of {answers.Count + missing} acknowledgements did not arrive.") =>
        (Answers, Missing) = (answers, missing);

    /// <summary>The acknowledgements that came.</summary>
    public IReadOnlyList<BroadcastAnswer> Answers { get; }

    /// <summary>How many did not come; at least one.</summary>
    public int Missing { get; }
}
