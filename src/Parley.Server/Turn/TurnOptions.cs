using System.Globalization;
using System.Text;
using Parley.Core.Addresses;
using Parley.Server.Configuration;
using Parley.Stun.Turn.Server;

namespace Parley.Server.Turn;

/// <summary><c>Parley:Turn</c>: the STUN and TURN server inside this one.</summary>
internal sealed record TurnOptions
{
    public const int DefaultPort = 3478;
    public const int DefaultTlsPort = 5349;

    private const int MinTtlSeconds = 60;
    private const int MaxTtlSeconds = 172_800;
    private const int LowestRelayPort = 1024;

    // Less does not carry a voice.
    private const int LeastRate = 10_000;
    private const int LeastPackets = 100;

    // Whoever guesses a secret is let in for ever.
    private const int MinSecretBytes = 16;

    // RFC 8489, section 14.3.
    private const int MaxUsernameBytes = 508;

    /// <summary>Whether there is one.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>For UDP and TCP, 0 to 65535, where 0 is any free one; null: <see cref="DefaultPort"/>, or another one if that is in use.</summary>
    public int? Port { get; init; }

    /// <summary>For TLS, likewise; null: <see cref="DefaultTlsPort"/>, or another one if that is in use.</summary>
    public int? TlsPort { get; init; }

    /// <summary>Where it listens; empty: where the web server does.</summary>
    public IReadOnlyList<InternetAddress> Listen { get; init; } = [];

    /// <summary>The addresses by which the world knows this machine, at most one of each family; empty: its own.</summary>
    public IReadOnlyList<InternetAddress> External { get; init; } = [];

    /// <summary>A STUN server to ask for the address by which the world knows this machine; null: nobody is asked.</summary>
    public HostPort? Stun { get; init; }

    /// <summary>The lowest port of a relayed address.</summary>
    public ushort MinRelayPort { get; init; } = 49152;

    /// <summary>The highest port of a relayed address.</summary>
    public ushort MaxRelayPort { get; init; } = 65535;

    /// <summary>Peers that are allowed, whatever else says.</summary>
    public IReadOnlyList<AddressRange> AllowedPeers { get; init; } = [];

    /// <summary>Peers that are refused, though they are public.</summary>
    public IReadOnlyList<AddressRange> DeniedPeers { get; init; } = [];

    /// <summary>How much of everything there may be.</summary>
    public TurnLimits Limits { get; init; } = new();

    /// <summary>How long the credentials of a participant are good, in seconds, 60 to 172800.</summary>
    public int TtlSeconds { get; init; } = 21_600;

    /// <summary>Users of other applications, with passwords for ever.</summary>
    public IReadOnlyList<StaticUser> Users { get; init; } = [];

    /// <summary>Secrets shared with other applications, which make credentials of them as draft-uberti-behave-turn-rest-00 says.</summary>
    public IReadOnlyList<string> Secrets { get; init; } = [];

    public TimeSpan Ttl => TimeSpan.FromSeconds(TtlSeconds);

    public static TurnOptions Read(SectionReader section)
    {
        var defaults = new TurnOptions();
        var (minRelayPort, maxRelayPort) = ReadRelayPorts(section, defaults);
        var options = defaults with
        {
            Enabled = section.Boolean(nameof(Enabled), defaultValue: true),
            Port = ReadPort(section, nameof(Port)),
            TlsPort = ReadPort(section, nameof(TlsPort)),
            Listen = ReadAddresses(section, nameof(Listen)),
            External = ReadAddresses(section, nameof(External)),
            Stun = ReadStun(section),
            MinRelayPort = minRelayPort,
            MaxRelayPort = maxRelayPort,
            AllowedPeers = ReadRanges(section, nameof(AllowedPeers)),
            DeniedPeers = ReadRanges(section, nameof(DeniedPeers)),
            Limits = ReadLimits(section.Section(nameof(Limits))),
            TtlSeconds = section.Integer(nameof(TtlSeconds), defaults.TtlSeconds, MinTtlSeconds, MaxTtlSeconds),
            Users = [.. section.Sections(nameof(Users)).Select(ReadUser)],
            Secrets = section.Texts(nameof(Secrets)),
        };
        Check(section, options);
        return options;
    }

    private static void Check(SectionReader section, TurnOptions options)
    {
        if (options.External.Count > 0 && options.Stun is not null)
        {
            throw section.Bad(nameof(Stun), $"has no place beside {section.KeyOf(nameof(External))}: the address is known already");
        }

        if (options.External.GroupBy(address => address.Family).Any(family => family.Count() > 1))
        {
            throw section.Bad(nameof(External), "must name at most one address of IPv4 and one of IPv6");
        }

        if (options.External.FirstOrDefault(address => !address.CanBeReached()) is { Family: not IpFamily.None } unreachable)
        {
            throw section.Bad(nameof(External), $"must name the address by which others reach this machine; nobody does by {unreachable}");
        }

        if (options.Users.DistinctBy(user => user.Name, StringComparer.Ordinal).Count() < options.Users.Count)
        {
            throw section.Bad(nameof(Users), "has two users of one name");
        }

        if (options.Secrets.Any(secret => Encoding.UTF8.GetByteCount(secret) < MinSecretBytes))
        {
            throw section.Bad(nameof(Secrets), $"has one that is too short: a secret has {MinSecretBytes} bytes or more");
        }
    }

