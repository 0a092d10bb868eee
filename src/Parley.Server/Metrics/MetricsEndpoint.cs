using Parley.Server.Proxies;

namespace Parley.Server.Metrics;

/// <summary><c>GET /metrics</c>: the text that Prometheus scrapes. It names nobody, yet tells how busy the server is.</summary>
internal static class MetricsEndpoint
{
    public static void MapMetrics(this IEndpointRouteBuilder endpoints)
    {
        // Made now and not at the first scrape: a listener hears only what is measured while it listens.
        var collector = endpoints.ServiceProvider.GetRequiredService<MetricCollector>();
        var options = endpoints.ServiceProvider.GetRequiredService<MetricsOptions>();
        endpoints.MapGet("/metrics", context => AnswerAsync(context, collector, options));
    }

    private static Task AnswerAsync(HttpContext context, MetricCollector collector, MetricsOptions options)
    {
        context.Response.Headers.CacheControl = "no-store";
        if (!options.Public && !context.IsFromThisMachine())
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            context.Response.ContentType = "text/plain; charset=utf-8";
            return context.Response.WriteAsync("Metrics are for this machine only, unless Parley:Metrics:Public is true.\n", context.RequestAborted);
        }

        context.Response.ContentType = PrometheusText.ContentType;
        return context.Response.WriteAsync(collector.Collect(), context.RequestAborted);
    }
}
