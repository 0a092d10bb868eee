using System.Security.Cryptography;
using System.Text;
using Parley.Core.Addresses;
using Parley.Stun.Credentials;
using Parley.Stun.Messages;

namespace Parley.Stun.Tests.Messages;

/// <summary>What others have written down is read, proved and, where padding permits, written again.</summary>
public sealed class VectorTests
{
    private static readonly byte[] ShortTermKey = Encoding.ASCII.GetBytes(Vectors.ShortTermPassword);

    [Fact]
    public void The_sample_request_is_read_and_proved()
    {
        StunMessage message = Read(Vectors.Request);

        message.Type.ShouldBe(new StunMessageType(StunMethod.Binding, StunClass.Request));
        message.TransactionId.ToString().ShouldBe("b7e7a701bc34d686fa87dfae");
        Text(message, StunAttributeType.Software).ShouldBe("STUN test client");
        message.TryGetUInt32(StunAttributeType.Priority, out uint priority).ShouldBeTrue();
        priority.ShouldBe(0x6E0001FFu);
        message.TryGetUInt64(StunAttributeType.IceControlled, out ulong tieBreaker).ShouldBeTrue();
        tieBreaker.ShouldBe(0x932FF9B151263B36ul);
        Text(message, StunAttributeType.Username).ShouldBe("evtj:h6vY");
        ShouldBeProved(message, ShortTermKey);
    }

    [Theory]
    [InlineData(false, "192.0.2.1:32853")]
    [InlineData(true, "[2001:db8:1234:5678:11:2233:4455:6677]:32853")]
    public void The_sample_responses_are_read_and_proved(bool isIPv6, string mapped)
    {
        StunMessage message = Read(isIPv6 ? Vectors.IPv6Response : Vectors.IPv4Response);

        message.Type.ShouldBe(new StunMessageType(StunMethod.Binding, StunClass.SuccessResponse));
        Text(message, StunAttributeType.Software).ShouldBe("test vector");
        message.TryGetXorAddress(StunAttributeType.XorMappedAddress, out TransportAddress address).ShouldBeTrue();
        address.ToString().ShouldBe(mapped);
        ShouldBeProved(message, ShortTermKey);
    }

    [Fact]
    public void The_request_with_long_term_credentials_is_read_proved_and_written_again()
    {
        var credential = new StunCredential(Vectors.LongTermUsername, Vectors.Realm, Vectors.LongTermPassword);
        StunMessage message = Read(Vectors.LongTermRequest);

        Text(message, StunAttributeType.Username).ShouldBe(Vectors.LongTermUsername);
        Text(message, StunAttributeType.Realm).ShouldBe(Vectors.Realm);
        Text(message, StunAttributeType.Nonce).ShouldBe("f//499k954d6OL34oL9FSTvy64sA");
        StunIntegrity.VerifySha1(message, credential.KeyFor(PasswordAlgorithm.Md5)).ShouldBeTrue();
        StunIntegrity.VerifySha1(message, credential.KeyFor(PasswordAlgorithm.Sha256)).ShouldBeFalse();
        StunIntegrity.VerifyFingerprint(message).ShouldBeFalse("there is none");

        byte[] again = new byte[200];
        var writer = new StunMessageWriter(again, message.Method, message.Class, message.TransactionId);
        writer.Add(StunAttributeType.Username, Encoding.UTF8.GetBytes(Vectors.LongTermUsername));
        writer.Add(StunAttributeType.Nonce, "f//499k954d6OL34oL9FSTvy64sA"u8);
        writer.Add(StunAttributeType.Realm, Encoding.UTF8.GetBytes(Vectors.Realm));
        writer.AddMessageIntegrity(credential.KeyFor(PasswordAlgorithm.Md5));
        writer.TryFinish(out int length).ShouldBeTrue();
        again[..length].ShouldBe(Vectors.LongTermRequest);
    }

