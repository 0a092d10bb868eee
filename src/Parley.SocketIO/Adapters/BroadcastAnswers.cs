namespace Parley.SocketIO.Adapters;

/// <summary>What became of a broadcast with acknowledgements.</summary>
/// <param name="Answers">Those that came, in no particular order.</param>
/// <param name="Missing">How many were asked and did not answer.</param>
internal sealed record BroadcastAnswers(IReadOnlyList<BroadcastAnswer> Answers, int Missing);
