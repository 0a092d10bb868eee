using Parley.Core.Addresses;
using Parley.Stun.Messages;

namespace Parley.Stun.Tests.Messages;

/// <summary>Whatever is written is read as it was meant. Seeded: a failure names its round.</summary>
public sealed class RoundTripTests
{
    private const int Rounds = 5_000;

    [Fact]
    public void Any_message_is_read_as_it_was_written()
    {
        var random = new Random(20_711);
        var ids = new SeededRandom(20_711);
        byte[] bytes = new byte[4_096];
        for (int round = 0; round < Rounds; round++)
        {
            var type = new StunMessageType((StunMethod)random.Next(0x1000), (StunClass)random.Next(4));
            var id = TransactionId.Draw(ids);
            (StunAttributeType Type, byte[] Value)[] attributes = [.. Enumerable.Range(0, random.Next(8)).Select(_ => AnyAttribute(random))];
            byte[] key = new byte[random.Next(1, 80)];
            random.NextBytes(key);
            random.NextBytes(bytes);
            (bool sha1, bool sha256, bool fingerprint) = (random.Next(2) == 0, random.Next(2) == 0, random.Next(2) == 0);

            var writer = new StunMessageWriter(bytes, type.Method, type.Class, id);
            foreach ((StunAttributeType attribute, byte[] value) in attributes)
            {
                writer.Add(attribute, value);
            }

            if (sha1)
            {
                writer.AddMessageIntegrity(key);
            }

            if (sha256)
            {
                writer.AddMessageIntegritySha256(key);
            }

            if (fingerprint)
            {
                writer.AddFingerprint();
            }

            writer.TryFinish(out int length).ShouldBeTrue($"round {round}");
            StunMessage.TryRead(bytes.AsSpan(0, length), out StunMessage message).ShouldBeTrue($"round {round}");
            message.Type.ShouldBe(type, $"round {round}");
            message.TransactionId.ShouldBe(id, $"round {round}");
            int at = 0;
            foreach (StunAttribute attribute in message.Attributes)
            {
                if (at < attributes.Length)
                {
                    attribute.Type.ShouldBe(attributes[at].Type, $"round {round}");
                    attribute.Value.SequenceEqual(attributes[at].Value).ShouldBeTrue($"round {round}");
                }

                at++;
            }

            at.ShouldBe(attributes.Length + (sha1 ? 1 : 0) + (sha256 ? 1 : 0) + (fingerprint ? 1 : 0), $"round {round}");
            StunIntegrity.VerifySha1(message, key).ShouldBe(sha1, $"round {round}");
            StunIntegrity.VerifySha256(message, key).ShouldBe(sha256, $"round {round}");
            StunIntegrity.VerifyFingerprint(message).ShouldBe(fingerprint, $"round {round}");
        }
    }

    [Fact]
    public void Any_address_is_read_as_it_was_written_and_the_XOR_kind_hides_it()
    {
        var random = new Random(4_242);
        var ids = new SeededRandom(4_242);
        byte[] bytes = new byte[200];
        for (int round = 0; round < Rounds; round++)
        {
            byte[] host = new byte[random.Next(2) == 0 ? 4 : 16];
            random.NextBytes(host);
            InternetAddress.TryRead(host, out InternetAddress parsed).ShouldBeTrue();
            var address = new TransportAddress(parsed, (ushort)random.Next(65_536));
            var writer = new StunMessageWriter(bytes, StunMethod.Binding, StunClass.SuccessResponse, TransactionId.Draw(ids));
            writer.AddXorAddress(StunAttributeType.XorMappedAddress, address);
            writer.AddAddress(StunAttributeType.MappedAddress, address);
            writer.TryFinish(out int length).ShouldBeTrue();

            StunMessage.TryRead(bytes.AsSpan(0, length), out StunMessage message).ShouldBeTrue();
            message.TryGetXorAddress(StunAttributeType.XorMappedAddress, out TransportAddress masked).ShouldBeTrue($"round {round}");
            message.TryGetAddress(StunAttributeType.MappedAddress, out TransportAddress plain).ShouldBeTrue($"round {round}");
            (masked, plain).ShouldBe((address, address), $"round {round}");
            message.TryGet(StunAttributeType.XorMappedAddress, out ReadOnlySpan<byte> value).ShouldBeTrue();
            value[4..].SequenceEqual(host).ShouldBeFalse($"round {round}");
        }
    }

    /// <summary>Any type but the three that end what counts.</summary>
    private static (StunAttributeType Type, byte[] Value) AnyAttribute(Random random)
    {
        StunAttributeType type;
        do
        {
            type = (StunAttributeType)random.Next(0x10000);
        }
        while (type is StunAttributeType.MessageIntegrity or StunAttributeType.MessageIntegritySha256 or StunAttributeType.Fingerprint);
        byte[] value = new byte[random.Next(100)];
        random.NextBytes(value);
        return (type, value);
    }
}
