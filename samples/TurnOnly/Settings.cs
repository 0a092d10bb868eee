using System.Net;
using Parley.Core.Addresses;
using Parley.Stun.Turn.Server;

namespace TurnOnly;

/// <summary>What the command line says.</summary>
internal sealed record Settings
{
    public required IReadOnlyList<IPEndPoint> Udp { get; init; }

    public required IReadOnlyList<IPEndPoint> Tcp { get; init; }

    public required IReadOnlyList<IPEndPoint> Tls { get; init; }

    public required FileInfo? Certificate { get; init; }

    public required FileInfo? Key { get; init; }

    public required string Realm { get; init; }

    public required IReadOnlyDictionary<string, string> Users { get; init; }

    public required IReadOnlyList<string> Secrets { get; init; }

    public required IReadOnlyList<RelayAddress> Relays { get; init; }

    public required ushort MinPort { get; init; }

    public required ushort MaxPort { get; init; }

    public required IReadOnlyList<AddressRange> Allowed { get; init; }

    public required IReadOnlyList<AddressRange> Denied { get; init; }

    public required bool AllowPrivatePeers { get; init; }

    public required bool AllowLoopbackPeers { get; init; }

    public required int Allocations { get; init; }

    public required int AllocationsPerUser { get; init; }

    public required int AllocationsPerAddress { get; init; }

    public required long BytesPerSecond { get; init; }

    public required int MaxLifetime { get; init; }

    public required bool OldChannels { get; init; }

    public required bool Verbose { get; init; }
}
