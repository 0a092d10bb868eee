using System.Text;
using Parley.Stun.Credentials;
using Parley.Stun.Messages;

namespace Parley.Stun.Tests.Messages;

/// <summary>Allocate requests in the shapes that browsers give them.</summary>
public sealed class BrowserMessageTests
{
    private static readonly StunCredential Credential = new("1433895918:alice", "parley", "secret");
    private static readonly TransactionId Id = TransactionId.Draw(new SeededRandom(1));

    [Fact]
    public void Chromes_first_Allocate_has_a_transport_and_nothing_else()
    {
        byte[] bytes = Convert.FromHexString("000300082112A442" + "626B4A6849664C3630526863" + "0019000411000000");

        StunMessage.TryRead(bytes, out StunMessage message).ShouldBeTrue();

        message.Type.ShouldBe(new StunMessageType(StunMethod.Allocate, StunClass.Request));
        Types(message).ShouldBe([StunAttributeType.RequestedTransport]);
        message.TryGetUInt32(StunAttributeType.RequestedTransport, out uint transport).ShouldBeTrue();
        (transport >> 24).ShouldBe(17u);
    }

    [Fact]
    public void Chromes_second_Allocate_is_proved_though_it_carries_an_attribute_of_its_own()
    {
        byte[] bytes = new byte[500];
        var writer = new StunMessageWriter(bytes, StunMethod.Allocate, StunClass.Request, Id);
        writer.AddRequestedTransport(17);
        writer.Add((StunAttributeType)0xFF05, "0123456789abcdefg"u8);
        writer.Add(StunAttributeType.Username, Encoding.UTF8.GetBytes(Credential.Username));
        writer.Add(StunAttributeType.Realm, Encoding.UTF8.GetBytes(Credential.Realm));
        writer.Add(StunAttributeType.Nonce, "obMatJos2wAADcafe"u8);
        writer.AddMessageIntegrity(Credential.KeyFor(PasswordAlgorithm.Md5));
        writer.TryFinish(out int length).ShouldBeTrue();

        StunMessage.TryRead(bytes.AsSpan(0, length), out StunMessage message).ShouldBeTrue();

        Types(message).ShouldBe(
        [
            StunAttributeType.RequestedTransport, (StunAttributeType)0xFF05, StunAttributeType.Username, StunAttributeType.Realm,
            StunAttributeType.Nonce, StunAttributeType.MessageIntegrity,
        ]);
        StunIntegrity.VerifySha1(message, Credential.KeyFor(PasswordAlgorithm.Md5)).ShouldBeTrue();
        foreach (StunAttribute attribute in message.Attributes)
        {
            attribute.IsComprehensionRequired.ShouldBe((ushort)attribute.Type != 0xFF05);
        }
    }

    [Fact]
    public void Firefoxs_Allocate_asks_for_an_hour()
    {
        byte[] bytes = new byte[100];
        var writer = new StunMessageWriter(bytes, StunMethod.Allocate, StunClass.Request, Id);
        writer.AddRequestedTransport(17);
        writer.AddUInt32(StunAttributeType.Lifetime, 3600);
        writer.TryFinish(out int length).ShouldBeTrue();

        Convert.ToHexString(bytes.AsSpan(20, length - 20)).ShouldBe("0019000411000000" + "000D000400000E10");
        StunMessage.TryRead(bytes.AsSpan(0, length), out StunMessage message).ShouldBeTrue();
        message.TryGetUInt32(StunAttributeType.Lifetime, out uint lifetime).ShouldBeTrue();
        lifetime.ShouldBe(3600u);
    }

    private static List<StunAttributeType> Types(StunMessage message)
    {
        List<StunAttributeType> types = [];
        foreach (StunAttribute attribute in message.Attributes)
        {
            types.Add(attribute.Type);
        }

        return types;
    }
}
