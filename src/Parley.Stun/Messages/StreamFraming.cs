using System.Buffers.Binary;

namespace Parley.Stun.Messages;

/// <summary>Where one message ends on a TCP or TLS connection (RFC 8489, 6.2.2; RFC 8656, 12.5).</summary>
public static class StreamFraming
{
    /// <summary>So many bytes decide: after them the length is known.</summary>
    public const int HeaderLength = 4;

    /// <summary>The longest frame there can be: a STUN message of 65535 bytes after its header.</summary>
    public const int MaxLength = StunHeader.Length + ushort.MaxValue;

    /// <summary>What the bytes at the beginning of <paramref name="bytes"/> are.</summary>
    /// <param name="bytes">What has arrived and was not read yet.</param>
    /// <param name="length">
    /// Of the first frame with its padding, in bytes; it may be more than there is. 0 while it cannot be known.
    /// </param>
    /// <param name="oldChannels">The channels of RFC 5766 are expected too.</param>
    public static FrameKind Look(ReadOnlySpan<byte> bytes, out int length, bool oldChannels = false)
    {
        length = 0;
        if (bytes.IsEmpty)
        {
            return FrameKind.Incomplete;
        }

        // RFC 7983: 00 begins STUN, 01 a channel number; anything else means that both ends have lost each other.
        bool stun = (bytes[0] & 0b1100_0000) == 0;
        if (!stun && !ChannelData.LooksLikeChannelData(bytes, oldChannels))
        {
            return FrameKind.Desynchronized;
        }

        if (bytes.Length < HeaderLength)
        {
            return FrameKind.Incomplete;
        }

        int after = BinaryPrimitives.ReadUInt16BigEndian(bytes[StunHeader.LengthOffset..]);
        if (stun && after % 4 != 0)
        {
            return FrameKind.Desynchronized;
        }

        if (stun && bytes.Length >= StunHeader.CookieOffset + sizeof(uint) && BinaryPrimitives.ReadUInt32BigEndian(bytes[StunHeader.CookieOffset..]) != StunHeader.MagicCookie)
        {
            return FrameKind.Desynchronized;
        }

        length = stun ? StunHeader.Length + after : ChannelData.LengthOf(after, padded: true);
        return bytes.Length < length ? FrameKind.Incomplete : stun ? FrameKind.Stun : FrameKind.ChannelData;
    }
}

/// <summary>What stands at the beginning of a stream's unread bytes.</summary>
public enum FrameKind
{
    /// <summary>A frame that goes on in bytes which have not arrived.</summary>
    Incomplete,

    /// <summary>A whole STUN message.</summary>
    Stun,

    /// <summary>A whole ChannelData message with its padding.</summary>
    ChannelData,

    /// <summary>Neither: where the next message begins cannot be known, and the connection is of no use any more.</summary>
    Desynchronized,
}
