using System.Diagnostics.Metrics;
using Parley.Stun.Turn.Server;

namespace Parley.Server.Turn;

/// <summary>What the TURN server counts, as the meter <c>Parley.Server.Turn</c>.</summary>
internal sealed class TurnMetrics
{
    public const string MeterName = "Parley.Server.Turn";

    private static readonly KeyValuePair<string, object?> ToPeers = new("direction", "to-peers");
    private static readonly KeyValuePair<string, object?> ToClients = new("direction", "to-clients");

    private static readonly (TurnDrop Reason, KeyValuePair<string, object?> Tag)[] Drops =
    [
        .. Enum.GetValues<TurnDrop>().Select(reason => (reason, new KeyValuePair<string, object?>("reason", NameOf(reason)))),
    ];

    public TurnMetrics(IMeterFactory meterFactory, TurnRelay relay)
    {
        // The factory owns its meters and disposes of them.
        var meter = meterFactory.Create(MeterName);
        meter.CreateObservableUpDownCounter("parley.turn.allocations", () => relay.Counters?.Allocations ?? 0, "{allocation}", "Relayed addresses there are now.");
        meter.CreateObservableCounter(
            "parley.turn.allocations_made", () => relay.Counters?.AllocationsMade ?? 0, "{allocation}", "Relayed addresses made so far.");
        meter.CreateObservableCounter(
            "parley.turn.relayed_packets",
            () => Both(relay, counters => counters.PacketsToPeers, counters => counters.PacketsToClients),
            "{packet}",
            "Packets relayed, by direction.");
        meter.CreateObservableCounter(
            "parley.turn.relayed",
            () => Both(relay, counters => counters.BytesToPeers, counters => counters.BytesToClients),
            "By",
            "Payload relayed, by direction.");
        meter.CreateObservableCounter(
            "parley.turn.refused_peers", () => relay.Counters?.PeersRefused ?? 0, "{request}", "Requests that named a peer whom the policy forbids.");
        meter.CreateObservableCounter(
            "parley.turn.authentication_failures",
            () => relay.Counters?.AuthenticationFailures ?? 0,
            "{request}",
            "Requests whose credential is unknown or wrong. A first request without any is none.");
        meter.CreateObservableCounter("parley.turn.dropped_packets", () => Dropped(relay), "{packet}", "Packets that went no further, by reason.");
    }

    private static Measurement<long>[] Both(TurnRelay relay, Func<TurnServerCounters, long> toPeers, Func<TurnServerCounters, long> toClients) =>
        relay.Counters is { } counters ? [new(toPeers(counters), ToPeers), new(toClients(counters), ToClients)] : [];

    private static IEnumerable<Measurement<long>> Dropped(TurnRelay relay) =>
        relay.Counters is { } counters ? Drops.Select(drop => new Measurement<long>(counters[drop.Reason], drop.Tag)) : [];

    /// <summary>NoAllocation is "no-allocation".</summary>
    private static string NameOf(TurnDrop reason) =>
        string.Concat(reason.ToString().Select((letter, at) => char.IsUpper(letter) ? (at > 0 ? "-" : string.Empty) + char.ToLowerInvariant(letter) : letter.ToString()));
}
