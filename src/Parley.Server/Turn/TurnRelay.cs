using Parley.Core.Addresses;
using Parley.Server.Configuration;
using Parley.Stun.Turn.Server;

namespace Parley.Server.Turn;

/// <summary>Runs the TURN server, from before the web server listens until after it has stopped.</summary>
internal sealed class TurnRelay(TurnOptions options, TurnEnvironment environment, TurnStarter start, TimeProvider time, ILogger<TurnRelay> logger)
    : IHostedService, IAsyncDisposable
{
    private const string PortKey = "Parley:Turn:Port";
    private const string TlsPortKey = "Parley:Turn:TlsPort";

    // How often a port that was free may be lost to another program before it is listened on.
    private const int MaxAttempts = 3;

    private ITurnServer? _server;

    /// <summary>What is offered; null: nothing, because it is switched off or has not started.</summary>
    public TurnService? Service { get; private set; }

    /// <summary>Null as long as there is none.</summary>
    public ITurnServer? Server => _server;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (!options.Enabled)
        {
            return;
        }

        TurnPorts.Check(options.Listen, "Parley:Turn:Listen");
        var plan = TurnPlan.Make(options, environment.WebIsThisMachineOnly, environment.HasProxies, environment.HasIPv6, environment.LocalAddresses());
        var (external, source) = await FindExternalAsync(plan, cancellationToken);
        var relays = plan.RelayAddresses(external);
        var peers = plan.Peers(options, external, environment.AllAddresses());
        var turn = new TurnServerOptions
        {
            Realm = TurnAccounts.Realm,
            NonceKey = environment.NonceKey,
            Listeners = [],
            RelayAddresses = relays,
            // Browsers ask for none in particular.
            DefaultFamily = relays.Any(relay => relay.Local.Family == IpFamily.IPv4) ? IpFamily.IPv4 : IpFamily.IPv6,
            MinRelayPort = options.MinRelayPort,
            MaxRelayPort = options.MaxRelayPort,
            Peers = peers,
            Limits = options.Limits,
        };
        var busy = new List<int>();
        _server = await StartServerAsync(plan, turn, busy, cancellationToken);
        Service = new TurnService(plan, relays, source, peers, _server.Listeners, busy, options.MinRelayPort, options.MaxRelayPort, environment.Certificate)
        {
            HttpsSharing = environment.HttpsSharing,
        };
        Tell(Service);
    }

    /// <summary>The web server has stopped by now, or never started: nobody is told of addresses any more.</summary>
    public async Task StopAsync(CancellationToken cancellationToken) => await DisposeAsync();

    /// <summary>Ends the allocations of a user.</summary>
    public void Revoke(string? userId)
    {
        if (userId is not null)
        {
            _server?.Revoke(userId);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Service = null;
        if (Interlocked.Exchange(ref _server, null) is { } server)
        {
            await server.DisposeAsync();
        }
    }

    private async Task<(IReadOnlyList<InternetAddress> Addresses, ExternalSource Source)> FindExternalAsync(TurnPlan plan, CancellationToken cancellationToken)
    {
        if (options.External.Count > 0)
        {
            return (options.External, ExternalSource.Configured);
        }

        if (options.Stun is { } stun)
        {
            var found = new List<InternetAddress>();
            foreach (var relay in plan.Relays.Where(relay => relay.Family == IpFamily.IPv4 || plan.Relays.Count == 1))
            {
                found.Add(await new ExternalAddress(stun, time).FindAsync(relay, cancellationToken));
            }

            return (found, ExternalSource.Discovered);
        }

        return ([], plan.Relays.Any(relay => relay.IsPublic()) ? ExternalSource.Own : ExternalSource.None);
    }

    private async Task<ITurnServer> StartServerAsync(TurnPlan plan, TurnServerOptions turn, List<int> busy, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            busy.Clear();
            var ports = new TurnPorts(busy, (port, withUdp) => TurnPorts.Try(plan.Listen, port, withUdp));
            var port = ports.Find(options.Port, TurnOptions.DefaultPort, PortKey, withUdp: true);
            int? tlsPort = environment.Certificate is null ? null : ports.Find(options.TlsPort, TurnOptions.DefaultTlsPort, TlsPortKey, withUdp: false);
            try
            {
                return await start(new(plan.Listen, port, tlsPort, turn), cancellationToken);
            }
            catch (IOException) when (attempt < MaxAttempts)
            {
                // Somebody was quicker.
            }
            catch (IOException e)
            {
                throw new ConfigurationException("Parley:Turn", $"cannot be served: {e.Message}", e);
            }
        }
    }

    private void Tell(TurnService service)
    {
        if (service.Peers.AllowLoopback)
        {
            logger.LoopbackPeersAllowed();
        }
        else if (service.Peers.AllowPrivate)
        {
            logger.PrivatePeersAllowed();
        }
    }
}

/// <summary>How the world's address of this machine came to be known.</summary>
internal enum ExternalSource
{
    /// <summary>It is not: this machine has private addresses only.</summary>
    None,

    /// <summary>One of this machine's own addresses is public.</summary>
    Own,

    /// <summary>It is configured.</summary>
    Configured,

    /// <summary>A STUN server has said so.</summary>
    Discovered,
}
