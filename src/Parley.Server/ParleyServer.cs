using System.Net;
using Microsoft.Extensions.Configuration.Memory;
using Parley.Server.Configuration;
using Parley.Server.Health;
using Parley.Server.IceServers;
using Parley.Server.Metrics;
using Parley.Server.Rooms;
using Parley.Server.Seats;
using Parley.Server.Signalling;
using Parley.Server.Web;

namespace Parley.Server;

/// <summary>Puts the server together.</summary>
internal static class ParleyServer
{
    private const string SettingsFile = "appsettings.json";

    // The lowest of all sources: appsettings.json, environment and command line go before it.
    private static readonly Dictionary<string, string?> Defaults = new(StringComparer.Ordinal)
    {
        ["Logging:LogLevel:Default"] = "Information",
        ["Logging:LogLevel:Microsoft"] = "Warning",

        // A failed start is told by StartFailure, in one line.
        ["Logging:LogLevel:Microsoft.Extensions.Hosting.Internal.Host"] = "None",
    };

    /// <summary>Builds the server, ready to start.</summary>
    /// <param name="args">The command line.</param>
    /// <exception cref="ConfigurationException">The configuration cannot be honoured.</exception>
    public static WebApplication Build(string[] args)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = args,

            // Started from anywhere, the server finds the settings beside itself; those of the working directory go first.
            ContentRootPath = File.Exists(SettingsFile) ? Directory.GetCurrentDirectory() : AppContext.BaseDirectory,
        });
        builder.Configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = Defaults });
        ConfigureHost(builder);
        AddServices(builder, ParleyOptions.Read(new SectionReader(builder.Configuration, "Parley")));

        var app = builder.Build();
        app.UseSecurityHeaders();
        app.UseRouting();
        app.MapHealth();
        app.MapMetrics();
        app.MapSignalling();
        app.MapWebClient();
        return app;
    }

    /// <summary>The addresses to open in a browser, once the server has started.</summary>
    public static IEnumerable<string> AddressesOf(WebApplication app) => app.Urls
        .Select(url => BindingAddress.Parse(url))
        .Select(address => IPAddress.TryParse(address.Host.Trim('[', ']'), out var ip) && (ip.Equals(IPAddress.Any) || ip.Equals(IPAddress.IPv6Any))
            ? $"{address.Scheme}://localhost:{address.Port}"
            : $"{address.Scheme}://{address.Host}:{address.Port}")
        .Distinct(StringComparer.Ordinal);

    private static void ConfigureHost(WebApplicationBuilder builder)
    {
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        var configuration = builder.Configuration;
        string[] addressKeys = [WebHostDefaults.ServerUrlsKey, WebHostDefaults.HttpPortsKey, WebHostDefaults.HttpsPortsKey];
        if (Array.TrueForAll(addressKeys, key => string.IsNullOrEmpty(configuration[key])) && !configuration.GetSection("Kestrel:Endpoints").Exists())
        {
            builder.WebHost.UseUrls("http://localhost:8080");
        }

        builder.Logging.ClearProviders();
        builder.Logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.UseUtcTimestamp = true;
            console.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss'Z' ";
        });

        // Calls do not end politely: open connections would hold the shutdown up for its whole time.
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(5));
    }

    private static void AddServices(WebApplicationBuilder builder, ParleyOptions options)
    {
        var services = builder.Services;
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(options.Rooms);
        services.AddSingleton<RoomDirectory>();
        services.AddSingleton(SeatKey.ReadOrCreate(options.DataFolder));
        services.AddSingleton<SeatTokens>();
        services.AddSingleton(options.IceServers);
        services.AddSingleton<IceServerIssuer>();
        services.AddSingleton(options.Metrics);
        services.AddSingleton<MetricCollector>();
        services.AddSingleton<ServerMetrics>();
        services.AddSingleton(WebClientFiles.Load(builder.Configuration[WebHostDefaults.WebRootKey] ?? Path.Combine(AppContext.BaseDirectory, "wwwroot")));
        services.AddSignalling(options.Signalling);
    }
}
