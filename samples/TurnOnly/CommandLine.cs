using System.CommandLine;
using System.CommandLine.Parsing;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using Parley.Core.Addresses;
using Parley.Stun.Turn.Server;

namespace TurnOnly;

/// <summary>Reads the command line; what cannot be honoured stops the start with one line.</summary>
internal static class CommandLine
{
    private static readonly TurnLimits Defaults = new();

    private static readonly Option<IPAddress[]> Listen = new("--listen")
    {
        Description = "An address to listen on; may be repeated. Default: all there are.",
        CustomParser = result => [.. result.Tokens.Select(token => Parse(result, token, IPAddress.TryParse, IPAddress.None))],
        DefaultValueFactory = _ => Socket.OSSupportsIPv6 ? [IPAddress.Any, IPAddress.IPv6Any] : [IPAddress.Any],
    };

    private static readonly Option<ushort> Port = new("--port") { Description = "For UDP and TCP; 0: free ones.", DefaultValueFactory = _ => 3478 };
    private static readonly Option<ushort> TlsPort = new("--tls-port") { Description = "For TLS, if there is a certificate.", DefaultValueFactory = _ => 5349 };
    private static readonly Option<FileInfo?> Certificate = new("--cert") { Description = "A PEM file: the certificate and those that it rests on." };
    private static readonly Option<FileInfo?> Key = new("--key") { Description = "A PEM file: the certificate's private key." };
    private static readonly Option<string> Realm = new("--realm") { Description = "Names the server to clients.", DefaultValueFactory = _ => "parley" };
    private static readonly Option<string[]> User = new("--user") { Description = "NAME:PASSWORD; may be repeated." };
    private static readonly Option<string[]> Secret = new("--secret")
    {
        Description = "Shared with whoever makes ephemeral credentials, 16 bytes or more; may be repeated.",
    };

    private static readonly Option<string[]> Relay = new("--relay")
    {
        Description = "ADDRESS, or ADDRESS/EXTERNAL behind a NAT: where relayed addresses are; one for IPv4, one for IPv6.",
    };

    private static readonly Option<ushort> MinPort = new("--min-port") { Description = "Lowest relay port.", DefaultValueFactory = _ => 49152 };
    private static readonly Option<ushort> MaxPort = new("--max-port") { Description = "Highest relay port.", DefaultValueFactory = _ => 65535 };
    private static readonly Option<AddressRange[]> Allow = Ranges("--allow", "Peers that may be reached whatever else says: a range such as 10.1.0.0/16; may be repeated.");
    private static readonly Option<AddressRange[]> Deny = Ranges("--deny", "Peers that may not be reached; may be repeated.");
    private static readonly Option<bool> AllowPrivate = new("--allow-private-peers") { Description = "Private addresses may be reached." };
    private static readonly Option<bool> AllowLoopback = new("--allow-loopback-peers") { Description = "This machine may be reached: for tests only." };
    private static readonly Option<int> Allocations = new("--allocations") { Description = "In all.", DefaultValueFactory = _ => Defaults.Allocations };
    private static readonly Option<int> PerUser = new("--allocations-per-user") { Description = "Of each user.", DefaultValueFactory = _ => Defaults.AllocationsPerUser };
    private static readonly Option<int> PerAddress = new("--allocations-per-address") { Description = "Of each client address.", DefaultValueFactory = _ => Defaults.AllocationsPerAddress };
    private static readonly Option<long> BytesPerSecond = new("--bytes-per-second")
    {
        Description = "Of one allocation, each way.",
        DefaultValueFactory = _ => Defaults.BytesPerSecondPerAllocation,
    };

    private static readonly Option<int> MaxLifetime = new("--max-lifetime")
    {
        Description = "For how long at a time an allocation is made at most, in seconds.",
        DefaultValueFactory = _ => 3600,
    };

    private static readonly Option<bool> OldChannels = new("--old-channels") { Description = "Clients may bind the channels of RFC 5766, as coturn's do." };
    private static readonly Option<bool> Verbose = new("--verbose") { Description = "Tell of every allocation." };

    public static Task<int> RunAsync(string[] args, Func<Settings, CancellationToken, Task<int>> run)
    {
        var command = new RootCommand("A STUN and TURN server.")
        {
            Listen, Port, TlsPort, Certificate, Key, Realm, User, Secret, Relay, MinPort, MaxPort, Allow, Deny, AllowPrivate, AllowLoopback,
            Allocations, PerUser, PerAddress, BytesPerSecond, MaxLifetime, OldChannels, Verbose,
        };
        command.SetAction(async (parsed, stop) =>
        {
            try
            {
                return await run(Read(parsed), stop);
            }
            catch (Exception e) when (e is ArgumentException or IOException or FormatException or System.Security.Cryptography.CryptographicException)
            {
                await Console.Error.WriteLineAsync(e.Message);
                return 1;
            }
        });
        return command.Parse(args).InvokeAsync();
    }

