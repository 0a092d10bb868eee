using Microsoft.Net.Http.Headers;

namespace Parley.Server.Web;

/// <summary>Serves the web client: the page at <c>/</c>, <c>/r/{room}</c> and <c>/doctor</c>, and its files.</summary>
internal static class WebClientEndpoints
{
    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Head];

    public static void MapWebClient(this IEndpointRouteBuilder endpoints)
    {
        var client = endpoints.ServiceProvider.GetRequiredService<WebClientFiles>();
        if (client.Page is null)
        {
            endpoints.ServiceProvider.GetRequiredService<ILogger<WebClientFiles>>().WebClientMissing(client.Folder);
        }

        endpoints.MapMethods("/", Methods, context => SendPageAsync(context, client));
        endpoints.MapMethods("/r/{room}", Methods, context => SendPageAsync(context, client));
        endpoints.MapMethods("/doctor", Methods, context => SendPageAsync(context, client));
        endpoints.MapMethods("/{**path}", Methods, context => client.TryGet(context.Request.Path.Value!, out var file)
            ? SendAsync(context, file)
            : NotFoundAsync(context, "Not found."));
    }

    private static Task SendPageAsync(HttpContext context, WebClientFiles client)
    {
        if (client.Page is null)
        {
            return NotFoundAsync(context, "The web client has not been built.");
        }

        if (context.Request.Path.HasValue)
        {
            return SendAsync(context, client.Page.At(context.Request.Path));
        }

        // "/parley" where "/parley/" is meant: from there the page would look for its files one level too high.
        var pathBase = context.Request.PathBase.ToUriComponent();
        context.Response.Redirect($"{pathBase[(pathBase.LastIndexOf('/') + 1)..]}/{context.Request.QueryString.ToUriComponent()}");
        return Task.CompletedTask;
    }

    private static Task NotFoundAsync(HttpContext context, string text)
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync($"{text}\n", context.RequestAborted);
    }

    private static async Task SendAsync(HttpContext context, WebFile file)
    {
        var response = context.Response;
        response.Headers.CacheControl = file.Immutable ? "public, max-age=31536000, immutable" : "no-cache";
        response.Headers.ETag = file.ETag.ToString();
        response.Headers.Vary = HeaderNames.AcceptEncoding;
        if (file.Embeddable)
        {
            response.Headers.AccessControlAllowOrigin = "*";
            response.Headers["Cross-Origin-Resource-Policy"] = "cross-origin";
        }

        if (IsKnown(context.Request, file))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        var content = file.Content;
        if (file.Brotli is not null && Accepts(context.Request, "br"))
        {
            content = file.Brotli;
            response.Headers.ContentEncoding = "br";
        }
        else if (file.Gzip is not null && Accepts(context.Request, "gzip"))
        {
            content = file.Gzip;
            response.Headers.ContentEncoding = "gzip";
        }

        response.ContentType = file.ContentType;
        response.ContentLength = content.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await response.Body.WriteAsync(content, context.RequestAborted);
        }
    }

    private static bool IsKnown(HttpRequest request, WebFile file) =>
        request.GetTypedHeaders().IfNoneMatch.Any(known =>
            known.Equals(EntityTagHeaderValue.Any) || known.Compare(file.ETag, useStrongComparison: false));

    private static bool Accepts(HttpRequest request, string coding) =>
        request.GetTypedHeaders().AcceptEncoding.Any(accepted => accepted.Value == coding && accepted.Quality is not 0);
}
