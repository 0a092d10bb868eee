namespace Parley.Server.Web;

/// <summary>
/// The address that a phone can open, for the landing page: <c>GET /phone</c> tells it, <c>GET /phone.svg</c> is its QR code.
/// </summary>
internal static class PhoneEndpoints
{
    public static void MapPhone(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/phone", AnswerAsync);
        endpoints.MapGet("/phone.svg", DrawAsync);
    }

    private static Task AnswerAsync(HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-store";
        return context.Response.WriteAsJsonAsync(PhoneAddress.For(context), context.RequestAborted);
    }

    private static Task DrawAsync(HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-store";
        if (PhoneAddress.For(context).Address is not { } address)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            context.Response.ContentType = "text/plain; charset=utf-8";
            return context.Response.WriteAsync("This server has no address that a phone can open.\n", context.RequestAborted);
        }

        context.Response.ContentType = "image/svg+xml; charset=utf-8";
        return context.Response.WriteAsync(QrCode.ToSvg(address), context.RequestAborted);
    }
}
