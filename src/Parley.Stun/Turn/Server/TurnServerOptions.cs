using Parley.Core.Addresses;

namespace Parley.Stun.Turn.Server;

/// <summary>How a TURN server behaves. The defaults are safe on the open internet.</summary>
public sealed record TurnServerOptions
{
    /// <summary>Names the server to clients (REALM), 1 to 127 bytes; short, because it is in every answer to a stranger.</summary>
    public string Realm { get; init; } = "parley";

    /// <summary>
    /// Signs nonces: 32 bytes or more, kept across restarts and shared by servers that stand for each other, because browsers give up
    /// when the first nonce they were given is refused.
    /// </summary>
    public required ReadOnlyMemory<byte> NonceKey { get; init; }

    /// <summary>How long a nonce is good; at least 10 minutes.</summary>
    public TimeSpan NonceLifetime { get; init; } = TimeSpan.FromHours(1);

    /// <summary>The addresses that this server listens on itself, every one of them: no peer is there.</summary>
    public required IReadOnlyList<TransportAddress> Listeners { get; init; }

    /// <summary>All other addresses of this machine: its services are not what peers are for. Loopback addresses need no mention.</summary>
    public IReadOnlyList<InternetAddress> OwnAddresses { get; init; } = [];

    /// <summary>Where relayed addresses can be had; at most one of each family.</summary>
    public required IReadOnlyList<RelayAddress> RelayAddresses { get; init; }

    /// <summary>
    /// The family of a relayed address when its client asks for none: IPv4, as RFC 8656, 7.2 has it. Browsers never ask, so a server that
    /// relays over IPv6 only has to say IPv6 here to be of use to them.
    /// </summary>
    public IpFamily DefaultFamily { get; init; } = IpFamily.IPv4;

    /// <summary>The lowest port of a relayed address, 1024 or more.</summary>
    public ushort MinRelayPort { get; init; } = 49152;

    /// <summary>The highest port of a relayed address.</summary>
    public ushort MaxRelayPort { get; init; } = 65535;

    /// <summary>For how long an allocation is made when its client does not say (RFC 8656, 7.2).</summary>
    public TimeSpan DefaultLifetime { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>The longest that an allocation is made for at a time.</summary>
    public TimeSpan MaxLifetime { get; init; } = TimeSpan.FromHours(1);

    /// <summary>
    /// Whether clients may bind the channels that RFC 5766 had and RFC 8656 has not, 0x5000 to 0x7FFF: some choose any. Browsers do not.
    /// </summary>
    public bool OldChannels { get; init; }

    /// <summary>Which peers may be reached.</summary>
    public PeerPolicy Peers { get; init; } = PeerPolicy.Public;

    /// <summary>How much of everything there may be.</summary>
    public TurnLimits Limits { get; init; } = new();
}

/// <summary>An address of this machine that relays, and what the world calls it.</summary>
/// <param name="Local">One of this machine's own; never the unspecified one.</param>
/// <param name="External">The same, or what a NAT in front of the machine makes of it.</param>
public sealed record RelayAddress(InternetAddress Local, InternetAddress External);

/// <summary>How much a TURN server gives, to all and to each.</summary>
public sealed record TurnLimits
{
    /// <summary>Allocations in all.</summary>
    public int Allocations { get; init; } = 10_000;

    /// <summary>Allocations of one <see cref="TurnUser.Id"/>: a browser in a mesh makes one for each network and each peer connection.</summary>
    public int AllocationsPerUser { get; init; } = 100;

    /// <summary>Allocations of one client address (IPv4) or /64 (IPv6): thirty people may sit behind one.</summary>
    public int AllocationsPerAddress { get; init; } = 2_000;

    /// <summary>Permissions that one allocation has at a time.</summary>
    public int PermissionsPerAllocation { get; init; } = 64;

    /// <summary>Channels that one allocation has at a time.</summary>
    public int ChannelsPerAllocation { get; init; } = 32;

    /// <summary>Payload bytes per second of one allocation, each way; a burst of one second is allowed.</summary>
    public long BytesPerSecondPerAllocation { get; init; } = 6_250_000;

    /// <summary>Packets per second of one allocation, each way; a burst of one second is allowed.</summary>
    public int PacketsPerSecondPerAllocation { get; init; } = 10_000;

    /// <summary>Payload bytes per second of all allocations of one user together, each way.</summary>
    public long BytesPerSecondPerUser { get; init; } = 25_000_000;

    /// <summary>Packets per second of all allocations of one user together, each way.</summary>
    public int PacketsPerSecondPerUser { get; init; } = 40_000;

    /// <summary>
    /// Answers per second to requests over UDP that prove nothing, for each /32 (IPv4) or /64 (IPv6): whoever forges a sender's address
    /// makes the server send to a victim.
    /// </summary>
    public int UnauthenticatedAnswersPerSecond { get; init; } = 100;

    /// <summary>How many of them at once, at most: thirty people behind one address join in one second.</summary>
    public int UnauthenticatedAnswersBurst { get; init; } = 1_000;

    /// <summary>Such answers per second to all the world together, with a burst of one second.</summary>
    public int UnauthenticatedAnswersPerSecondInAll { get; init; } = 50_000;

    /// <summary>
    /// Such answers per second to the client of one allocation, with a burst of one second. They do not count among the others: when its
    /// nonce grows old in the middle of a call, it asks for each channel and permission once in vain.
    /// </summary>
    public int UnauthenticatedAnswersPerSecondPerAllocation { get; init; } = 50;

    /// <summary>The longest payload that is relayed, in bytes, each way.</summary>
    public int MaxPayload { get; init; } = 1_800;
}
