using Microsoft.AspNetCore.HttpOverrides;

namespace Parley.Server.Proxies;

/// <summary>
/// Restores what the browser asked for and who asked, from what the proxies in between say: <c>X-Forwarded-For</c>, <c>-Proto</c>,
/// <c>-Host</c> and <c>-Prefix</c>. Hop by hop: each is believed only as long as the one who says it is a configured proxy.
/// </summary>
/// <remarks>
/// <c>Forwarded</c> (RFC 7239) is not read. Few proxies write it, and those that do not pass on what the client wrote there: whoever
/// believed both would believe anybody.
/// </remarks>
internal static class ForwardedRequests
{
    // What ASPNETCORE_FORWARDEDHEADERS_ENABLED sets: ASP.NET Core then believes everybody.
    private const string BelieveEverybodyKey = "ForwardedHeaders_Enabled";

    public static void AddProxies(this WebApplicationBuilder builder, ProxyOptions options)
    {
        var asked = string.Equals(builder.Configuration[BelieveEverybodyKey], "true", StringComparison.OrdinalIgnoreCase);
        builder.Configuration.AddInMemoryCollection([new(BelieveEverybodyKey, "false")]);
        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton(services => new ProxyHints(services.GetRequiredService<ILogger<ProxyHints>>(), options, believeEverybody: asked));
    }

    public static void UseProxies(this WebApplication app)
    {
        var options = app.Services.GetRequiredService<ProxyOptions>();
        var hints = app.Services.GetRequiredService<ProxyHints>();
        hints.TellOfOldSwitch();
        if (options.PathBase.Length > 0)
        {
            app.UsePathBase(options.PathBase);
        }

        app.Use((context, next) =>
        {
            context.Features.Set(Arrival.Of(context));
            hints.LookAtHeaders(context);
            return next(context);
        });
        if (options.Networks.Count > 0)
        {
            app.UseWhen(context => options.Trust(context.Connection.RemoteIpAddress), trusted => trusted.UseForwardedHeaders(Restoring(options)));
        }

        app.Use(async (context, next) =>
        {
            await next(context);
            hints.LookAtAnswer(context);
        });
    }

    private static ForwardedHeadersOptions Restoring(ProxyOptions options)
    {
        var restoring = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto
                | ForwardedHeaders.XForwardedHost | ForwardedHeaders.XForwardedPrefix,

            // As many hops as there are configured proxies in a row.
            ForwardLimit = null,
        };
        restoring.KnownProxies.Clear();
        restoring.KnownIPNetworks.Clear();
        foreach (var network in options.Networks)
        {
            restoring.KnownIPNetworks.Add(network);
        }

        return restoring;
    }
}
