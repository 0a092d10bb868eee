using Microsoft.Net.Http.Headers;
using Parley.Server.Jwt;
using Parley.Server.Limits;

namespace Parley.Server.Api;

/// <summary>
/// Lets those use the API who prove that they have the secret: by a token of their own making that is for the API alone, and short-lived.
/// </summary>
internal sealed class ApiKeeper(JwtReader reader, TimeProvider time, ILogger<ApiKeeper> logger) : IEndpointFilter
{
    public const string Audience = "parley-api";

    /// <summary>The most that a token may have left: one that is found in an old log, or an old script, is worth nothing.</summary>
    public static readonly TimeSpan MaxLifetime = TimeSpan.FromHours(1);

    /// <summary>So often may one address fail.</summary>
    public static readonly RateLimit Failures = new(AtOnce: 20, PerMinute: 10);

    private const int MaxAddresses = 10_000;
    private const string Scheme = "Bearer ";

    private readonly Lock _lock = new();
    private readonly AddressAllowances _failures = new(Failures, MaxAddresses, time);

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        http.Response.Headers.CacheControl = "no-store";
        if (Judge(http.Request.Headers.Authorization.ToArray()) is not { } problem)
        {
            return await next(context);
        }

        // Only failures are held up. A right token always gets through, or whoever shares an address with the application could
        // lock it out; and 32 bytes are not guessed at any rate.
        if (!TrySpend(http))
        {
            logger.ApiRequestRefused("too often");
            http.Response.Headers.RetryAfter = "60";
            return Problems.TooOften();
        }

        logger.ApiRequestRefused(problem);

        // RFC 6750, section 3: without a token, the challenge says no more than how to get in.
        http.Response.Headers[HeaderNames.WWWAuthenticate] = http.Request.Headers.Authorization.Count == 0
            ? """Bearer realm="parley" """.TrimEnd()
            : """Bearer realm="parley", error="invalid_token" """.TrimEnd();
        return Problems.Unauthorized(problem);
    }

    private string? Judge(string?[] authorization)
    {
        if (authorization is not [{ } header] || !header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return "A request needs one header \"Authorization: Bearer TOKEN\".";
        }

        var reading = reader.Read(header[Scheme.Length..].Trim(' '));
        return reading.Claims is not { } claims ? reading.Problem
            : claims.Audience != Audience ? $"The token's \"aud\" is not {Audience}."
            : reading.SecondsLeft > (MaxLifetime + JwtReader.Leeway).TotalSeconds ? "The token's \"exp\" is more than an hour ahead."
            : null;
    }

    private bool TrySpend(HttpContext context)
    {
        lock (_lock)
        {
            return _failures.TrySpend(AddressBlock.Of(context.Connection.RemoteIpAddress));
        }
    }
}
