using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Configuration.Memory;
using Parley.Server.Api;
using Parley.Server.Configuration;
using Parley.Server.Health;
using Parley.Server.Https;
using Parley.Server.IceServers;
using Parley.Server.JoinTokens;
using Parley.Server.Listening;
using Parley.Server.Metrics;
using Parley.Server.Proxies;
using Parley.Server.Rooms;
using Parley.Server.Seats;
using Parley.Server.Signalling;
using Parley.Server.Turn;
using Parley.Server.Web;
using Parley.Server.Webhooks;

namespace Parley.Server;

/// <summary>Puts the server together.</summary>
internal static class ParleyServer
{
    private const string SettingsFile = "appsettings.json";

    // How often a default port may be lost to another program between the look at it and the start.
    private const int MaxAttempts = 3;

    // The lowest of all sources: appsettings.json, environment and command line go before it.
    private static readonly Dictionary<string, string?> Defaults = new(StringComparer.Ordinal)
    {
        ["Logging:LogLevel:Default"] = "Information",
        ["Logging:LogLevel:Microsoft"] = "Warning",

        // What it says of its start, ReadyLines says in fewer words.
        ["Logging:LogLevel:Parley.Net"] = "Warning",

        // A failed start is told by StartFailure, in one line; a part that fails later and ends the server is told by this.
        ["Logging:LogLevel:Microsoft.Extensions.Hosting.Internal.Host"] = "Critical",
    };

    /// <summary>Builds the server and starts it.</summary>
    /// <param name="args">The command line.</param>
    /// <exception cref="ConfigurationException">The configuration cannot be honoured.</exception>
    public static async Task<WebApplication> StartAsync(string[] args)
    {
        for (var attempt = 1; ; attempt++)
        {
            var app = Build(args);
            try
            {
                await app.StartAsync();
                app.TellOfCertificate();
                return app;
            }
            catch (IOException e) when (e.InnerException is AddressInUseException
                && attempt < MaxAttempts
                && app.Services.GetRequiredService<ListeningPlan>().IsFlexible)
            {
                await app.DisposeAsync();
            }
        }
    }

    /// <summary>Whether the server has ended because a part of it failed, and not because somebody wanted it to end.</summary>
    public static bool HasFailed(IHost app) =>
        app.Services.GetServices<IHostedService>().OfType<BackgroundService>().Any(service => service.ExecuteTask is { IsFaulted: true });

    /// <summary>Builds the server, ready to start.</summary>
    /// <param name="args">The command line.</param>
    /// <param name="replace">Puts other services in place of some of these: for tests.</param>
    /// <exception cref="ConfigurationException">The configuration cannot be honoured.</exception>
    public static WebApplication Build(string[] args, Action<IServiceCollection>? replace = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = args,

            // Started from anywhere, the server finds the settings beside itself; those of the working directory go first.
            ContentRootPath = File.Exists(SettingsFile) ? Directory.GetCurrentDirectory() : AppContext.BaseDirectory,
        });
        builder.Configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = Defaults });
        var options = ParleyOptions.Read(new SectionReader(builder.Configuration, "Parley"));
        ConfigureHost(builder, options);
        AddServices(builder, options);
        replace?.Invoke(builder.Services);

        var app = builder.Build();
        app.UseSecurityHeaders();
        app.UseProxies();
        app.UseRouting();
        app.MapHealth();
        app.MapMetrics();
        app.MapSignalling();
        app.MapApi();
        app.MapPhone();
        app.MapWebClient();
        return app;
    }

    private static void ConfigureHost(WebApplicationBuilder builder, ParleyOptions options)
    {
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        builder.AddListening(options.Https.Listener, options.Proxies.PathBase);
        builder.AddHttps(options.Https, options.DataFolder);
        builder.AddProxies(options.Proxies);
        builder.AddTurn(options.Turn, options.Proxies.Networks.Count > 0, options.DataFolder);
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
        services.AddSingleton<RoomCodes>();
        services.AddSingleton(options.IceServers);
        services.AddSingleton<IceServerIssuer>();
        services.AddSingleton(options.Metrics);
        services.AddSingleton<MetricCollector>();
        services.AddSingleton<ServerMetrics>();
        services.AddSingleton(options.Web);
        services.AddSingleton(WebClientFiles.Load(builder.Configuration[WebHostDefaults.WebRootKey] ?? Path.Combine(AppContext.BaseDirectory, "wwwroot")));
        services.AddJoinTokens(options.JoinTokens);
        services.AddSignalling(options.Signalling);
        services.AddApi(options.JoinTokens);
        services.AddWebhooks(options.Webhooks);
    }
}
