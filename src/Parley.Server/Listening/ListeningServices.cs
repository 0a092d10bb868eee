using Microsoft.AspNetCore.Hosting.Server;
using Parley.Server.Configuration;

namespace Parley.Server.Listening;

/// <summary>Tells the host where to listen, and the others under which addresses the server is found.</summary>
internal static class ListeningServices
{
    /// <summary>Decides where to listen, unless the configuration does.</summary>
    /// <param name="builder">The server that is being built.</param>
    /// <param name="https">Null without a certificate.</param>
    /// <param name="pathBase">The path below which a proxy serves this server; empty for none.</param>
    /// <exception cref="ConfigurationException">The port asked for cannot be had.</exception>
    public static void AddListening(this WebApplicationBuilder builder, HttpsListener? https, string pathBase)
    {
        var plan = ListeningPlan.Make(builder.Configuration, https);
        if (plan.Urls.Count > 0)
        {
            builder.WebHost.UseUrls([.. plan.Urls]);
        }

        builder.Services.AddSingleton(plan);
        builder.Services.AddSingleton(services => new ServerAddresses(services.GetRequiredService<IServer>(), pathBase, LocalAddresses.Read));
    }
}
