using System.Buffers;
using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace Parley.Core.Addresses;

/// <summary>
/// An IPv4 or IPv6 address as a value: unlike <see cref="IPAddress"/> it is compared, hashed and copied without touching the heap. An
/// IPv6 address has no scope here: link-local addresses of two interfaces are the same.
/// </summary>
public readonly record struct InternetAddress : IComparable<InternetAddress>
{
    private const int IPv4Length = 4;
    private const int IPv6Length = 16;

    private static readonly SearchValues<char> AddressCharacters = SearchValues.Create("0123456789abcdefABCDEF:.");

    private InternetAddress(IpFamily family, UInt128 bits)
    {
        Family = family;
        Bits = bits;
    }

    /// <summary><see cref="IpFamily.None"/> for <c>default</c>.</summary>
    public IpFamily Family { get; }

    /// <summary>The address as a number; of an IPv4 address the lower 32 bits.</summary>
    public UInt128 Bits { get; }

    /// <summary>In bytes: 4, 16, or 0 for <c>default</c>.</summary>
    public int Length => Family switch
    {
        IpFamily.IPv4 => IPv4Length,
        IpFamily.IPv6 => IPv6Length,
        _ => 0,
    };

    /// <summary>Whether it is <c>0.0.0.0</c> or <c>::</c>, or no address.</summary>
    public bool IsUnspecified => Bits == 0;

    /// <summary>The address with these 32 bits, most significant first.</summary>
    public static InternetAddress FromIPv4(uint bits) => new(IpFamily.IPv4, bits);

    /// <summary>The address with these 128 bits, most significant first.</summary>
    public static InternetAddress FromIPv6(UInt128 bits) => new(IpFamily.IPv6, bits);

    /// <summary>From 4 or 16 bytes in network byte order.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out InternetAddress address)
    {
        address = bytes.Length switch
        {
            IPv4Length => FromIPv4(BinaryPrimitives.ReadUInt32BigEndian(bytes)),
            IPv6Length => FromIPv6(BinaryPrimitives.ReadUInt128BigEndian(bytes)),
            _ => default,
        };
        return address.Family != IpFamily.None;
    }

    /// <summary>Writes <see cref="Length"/> bytes in network byte order.</summary>
    /// <exception cref="ArgumentException"><paramref name="destination"/> is too short.</exception>
    public void Write(Span<byte> destination)
    {
        if (destination.Length < Length)
        {
            throw new ArgumentException($"An address of {Length} bytes does not fit into {destination.Length}.", nameof(destination));
        }

        if (Family == IpFamily.IPv4)
        {
            BinaryPrimitives.WriteUInt32BigEndian(destination, (uint)Bits);
        }
        else if (Family == IpFamily.IPv6)
        {
            BinaryPrimitives.WriteUInt128BigEndian(destination, Bits);
        }
    }

    /// <summary>The same address; a scope is lost.</summary>
    public static InternetAddress From(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[IPv6Length];
        address.TryWriteBytes(bytes, out int length);
        TryRead(bytes[..length], out InternetAddress result);
        return result;
    }

    /// <summary>The same address.</summary>
    /// <exception cref="InvalidOperationException">This is no address.</exception>
    public IPAddress ToIPAddress()
    {
        Span<byte> bytes = stackalloc byte[IPv6Length];
        Write(bytes);
        return Family == IpFamily.None
            ? throw new InvalidOperationException("There is no address.")
            : new IPAddress(bytes[..Length]);
    }

    /// <summary>
    /// From the usual notations: <c>192.0.2.1</c>, <c>2001:db8::1</c>. Other forms of IPv4 (shorter, octal, hexadecimal), brackets, ports
    /// and scopes are refused.
    /// </summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out InternetAddress address)
    {
        address = default;
        // IPAddress takes "1" for 0.0.0.1, "010.0.0.1" for 8.0.0.1 and "[::1]:80" for ::1: nobody who configures an address means that.
        if (text is null || text.AsSpan().ContainsAnyExcept(AddressCharacters) || !IPAddress.TryParse(text, out IPAddress? parsed))
        {
            return false;
        }

        InternetAddress read = From(parsed);
        if (read.Family == IpFamily.IPv4 && !string.Equals(parsed.ToString(), text, StringComparison.Ordinal))
        {
            return false;
        }

        address = read;
        return true;
    }

    /// <summary>As <see cref="TryParse"/>.</summary>
    /// <exception cref="FormatException"><paramref name="text"/> is no address.</exception>
    public static InternetAddress Parse(string text) =>
        TryParse(text, out InternetAddress address) ? address : throw new FormatException($"'{text}' is no IP address.");

    /// <summary>IPv4 before IPv6, then as numbers.</summary>
    public int CompareTo(InternetAddress other) =>
        Family == other.Family ? Bits.CompareTo(other.Bits) : Family.CompareTo(other.Family);

    /// <inheritdoc />
    public override string ToString() => Family == IpFamily.None ? "none" : ToIPAddress().ToString();

    /// <summary>See <see cref="CompareTo"/>.</summary>
    public static bool operator <(InternetAddress a, InternetAddress b) => a.CompareTo(b) < 0;

    /// <summary>See <see cref="CompareTo"/>.</summary>
    public static bool operator >(InternetAddress a, InternetAddress b) => a.CompareTo(b) > 0;

    /// <summary>See <see cref="CompareTo"/>.</summary>
    public static bool operator <=(InternetAddress a, InternetAddress b) => a.CompareTo(b) <= 0;

    /// <summary>See <see cref="CompareTo"/>.</summary>
    public static bool operator >=(InternetAddress a, InternetAddress b) => a.CompareTo(b) >= 0;
}
