using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Parley.Server.Jwt;

/// <summary>
/// Reads a JSON Web Token (RFC 7519) in the compact serialization of RFC 7515, signed with HS256 and nothing else. What it says, its reader
/// judges; when it holds is judged here, so that nobody forgets it.
/// </summary>
internal sealed class JwtReader(SharedSecrets secrets, TimeProvider time)
{
    public const int MaxLength = 2048;

    /// <summary>By how much the clocks of two servers may differ (RFC 7519, section 4.1.4: "usually no more than a few minutes").</summary>
    public static readonly TimeSpan Leeway = TimeSpan.FromSeconds(60);

    private static readonly SearchValues<char> Alphabet =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.");

    // RFC 8725, section 2.4 and RFC 7519, section 4: of two claims with one name, two readers may take different ones.
    private static readonly JsonDocumentOptions Json = new() { AllowDuplicateProperties = false, MaxDepth = 8 };

    /// <summary>Reads what somebody has shown. Nothing throws.</summary>
    /// <returns>The claims, or why it does not hold: one English sentence that repeats nothing of the token.</returns>
    public JwtReading Read(string token)
    {
        if (token.Length > MaxLength)
        {
            return new($"The token is longer than {MaxLength} characters.");
        }

        var first = token.IndexOf('.', StringComparison.Ordinal);
        var last = token.LastIndexOf('.');
        if (first <= 0 || last <= first + 1 || token.AsSpan().Count('.') != 2 || token.AsSpan().ContainsAnyExcept(Alphabet))
        {
            return new("The token is no JSON Web Token: three parts in base64url, with dots between.");
        }

        // What a header asks for is never done, only compared: no other algorithm, and none at all, is known here (RFC 8725, section 3.1).
        if (ProblemOfHeader(token.AsSpan(0, first)) is { } problem)
        {
            return new(problem);
        }

        var bytes = Encoding.ASCII.GetBytes(token);
        if (!secrets.Verify(bytes.AsSpan(0, last), bytes.AsSpan(last + 1)))
        {
            return new("The token's signature is wrong.");
        }

        return ReadObject(token.AsSpan(first + 1, last - first - 1)) is { } payload
            ? JudgeTimes(new JwtClaims(payload))
            : new("The token's claims are no JSON object, or one stands there twice.");
    }

    private static string? ProblemOfHeader(ReadOnlySpan<char> part)
    {
        if (ReadObject(part) is not { } header)
        {
            return "The token's header is no JSON object, or something stands there twice.";
        }

        var claims = new JwtClaims(header);
        return claims.Text("alg") != "HS256" ? "The token's \"alg\" is not HS256."
            : claims.Has("typ") && !string.Equals(claims.Text("typ"), "JWT", StringComparison.OrdinalIgnoreCase) ? "The token's \"typ\" is not JWT."

            // Extensions that must be understood (RFC 7515, section 4.1.11): none is.
            : claims.Has("crit") ? "The token asks for an extension: \"crit\"."
            : null;
    }

    private JwtReading JudgeTimes(JwtClaims claims)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0;
        if (claims.Number("exp") is not { } expiry)
        {
            return new("The token has no \"exp\", a number of seconds since 1970.");
        }

        // "The current date/time MUST be before the expiration" (RFC 7519, section 4.1.4).
        if (now - Leeway.TotalSeconds >= expiry)
        {
            return new("The token has expired.");
        }

        if (claims.Has("nbf") && claims.Number("nbf") is null)
        {
            return new("The token's \"nbf\" is no number of seconds since 1970.");
        }

        if (claims.Number("nbf") > now + Leeway.TotalSeconds)
        {
            return new("The token is not valid yet.");
        }

        return claims.Has("iat") && claims.Number("iat") is null
            ? new("The token's \"iat\" is no number of seconds since 1970.")
            : new(claims, expiry - now);
    }

    private static JsonElement? ReadObject(ReadOnlySpan<char> part)
    {
        var bytes = new byte[Base64Url.GetMaxDecodedLength(part.Length)];
        if (Base64Url.DecodeFromChars(part, bytes, out _, out var length) != OperationStatus.Done || !Utf8.IsValid(bytes.AsSpan(0, length)))
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(bytes.AsMemory(0, length), Json);
            return document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement.Clone() : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: a key that is half a surrogate pair ("\ud800") cannot be compared with others.
            return null;
        }
    }
}

/// <summary>What came of reading a token.</summary>
internal sealed record JwtReading
{
    public JwtReading(string problem) => Problem = problem;

    public JwtReading(JwtClaims claims, double secondsLeft) => (Claims, SecondsLeft) = (claims, secondsLeft);

    /// <summary>Null: it does not hold.</summary>
    public JwtClaims? Claims { get; }

    /// <summary>Until it expires; less than nothing within the leeway.</summary>
    public double SecondsLeft { get; }

    /// <summary>Why it does not hold.</summary>
    public string Problem { get; } = string.Empty;
}
