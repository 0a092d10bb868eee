using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Parley.Server.Configuration;

namespace Parley.Server.Listening;

/// <summary>Where the server listens when nobody says so: on this machine alone, and for everyone where there is a certificate.</summary>
/// <param name="Urls">Empty when the configuration itself names addresses.</param>
/// <param name="BusyPorts">Default ports that another program has, so that others were taken.</param>
internal sealed record ListeningPlan(IReadOnlyList<string> Urls, IReadOnlyList<int> BusyPorts)
{
    public const int HttpPort = 8080;
    public const int HttpsPort = 8443;

    private const string HttpsPortKey = "Parley:Https:Port";

    // Beyond that, any port will do.
    private const int Neighbours = 20;

    private static readonly string[] AddressKeys = [WebHostDefaults.ServerUrlsKey, WebHostDefaults.HttpPortsKey, WebHostDefaults.HttpsPortsKey];

    /// <summary>Tries a port: <see cref="SocketError.Success"/>, or why it cannot be had.</summary>
    internal delegate SocketError PortProbe(int port);

    /// <summary>Whether another port may be taken when one is in use.</summary>
    public bool IsFlexible => Urls.Count > 0;

    public bool HasHttps => Urls.Count > 1;

    /// <summary>Finds ports that are free now.</summary>
    /// <exception cref="ConfigurationException">The port asked for cannot be had, or is asked for beside other addresses.</exception>
    public static ListeningPlan Make(IConfiguration configuration, HttpsListener? https) =>
        Make(configuration, https, Ports.TryLocalhost, Ports.TryEverywhere);

    internal static ListeningPlan Make(IConfiguration configuration, HttpsListener? https, PortProbe tryLocalhost, PortProbe tryEverywhere)
    {
        var named = Array.Find(AddressKeys, key => !string.IsNullOrEmpty(configuration[key]))
            ?? (configuration.GetSection("Kestrel:Endpoints").Exists() ? "Kestrel:Endpoints" : null);
        if (named is not null)
        {
            CheckHosts(configuration);
            return https is null or { IsDefault: true }
                ? new([], [])
                : throw new ConfigurationException(HttpsPortKey, $"has no place beside {named}, which says where to listen");
        }

        var busy = new List<int>();
        var urls = new List<string> { Address("http://localhost", FreePort(HttpPort, tryLocalhost, busy)) };
        if (https is not null)
        {
            urls.Add(Address("https://*", https.IsDefault ? FreePort(https.Port, tryEverywhere, busy) : Demand(https.Port, tryEverywhere)));
        }

        return new(urls, busy);
    }

    /// <summary>
    /// Kestrel listens on all interfaces for every host that it does not know, so a slip of the finger ("locahost", "127.0.0.1:8o80")
    /// would open to the network what was meant for this machine.
    /// </summary>
    private static void CheckHosts(IConfiguration configuration)
    {
        var urls = configuration[WebHostDefaults.ServerUrlsKey]?.Split(';', StringSplitOptions.RemoveEmptyEntries)
            .Select(url => (Key: WebHostDefaults.ServerUrlsKey, Url: url)) ?? [];
        var endpoints = configuration.GetSection("Kestrel:Endpoints").GetChildren()
            .Where(endpoint => !string.IsNullOrEmpty(endpoint["Url"]))
            .Select(endpoint => (Key: $"{endpoint.Path}:Url", Url: endpoint["Url"]!));
        foreach (var (key, url) in urls.Concat(endpoints))
        {
            if (BindingAddress.Parse(url) is { IsUnixPipe: false, IsNamedPipe: false } address && !IsHost(address.Host))
            {
                throw new ConfigurationException(
                    key,
                    $"must name an address, localhost or * (all interfaces) before the port; it has {SectionReader.Quote(url)}");
            }
        }
    }

    private static bool IsHost(string host) =>
        host is "*" or "+"
        || host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
        || IPAddress.TryParse(host, out _);

    private static int FreePort(int wanted, PortProbe probe, List<int> busy)
    {
        if (probe(wanted) == SocketError.Success)
        {
            return wanted;
        }

        busy.Add(wanted);

        // The neighbours first: a bookmark then has a chance to be right tomorrow.
        return Enumerable.Range(wanted + 1, Neighbours).FirstOrDefault(port => probe(port) == SocketError.Success) is var port and > 0
            ? port
            : FreePort(probe);
    }

    private static int FreePort(PortProbe probe)
    {
        // "localhost" is two addresses, for which one port has to be found.
        for (var attempt = 0; attempt < 100; attempt++)
        {
            using var listener = new TcpListener(IPAddress.Loopback, 0);
            listener.Start();
            var port = ((IPEndPoint)listener.LocalEndpoint).Port;
            listener.Stop();
            if (probe(port) == SocketError.Success)
            {
                return port;
            }
        }

        throw new IOException("no free port was found");
    }

    private static int Demand(int port, PortProbe probe) => probe(port) switch
    {
        SocketError.Success => port,
        SocketError.AddressAlreadyInUse => throw new ConfigurationException(HttpsPortKey, $"cannot be {Text(port)}: another program listens there"),
        SocketError.AccessDenied => throw new ConfigurationException(
            HttpsPortKey, $"cannot be {Text(port)}: this user may not listen there (ports below 1024 need a right of their own)"),
        var error => throw new ConfigurationException(HttpsPortKey, $"cannot be {Text(port)}: {new SocketException((int)error).Message}"),
    };

    private static string Address(string host, int port) => $"{host}:{Text(port)}";

    private static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);
}
