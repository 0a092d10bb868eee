using System.Text.Json;

namespace Parley.SocketIO;

/// <summary>A connection middleware's decision.</summary>
public sealed record ConnectResult
{
    private ConnectResult(string? message, JsonElement? data) => (Message, Data) = (message, data);

    /// <summary>Go on to the next middleware; after the last one, connect.</summary>
    public static ConnectResult Accept { get; } = new(null, null);

    /// <summary>True for <see cref="Accept"/>.</summary>
    public bool IsAccepted => Message is null;

    /// <summary>The refusal's text; null when accepted.</summary>
    public string? Message { get; }

    /// <summary>The refusal's data; null for none.</summary>
    public JsonElement? Data { get; }

    /// <summary>Do not connect: the client gets <c>connect_error</c> with <paramref name="message"/> and <paramref name="data"/>.</summary>
    public static ConnectResult Refuse(string message, JsonElement? data = null)
    {
        ArgumentNullException.ThrowIfNull(message);
        return new(message, data?.Clone());
    }
}