    private static Settings Read(ParseResult parsed)
    {
        IPAddress[] listen = parsed.GetValue(Listen)!;
        FileInfo? certificate = parsed.GetValue(Certificate);
        FileInfo? key = parsed.GetValue(Key);
        string[] users = parsed.GetValue(User) ?? [];
        string[] secrets = parsed.GetValue(Secret) ?? [];
        if ((certificate is null) != (key is null))
        {
            throw new FormatException("--cert and --key belong together.");
        }

        if (users.Length + secrets.Length == 0)
        {
            throw new FormatException("Nobody could use this server: give it a --user or a --secret.");
        }

        return new Settings
        {
            Udp = At(parsed.GetValue(Port)),
            Tcp = At(parsed.GetValue(Port)),
            Tls = certificate is null ? [] : At(parsed.GetValue(TlsPort)),
            Certificate = certificate,
            Key = key,
            Realm = parsed.GetValue(Realm)!,
            Users = users.Select(user => user.Split(':', 2)).ToDictionary(
                user => user[0], user => user.Length == 2 ? user[1] : throw new FormatException($"--user {user[0]}: a password is missing."), StringComparer.Ordinal),
            Secrets = secrets,
            Relays = parsed.GetValue(Relay) is { Length: > 0 } relays ? [.. relays.Select(ReadRelay)] : DefaultRelays(listen),
            MinPort = parsed.GetValue(MinPort),
            MaxPort = parsed.GetValue(MaxPort),
            Allowed = parsed.GetValue(Allow) ?? [],
            Denied = parsed.GetValue(Deny) ?? [],
            AllowPrivatePeers = parsed.GetValue(AllowPrivate),
            AllowLoopbackPeers = parsed.GetValue(AllowLoopback),
            Allocations = parsed.GetValue(Allocations),
            AllocationsPerUser = parsed.GetValue(PerUser),
            AllocationsPerAddress = parsed.GetValue(PerAddress),
            BytesPerSecond = parsed.GetValue(BytesPerSecond),
            MaxLifetime = parsed.GetValue(MaxLifetime),
            OldChannels = parsed.GetValue(OldChannels),
            Verbose = parsed.GetValue(Verbose),
        };

        IPEndPoint[] At(ushort port) => [.. listen.Select(address => new IPEndPoint(address, port))];
    }

    private static RelayAddress ReadRelay(string text)
    {
        string[] parts = text.Split('/', 2);
        return new RelayAddress(InternetAddress.Parse(parts[0]), InternetAddress.Parse(parts[^1]));
    }

    /// <summary>Of each family the first address that is listened on; the machine's first where that is all of them.</summary>
    private static List<RelayAddress> DefaultRelays(IPAddress[] listen) =>
    [
        .. listen.SelectMany(address => address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any) ? MachineAddresses(address.AddressFamily) : [address])
            .DistinctBy(address => address.AddressFamily)
            .Select(address => new RelayAddress(InternetAddress.From(address), InternetAddress.From(address))),
    ];

    private static IEnumerable<IPAddress> MachineAddresses(AddressFamily family) => NetworkInterface.GetAllNetworkInterfaces()
        .Where(network => network.OperationalStatus == OperationalStatus.Up && network.NetworkInterfaceType != NetworkInterfaceType.Loopback)
        .SelectMany(network => network.GetIPProperties().UnicastAddresses)
        .Select(unicast => unicast.Address)
        .Where(address => address.AddressFamily == family && !address.IsIPv6LinkLocal);

    private static Option<AddressRange[]> Ranges(string name, string description) => new(name)
    {
        Description = description,
        CustomParser = result => [.. result.Tokens.Select(token => Parse(result, token, AddressRange.TryParse, default(AddressRange)))],
    };

    private delegate bool TryParse<T>(string text, [MaybeNullWhen(false)] out T value);

    private static T Parse<T>(ArgumentResult result, Token token, TryParse<T> parse, T none)
    {
        if (parse(token.Value, out T? value))
        {
            return value;
        }

        result.AddError($"'{token.Value}' is not understood.");
        return none;
    }
}
