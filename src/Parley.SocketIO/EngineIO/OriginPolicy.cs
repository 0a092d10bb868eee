using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Parley.SocketIO.EngineIO;

/// <summary>
/// Which pages may speak to the server. The browser enforces CORS on polling but nothing on WebSocket, so foreign origins are
/// refused here, on every request alike (the class of CVE-2019-13611: cross-site WebSocket hijacking).
/// </summary>
internal sealed class OriginPolicy(SocketIOOptions options)
{
    private readonly bool _allowsAny = options.AllowedOrigins.Contains("*");
    private readonly HashSet<string> _allowed = new(options.AllowedOrigins.Select(o => o.TrimEnd('/')), StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether any foreign page may connect, so that preflight requests are answered.</summary>
    public bool AllowsForeignOrigins => _allowed.Count > 0;

    /// <summary>An Origin header that no browser sends.</summary>
    public static bool IsMalformed(string origin) => origin.AsSpan().ContainsAnyExceptInRange('\u0020', '\u007e');

    /// <summary>Judges the request's Origin and, where it is a foreign one that may connect, adds the CORS headers.</summary>
    public bool Admit(HttpContext context)
    {
        var header = context.Request.Headers.Origin;
        if (StringValues.IsNullOrEmpty(header))
        {
            return true;
        }

        var origin = header.ToString();
        if (AllowsForeignOrigins)
        {
            context.Response.Headers.Append("Vary", "Origin");
        }

        if (!_allowsAny && !_allowed.Contains(origin))
        {
            return IsOwn(origin, context.Request);
        }

        context.Response.Headers.AccessControlAllowOrigin = _allowsAny ? "*" : origin;
        if (options.AllowCredentials)
        {
            context.Response.Headers.AccessControlAllowCredentials = "true";
        }

        return true;
    }

    /// <summary>Answers a preflight request of an origin that may connect.</summary>
    public static void WritePreflight(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        context.Response.Headers.AccessControlAllowMethods = "GET, POST";
        context.Response.Headers.AccessControlMaxAge = "600";
        var requested = context.Request.Headers.AccessControlRequestHeaders;
        if (!StringValues.IsNullOrEmpty(requested))
        {
            context.Response.Headers.AccessControlAllowHeaders = requested;
            context.Response.Headers.Append("Vary", "Access-Control-Request-Headers");
        }
    }

    // Host and port decide. Of the scheme only this much is known: behind a proxy that ends TLS this server may see http where the
    // browser says https, but where it sees https itself, or is told so, the page was not loaded by http.
    private static bool IsOwn(string origin, HttpRequest request)
    {
        var host = request.Host;
        if (!Uri.TryCreate(origin, UriKind.Absolute, out var uri)
            || !(uri.Scheme == "https" || (uri.Scheme == "http" && !request.IsHttps))
            || !host.HasValue)
        {
            return false;
        }

        var defaultPort = uri.Scheme == "https" ? 443 : 80;
        return string.Equals(uri.Host, host.Host, StringComparison.OrdinalIgnoreCase) && uri.Port == (host.Port ?? defaultPort);
    }
}
