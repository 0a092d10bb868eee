using Parley.Core.Addresses;

namespace Parley.Stun.Turn.Server;

/// <summary>What is counted as one place: an IPv4 address, or the /64 within which an IPv6 host chooses its own.</summary>
internal static class AddressBlock
{
    /// <summary>A number for the block. No IPv6 block of the internet has the number of an IPv4 address: 0::/32 is not routed.</summary>
    public static ulong Of(InternetAddress address) =>
        address.Family == IpFamily.IPv6 ? (ulong)(address.Bits >> 64) : (ulong)address.Bits;
}
