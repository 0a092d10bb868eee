using System.Buffers.Binary;
using Parley.Core.Addresses;

namespace Parley.Stun.Messages;

/// <summary>
/// A STUN message that was received: a view of its bytes, whose framing has been checked. What attributes hold is checked when they are
/// asked for.
/// </summary>
/// <remarks>
/// Attributes after MESSAGE-INTEGRITY are not seen, for anybody on the way could have added them, but for MESSAGE-INTEGRITY-SHA256 and
/// FINGERPRINT; nor are those after MESSAGE-INTEGRITY-SHA256 but for FINGERPRINT, nor any after FINGERPRINT (RFC 8489, 14.5 to 14.7).
/// </remarks>
public readonly ref struct StunMessage
{
    private StunMessage(ReadOnlySpan<byte> bytes)
    {
        Bytes = bytes;
        Type = StunMessageType.From(BinaryPrimitives.ReadUInt16BigEndian(bytes));
        TransactionId = TransactionId.Read(bytes[StunHeader.TransactionIdOffset..]);
    }

    /// <summary>All of it, with the header.</summary>
    public ReadOnlySpan<byte> Bytes { get; }

    /// <summary>Method and class.</summary>
    public StunMessageType Type { get; }

    /// <inheritdoc cref="StunMessageType.Method" />
    public StunMethod Method => Type.Method;

    /// <inheritdoc cref="StunMessageType.Class" />
    public StunClass Class => Type.Class;

    /// <summary>Ties an answer to its request.</summary>
    public TransactionId TransactionId { get; }

    /// <summary>The attributes that count, in order.</summary>
    public StunAttributeEnumerator Attributes => new(Bytes);

    /// <summary>
    /// Whether <paramref name="bytes"/> are exactly one STUN message of RFC 5389 or later: cookie, length and the framing of all
    /// attributes fit. Anything may be handed in.
    /// </summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out StunMessage message)
    {
        message = default;
        if (!LooksLikeStun(bytes) || BinaryPrimitives.ReadUInt16BigEndian(bytes[StunHeader.LengthOffset..]) != bytes.Length - StunHeader.Length)
        {
            return false;
        }

        // A length that is no multiple of 4 leaves a rest that holds no attribute.
        ReadOnlySpan<byte> rest = bytes[StunHeader.Length..];
        while (!rest.IsEmpty)
        {
            if (rest.Length < StunHeader.AttributeHeaderLength)
            {
                return false;
            }

            int length = StunHeader.AttributeHeaderLength + StunHeader.Padded(BinaryPrimitives.ReadUInt16BigEndian(rest[2..]));
            if (length > rest.Length)
            {
                return false;
            }

            rest = rest[length..];
        }

        message = new StunMessage(bytes);
        return true;
    }

    /// <summary>Whether this is STUN and nothing else that shares the port: two zero bits and the magic cookie (RFC 8489, 6.3).</summary>
    public static bool LooksLikeStun(ReadOnlySpan<byte> bytes) =>
        bytes.Length >= StunHeader.Length && (bytes[0] & 0b1100_0000) == 0
        && BinaryPrimitives.ReadUInt32BigEndian(bytes[StunHeader.CookieOffset..]) == StunHeader.MagicCookie;

    /// <summary>Whether the attribute is there; of several, the first counts (RFC 8489, section 14).</summary>
    public bool Has(StunAttributeType type) => TryGet(type, out _);

    /// <summary>The value of the attribute, without its padding; of several, the first counts.</summary>
    public bool TryGet(StunAttributeType type, out ReadOnlySpan<byte> value)
    {
        foreach (StunAttribute attribute in Attributes)
        {
            if (attribute.Type == type)
            {
                value = attribute.Value;
                return true;
            }
        }

        value = default;
        return false;
    }

    /// <summary>An attribute of 4 bytes, such as LIFETIME; false if it is missing or of another length.</summary>
    public bool TryGetUInt32(StunAttributeType type, out uint value)
    {
        value = 0;
        return TryGet(type, out ReadOnlySpan<byte> bytes) && bytes.Length == sizeof(uint) && BinaryPrimitives.TryReadUInt32BigEndian(bytes, out value);
    }

    /// <summary>An attribute of 8 bytes, such as ICE-CONTROLLING; false if it is missing or of another length.</summary>
    public bool TryGetUInt64(StunAttributeType type, out ulong value)
    {
        value = 0;
        return TryGet(type, out ReadOnlySpan<byte> bytes) && bytes.Length == sizeof(ulong) && BinaryPrimitives.TryReadUInt64BigEndian(bytes, out value);
    }

    /// <summary>An address of the XOR kind; false if the attribute is missing or holds none.</summary>
    public bool TryGetXorAddress(StunAttributeType type, out TransportAddress address)
    {
        address = default;
        return TryGet(type, out ReadOnlySpan<byte> value) && TryReadXorAddress(value, out address);
    }

    /// <summary>An address from the value of an attribute of the XOR kind in this message (RFC 8489, 14.2).</summary>
    public bool TryReadXorAddress(ReadOnlySpan<byte> value, out TransportAddress address) =>
        AddressAttribute.TryReadXor(value, Bytes.Slice(StunHeader.CookieOffset, AddressAttribute.MaskLength), out address);

    /// <summary>An address in plain: MAPPED-ADDRESS, ALTERNATE-SERVER; false if the attribute is missing or holds none.</summary>
    public bool TryGetAddress(StunAttributeType type, out TransportAddress address)
    {
        address = default;
        return TryGet(type, out ReadOnlySpan<byte> value) && AddressAttribute.TryRead(value, out address);
    }

    /// <summary>ERROR-CODE's number, 300 to 699; false if it is missing or malformed (RFC 8489, 14.8).</summary>
    public bool TryGetErrorCode(out StunErrorCode code)
    {
        code = default;
        if (!TryGet(StunAttributeType.ErrorCode, out ReadOnlySpan<byte> value) || value.Length < 4)
        {
            return false;
        }

        int @class = value[2] & 0b111;
        int number = value[3];
        code = (StunErrorCode)((@class * 100) + number);
        return @class is >= 3 and <= 6 && number < 100;
    }

    /// <summary>The first 16 bits of an attribute of 4 bytes: CHANNEL-NUMBER; false if it is missing or of another length.</summary>
    public bool TryGetChannelNumber(out ushort channel)
    {
        channel = 0;
        return TryGet(StunAttributeType.ChannelNumber, out ReadOnlySpan<byte> value) && value.Length == 4
            && BinaryPrimitives.TryReadUInt16BigEndian(value, out channel);
    }
}
