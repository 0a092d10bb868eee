using System.Net;
using Parley.Core.Addresses;
using Parley.Net.Turn;
using Parley.Server.Https;
using Parley.Server.IceServers;
using Parley.Stun.Turn.Server;

namespace Parley.Server.Turn;

/// <summary>A TURN server that is ready: what it offers, and by which addresses a client gets there.</summary>
/// <param name="Plan">Where it listens.</param>
/// <param name="Relays">Its relayed addresses, and what the world calls them.</param>
/// <param name="Source">How the world's name for this machine was found.</param>
/// <param name="Peers">Whom it reaches.</param>
/// <param name="Listeners">What was bound.</param>
/// <param name="BusyPorts">Default ports that another program has, so that others were taken.</param>
/// <param name="MinRelayPort">The lowest port of a relayed address.</param>
/// <param name="MaxRelayPort">The highest one.</param>
/// <param name="Certificate">What browsers trust; null: no TURN over TLS.</param>
internal sealed record TurnService(
    TurnPlan Plan,
    IReadOnlyList<RelayAddress> Relays,
    ExternalSource Source,
    PeerPolicy Peers,
    IReadOnlyList<TurnListener> Listeners,
    IReadOnlyList<int> BusyPorts,
    ushort MinRelayPort,
    ushort MaxRelayPort,
    ServerCertificate? Certificate)
{
    /// <summary>For UDP and TCP; 0: none.</summary>
    public int Port => PortOf(TransportProtocol.Udp);

    /// <summary>For TLS; 0: none.</summary>
    public int TlsPort => PortOf(TransportProtocol.Tls);

    /// <summary>Whether there is a port of HTTPS, and who reaches it.</summary>
    public HttpsSharing HttpsSharing { get; init; }

    /// <summary>The web server hands on TURN connections that come to its own HTTPS port.</summary>
    public bool SharesHttpsPort => !Plan.IsThisMachineOnly && HttpsSharing switch
    {
        HttpsSharing.Network => true,
        HttpsSharing.ThisMachine => !Peers.AllowPrivate,
        _ => false,
    };

    /// <summary>
    /// Whether a client with this address is served there. One that is this machine itself need not be: a proxy that passes TLS on unread
    /// brings anybody from anywhere, and all of them look like it. What only neighbours may reach is not for them, and whoever does sit at
    /// this machine has the other ports.
    /// </summary>
    public bool SharesHttpsPortWith(IPAddress client)
    {
        var address = InternetAddress.From(client.IsIPv4MappedToIPv6 ? client.MapToIPv4() : client);
        return SharesHttpsPort && (!Peers.AllowPrivate || !(address.IsLoopback() || Plan.Reached.Contains(address)));
    }

    /// <summary>The addresses for a client that has reached the page like this; empty when none leads here.</summary>
    public TurnUrls UrlsFor(PageAddress page)
    {
        if (HostFor(page) is not { } host)
        {
            return TurnUrls.None;
        }

        var turn = new List<string> { Url("turn", host, Port, "udp"), Url("turn", host, Port, "tcp") };
        if (SecurePort(page, host) is > 0 and var securePort)
        {
            turn.Add(Url("turns", host, securePort, "tcp"));
        }

        return new([Url("stun", host, Port, transport: null)], turn);
    }

    private string? HostFor(PageAddress page)
    {
        if (page.IsLoopback && !page.ThroughProxy)
        {
            // An address and not its name: which of two addresses "localhost" means, each program decides for itself.
            var wanted = page.Address is { } given ? InternetAddress.From(given) : InternetAddress.Parse("127.0.0.1");
            return Plan.Hears(wanted) ? wanted.ToString() : Plan.Reached[0].ToString();
        }

        if (Plan.IsThisMachineOnly)
        {
            return null;
        }

        // The host leads to the proxy, which need not be where this server is.
        if (page.ThroughProxy && External() is { } known)
        {
            return known;
        }

        return page.IsLoopback || !IsHost(page.Host) || !Leads(page) ? External() ?? Plan.Reached[0].ToString() : page.Host.ToLowerInvariant();
    }

    private string? External() => Source == ExternalSource.None
        ? null
        : Relays.Select(relay => relay.External).Where(address => Source == ExternalSource.Configured || address.IsPublic()).Select(address => address.ToString()).FirstOrDefault();

    /// <summary>A name may lead anywhere, and has led to this machine. An address is of a family, in which the server may not listen.</summary>
    private bool Leads(PageAddress page) => page.Address is not { } address
        || Plan.Listen.Any(one => one.Family == InternetAddress.From(address).Family);

    private int SecurePort(PageAddress page, string host)
    {
        // Browsers verify the name. One that the certificate does not have would only cost them time.
        // What is no name of the DNS (it may begin with an underscore) cannot be asked for.
        if (Certificate is null || Uri.CheckHostName(host) == UriHostNameType.Unknown || !Certificate.Current.Leaf.MatchesHostname(host))
        {
            return 0;
        }

        var leadsHere = page is { Secure: true, ThroughProxy: false, Client: not null } && host.Equals(page.Host, StringComparison.OrdinalIgnoreCase);
        return leadsHere && SharesHttpsPortWith(page.Client!) ? page.Port : TlsPort;
    }

    private static bool IsHost(string host) => IceServerUri.TryParse(Url("stun", host, 1, transport: null), out _, out _);

    private static string Url(string scheme, string host, int port, string? transport) => new IceServerUri(scheme, host, port, transport).ToString();

    private int PortOf(TransportProtocol protocol) =>
        Listeners.FirstOrDefault(listener => listener.Protocol == protocol)?.Address.Port ?? 0;
}

/// <summary>The addresses of one TURN server, as <c>RTCIceServer.urls</c> has them.</summary>
/// <param name="Stun">Take no credentials.</param>
/// <param name="Turn">Take some.</param>
internal sealed record TurnUrls(IReadOnlyList<string> Stun, IReadOnlyList<string> Turn)
{
    public static readonly TurnUrls None = new([], []);
}
