using System.Buffers.Binary;
using Parley.Core.Addresses;

namespace Parley.Stun.Messages;

/// <summary>The value of an attribute that holds a transport address (RFC 8489, 14.1 and 14.2).</summary>
/// <remarks>
/// <code>
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |0 0 0 0 0 0 0 0|    Family     |           Port                |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |                                                               |
/// |                 Address (32 bits or 128 bits)                 |
/// |                                                               |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// </code>
/// In the XOR kind, port and address are XORed with the header's cookie and transaction id, so that NATs which replace addresses in
/// packets do not find them.
/// </remarks>
internal static class AddressAttribute
{
    /// <summary>Cookie and transaction id.</summary>
    public const int MaskLength = 16;

    private const int PrefixLength = 4;

    /// <summary>Of the value, in bytes.</summary>
    public static int LengthOf(TransportAddress address) => PrefixLength + address.Address.Length;

    public static bool TryRead(ReadOnlySpan<byte> value, out TransportAddress address)
    {
        address = default;
        if (value.Length < PrefixLength || !InternetAddress.TryRead(value[PrefixLength..], out InternetAddress host) || value[1] != (byte)host.Family)
        {
            return false;
        }

        address = new TransportAddress(host, BinaryPrimitives.ReadUInt16BigEndian(value[2..]));
        return true;
    }

    /// <summary>Reads an address of the XOR kind.</summary>
    /// <param name="value">Of the attribute.</param>
    /// <param name="mask">Cookie and transaction id of the message.</param>
    /// <param name="address">What was read.</param>
    public static bool TryReadXor(ReadOnlySpan<byte> value, ReadOnlySpan<byte> mask, out TransportAddress address)
    {
        address = default;
        if (value.Length > PrefixLength + MaskLength)
        {
            return false;
        }

        Span<byte> plain = stackalloc byte[PrefixLength + MaskLength];
        value.CopyTo(plain);
        plain = plain[..value.Length];
        Mask(plain, mask);
        return TryRead(plain, out address);
    }

    /// <summary>Fills <paramref name="destination"/>, which is as long as <see cref="LengthOf"/> says.</summary>
    public static void Write(Span<byte> destination, TransportAddress address)
    {
        destination[0] = 0;
        destination[1] = (byte)address.Family;
        BinaryPrimitives.WriteUInt16BigEndian(destination[2..], address.Port);
        address.Address.Write(destination[PrefixLength..]);
    }

    /// <inheritdoc cref="Write" />
    public static void WriteXor(Span<byte> destination, TransportAddress address, ReadOnlySpan<byte> mask)
    {
        Write(destination, address);
        Mask(destination, mask);
    }

    /// <summary>The port is masked by the first 16 bits of the cookie, the address by the cookie and what follows it.</summary>
    private static void Mask(Span<byte> value, ReadOnlySpan<byte> mask)
    {
        for (int at = 2; at < value.Length; at++)
        {
            value[at] ^= mask[at < PrefixLength ? at - 2 : at - PrefixLength];
        }
    }
}
