using System.Buffers.Binary;
using System.Security.Cryptography;
using Parley.Core.Addresses;
using Parley.Core.Bytes;

namespace Parley.Stun.Messages;

/// <summary>
/// Writes one STUN message into a span: attributes in the order of the calls, then the integrity attributes, then the fingerprint.
/// </summary>
/// <remarks>Nothing is allocated, and padding is zero, so that nothing of what the span held before gets out.</remarks>
public ref struct StunMessageWriter
{
    /// <summary>FINGERPRINT is XORed with it, so that it differs from a CRC-32 which another protocol adds (RFC 8489, 14.7).</summary>
    internal const uint FingerprintMask = 0x5354_554E;

    private SpanWriter _writer;

    /// <summary>Begins a message in <paramref name="destination"/>.</summary>
    public StunMessageWriter(Span<byte> destination, StunMethod method, StunClass @class, TransactionId transactionId)
    {
        _writer = new SpanWriter(destination);
        _writer.WriteUInt16(new StunMessageType(method, @class).Value);
        _writer.WriteUInt16(0);
        _writer.WriteUInt32(StunHeader.MagicCookie);
        Span<byte> space = _writer.Reserve(TransactionId.Length);
        if (!space.IsEmpty)
        {
            transactionId.Write(space);
        }
    }

    /// <summary>An attribute with this value.</summary>
    public void Add(StunAttributeType type, ReadOnlySpan<byte> value)
    {
        Span<byte> space = Begin(type, value.Length);
        if (!space.IsEmpty)
        {
            value.CopyTo(space);
        }
    }

    /// <summary>An attribute that says what it says by being there: DONT-FRAGMENT, USE-CANDIDATE.</summary>
    public void Add(StunAttributeType type) => Add(type, []);

    /// <summary>An attribute of 32 bits: LIFETIME, PRIORITY.</summary>
    public void AddUInt32(StunAttributeType type, uint value)
    {
        Span<byte> space = Begin(type, sizeof(uint));
        if (!space.IsEmpty)
        {
            BinaryPrimitives.WriteUInt32BigEndian(space, value);
        }
    }

    /// <summary>An attribute of 64 bits: ICE-CONTROLLED, ICE-CONTROLLING.</summary>
    public void AddUInt64(StunAttributeType type, ulong value)
    {
        Span<byte> space = Begin(type, sizeof(ulong));
        if (!space.IsEmpty)
        {
            BinaryPrimitives.WriteUInt64BigEndian(space, value);
        }
    }

    /// <summary>An attribute that holds an address of the XOR kind.</summary>
    public void AddXorAddress(StunAttributeType type, TransportAddress address)
    {
        Span<byte> space = Begin(type, AddressAttribute.LengthOf(address));
        if (!space.IsEmpty)
        {
            AddressAttribute.WriteXor(space, address, _writer.WrittenSpan.Slice(StunHeader.CookieOffset, AddressAttribute.MaskLength));
        }
    }

    /// <summary>An attribute that holds an address in plain: ALTERNATE-SERVER.</summary>
    public void AddAddress(StunAttributeType type, TransportAddress address)
    {
        Span<byte> space = Begin(type, AddressAttribute.LengthOf(address));
        if (!space.IsEmpty)
        {
            AddressAttribute.Write(space, address);
        }
    }

    /// <summary>CHANNEL-NUMBER.</summary>
    public void AddChannelNumber(ushort channel) => AddUInt32(StunAttributeType.ChannelNumber, (uint)channel << 16);

    /// <summary>REQUESTED-TRANSPORT; 17 is UDP.</summary>
    public void AddRequestedTransport(byte protocol) => AddUInt32(StunAttributeType.RequestedTransport, (uint)protocol << 24);

    /// <summary>REQUESTED-ADDRESS-FAMILY or ADDITIONAL-ADDRESS-FAMILY.</summary>
    public void AddFamily(StunAttributeType type, IpFamily family) => AddUInt32(type, (uint)family << 24);

    /// <summary>ERROR-CODE without a phrase: what is sent to anybody is short.</summary>
    public void AddErrorCode(StunErrorCode code) => AddUInt32(StunAttributeType.ErrorCode, (uint)((((int)code / 100) << 8) | ((int)code % 100)));

    /// <summary>UNKNOWN-ATTRIBUTES.</summary>
    public void AddUnknownAttributes(ReadOnlySpan<StunAttributeType> types)
    {
        Span<byte> space = Begin(StunAttributeType.UnknownAttributes, types.Length * sizeof(ushort));
        for (int at = 0; !space.IsEmpty && at < types.Length; at++)
        {
            BinaryPrimitives.WriteUInt16BigEndian(space[(at * sizeof(ushort))..], (ushort)types[at]);
        }
    }

    /// <summary>MESSAGE-INTEGRITY over everything so far (RFC 8489, 14.5).</summary>
    public void AddMessageIntegrity(ReadOnlySpan<byte> key)
    {
        int before = _writer.Written;
        Span<byte> space = Begin(StunAttributeType.MessageIntegrity, HMACSHA1.HashSizeInBytes);
        if (!space.IsEmpty)
        {
            WriteLength();
            HMACSHA1.HashData(key, _writer.WrittenSpan[..before], space);
        }
    }

    /// <summary>MESSAGE-INTEGRITY-SHA256 over everything so far, in full length (RFC 8489, 14.6).</summary>
    public void AddMessageIntegritySha256(ReadOnlySpan<byte> key)
    {
        int before = _writer.Written;
        Span<byte> space = Begin(StunAttributeType.MessageIntegritySha256, HMACSHA256.HashSizeInBytes);
        if (!space.IsEmpty)
        {
            WriteLength();
            HMACSHA256.HashData(key, _writer.WrittenSpan[..before], space);
        }
    }

    /// <summary>FINGERPRINT over everything so far; nothing comes after it (RFC 8489, 14.7).</summary>
    public void AddFingerprint()
    {
        int before = _writer.Written;
        Span<byte> space = Begin(StunAttributeType.Fingerprint, sizeof(uint));
        if (!space.IsEmpty)
        {
            WriteLength();
            BinaryPrimitives.WriteUInt32BigEndian(space, Crc32.Compute(_writer.WrittenSpan[..before]) ^ FingerprintMask);
        }
    }

    /// <summary>Completes the message: its length in bytes, or false if it did not fit.</summary>
    public bool TryFinish(out int length)
    {
        length = _writer.Written;
        if (_writer.HasOverflowed || length - StunHeader.Length > ushort.MaxValue)
        {
            return false;
        }

        WriteLength();
        return true;
    }

    /// <summary>Type, length and padding of an attribute; answers the space for its value, which is empty if there is no room.</summary>
    private Span<byte> Begin(StunAttributeType type, int length)
    {
        _writer.WriteUInt16((ushort)type);
        _writer.WriteUInt16((ushort)Math.Min(length, ushort.MaxValue));
        Span<byte> space = _writer.Reserve(length);
        _writer.WriteZeros(StunHeader.Padded(length) - length);
        return _writer.HasOverflowed ? default : space;
    }

    /// <summary>Integrity and fingerprint are computed over a header whose length ends with their own attribute.</summary>
    private readonly void WriteLength() =>
        BinaryPrimitives.WriteUInt16BigEndian(_writer.WrittenSpan[StunHeader.LengthOffset..], (ushort)(_writer.Written - StunHeader.Length));
}
