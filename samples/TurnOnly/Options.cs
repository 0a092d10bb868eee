using System.CommandLine;
using System.Globalization;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Text.Json.Nodes;
using Parley.Core.Addresses;
using Parley.Stun.Turn.Server;

namespace TurnOnly;

/// <summary>What the command line may say.</summary>
internal static class Options
{
    public static readonly Option<string[]> Listen = new("--listen")
    {
        Description = "An address to listen on; may be repeated. Default: all there are.",
        DefaultValueFactory = _ => ["0.0.0.0", "::"],
    };

    public static readonly Option<ushort> Port = new("--port") { Description = "For UDP and TCP; 0: free ones.", DefaultValueFactory = _ => 3478 };
    public static readonly Option<ushort> TlsPort = new("--tls-port") { Description = "For TLS, if there is a certificate.", DefaultValueFactory = _ => 5349 };
    public static readonly Option<string> Certificate = new("--cert") { Description = "A PEM file: the certificate and those that it rests on." };
    public static readonly Option<string> Key = new("--key") { Description = "A PEM file: the certificate's private key." };
    public static readonly Option<string> Realm = new("--realm") { Description = "Names the server to clients.", DefaultValueFactory = _ => "parley" };
    public static readonly Option<string[]> User = new("--user") { Description = "NAME:PASSWORD; may be repeated." };
    public static readonly Option<string[]> Secret = new("--secret") { Description = "Makes ephemeral credentials, 16 bytes or more; may be repeated." };
    public static readonly Option<string> NonceKey = new("--nonce-key") { Description = "A file of 32 random bytes; signs nonces, which outlive a restart." };
    public static readonly Option<string[]> Relay = new("--relay") { Description = "ADDRESS, or ADDRESS/EXTERNAL behind a NAT: relayed addresses." };
    public static readonly Option<ushort> MinPort = new("--min-port") { Description = "Lowest relay port.", DefaultValueFactory = _ => 49152 };
    public static readonly Option<ushort> MaxPort = new("--max-port") { Description = "Highest relay port.", DefaultValueFactory = _ => 65535 };
    public static readonly Option<string[]> Allow = new("--allow") { Description = "Peers that are not public: 10.1.0.0/16; may be repeated." };
    public static readonly Option<bool> AllowLoopback = new("--allow-loopback-peers") { Description = "This machine is a peer too: for tests only." };
    public static readonly Option<string[]> Limit = new("--limit") { Description = "NAME=NUMBER, of TurnLimits: AllocationsPerUser=500; may be repeated." };
    public static readonly Option<int> MaxLifetime = new("--max-lifetime") { Description = "Of allocations, in seconds.", DefaultValueFactory = _ => 3600 };
    public static readonly Option<bool> OldChannels = new("--old-channels") { Description = "Clients may bind channels of RFC 5766, as coturn's do." };

    public static readonly RootCommand Command = new("A STUN and TURN server.")
    {
        Listen, Port, TlsPort, Certificate, Key, Realm, User, Secret, NonceKey, Relay, MinPort, MaxPort, Allow, AllowLoopback, Limit, MaxLifetime, OldChannels,
    };

    static Options() => Command.Validators.Add(line =>
    {
        string? problem = line.GetResult(User) is null && line.GetResult(Secret) is null ? "Nobody could use this server: give it a --user or a --secret."
            : line.GetResult(Certificate) is null != line.GetResult(Key) is null ? "--cert and --key belong together."
            : null;
        if (problem is not null)
        {
            line.AddError(problem);
        }
    });

    public static IPEndPoint[] EndPoints(this ParseResult line, Option<ushort> port) =>
        [.. line.GetValue(Listen)!.Select(address => new IPEndPoint(IPAddress.Parse(address), line.GetValue(port)))];

    public static SslStreamCertificateContext ReadCertificate(this ParseResult line)
    {
        string file = line.GetRequiredValue(Certificate);
        var chain = new X509Certificate2Collection();
        chain.ImportFromPemFile(file);
        return SslStreamCertificateContext.Create(X509Certificate2.CreateFromPemFile(file, line.GetRequiredValue(Key)), chain, offline: true);
    }

    public static Dictionary<string, string> Passwords(this ParseResult line) =>
        line.GetValue(User)!.Select(user => user.Split(':', 2)).ToDictionary(user => user[0], user => user.ElementAtOrDefault(1) ?? "", StringComparer.Ordinal);

    public static AddressRange[] Allowed(this ParseResult line) => [.. line.GetValue(Allow)!.Select(AddressRange.Parse)];

    public static TurnLimits Limits(this ParseResult line) =>
        new JsonObject(line.GetValue(Limit)!.Select(limit => limit.Split('=', 2))
            .Select(limit => KeyValuePair.Create(limit[0], (JsonNode?)long.Parse(limit[^1], CultureInfo.InvariantCulture))))
            .Deserialize<TurnLimits>(JsonSerializerOptions.Strict)!;

    /// <summary>What was said; else of each family the first address that is listened on, the machine's first where that is all of them.</summary>
    public static RelayAddress[] Relays(this ParseResult line) => line.GetValue(Relay) is { Length: > 0 } said
        ? [.. said.Select(relay => relay.Split('/', 2)).Select(relay => new RelayAddress(InternetAddress.Parse(relay[0]), InternetAddress.Parse(relay[^1])))]
        : [.. line.GetValue(Listen)!.Select(IPAddress.Parse).SelectMany(OfThisMachine).DistinctBy(address => address.AddressFamily)
            .Select(InternetAddress.From).Select(address => new RelayAddress(address, address))];

    private static IEnumerable<IPAddress> OfThisMachine(IPAddress listen) => !listen.Equals(IPAddress.Any) && !listen.Equals(IPAddress.IPv6Any)
        ? [listen]
        : NetworkInterface.GetAllNetworkInterfaces()
            .Where(network => network.OperationalStatus == OperationalStatus.Up && network.NetworkInterfaceType != NetworkInterfaceType.Loopback)
            .SelectMany(network => network.GetIPProperties().UnicastAddresses.Select(unicast => unicast.Address))
            .Where(address => address.AddressFamily == listen.AddressFamily && !address.IsIPv6LinkLocal);
}
