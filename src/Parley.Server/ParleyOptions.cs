using Parley.Server.Configuration;
using Parley.Server.Https;
using Parley.Server.IceServers;
using Parley.Server.JoinTokens;
using Parley.Server.Metrics;
using Parley.Server.Proxies;
using Parley.Server.Rooms;
using Parley.Server.Signalling;
using Parley.Server.Turn;
using Parley.Server.Web;
using Parley.Server.Webhooks;

namespace Parley.Server;

/// <summary>Everything under <c>Parley:</c>, read and judged before anything starts. docs/configuration.md tells of each key.</summary>
internal sealed record ParleyOptions(
    RoomOptions Rooms,
    SignallingOptions Signalling,
    JoinTokenOptions JoinTokens,
    IReadOnlyList<IceServerOptions> IceServers,
    TurnOptions Turn,
    MetricsOptions Metrics,
    HttpsOptions Https,
    ProxyOptions Proxies,
    WebOptions Web,
    IReadOnlyList<WebhookOptions> Webhooks,
    DataFolder DataFolder)
{
    /// <summary>Reads the options.</summary>
    /// <exception cref="ConfigurationException">A value is wrong, or a key unknown.</exception>
    public static ParleyOptions Read(SectionReader parley)
    {
        var options = new ParleyOptions(
            RoomOptions.Read(parley.Section("Rooms")),
            SignallingOptions.Read(parley),
            JoinTokenOptions.Read(parley.Section("JoinTokens")),
            IceServerOptions.ReadAll(parley),
            TurnOptions.Read(parley.Section("Turn")),
            MetricsOptions.Read(parley.Section("Metrics")),
            HttpsOptions.Read(parley.Section("Https")),
            ProxyOptions.Read(parley),
            WebOptions.Read(parley),
            WebhookOptions.ReadAll(parley),
            DataFolder.Read(parley));
        parley.RefuseUnknownKeys();
        return options.Turn.TlsPort is null || options.Https.Files is not null
            ? options
            : throw new ConfigurationException(
                "Parley:Turn:TlsPort", "needs a certificate that browsers trust: Parley:Https:Certificate and Parley:Https:Key");
    }
}
