using Parley.Core.Addresses;
using Parley.Core.Time;

namespace Parley.Testing.Nats;

/// <summary>The mappings of a NAT, and who may use them inwards.</summary>
internal sealed class NatTable(Nat nat, InternetAddress outside, SeededRandom random)
{
    private readonly Dictionary<(TransportAddress Inside, TransportAddress Remote), Mapping> _byInside = [];
    private readonly Dictionary<TransportAddress, Mapping> _byOutside = [];

    /// <summary>The address outside from which an endpoint inside sends to <paramref name="remote"/>; a new one, if need be.</summary>
    public TransportAddress MapOutwards(Instant now, TransportAddress inside, TransportAddress remote)
    {
        (TransportAddress, TransportAddress) key = (inside, Distinguish(nat.Mapping, inside, remote));
        if (!_byInside.TryGetValue(key, out Mapping? mapping) || IsExpired(mapping, now))
        {
            if (mapping is not null)
            {
                _byOutside.Remove(mapping.Outside);
            }

            mapping = new Mapping(inside, OutsideOf(now, inside));
            _byInside[key] = mapping;
            _byOutside[mapping.Outside] = mapping;
        }

        // RFC 4787, REQ-6: what goes out refreshes; what comes in need not, since anybody could keep a mapping alive with it.
        mapping.LastUsed = now;
        mapping.Contacted.Add(Generalize(nat.Filtering, remote));
        return mapping.Outside;
    }

    /// <summary>The endpoint inside that gets what <paramref name="remote"/> sent to an address outside; null and why: nobody.</summary>
    public TransportAddress? MapInwards(Instant now, TransportAddress at, TransportAddress remote, out string refusal)
    {
        refusal = "no mapping";
        if (!_byOutside.TryGetValue(at, out Mapping? mapping) || IsExpired(mapping, now))
        {
            return null;
        }

        refusal = "filtered";
        return mapping.Contacted.Contains(Generalize(nat.Filtering, remote)) ? mapping.Inside : null;
    }

    private bool IsExpired(Mapping mapping, Instant now) => now - mapping.LastUsed >= nat.MappingLifetime;

    private TransportAddress OutsideOf(Instant now, TransportAddress inside)
    {
        // There is address enough: with IPv6 a router filters and does not translate.
        if (inside.Family == IpFamily.IPv6)
        {
            return inside;
        }

        TransportAddress candidate;
        do
        {
            candidate = new TransportAddress(outside, (ushort)random.Between(1024, ushort.MaxValue));
        }
        while (_byOutside.TryGetValue(candidate, out Mapping? taken) && !IsExpired(taken, now));
        return candidate;
    }

    private static TransportAddress Distinguish(NatBehavior mapping, TransportAddress inside, TransportAddress remote) =>
        inside.Family == IpFamily.IPv6 ? default : Generalize(mapping, remote);

    private static TransportAddress Generalize(NatBehavior behavior, TransportAddress remote) => behavior switch
    {
        NatBehavior.EndpointIndependent => default,
        NatBehavior.AddressDependent => remote with { Port = 0 },
        _ => remote,
    };

    private sealed class Mapping(TransportAddress inside, TransportAddress outside)
    {
        public TransportAddress Inside => inside;

        public TransportAddress Outside => outside;

        public Instant LastUsed { get; set; }

        public HashSet<TransportAddress> Contacted { get; } = [];
    }
}
