using Parley.Core.Addresses;
using Parley.Server.Configuration;
using Parley.Stun.Turn.Server;

namespace Parley.Server.Turn;

/// <summary>What the TURN server does, decided from the configuration and this machine's addresses before anything listens.</summary>
/// <param name="Listen">Where it listens; the unspecified address of a family stands for all interfaces.</param>
/// <param name="Reached">The addresses at which it is reached there, the likeliest first.</param>
/// <param name="Relays">Where relayed addresses are had, one of each family, each under its own name as long as no other is known.</param>
internal sealed record TurnPlan(IReadOnlyList<InternetAddress> Listen, IReadOnlyList<InternetAddress> Reached, IReadOnlyList<InternetAddress> Relays)
{
    private static readonly InternetAddress LoopbackV4 = InternetAddress.Parse("127.0.0.1");
    private static readonly InternetAddress LoopbackV6 = InternetAddress.Parse("::1");
    private static readonly InternetAddress AnyV4 = InternetAddress.Parse("0.0.0.0");
    private static readonly InternetAddress AnyV6 = InternetAddress.Parse("::");

    /// <summary>Only people at this machine reach it.</summary>
    public bool IsThisMachineOnly => Listen.All(address => address.IsLoopback());

    /// <summary>Makes the plan.</summary>
    /// <param name="options">What is configured.</param>
    /// <param name="webIsThisMachineOnly">The web server listens on loopback addresses only.</param>
    /// <param name="hasProxies">Reverse proxies are named: others come through them, though the web server listens for this machine.</param>
    /// <param name="hasIPv6">This machine knows IPv6.</param>
    /// <param name="local">Its addresses in its network, the likeliest first.</param>
    public static TurnPlan Make(TurnOptions options, bool webIsThisMachineOnly, bool hasProxies, bool hasIPv6, IReadOnlyList<InternetAddress> local)
    {
        var serves = !webIsThisMachineOnly || hasProxies || options.External.Count > 0 || options.Stun is not null;
        IReadOnlyList<InternetAddress> listen = options.Listen.Count > 0 ? options.Listen
            : (serves, hasIPv6) switch
            {
                (true, true) => [AnyV4, AnyV6],
                (true, false) => [AnyV4],
                (false, true) => [LoopbackV4, LoopbackV6],
                (false, false) => [LoopbackV4],
            };

        // Without any network, calls on this machine can still be relayed.
        InternetAddress[] reached = [.. listen.SelectMany(address => address.IsUnspecified ? local.Where(one => one.Family == address.Family) : [address]).Distinct()];
        if (reached.Length == 0)
        {
            reached = [listen[0].Family == IpFamily.IPv6 ? LoopbackV6 : LoopbackV4];
        }

        return new(listen, reached, [.. reached.DistinctBy(address => address.Family)]);
    }

    /// <summary>Whether a client that was led to this address would be heard.</summary>
    public bool Hears(InternetAddress address) => Listen.Any(one => one.Family == address.Family && (one.IsUnspecified || one == address || (one.IsLoopback() && address.IsLoopback())));

    /// <summary>What the relayed addresses are called outside.</summary>
    /// <param name="external">What the world calls this machine, at most one address of each family.</param>
    /// <exception cref="ConfigurationException">There is an address of a family in which this machine has none.</exception>
    public IReadOnlyList<RelayAddress> RelayAddresses(IReadOnlyList<InternetAddress> external)
    {
        if (external.FirstOrDefault(address => Relays.All(relay => relay.Family != address.Family)) is { Family: not IpFamily.None } homeless)
        {
            throw new ConfigurationException("Parley:Turn:External", $"has {homeless}, but the TURN server has no address of {homeless.Family} here");
        }

        return [.. Relays.Select(relay => new RelayAddress(
            relay,
            external.FirstOrDefault(address => address.Family == relay.Family) is { Family: not IpFamily.None } known ? known : relay))];
    }

    /// <summary>
    /// Which peers may be reached. Private ones by default only where nobody but the people of that network can ask for it: no address of
    /// this server is public.
    /// </summary>
    /// <param name="options">What is configured.</param>
    /// <param name="external">What the world calls this machine.</param>
    /// <param name="all">Every address of this machine, those included at which nobody is told to reach it.</param>
    public PeerPolicy Peers(TurnOptions options, IReadOnlyList<InternetAddress> external, IReadOnlyList<InternetAddress> all) => new()
    {
        Allowed = options.AllowedPeers,
        Denied = options.DeniedPeers,
        AllowPrivate = !Reached.Concat(external).Concat(all.Where(Hears)).Any(address => address.IsPublic()),
        AllowLoopback = IsThisMachineOnly,
    };
}
