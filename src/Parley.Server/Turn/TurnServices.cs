using System.Diagnostics.Metrics;
using System.Net.Sockets;
using Parley.Core.Addresses;
using Parley.Server.Configuration;
using Parley.Server.Https;
using Parley.Server.Listening;

namespace Parley.Server.Turn;

/// <summary>Adds the TURN server to this one.</summary>
internal static class TurnServices
{
    /// <summary>Adds it; it starts before the web server.</summary>
    /// <param name="builder">The server that is being built, with its certificate and its listening plan.</param>
    /// <param name="options">What is configured.</param>
    /// <param name="hasProxies">Reverse proxies are named.</param>
    /// <param name="folder">Where the key is kept.</param>
    /// <exception cref="ConfigurationException">The data folder cannot be used.</exception>
    public static void AddTurn(this WebApplicationBuilder builder, TurnOptions options, bool hasProxies, DataFolder folder)
    {
        var services = builder.Services;
        var configuration = builder.Configuration;
        services.AddSingleton(options);
        services.AddSingleton<TurnAccounts>();
        services.AddSingleton<TurnRelay>();
        services.AddHostedService(provider => provider.GetRequiredService<TurnRelay>());
        services.AddSingleton<IceServerDesk>();
        services.AddSingleton<Diagnoses>();
        services.AddSingleton(provider => HostedTurnServer.Starter(
            provider.GetRequiredService<TurnAccounts>(),
            TrustedCertificate(provider),
            provider.GetRequiredService<IMeterFactory>(),
            provider.GetRequiredService<ILoggerFactory>(),
            provider.GetRequiredService<TimeProvider>()));
        var key = options.Enabled ? TurnKey.ReadOrCreate(folder) : [];
        services.AddSingleton(provider => new TurnEnvironment(
            ListeningScope.IsThisMachineOnly(configuration, provider.GetRequiredService<ListeningPlan>()),
            hasProxies,
            TurnPorts.Try([InternetAddress.Parse("::1")], port: 0, withUdp: false) == SocketError.Success,
            key,
            TrustedCertificate(provider),
            () => [.. LocalAddresses.Read().Select(InternetAddress.From)])
        {
            AllAddresses = () => [.. LocalAddresses.ReadAll().Select(InternetAddress.From)],
            HttpsSharing = provider.GetService<HttpsPort>()?.Sharing ?? HttpsSharing.None,
        });
        if (options.Enabled)
        {
            ShareHttpsPort(builder);
        }
    }

    /// <summary>Where this server has a certificate that browsers trust.</summary>
    private static void ShareHttpsPort(WebApplicationBuilder builder)
    {
        var plan = (ListeningPlan)builder.Services.First(service => service.ServiceType == typeof(ListeningPlan)).ImplementationInstance!;
        var https = (HttpsOptions)builder.Services.First(service => service.ServiceType == typeof(HttpsOptions)).ImplementationInstance!;
        if (https.Files is null)
        {
            return;
        }

        var port = new HttpsPort(builder.Configuration, plan);
        builder.Services.AddSingleton(port);
        var certificate = (ServerCertificate)builder.Services.First(service => service.ServiceType == typeof(ServerCertificate)).ImplementationInstance!;
        certificate.OtherProtocols = [new(HttpsPort.AlpnProtocol)];
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ConfigureEndpointDefaults(port.Share));
    }

    // The self-made one is trusted by those who have looked at the page, and TURN shows no page.
    private static ServerCertificate? TrustedCertificate(IServiceProvider provider) =>
        provider.GetRequiredService<HttpsOptions>().Files is null ? null : provider.GetRequiredService<ServerCertificate>();
}
