using System.Diagnostics.Metrics;
using Parley.Stun.Turn.Server;

namespace Parley.Net.Turn;

/// <summary>What a TURN server measures of itself: the meter <c>Parley.Turn</c>.</summary>
public static class TurnMetrics
{
    /// <summary>For whoever collects.</summary>
    public const string MeterName = "Parley.Turn";

    private static readonly TurnDrop[] Reasons = Enum.GetValues<TurnDrop>();

    /// <summary>Shows the numbers of one server; they are read when somebody collects them, and cost nothing else.</summary>
    /// <param name="meterFactory">Owns the meter.</param>
    /// <param name="host">Whose numbers.</param>
    public static void AddTo(IMeterFactory meterFactory, TurnHost host)
    {
        ArgumentNullException.ThrowIfNull(meterFactory);
        ArgumentNullException.ThrowIfNull(host);
        // The factory owns its meters and disposes of them.
        Meter meter = meterFactory.Create(MeterName);
        TurnServerCounters turn = host.Counters;
        TurnHostCounters sockets = host.HostCounters;
        meter.CreateObservableUpDownCounter("parley.turn.allocations", () => turn.Allocations, "{allocation}", "Relayed addresses that clients have now.");
        meter.CreateObservableCounter("parley.turn.allocations_made", () => turn.AllocationsMade, "{allocation}", "Relayed addresses that clients were given.");
        meter.CreateObservableCounter(
            "parley.turn.relayed.packets", () => EachWay(turn.PacketsToPeers, turn.PacketsToClients), "{packet}", "Packets relayed, by direction.");
        meter.CreateObservableCounter(
            "parley.turn.relayed.bytes", () => EachWay(turn.BytesToPeers, turn.BytesToClients), "By", "Payload relayed, by direction.");
        meter.CreateObservableCounter("parley.turn.peers_refused", () => turn.PeersRefused, "{request}", "Requests that named a forbidden peer.");
        meter.CreateObservableCounter(
            "parley.turn.authentication_failures", () => turn.AuthenticationFailures, "{request}", "Requests with credentials that are not good.");
        meter.CreateObservableCounter("parley.turn.dropped", () => Drops(turn, sockets), "{packet}", "Packets that went no further, by reason.");
        meter.CreateObservableUpDownCounter("parley.turn.connections", () => sockets.Connections, "{connection}", "TCP and TLS connections of clients.");
        meter.CreateObservableCounter(
            "parley.turn.connections_refused", () => sockets.ConnectionsRefused, "{connection}", "Connections beyond what there is room for.");
        meter.CreateObservableCounter("parley.turn.handshakes_failed", () => sockets.HandshakesFailed, "{handshake}", "TLS handshakes that failed.");
        meter.CreateObservableCounter("parley.turn.relays_refused", () => sockets.RelaysRefused, "{relay}", "Relay sockets that could not be opened.");
    }

    private static Measurement<long>[] EachWay(long toPeers, long toClients) =>
        [new(toPeers, Tag("direction", "to_peer")), new(toClients, Tag("direction", "to_client"))];

    private static IEnumerable<Measurement<long>> Drops(TurnServerCounters turn, TurnHostCounters sockets) =>
    [
        .. Reasons.Select(reason => new Measurement<long>(turn[reason], Tag("reason", Name(reason)))),
        new(sockets.Unsent, Tag("reason", "unsent")),
        new(sockets.BacklogFull, Tag("reason", "backlog_full")),
        new(sockets.TooLong, Tag("reason", "too_long")),
    ];

    private static string Name(TurnDrop reason) => reason switch
    {
        TurnDrop.Malformed => "malformed",
        TurnDrop.NoAllocation => "no_allocation",
        TurnDrop.NoPermission => "no_permission",
        TurnDrop.NoChannel => "no_channel",
        TurnDrop.ForbiddenPeer => "forbidden_peer",
        TurnDrop.RateLimit => "rate_limit",
        TurnDrop.UnauthenticatedRate => "unauthenticated_rate",
        TurnDrop.TooLarge => "too_large",
        _ => "other",
    };

    private static KeyValuePair<string, object?> Tag(string key, string value) => new(key, value);
}
