namespace Parley.Server.Configuration;

/// <summary>What stands on the command line beside keys and their values: a call for help, and mistakes.</summary>
internal static class CommandLine
{
    public const string Help = """
        Parley: video calls on a server of your own.

        Usage: Parley.Server [--KEY VALUE | --KEY=VALUE]...

        On this machine alone, at http://localhost:8080:

          Parley.Server

        For others on the network too, by https on port 8443:

          Parley.Server --Parley:Https:Certificate fullchain.pem --Parley:Https:Key privkey.pem
          Parley.Server --Parley:Https:SelfSigned true

        Behind a reverse proxy on this machine:

          Parley.Server --Parley:Proxies loopback

        Keys (each also in appsettings.json, or as an environment variable with __ for each colon):

          urls                             where to listen: "http://localhost:8080;https://*:443"
          Parley:Https:Certificate         PEM file: the certificate, with those between it and its root
          Parley:Https:Key                 PEM file: its private key
          Parley:Https:SelfSigned          true: the server makes a certificate for itself
          Parley:Https:Port                where https is served, 8443 by default
          Parley:Proxies                   reverse proxies to believe: addresses, networks, or loopback
          Parley:PathBase                  the path below which a reverse proxy serves Parley: /parley
          Parley:AllowedOrigins            pages that may embed <parley-call>: https://www.example.org
          Parley:FrameOrigins              pages that may show Parley in an <iframe>
          Parley:Rooms:Capacity            the most participants in one room, 8 by default
          Parley:Rooms:MaxRooms            the most rooms at one time
          Parley:Rooms:GraceSeconds        how long a seat without a connection is held, 30 by default
          Parley:Rooms:MaxWaiting          the most people who wait for one room
          Parley:Rooms:MaxWaitingPerNetwork                from one network, for all rooms
          Parley:Rooms:Limits:JoinsPerAddress              joins from one address: so many at once
          Parley:Rooms:Limits:JoinsPerMinutePerAddress     and then so many a minute
          Parley:Rooms:Limits:PasscodesPerAddress          wrong passcodes from one address, for one room
          Parley:Rooms:Limits:PasscodesPerMinutePerAddress
          Parley:Rooms:Limits:PasscodesPerNetwork          the same from one network: of IPv6, one /48
          Parley:Rooms:Limits:PasscodesPerMinutePerNetwork
          Parley:Rooms:Limits:PasscodesPerRoom             wrong passcodes for one room, from everybody
          Parley:Rooms:Limits:PasscodesPerMinutePerRoom
          Parley:JoinTokens:Secrets        let another application decide who enters, and use the API
          Parley:JoinTokens:Required       true: nobody enters without a join token
          Parley:Webhooks:0:Url            where to tell what happens in rooms
          Parley:Webhooks:0:Secrets        whsec_..., by which the receiver knows who tells it
          Parley:Turn:Enabled              false: no STUN and TURN server in this one
          Parley:Turn:External             the address by which the world reaches this machine behind a NAT
          Parley:Turn:Stun                 a STUN server to ask for that address
          Parley:Turn:Port                 where STUN and TURN are served, 3478 by default
          Parley:Turn:TlsPort              where TURN is served over TLS, 5349 by default
          Parley:Turn:Listen               at which addresses
          Parley:Turn:RelayPorts           the ports by which calls are relayed, 49152-65535 by default
          Parley:Turn:AllowedPeers         networks to relay to, private ones too: 10.0.0.0/8
          Parley:Turn:DeniedPeers          networks not to relay to
          Parley:Turn:TtlSeconds           how long credentials of participants are good
          Parley:Turn:Secrets              secrets shared with other applications that use this TURN server
          Parley:Turn:Users:0:Name         somebody else who may use it
          Parley:Turn:Users:0:Password     the password that belongs to Name
          Parley:Turn:Limits:Allocations   the most relayed addresses at one time
          Parley:Turn:Limits:AllocationsPerUser            of one participant
          Parley:Turn:Limits:AllocationsPerAddress         of one address
          Parley:Turn:Limits:PermissionsPerAllocation      the most peers of one of them
          Parley:Turn:Limits:ChannelsPerAllocation         the most channels of one of them
          Parley:Turn:Limits:BytesPerSecondPerAllocation   the most that one of them relays, each way
          Parley:Turn:Limits:PacketsPerSecondPerAllocation   the same in packets
          Parley:Turn:Limits:BytesPerSecondPerUser         the most that is relayed for one participant
          Parley:Turn:Limits:PacketsPerSecondPerUser       the same in packets
          Parley:Turn:Limits:UnauthenticatedAnswersPerSecond   answers to one stranger's address
          Parley:Turn:Limits:UnauthenticatedAnswersBurst       as many at once
          Parley:Turn:Limits:UnauthenticatedAnswersPerSecondInAll   answers to all strangers
          Parley:IceServers:0:Urls         more STUN and TURN servers: stun:HOST, turn:HOST, turns:HOST
          Parley:IceServers:0:Username     with Credential: the same for everyone
          Parley:IceServers:0:Credential   the password that belongs to Username
          Parley:IceServers:0:Secret       instead of both: the secret shared with the TURN server
          Parley:IceServers:0:TtlSeconds   how long credentials made from Secret are good
          Parley:Metrics:Public            true: /metrics answers everyone
          Parley:DataFolder                where the server keeps its keys

        All of them, with their bounds and defaults: docs/configuration.md

        """;

