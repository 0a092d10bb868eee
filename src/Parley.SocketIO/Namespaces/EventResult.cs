using System.Text.Json;

namespace Parley.SocketIO;

/// <summary>An event filter's decision. See <see cref="Socket.Use"/>.</summary>
public sealed record EventResult
{
    private EventResult(string? message, JsonElement? data) => (Message, Data) = (message, data);

    /// <summary>Go on to the next filter; after the last one, to the handlers.</summary>
    public static EventResult Accept { get; } = new(null, null);

    /// <summary>True for <see cref="Accept"/>.</summary>
    public bool IsAccepted => Message is null;

    /// <summary>The refusal's text; null when accepted.</summary>
    public string? Message { get; }

    /// <summary>The refusal's data; null for none.</summary>
    public JsonElement? Data { get; }

    /// <summary>
    /// Do not handle the event: a client that waits for an acknowledgement gets one argument,
    /// <c>{"error":{"message":…,"data":…}}</c>, without <c>data</c> if there is none.
    /// </summary>
    public static EventResult Refuse(string message, JsonElement? data = null)
    {
        ArgumentNullException.ThrowIfNull(message);
        return new(message, data?.Clone());
    }
}
