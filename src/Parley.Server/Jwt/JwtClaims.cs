using System.Text.Json;

namespace Parley.Server.Jwt;

/// <summary>What a token says. Nothing throws: a claim of another type is none.</summary>
internal sealed class JwtClaims(JsonElement claims)
{
    /// <summary>Whether there is a claim of this name, whatever it holds. Null counts as none.</summary>
    public bool Has(string name) => Find(name).ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null);

    /// <summary>A text; null where there is none, or something else.</summary>
    public string? Text(string name) => TextOf(Find(name));

    /// <summary>A number; null where there is none, or something else. JSON can spell numbers that are none ("1e999").</summary>
    public double? Number(string name) =>
        Find(name) is { ValueKind: JsonValueKind.Number } value && value.TryGetDouble(out var number) && double.IsFinite(number) ? number : null;

    /// <summary>
    /// For whom the token is (RFC 7519, section 4.1.3): a text, or a list with one text. A list of several is nobody here, because a token
    /// of Parley is for one purpose.
    /// </summary>
    public string? Audience => Find("aud") is { ValueKind: JsonValueKind.Array } list
        ? list.GetArrayLength() == 1 ? TextOf(list[0]) : null
        : Text("aud");

    private JsonElement Find(string name)
    {
        try
        {
            return claims.TryGetProperty(name, out var value) ? value : default;
        }
        catch (InvalidOperationException)
        {
            // The search passes a key that is no text: half a surrogate pair.
            return default;
        }
    }

    private static string? TextOf(JsonElement value)
    {
        try
        {
            return value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
