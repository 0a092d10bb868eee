using Parley.Core.Addresses;

namespace Parley.Stun.Turn.Server;

/// <summary>
/// Which peers a TURN server may reach. What is not public is refused, in every disguise that IPv6 has for IPv4, but for
/// what is allowed in so many words.
/// </summary>
public sealed record PeerPolicy
{
    /// <summary>Public addresses only.</summary>
    public static PeerPolicy Public { get; } = new();

    /// <summary>
    /// Ranges that are allowed whatever else says. This machine's own addresses are not meant by a network around them: only one that
    /// stands for itself, and a range of loopback addresses, allows them. A listener is never a peer.
    /// </summary>
    public IReadOnlyList<AddressRange> Allowed { get; init; } = [];

    /// <summary>Ranges that are refused besides, unless they are <see cref="Allowed"/>.</summary>
    public IReadOnlyList<AddressRange> Denied { get; init; } = [];

    /// <summary>
    /// Private and link-local addresses are allowed, to clients that have such an address themselves: for a server in a network of
    /// people who may reach each other.
    /// </summary>
    public bool AllowPrivate { get; init; }

    /// <summary>This machine's loopback addresses are allowed, and its other ones: for a server that only people at this machine reach.</summary>
    public bool AllowLoopback { get; init; }
}
