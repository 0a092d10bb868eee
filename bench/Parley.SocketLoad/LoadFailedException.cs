namespace Parley.SocketLoad;

/// <summary>The server did something that it must not, or there is nothing to measure; the message says what.</summary>
internal sealed class LoadFailedException(string message) : Exception(message);