    // Ours, and those of ASP.NET Core and its host.
    private static readonly HashSet<string> Roots = new(StringComparer.OrdinalIgnoreCase)
    {
        "Parley", "Logging", "Kestrel", "AllowedHosts", "hostBuilder", "ForwardedHeaders_Enabled",
        HostDefaults.ApplicationKey, HostDefaults.ContentRootKey, HostDefaults.EnvironmentKey,
        WebHostDefaults.CaptureStartupErrorsKey, WebHostDefaults.DetailedErrorsKey, WebHostDefaults.HostingStartupAssembliesKey,
        WebHostDefaults.HostingStartupExcludeAssembliesKey, WebHostDefaults.HttpPortsKey, WebHostDefaults.HttpsPortsKey,
        WebHostDefaults.PreferHostingUrlsKey, WebHostDefaults.PreventHostingStartupKey, WebHostDefaults.ServerUrlsKey,
        WebHostDefaults.ShutdownTimeoutKey, WebHostDefaults.StaticWebAssetsKey, WebHostDefaults.SuppressStatusMessagesKey,
        WebHostDefaults.WebRootKey,
    };

    private static readonly string[] HelpSwitches = ["--help", "-h", "-?", "/?", "/h", "/help"];

    public static bool AsksForHelp(string[] args) => Array.Exists(args, arg => HelpSwitches.Contains(arg, StringComparer.Ordinal));

    /// <summary>
    /// Refuses what ASP.NET Core would pass over in silence: stray words, keys that nobody reads ("--port"), and a key at the end
    /// without its value.
    /// </summary>
    /// <exception cref="ConfigurationException">Names the word or the key.</exception>
    public static void Check(string[] args)
    {
        for (var at = 0; at < args.Length; at++)
        {
            var hasValue = args[at].Contains('=', StringComparison.Ordinal);
            var key = args[at].Split('=')[0];
            if (!hasValue && !key.StartsWith("--", StringComparison.Ordinal) && !key.StartsWith('/'))
            {
                throw new ConfigurationException(SectionReader.Quote(key), "is no key: keys begin with --, and --help lists them");
            }

            if (!Roots.Contains(key.TrimStart('-', '/').Split(':')[0]))
            {
                throw new ConfigurationException(SectionReader.Quote(key), "is unknown: --help lists the keys");
            }

            if (!hasValue && ++at == args.Length)
            {
                throw new ConfigurationException(args[^1].TrimStart('-', '/'), "has no value");
            }
        }
    }
}
