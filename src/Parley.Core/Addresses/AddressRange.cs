using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Parley.Core.Addresses;

/// <summary>The addresses that share a prefix, in CIDR notation: <c>192.168.0.0/16</c>, <c>fc00::/7</c> (RFC 4632, RFC 4291 2.3).</summary>
public readonly record struct AddressRange
{
    private readonly UInt128 _mask;

    /// <summary>The addresses whose first <paramref name="prefixLength"/> bits are those of <paramref name="address"/>.</summary>
    /// <exception cref="ArgumentException">There is no address.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The prefix is negative or longer than the address.</exception>
    public AddressRange(InternetAddress address, int prefixLength)
    {
        if (address.Family == IpFamily.None)
        {
            throw new ArgumentException("There is no address.", nameof(address));
        }

        int length = address.Length * 8;
        ArgumentOutOfRangeException.ThrowIfNegative(prefixLength);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(prefixLength, length);
        // A shift by the whole width would be none at all.
        UInt128 hostMask = prefixLength == 0 ? UInt128.MaxValue : (UInt128.One << (length - prefixLength)) - UInt128.One;
        _mask = ~hostMask;
        PrefixLength = prefixLength;
        First = address.Family == IpFamily.IPv4
            ? InternetAddress.FromIPv4((uint)(address.Bits & _mask))
            : InternetAddress.FromIPv6(address.Bits & _mask);
    }

    /// <summary>The lowest address.</summary>
    public InternetAddress First { get; }

    /// <summary>In bits.</summary>
    public int PrefixLength { get; }

    /// <summary>Whether the address lies in it; one of the other family never does, nor does any lie in <c>default</c>.</summary>
    public bool Contains(InternetAddress address) =>
        address.Family == First.Family && address.Family != IpFamily.None && (address.Bits & _mask) == First.Bits;

    /// <summary>From CIDR notation; a single address is a range of one. Bits beyond the prefix must be 0, or it is not clear what is meant.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out AddressRange range)
    {
        range = default;
        string[] parts = text?.Split('/') ?? [];
        if (parts.Length is 0 or > 2 || !InternetAddress.TryParse(parts[0], out InternetAddress address))
        {
            return false;
        }

        int prefixLength = address.Length * 8;
        if (parts.Length == 2
            && (!int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out prefixLength) || prefixLength > address.Length * 8))
        {
            return false;
        }

        range = new AddressRange(address, prefixLength);
        return range.First == address;
    }

    /// <summary>As <see cref="TryParse"/>.</summary>
    /// <exception cref="FormatException"><paramref name="text"/> is no range.</exception>
    public static AddressRange Parse(string text) =>
        TryParse(text, out AddressRange range) ? range : throw new FormatException($"'{text}' is no range of addresses, such as 10.0.0.0/8.");

    /// <summary>In CIDR notation.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{First}/{PrefixLength}");
}
