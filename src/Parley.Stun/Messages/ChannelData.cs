using System.Buffers.Binary;

namespace Parley.Stun.Messages;

/// <summary>The short form in which data travels between a TURN client and its server (RFC 8656, 12.4).</summary>
/// <remarks>
/// <code>
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |         Channel Number        |            Length             |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |                       Application Data                        |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// </code>
/// Over a stream it is padded to a multiple of 4 bytes, which the length does not count (RFC 8656, 12.5).
/// </remarks>
public static class ChannelData
{
    /// <summary>Before the data.</summary>
    public const int HeaderLength = 4;

    /// <summary>The lowest channel number (RFC 8656, section 12).</summary>
    public const ushort MinChannel = 0x4000;

    /// <summary>The highest channel number (RFC 8656, section 12: those above are reserved since).</summary>
    public const ushort MaxChannel = 0x4FFF;

    /// <summary>The highest channel number of RFC 5766, section 11; some clients still choose any of those.</summary>
    public const ushort MaxOldChannel = 0x7FFF;

    /// <summary>Whether clients may bind this number.</summary>
    /// <param name="number">As it travels.</param>
    /// <param name="old">Those of RFC 5766 too.</param>
    public static bool IsChannel(ushort number, bool old = false) => number >= MinChannel && number <= (old ? MaxOldChannel : MaxChannel);

    /// <summary>Whether the first byte is that of ChannelData, and not of STUN or of anything else (RFC 7983).</summary>
    /// <param name="bytes">A datagram, or one frame of a stream.</param>
    /// <param name="old">The channels of RFC 5766 too.</param>
    public static bool LooksLikeChannelData(ReadOnlySpan<byte> bytes, bool old = false) =>
        !bytes.IsEmpty && IsChannel((ushort)(bytes[0] << 8), old);

    /// <summary>From a datagram, or from one frame of a stream. Bytes after the data are padding, if there are any.</summary>
    /// <param name="bytes">All of it.</param>
    /// <param name="channel">Its number.</param>
    /// <param name="data">A part of <paramref name="bytes"/>.</param>
    /// <param name="old">The channels of RFC 5766 too.</param>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out ushort channel, out ReadOnlySpan<byte> data, bool old = false)
    {
        channel = 0;
        data = default;
        if (bytes.Length < HeaderLength)
        {
            return false;
        }

        channel = BinaryPrimitives.ReadUInt16BigEndian(bytes);
        int length = BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]);
        if (!IsChannel(channel, old) || length > bytes.Length - HeaderLength)
        {
            return false;
        }

        data = bytes.Slice(HeaderLength, length);
        return true;
    }

    /// <summary>How many bytes <see cref="Write"/> needs.</summary>
    /// <param name="dataLength">0 to 65535.</param>
    /// <param name="padded">Over a stream.</param>
    public static int LengthOf(int dataLength, bool padded) =>
        HeaderLength + (padded ? StunHeader.Padded(dataLength) : dataLength);

    /// <summary>Writes header, data and padding; answers how many bytes that are.</summary>
    /// <exception cref="ArgumentException">It does not fit, or <paramref name="data"/> is longer than 65535 bytes.</exception>
    public static int Write(Span<byte> destination, ushort channel, ReadOnlySpan<byte> data, bool padded)
    {
        int length = LengthOf(data.Length, padded);
        if (length > destination.Length || data.Length > ushort.MaxValue)
        {
            throw new ArgumentException($"{data.Length} bytes of data do not fit into {destination.Length} bytes.", nameof(destination));
        }

        BinaryPrimitives.WriteUInt16BigEndian(destination, channel);
        BinaryPrimitives.WriteUInt16BigEndian(destination[2..], (ushort)data.Length);
        data.CopyTo(destination[HeaderLength..]);
        destination[(HeaderLength + data.Length)..length].Clear();
        return length;
    }
}
