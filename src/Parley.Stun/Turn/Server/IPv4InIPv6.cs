using Parley.Core.Addresses;

namespace Parley.Stun.Turn.Server;

/// <summary>
/// The IPv4 addresses that an IPv6 address may stand for: what translators and tunnels make of it. A filter that looks at the IPv6 form
/// only is passed by all of them (CVE-2026-27624 was the mapped form).
/// </summary>
internal static class IPv4InIPv6
{
    /// <summary>No address holds more: a prefix may hold two, an interface identifier one.</summary>
    public const int Max = 3;

    private const ulong MappedPrefix = 0x0000_FFFF;
    private const ulong TranslatedPrefix = 0xFFFF_0000;
    private const ulong Nat64Prefix = 0x0064_FF9B_0000_0000;
    private const uint IsatapIdentifier = 0x0000_5EFE;

    /// <summary>Writes them to <paramref name="found"/>, which holds <see cref="Max"/>; answers how many there are.</summary>
    public static int Unwrap(InternetAddress address, Span<InternetAddress> found)
    {
        if (address.Family != IpFamily.IPv6)
        {
            return 0;
        }

        int count = 0;
        ulong high = (ulong)(address.Bits >> 64);
        ulong low = (ulong)address.Bits;
        uint middle = (uint)(low >> 32);
        uint last = (uint)low;

        // :: and ::1 are addresses in their own right (RFC 4291, 2.5.2 and 2.5.3).
        if (address.Bits <= 1)
        {
            return 0;
        }

        // ::a.b.c.d and ::ffff:a.b.c.d (RFC 4291, 2.5.5), ::ffff:0:a.b.c.d (RFC 2765, 2.1), 64:ff9b::a.b.c.d (RFC 6052, 2.1)
        if ((high == 0 && (middle == 0 || middle == MappedPrefix || middle == TranslatedPrefix)) || (high == Nat64Prefix && middle == 0))
        {
            found[count++] = InternetAddress.FromIPv4(last);
        }

        // 2002:aabb:ccdd::/48 (RFC 3056, section 2)
        if (high >> 48 == 0x2002)
        {
            found[count++] = InternetAddress.FromIPv4((uint)(high >> 16));
        }

        // Teredo: the server in plain, the client's address inverted (RFC 4380, section 4)
        if (high >> 32 == 0x2001_0000)
        {
            found[count++] = InternetAddress.FromIPv4((uint)high);
            found[count++] = InternetAddress.FromIPv4(~last);
        }

        // ISATAP, in any prefix: 0000:5efe or, of a globally unique address, 0200:5efe (RFC 5214, 6.1)
        if ((middle & ~0x0200_0000u) == IsatapIdentifier)
        {
            found[count++] = InternetAddress.FromIPv4(last);
        }

        return count;
    }
}
