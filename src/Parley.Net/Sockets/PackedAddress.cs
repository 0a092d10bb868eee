using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using Parley.Core.Addresses;

namespace Parley.Net.Sockets;

/// <summary>
/// Transport addresses in the operating system's own form, read and written without touching the heap. The places are the same on Linux,
/// Windows and macOS: family (2 bytes), port (2, network order), then the IPv4 address (4), or flow label (4), IPv6 address (16) and
/// scope (4, in the machine's order).
/// </summary>
internal static class PackedAddress
{
    private const int PortOffset = 2;
    private const int IPv4Offset = 4;
    private const int IPv4Length = 4;
    private const int FlowOffset = 4;
    private const int IPv6Offset = 8;
    private const int IPv6Length = 16;
    private const int ScopeOffset = IPv6Offset + IPv6Length;

    /// <summary>An address to be filled again and again.</summary>
    public static SocketAddress Empty(IpFamily family) => new(FamilyOf(family));

    public static AddressFamily FamilyOf(IpFamily family) => family == IpFamily.IPv6 ? AddressFamily.InterNetworkV6 : AddressFamily.InterNetwork;

    /// <summary>What stands in an address of this family.</summary>
    public static TransportAddress Read(SocketAddress packed, IpFamily family)
    {
        ReadOnlySpan<byte> bytes = packed.Buffer.Span;
        ushort port = BinaryPrimitives.ReadUInt16BigEndian(bytes[PortOffset..]);
        InternetAddress address = family == IpFamily.IPv6
            ? InternetAddress.FromIPv6(BinaryPrimitives.ReadUInt128BigEndian(bytes[IPv6Offset..]))
            : InternetAddress.FromIPv4(BinaryPrimitives.ReadUInt32BigEndian(bytes[IPv4Offset..]));
        return new TransportAddress(address, port);
    }

    /// <summary>Writes over an address of the same family.</summary>
    /// <param name="packed">Made by <see cref="Empty"/>.</param>
    /// <param name="address">Without a scope of its own.</param>
    /// <param name="scope">Which interface, should the address be link-local.</param>
    public static void Write(SocketAddress packed, in TransportAddress address, uint scope)
    {
        Span<byte> bytes = packed.Buffer.Span;
        BinaryPrimitives.WriteUInt16BigEndian(bytes[PortOffset..], address.Port);
        if (address.Family == IpFamily.IPv4)
        {
            address.Address.Write(bytes.Slice(IPv4Offset, IPv4Length));
            return;
        }

        bytes.Slice(FlowOffset, sizeof(uint)).Clear();
        address.Address.Write(bytes.Slice(IPv6Offset, IPv6Length));
        BitConverter.TryWriteBytes(bytes[ScopeOffset..], IsLinkLocal(address.Address) ? scope : 0);
    }

    // fe80::/10 (RFC 4291, 2.5.6).
    private static bool IsLinkLocal(InternetAddress address) => address.Bits >> 118 == 0b1111_1110_10;
}
