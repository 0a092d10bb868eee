using Parley.Core.Addresses;

namespace Parley.Stun.Turn.Server;

/// <summary>Addresses that are no host on the internet (IANA, IPv4 and IPv6 Special-Purpose Address Registries).</summary>
internal static class SpecialAddresses
{
    public static IReadOnlyList<AddressRange> Loopback { get; } = Parse("127.0.0.0/8", "::1");

    /// <summary>What a network uses inside: its own addresses, those of a carrier's NAT, and link-local ones.</summary>
    public static IReadOnlyList<AddressRange> Private { get; } = Parse(
        "10.0.0.0/8", "100.64.0.0/10", "169.254.0.0/16", "172.16.0.0/12", "192.168.0.0/16",
        "fc00::/7", "fe80::/10", "fec0::/10");

    /// <summary>Never a peer, unless it is allowed in so many words.</summary>
    public static IReadOnlyList<AddressRange> Others { get; } = Parse(
        // Where clouds tell a machine its secrets; refused even where link-local addresses are not.
        "169.254.169.254", "169.254.169.253", "100.100.100.200", "168.63.129.16", "fd00:ec2::254",
        "0.0.0.0/8", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
        "224.0.0.0/4", "240.0.0.0/4",
        // RFC 4291, 2.4: hosts of the internet are in 2000::/3. Below it are ::, and IPv4 in most of its disguises; what is above it and
        // not for private use is reserved, but for groups.
        "::/3", "4000::/2", "8000::/2", "c000::/3", "e000::/4", "f000::/5", "f800::/6", "fe00::/9", "ff00::/8",
        // Within it: protocols of the IETF (Teredo, benchmarks, ORCHID and others), documentation, 6to4.
        "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20");

    /// <summary>Whether no host sends from there: the unspecified address, groups, broadcast (RFC 1122, 3.2.1.3; RFC 4291, 2.7).</summary>
    public static bool IsNoSender(InternetAddress address) => address.Family == IpFamily.IPv4
        ? (byte)(address.Bits >> 24) is 0 or >= 224
        : address.IsUnspecified || (byte)(address.Bits >> 120) == 0xFF;

    private static AddressRange[] Parse(params string[] ranges) => [.. ranges.Select(AddressRange.Parse)];
}
