using System.Text.Json;

namespace Parley.SocketIO.Namespaces;

/// <summary>What a client that wants to be recovered says in its CONNECT, beside the application's <c>auth</c>.</summary>
/// <param name="Pid">The secret that it was given.</param>
/// <param name="Offset">The last offset that it has received; null when it has received none.</param>
internal readonly record struct RecoveryRequest(string Pid, string? Offset)
{
    // Longer than any that was ever given.
    private const int MaxLength = 64;

    /// <summary>Null when the client asks for nothing of the kind, or not as clients do: then it does not know what it has received.</summary>
    public static RecoveryRequest? TryRead(Handshake handshake) =>
        Read(handshake.Auth, "pid") is { } pid && MayHaveOffset(handshake.Auth) ? new(pid, Read(handshake.Auth, "offset")) : null;

    // In MessagePack clients say null where they have none.
    private static bool MayHaveOffset(JsonElement auth) =>
        !auth.TryGetProperty("offset", out var offset) || offset.ValueKind is JsonValueKind.String or JsonValueKind.Null;

    private static string? Read(JsonElement auth, string name)
    {
        if (!auth.TryGetProperty(name, out var value) || value.ValueKind != JsonValueKind.String)
        {
            return null;
        }

        try
        {
            return value.GetString() is { Length: > 0 and <= MaxLength } text ? text : null;
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair: JSON allows it, .NET has no text for it.
            return null;
        }
    }
}