    [Fact]
    public void The_request_with_SHA256_is_read_proved_and_written_again()
    {
        var credential = new StunCredential(Vectors.LongTermUsername, Vectors.Realm, Vectors.LongTermPassword);
        StunMessage message = Read(Vectors.Sha256Request);
        message.TryGet(StunAttributeType.UserHash, out ReadOnlySpan<byte> userHash).ShouldBeTrue();
        userHash.ToArray().ShouldBe(SHA256.HashData(Encoding.UTF8.GetBytes($"{Vectors.LongTermUsername}:{Vectors.Realm}")));
        message.TryGetUInt32(StunAttributeType.PasswordAlgorithm, out uint algorithm).ShouldBeTrue();
        algorithm.ShouldBe((uint)PasswordAlgorithm.Sha256 << 16);
        Convert.ToHexStringLower(credential.KeyFor(PasswordAlgorithm.Sha256))
            .ShouldBe("dd295a613b9058c3c23d6dc7165bda072304d989c9d0af3a8c7e184b4f9bb4a1");
        StunIntegrity.VerifySha256(message, credential.KeyFor(PasswordAlgorithm.Sha256)).ShouldBeTrue();
        StunIntegrity.VerifySha1(message, credential.KeyFor(PasswordAlgorithm.Sha256)).ShouldBeFalse("there is no MESSAGE-INTEGRITY");

        byte[] again = new byte[200];
        var writer = new StunMessageWriter(again, message.Method, message.Class, message.TransactionId);
        writer.Add(StunAttributeType.UserHash, userHash);
        writer.Add(StunAttributeType.Nonce, "obMatJos2AAACf//499k954d6OL34oL9FSTvy64sA"u8);
        writer.Add(StunAttributeType.Realm, Encoding.UTF8.GetBytes(Vectors.Realm));
        writer.AddUInt32(StunAttributeType.PasswordAlgorithm, algorithm);
        writer.AddMessageIntegritySha256(credential.KeyFor(PasswordAlgorithm.Sha256));
        writer.TryFinish(out int length).ShouldBeTrue();
        again[..length].ShouldBe(Vectors.Sha256Request);
    }

    [Fact]
    public void Messages_that_were_padded_with_spaces_are_written_again_with_zeros_and_can_be_proved()
    {
        StunMessage message = Read(Vectors.Request);
        byte[] again = new byte[200];
        var writer = new StunMessageWriter(again, message.Method, message.Class, message.TransactionId);
        foreach (StunAttribute attribute in message.Attributes)
        {
            switch (attribute.Type)
            {
                case StunAttributeType.MessageIntegrity:
                    writer.AddMessageIntegrity(ShortTermKey);
                    break;
                case StunAttributeType.Fingerprint:
                    writer.AddFingerprint();
                    break;
                default:
                    writer.Add(attribute.Type, attribute.Value);
                    break;
            }
        }

        writer.TryFinish(out int length).ShouldBeTrue();

        // The same but for three bytes of padding and what was computed over them.
        length.ShouldBe(Vectors.Request.Length);
        again[..73].ShouldBe(Vectors.Request[..73]);
        again[73..76].ShouldBe(new byte[3]);
        ShouldBeProved(Read(again[..length]), ShortTermKey);
    }

    [Fact]
    public void Any_bit_that_changes_is_noticed()
    {
        int[] bits = [.. Enumerable.Range(0, Vectors.Request.Length * 8)];
        foreach (int bit in bits)
        {
            byte[] changed = [.. Vectors.Request];
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            if (StunMessage.TryRead(changed, out StunMessage message))
            {
                StunIntegrity.VerifyFingerprint(message).ShouldBeFalse($"bit {bit}");
                // The fingerprint is outside of what the integrity covers.
                StunIntegrity.VerifySha1(message, ShortTermKey).ShouldBe(bit / 8 >= Vectors.Request.Length - 8, $"bit {bit}");
            }
        }
    }

    private static void ShouldBeProved(StunMessage message, byte[] key)
    {
        StunIntegrity.VerifySha1(message, key).ShouldBeTrue();
        StunIntegrity.VerifySha1(message, "another key"u8).ShouldBeFalse();
        StunIntegrity.VerifySha256(message, key).ShouldBeFalse("there is no MESSAGE-INTEGRITY-SHA256");
        StunIntegrity.VerifyFingerprint(message).ShouldBeTrue();
    }

    private static StunMessage Read(byte[] bytes)
    {
        StunMessage.TryRead(bytes, out StunMessage message).ShouldBeTrue();
        return message;
    }

    private static string Text(StunMessage message, StunAttributeType type) =>
        message.TryGet(type, out ReadOnlySpan<byte> value) ? Encoding.UTF8.GetString(value) : "(missing)";
}
