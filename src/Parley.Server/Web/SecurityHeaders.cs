namespace Parley.Server.Web;

/// <summary>The headers that stand on every answer: what a page from here may load and do, and who may hold it.</summary>
internal static class SecurityHeaders
{
    private static readonly string ContentSecurityPolicy = string.Join("; ",
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data: blob:",
        "media-src 'self' blob:",

        // Covers WebSocket to the own host too (CSP Level 3, section 6.7.2.8).
        "connect-src 'self'",
        "font-src 'self'",
        "manifest-src 'self'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors ");

    public static void UseSecurityHeaders(this WebApplication app)
    {
        var frames = app.Services.GetRequiredService<WebOptions>().FrameOrigins;
        var policy = ContentSecurityPolicy + (frames.Count == 0 ? "'none'" : string.Join(' ', frames));
        app.Use((context, next) =>
        {
            var headers = context.Response.Headers;
            headers.ContentSecurityPolicy = policy;
            headers.XContentTypeOptions = "nosniff";
            headers["Referrer-Policy"] = "no-referrer";

            // "self" is this page in a frame too: there, the page around it has to hand the features down as well, by its "allow".
            headers["Permissions-Policy"] = "camera=(self), microphone=(self), display-capture=(self), speaker-selection=(self)";
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
            headers["Cross-Origin-Resource-Policy"] = "same-origin";
            return next(context);
        });
    }
}
