using System.Text.Json;

namespace Parley.SocketIO;

/// <summary>
/// Thrown by a handler or a filter of an event to refuse it: a client that waits for an acknowledgement gets
/// <c>{"error":{"message":…,"data":…}}</c>, else <see cref="Socket.OnError"/> is told. It is not logged as an error.
/// </summary>
/// <param name="message">What the client is told.</param>
/// <param name="data">What the client is told beside it; null for nothing.</param>
public sealed class EventRefusedException(string message, JsonElement? data = null) : Exception(message)
{
    internal EventResult Result { get; } = EventResult.Refuse(message, data);
}