    private static int? ReadPort(SectionReader section, string name) =>
        section.Integer(name, defaultValue: -1, minimum: 0, maximum: 65535) is var port and >= 0 ? port : null;

    private static InternetAddress[] ReadAddresses(SectionReader section, string name) => [.. section.Texts(name).Select(text =>
        InternetAddress.TryParse(text, out var address)
            ? address
            : throw section.Bad(name, $"must name IP addresses such as 192.0.2.1 or 2001:db8::1; it has {SectionReader.Quote(text)}"))];

    private static AddressRange[] ReadRanges(SectionReader section, string name) => [.. section.Texts(name).Select(text =>
        AddressRange.TryParse(text, out var range)
            ? range
            : throw section.Bad(
                name, $"must name addresses (192.0.2.1) or networks (192.0.2.0/24, with nothing but zeros behind the prefix); it has {SectionReader.Quote(text)}"))];

    private static HostPort? ReadStun(SectionReader section) => section.Text(nameof(Stun)) is not { } text ? null
        : HostPort.TryParse(text, DefaultPort, out var stun) ? stun
        : throw section.Bad(nameof(Stun), $"must be a host, with or without a port, such as stun.example.org:3478; it is {SectionReader.Quote(text)}");

    private static (ushort Min, ushort Max) ReadRelayPorts(SectionReader section, TurnOptions defaults)
    {
        const string Name = "RelayPorts";
        if (section.Text(Name) is not { } text)
        {
            return (defaults.MinRelayPort, defaults.MaxRelayPort);
        }

        var parts = text.Split('-', StringSplitOptions.TrimEntries);
        return parts.Length == 2
            && ushort.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var min)
            && ushort.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var max)
            && min >= LowestRelayPort
            && min <= max
                ? (min, max)
                : throw section.Bad(Name, $"must be a range of ports from {LowestRelayPort} to 65535, such as 50000-50199; it is {SectionReader.Quote(text)}");
    }

    private static TurnLimits ReadLimits(SectionReader section)
    {
        var defaults = new TurnLimits();
        return defaults with
        {
            Allocations = section.Integer(nameof(TurnLimits.Allocations), defaults.Allocations, 1, 1_000_000),
            AllocationsPerUser = section.Integer(nameof(TurnLimits.AllocationsPerUser), defaults.AllocationsPerUser, 1, 10_000),
            AllocationsPerAddress = section.Integer(nameof(TurnLimits.AllocationsPerAddress), defaults.AllocationsPerAddress, 1, 1_000_000),
            PermissionsPerAllocation = section.Integer(nameof(TurnLimits.PermissionsPerAllocation), defaults.PermissionsPerAllocation, 1, 10_000),
            ChannelsPerAllocation = section.Integer(nameof(TurnLimits.ChannelsPerAllocation), defaults.ChannelsPerAllocation, 1, 10_000),
            BytesPerSecondPerAllocation = section.Integer(
                nameof(TurnLimits.BytesPerSecondPerAllocation), (int)defaults.BytesPerSecondPerAllocation, LeastRate, int.MaxValue),
            PacketsPerSecondPerAllocation = section.Integer(
                nameof(TurnLimits.PacketsPerSecondPerAllocation), defaults.PacketsPerSecondPerAllocation, LeastPackets, int.MaxValue),
            BytesPerSecondPerUser = section.Integer(nameof(TurnLimits.BytesPerSecondPerUser), (int)defaults.BytesPerSecondPerUser, LeastRate, int.MaxValue),
            PacketsPerSecondPerUser = section.Integer(
                nameof(TurnLimits.PacketsPerSecondPerUser), defaults.PacketsPerSecondPerUser, LeastPackets, int.MaxValue),
            UnauthenticatedAnswersPerSecond = section.Integer(
                nameof(TurnLimits.UnauthenticatedAnswersPerSecond), defaults.UnauthenticatedAnswersPerSecond, 1, 1_000_000),
            UnauthenticatedAnswersBurst = section.Integer(
                nameof(TurnLimits.UnauthenticatedAnswersBurst), defaults.UnauthenticatedAnswersBurst, 1, 1_000_000),
            UnauthenticatedAnswersPerSecondInAll = section.Integer(
                nameof(TurnLimits.UnauthenticatedAnswersPerSecondInAll), defaults.UnauthenticatedAnswersPerSecondInAll, 1, 100_000_000),
        };
    }

    private static StaticUser ReadUser(SectionReader section)
    {
        // A password is never part of a message.
        var name = section.Text(nameof(StaticUser.Name));
        var password = section.Text(nameof(StaticUser.Password));
        // The key is made of name, realm and password with colons between (RFC 8489, section 9.2.2): one in the name could stand for another user.
        return name is null || Encoding.UTF8.GetByteCount(name) > MaxUsernameBytes || name.Contains(':', StringComparison.Ordinal)
                ? throw section.Bad(nameof(StaticUser.Name), $"must be a text of 1 to {MaxUsernameBytes} bytes without a colon")
            : password is null ? throw section.Bad(nameof(StaticUser.Password), "is missing")
            : new(name, password);
    }
}

/// <summary>Somebody with a password for ever.</summary>
internal sealed record StaticUser(string Name, string Password);
