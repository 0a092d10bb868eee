namespace Parley.Testing.Nats;

/// <summary>How a NAT treats UDP, in the terms of RFC 4787; TCP passes outwards through every one of them.</summary>
/// <param name="Mapping">When an endpoint inside gets another port outside (RFC 4787, 4.1).</param>
/// <param name="Filtering">Whose datagrams pass inwards (RFC 4787, section 5).</param>
public sealed record Nat(NatBehavior Mapping, NatBehavior Filtering)
{
    /// <summary>Each address outside belongs to one host inside, with all its ports: what clouds give their machines.</summary>
    public static Nat OneToOne { get; } = new(NatBehavior.EndpointIndependent, NatBehavior.EndpointIndependent) { IsOneToOne = true, Hairpins = true };

    /// <summary>One port outside, open to everybody.</summary>
    public static Nat FullCone { get; } = new(NatBehavior.EndpointIndependent, NatBehavior.EndpointIndependent);

    /// <summary>One port outside, open to hosts that were sent to.</summary>
    public static Nat AddressRestricted { get; } = new(NatBehavior.EndpointIndependent, NatBehavior.AddressDependent);

    /// <summary>One port outside, open to ports that were sent to.</summary>
    public static Nat PortRestricted { get; } = new(NatBehavior.EndpointIndependent, NatBehavior.AddressAndPortDependent);

    /// <summary>A port outside for each port that is sent to, open to that one only.</summary>
    public static Nat Symmetric { get; } = new(NatBehavior.AddressAndPortDependent, NatBehavior.AddressAndPortDependent);

    /// <summary>No UDP at all: a careful firewall.</summary>
    public static Nat UdpBlocked { get; } = Symmetric with { BlocksUdp = true };

    /// <summary>A mapping ends when nothing was sent outwards for so long (RFC 4787, 4.3: 2 minutes or more; many give less).</summary>
    public TimeSpan MappingLifetime { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Hosts inside reach each other by their addresses outside (RFC 4787, section 6).</summary>
    public bool Hairpins { get; init; }

    /// <summary>Datagrams do not pass.</summary>
    public bool BlocksUdp { get; init; }

    /// <summary>Ports stay as they are, and whoever connects from outside reaches the host inside.</summary>
    public bool IsOneToOne { get; init; }
}

/// <summary>What a NAT makes a difference by (RFC 4787, 4.1 and section 5).</summary>
public enum NatBehavior
{
    /// <summary>By nothing outside.</summary>
    EndpointIndependent,

    /// <summary>By the address outside.</summary>
    AddressDependent,

    /// <summary>By the address and the port outside.</summary>
    AddressAndPortDependent,
}
