using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Parley.Stun.Messages;

/// <summary>Whether a received message is as its sender wrote it (RFC 8489, 14.5 to 14.7).</summary>
public static class StunIntegrity
{
    /// <summary>A truncated MESSAGE-INTEGRITY-SHA256 has at least so many bytes (RFC 8489, 14.6).</summary>
    private const int MinSha256Length = 16;

    /// <summary>Whether MESSAGE-INTEGRITY is there and was made with <paramref name="key"/>. Takes the same time for every wrong value.</summary>
    public static bool VerifySha1(StunMessage message, ReadOnlySpan<byte> key)
    {
        if (!TryFind(message, StunAttributeType.MessageIntegrity, out StunAttribute attribute) || attribute.Value.Length != HMACSHA1.HashSizeInBytes)
        {
            return false;
        }

        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA1, key);
        return Verify(hmac, message, attribute);
    }

    /// <summary>
    /// Whether MESSAGE-INTEGRITY-SHA256 is there and was made with <paramref name="key"/>; it may be truncated to
    /// <paramref name="minLength"/> bytes, 16 to 32. TURN uses all 32 (RFC 8489, 14.6: a usage may say so).
    /// </summary>
    public static bool VerifySha256(StunMessage message, ReadOnlySpan<byte> key, int minLength = HMACSHA256.HashSizeInBytes)
    {
        if (!TryFind(message, StunAttributeType.MessageIntegritySha256, out StunAttribute attribute)
            || attribute.Value.Length < Math.Max(minLength, MinSha256Length) || attribute.Value.Length > HMACSHA256.HashSizeInBytes
            || attribute.Value.Length % 4 != 0)
        {
            return false;
        }

        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        return Verify(hmac, message, attribute);
    }

    /// <summary>Whether FINGERPRINT is there and right.</summary>
    public static bool VerifyFingerprint(StunMessage message)
    {
        if (!TryFind(message, StunAttributeType.Fingerprint, out StunAttribute attribute) || attribute.Value.Length != sizeof(uint))
        {
            return false;
        }

        Span<byte> header = stackalloc byte[StunHeader.Length];
        CopyHeader(message, attribute, header);
        uint crc = Crc32.Compute(header, message.Bytes[StunHeader.Length..attribute.Offset]);
        return (crc ^ StunMessageWriter.FingerprintMask) == BinaryPrimitives.ReadUInt32BigEndian(attribute.Value);
    }

    private static bool Verify(IncrementalHash hmac, StunMessage message, StunAttribute attribute)
    {
        Span<byte> header = stackalloc byte[StunHeader.Length];
        CopyHeader(message, attribute, header);
        hmac.AppendData(header);
        hmac.AppendData(message.Bytes[StunHeader.Length..attribute.Offset]);
        Span<byte> expected = stackalloc byte[HMACSHA256.HashSizeInBytes];
        hmac.GetCurrentHash(expected);
        return CryptographicOperations.FixedTimeEquals(expected[..attribute.Value.Length], attribute.Value);
    }

    /// <summary>The header as it was when <paramref name="attribute"/> was computed: its length ended with that attribute.</summary>
    private static void CopyHeader(StunMessage message, StunAttribute attribute, Span<byte> header)
    {
        message.Bytes[..StunHeader.Length].CopyTo(header);
        int end = attribute.Offset + StunHeader.AttributeHeaderLength + StunHeader.Padded(attribute.Value.Length);
        BinaryPrimitives.WriteUInt16BigEndian(header[StunHeader.LengthOffset..], (ushort)(end - StunHeader.Length));
    }

    private static bool TryFind(StunMessage message, StunAttributeType type, out StunAttribute found)
    {
        foreach (StunAttribute attribute in message.Attributes)
        {
            if (attribute.Type == type)
            {
                found = attribute;
                return true;
            }
        }

        found = default;
        return false;
    }
}
