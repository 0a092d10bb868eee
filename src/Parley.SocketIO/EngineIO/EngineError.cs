using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Parley.SocketIO.EngineIO;

/// <summary>A refusal of a request, as the reference words it.</summary>
internal sealed record EngineError(int Code, string Message, int StatusCode = StatusCodes.Status400BadRequest)
{
    // Seconds. Another server behind the same name may answer at once; one that starts again needs about this long.
    private const string RetryAfter = "5";

    public static readonly EngineError TransportUnknown = new(0, "Transport unknown");
    public static readonly EngineError SessionUnknown = new(1, "Session ID unknown");
    public static readonly EngineError BadHandshakeMethod = new(2, "Bad handshake method");
    public static readonly EngineError BadRequest = new(3, "Bad request");
    public static readonly EngineError Forbidden = new(4, "Forbidden", StatusCodes.Status403Forbidden);
    public static readonly EngineError TooManySessionsFromAddress =
        new(4, "Too many sessions from this address", StatusCodes.Status429TooManyRequests);

    public static readonly EngineError ServerFull = new(4, "Too many sessions", StatusCodes.Status503ServiceUnavailable);
    public static readonly EngineError ServerStopping = new(4, "Server shutting down", StatusCodes.Status503ServiceUnavailable);
    public static readonly EngineError UnsupportedVersion = new(5, "Unsupported protocol version");

    public async Task WriteAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCode;
        context.Response.ContentType = "application/json";
        context.Response.Headers.CacheControl = "no-store";
        if (StatusCode == StatusCodes.Status503ServiceUnavailable)
        {
            context.Response.Headers.RetryAfter = RetryAfter;
        }

        var body = JsonSerializer.SerializeToUtf8Bytes(new EngineErrorBody(Code, Message), EngineJson.Default.EngineErrorBody);
        context.Response.ContentLength = body.Length;
        // Without the request's token: a client that did not wait for its refusal is no error.
        await context.Response.Body.WriteAsync(body, CancellationToken.None);
    }
}
