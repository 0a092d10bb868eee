namespace Parley.TurnLoad;

/// <summary>There is nothing to measure; the message says why.</summary>
internal sealed class LoadFailedException(string message) : Exception(message);
