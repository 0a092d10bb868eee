using Parley.Core.Addresses;
using Parley.Stun.Messages;
using Parley.Stun.Turn.Server;

namespace Parley.Stun.Tests.Turn.Server;

public sealed class BindingTests
{
    private readonly TurnWorld _world = new();

    [Theory]
    [InlineData("46.0.0.1:5000", TransportProtocol.Udp, 32)]
    [InlineData("46.0.0.1:5000", TransportProtocol.Tcp, 32)]
    [InlineData("[2600::1]:5000", TransportProtocol.Tls, 44)]
    public void A_client_is_told_its_address_and_nothing_else(string address, TransportProtocol protocol, int length)
    {
        Answer answer = _world.Client(address, protocol: protocol).Send(Binding()).ShouldNotBeNull();

        answer.Class.ShouldBe(StunClass.SuccessResponse);
        answer.Mapped.ShouldBe(TransportAddress.Parse(address));
        answer.Attributes.ShouldBe([StunAttributeType.XorMappedAddress]);
        answer.Bytes.Length.ShouldBe(length);
    }

    [Fact]
    public void A_fingerprint_is_answered_with_one()
    {
        Answer answer = _world.Client().Send(Binding(fingerprint: true)).ShouldNotBeNull();
        answer.Attributes.ShouldBe([StunAttributeType.XorMappedAddress, StunAttributeType.Fingerprint]);
        StunIntegrity.VerifyFingerprint(answer.Read()).ShouldBeTrue();
    }

    [Fact]
    public void A_wrong_fingerprint_is_not_answered()
    {
        byte[] request = Binding(fingerprint: true);
        request[^1] ^= 1;
        _world.Client().Send(request).ShouldBeNull();
        _world.Server.Counters[TurnDrop.Malformed].ShouldBe(1);
    }

    [Fact]
    public void What_is_not_understood_is_named()
    {
        Answer answer = _world.Client().Send(Binding((ref StunMessageWriter writer) =>
        {
            writer.AddUInt32(StunAttributeType.ChangeRequest, 6);
            writer.AddUInt32(StunAttributeType.Priority, 1);
            writer.AddUInt32((StunAttributeType)0x7777, 1);
            writer.AddUInt32((StunAttributeType)0xFF05, 1);
        })).ShouldNotBeNull();

        answer.Code.ShouldBe(420);
        answer.Unknown.ShouldBe([0x0003, 0x0024, 0x7777]);
    }

    [Theory]
    [InlineData(StunMethod.Binding, StunClass.Indication, 0)]
    [InlineData(StunMethod.Binding, StunClass.SuccessResponse, 1)]
    [InlineData(StunMethod.Binding, StunClass.ErrorResponse, 1)]
    [InlineData(StunMethod.Allocate, StunClass.Indication, 1)]
    [InlineData(StunMethod.Data, StunClass.Indication, 1)]
    [InlineData(StunMethod.Send, StunClass.Request, 1)]
    [InlineData(StunMethod.Connect, StunClass.Request, 1)]
    [InlineData((StunMethod)0x00F, StunClass.Request, 1)]
    public void What_nobody_answers_is_dropped(StunMethod method, StunClass @class, int malformed)
    {
        _world.Client().Send(TestClient.Plain(method, @class, TestClient.NewTransaction())).ShouldBeNull();
        _world.Server.Counters[TurnDrop.Malformed].ShouldBe(malformed);
    }

    [Fact]
    public void Classic_stun_without_the_cookie_is_dropped()
    {
        byte[] request = Binding();
        request[4] = 0;
        _world.Client().Send(request).ShouldBeNull();
    }

    [Theory]
    [InlineData("46.0.0.1:0")]
    [InlineData("0.0.0.0:5000")]
    [InlineData("224.0.0.1:5000")]
    [InlineData("255.255.255.255:5000")]
    [InlineData("[::]:5000")]
    [InlineData("[ff02::1]:5000")]
    public void Nobody_sends_from_nowhere(string address)
    {
        _world.Client(address).Send(Binding()).ShouldBeNull();
        _world.Server.Counters[TurnDrop.Malformed].ShouldBe(1);
    }

    private static byte[] Binding(Fill? fill = null, bool fingerprint = false) =>
        TestClient.Plain(StunMethod.Binding, StunClass.Request, TestClient.NewTransaction(), fill, fingerprint);
}
