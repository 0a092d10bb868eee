using System.Buffers.Binary;
using Parley.Stun.Messages;

namespace Parley.Stun.Tests.Messages;

/// <summary>What comes after the integrity of a message could be anybody's (RFC 8489, 14.5 to 14.7).</summary>
public sealed class IntegrityTests
{
    private static readonly byte[] Key = "0123456789abcdef"u8.ToArray();
    private static readonly TransactionId Id = TransactionId.Draw(new SeededRandom(1));

    [Theory]
    [InlineData(StunAttributeType.MessageIntegrity)]
    [InlineData(StunAttributeType.MessageIntegritySha256)]
    public void An_attribute_that_somebody_added_is_not_seen(StunAttributeType seal)
    {
        byte[] bytes = new byte[200];
        var writer = new StunMessageWriter(bytes, StunMethod.Refresh, StunClass.Request, Id);
        writer.Add(StunAttributeType.Username, "alice"u8);
        Seal(ref writer, seal);
        writer.AddUInt32(StunAttributeType.Lifetime, 0);
        writer.AddFingerprint();
        writer.TryFinish(out int length).ShouldBeTrue();

        StunMessage.TryRead(bytes.AsSpan(0, length), out StunMessage message).ShouldBeTrue();
        message.Has(StunAttributeType.Lifetime).ShouldBeFalse();
        message.Has(StunAttributeType.Username).ShouldBeTrue();
        IsSealed(message, seal).ShouldBeTrue();
        StunIntegrity.VerifyFingerprint(message).ShouldBeTrue();
    }

    [Fact]
    public void Both_integrities_and_the_fingerprint_stand_in_one_message()
    {
        byte[] bytes = new byte[200];
        var writer = new StunMessageWriter(bytes, StunMethod.Binding, StunClass.Request, Id);
        writer.Add(StunAttributeType.Software, "x"u8);
        writer.AddMessageIntegrity(Key);
        writer.AddMessageIntegritySha256(Key);
        writer.AddFingerprint();
        writer.TryFinish(out int length).ShouldBeTrue();

        StunMessage.TryRead(bytes.AsSpan(0, length), out StunMessage message).ShouldBeTrue();
        StunIntegrity.VerifySha1(message, Key).ShouldBeTrue();
        StunIntegrity.VerifySha256(message, Key).ShouldBeTrue();
        StunIntegrity.VerifyFingerprint(message).ShouldBeTrue();
    }

    [Fact]
    public void An_integrity_after_a_stronger_one_or_after_the_fingerprint_is_not_seen()
    {
        byte[] bytes = new byte[200];
        var writer = new StunMessageWriter(bytes, StunMethod.Binding, StunClass.Request, Id);
        writer.AddMessageIntegritySha256(Key);
        writer.AddMessageIntegrity(Key);
        writer.TryFinish(out int length).ShouldBeTrue();
        StunMessage.TryRead(bytes.AsSpan(0, length), out StunMessage message).ShouldBeTrue();
        StunIntegrity.VerifySha1(message, Key).ShouldBeFalse();
        StunIntegrity.VerifySha256(message, Key).ShouldBeTrue();

        writer = new StunMessageWriter(bytes, StunMethod.Binding, StunClass.Request, Id);
        writer.AddFingerprint();
        writer.AddMessageIntegrity(Key);
        writer.AddUInt32(StunAttributeType.Lifetime, 1);
        writer.TryFinish(out length).ShouldBeTrue();
        StunMessage.TryRead(bytes.AsSpan(0, length), out message).ShouldBeTrue();
        StunIntegrity.VerifyFingerprint(message).ShouldBeTrue();
        StunIntegrity.VerifySha1(message, Key).ShouldBeFalse();
        message.Has(StunAttributeType.Lifetime).ShouldBeFalse();
    }

    [Theory]
    [InlineData(32, 32, true)]
    [InlineData(28, 32, false)]
    [InlineData(28, 16, true)]
    [InlineData(16, 16, true)]
    [InlineData(12, 16, false)]
    [InlineData(12, 0, false)] // never fewer than 16
    [InlineData(0, 0, false)]
    [InlineData(18, 16, false)] // no multiple of 4
    [InlineData(36, 16, false)]
    public void A_truncated_SHA256_is_good_where_the_usage_allows_it(int length, int minLength, bool isGood)
    {
        StunMessage.TryRead(Truncated(length, change: false), out StunMessage message).ShouldBeTrue();
        StunIntegrity.VerifySha256(message, Key, minLength).ShouldBe(isGood);

        StunMessage.TryRead(Truncated(length, change: true), out message).ShouldBeTrue();
        StunIntegrity.VerifySha256(message, Key, minLength).ShouldBeFalse();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(19)]
    [InlineData(21)]
    [InlineData(32)]
    public void A_SHA1_of_another_length_proves_nothing(int length)
    {
        byte[] bytes = new byte[200];
        var writer = new StunMessageWriter(bytes, StunMethod.Binding, StunClass.Request, Id);
        writer.Add(StunAttributeType.MessageIntegrity, new byte[length]);
        writer.Add(StunAttributeType.Fingerprint, new byte[length]);
        writer.TryFinish(out int written).ShouldBeTrue();

        StunMessage.TryRead(bytes.AsSpan(0, written), out StunMessage message).ShouldBeTrue();
        StunIntegrity.VerifySha1(message, Key).ShouldBeFalse();
        StunIntegrity.VerifyFingerprint(message).ShouldBeFalse();
    }

    /// <summary>A message whose SHA-256 has so many bytes: its HMAC covers a header that counts them.</summary>
    private static byte[] Truncated(int length, bool change)
    {
        byte[] bytes = new byte[200];
        var writer = new StunMessageWriter(bytes, StunMethod.Binding, StunClass.Request, Id);
        writer.Add(StunAttributeType.Software, "x"u8);
        writer.Add(StunAttributeType.MessageIntegritySha256, new byte[length]);
        writer.TryFinish(out int written).ShouldBeTrue();

        int attribute = written - 4 - ((length + 3) / 4 * 4);
        byte[] hash = System.Security.Cryptography.HMACSHA256.HashData(Key, bytes.AsSpan(0, attribute));
        hash.AsSpan(0, Math.Min(length, hash.Length)).CopyTo(bytes.AsSpan(attribute + 4));
        if (change)
        {
            bytes[attribute - 8] ^= 1;
        }

        BinaryPrimitives.ReadUInt16BigEndian(bytes.AsSpan(2)).ShouldBe((ushort)(written - 20));
        return bytes[..written];
    }

    private static void Seal(ref StunMessageWriter writer, StunAttributeType seal)
    {
        if (seal == StunAttributeType.MessageIntegrity)
        {
            writer.AddMessageIntegrity(Key);
        }
        else
        {
            writer.AddMessageIntegritySha256(Key);
        }
    }

    private static bool IsSealed(StunMessage message, StunAttributeType seal) => seal == StunAttributeType.MessageIntegrity
        ? StunIntegrity.VerifySha1(message, Key)
        : StunIntegrity.VerifySha256(message, Key);
}
