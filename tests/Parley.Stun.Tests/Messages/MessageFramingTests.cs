using Parley.Core.Addresses;
using Parley.Stun.Messages;

namespace Parley.Stun.Tests.Messages;

public sealed class MessageFramingTests
{
    private static readonly TransactionId Id = TransactionId.Draw(new SeededRandom(1));

    [Fact]
    public void A_message_cut_anywhere_or_with_anything_after_it_is_none()
    {
        for (int length = 0; length < Vectors.Request.Length; length++)
        {
            StunMessage.TryRead(Vectors.Request.AsSpan(0, length), out _).ShouldBeFalse($"{length} bytes");
        }

        StunMessage.TryRead([.. Vectors.Request, 0], out _).ShouldBeFalse();
        StunMessage.TryRead([.. Vectors.Request, 0, 0, 0, 0], out _).ShouldBeFalse();
    }

    [Theory]
    [InlineData("8001" + "0000" + "2112A442")] // not two zero bits
    [InlineData("4001" + "0000" + "2112A442")]
    [InlineData("0001" + "0000" + "2112A443")] // no cookie: RFC 3489
    [InlineData("0001" + "0004" + "2112A442")] // longer than it is
    public void What_is_no_STUN_of_today_is_none(string firstBytes) =>
        StunMessage.TryRead(Convert.FromHexString(firstBytes + "000000000000000000000000"), out _).ShouldBeFalse();

    [Theory]
    [InlineData("00010002" + "2112A442" + "000000000000000000000000" + "0000")] // half of an attribute's header
    [InlineData("00010004" + "2112A442" + "000000000000000000000000" + "00060001")] // a value that is not there
    [InlineData("00010004" + "2112A442" + "000000000000000000000000" + "0006FFFF")]
    [InlineData("00010007" + "2112A442" + "000000000000000000000000" + "00060003414243")] // padding that is not there
    public void An_attribute_that_does_not_fit_makes_the_message_none(string hex) =>
        StunMessage.TryRead(Convert.FromHexString(hex), out _).ShouldBeFalse();

    [Fact]
    public void Every_method_and_class_finds_its_bits()
    {
        for (int method = 0; method < 0x1000; method++)
        {
            foreach (StunClass @class in Enum.GetValues<StunClass>())
            {
                var type = new StunMessageType((StunMethod)method, @class);
                (type.Value & 0xC000).ShouldBe(0);
                StunMessageType.From(type.Value).ShouldBe(type);
            }
        }

        new StunMessageType(StunMethod.Allocate, StunClass.ErrorResponse).Value.ShouldBe((ushort)0x0113);
        new StunMessageType(StunMethod.Data, StunClass.Indication).Value.ShouldBe((ushort)0x0017);
        new StunMessageType((StunMethod)0xFFF, StunClass.Request).Value.ShouldBe((ushort)0x3EEF);
    }

    [Fact]
    public void Of_several_attributes_of_a_kind_the_first_counts()
    {
        byte[] bytes = Write((ref StunMessageWriter writer) =>
        {
            writer.AddUInt32(StunAttributeType.Lifetime, 1);
            writer.AddUInt32(StunAttributeType.Lifetime, 2);
        });

        StunMessage.TryRead(bytes, out StunMessage message).ShouldBeTrue();
        message.TryGetUInt32(StunAttributeType.Lifetime, out uint lifetime).ShouldBeTrue();
        lifetime.ShouldBe(1u);
    }

    [Fact]
    public void Values_of_a_wrong_length_are_not_there()
    {
        byte[] bytes = Write((ref StunMessageWriter writer) =>
        {
            writer.Add(StunAttributeType.Lifetime, [0, 0, 1]);
            writer.Add(StunAttributeType.ChannelNumber, [0x40, 0]);
            writer.Add(StunAttributeType.IceControlling, new byte[9]);
            writer.Add(StunAttributeType.XorPeerAddress, [0, 1, 0, 0, 1, 2, 3]);
            writer.Add(StunAttributeType.XorMappedAddress, [0, 2, 0, 0, 1, 2, 3, 4]);
            writer.Add(StunAttributeType.XorRelayedAddress, new byte[21]);
            writer.Add(StunAttributeType.AlternateServer, [0, 3, 0, 0, 1, 2, 3, 4]);
            writer.Add(StunAttributeType.ErrorCode, [0, 0, 4]);
        });

        StunMessage.TryRead(bytes, out StunMessage message).ShouldBeTrue();
        message.TryGetUInt32(StunAttributeType.Lifetime, out _).ShouldBeFalse();
        message.TryGetChannelNumber(out _).ShouldBeFalse();
        message.TryGetUInt64(StunAttributeType.IceControlling, out _).ShouldBeFalse();
        message.TryGetXorAddress(StunAttributeType.XorPeerAddress, out _).ShouldBeFalse();
        message.TryGetXorAddress(StunAttributeType.XorMappedAddress, out _).ShouldBeFalse();
        message.TryGetXorAddress(StunAttributeType.XorRelayedAddress, out _).ShouldBeFalse();
        message.TryGetAddress(StunAttributeType.AlternateServer, out _).ShouldBeFalse();
        message.TryGetErrorCode(out _).ShouldBeFalse();
        message.Has(StunAttributeType.Lifetime).ShouldBeTrue();
        message.Has(StunAttributeType.Realm).ShouldBeFalse();
    }

    [Theory]
    [InlineData("00000401", 401)]
    [InlineData("FFFFFC2661626364", 438)] // reserved bits and a phrase are passed over
    [InlineData("00000300", 300)]
    [InlineData("00000663", 699)]
    [InlineData("00000464", 0)]
    [InlineData("00000200", 0)]
    [InlineData("00000700", 0)]
    public void An_error_code_is_a_class_and_a_number_below_a_hundred(string value, int code)
    {
        byte[] bytes = Write((ref StunMessageWriter writer) => writer.Add(StunAttributeType.ErrorCode, Convert.FromHexString(value)));

        StunMessage.TryRead(bytes, out StunMessage message).ShouldBeTrue();
        message.TryGetErrorCode(out StunErrorCode read).ShouldBe(code != 0);
        if (code != 0)
        {
            ((int)read).ShouldBe(code);
        }
    }

    [Fact]
    public void A_message_that_does_not_fit_is_not_finished_and_nothing_is_written_beyond()
    {
        for (int room = 0; room < 100; room++)
        {
            byte[] bytes = new byte[120];
            bytes.AsSpan(room).Fill(0xEE);
            var writer = new StunMessageWriter(bytes.AsSpan(0, room), StunMethod.Binding, StunClass.Request, Id);
            writer.Add(StunAttributeType.Username, "alice"u8);
            writer.AddXorAddress(StunAttributeType.XorPeerAddress, TransportAddress.Parse("192.0.2.1:1"));
            writer.AddUnknownAttributes([StunAttributeType.Data]);
            writer.AddMessageIntegrity("key"u8);
            writer.AddFingerprint();

            writer.TryFinish(out int length).ShouldBe(room >= 20 + 12 + 12 + 8 + 24 + 8, $"{room} bytes");
            length.ShouldBeLessThanOrEqualTo(room);
            bytes.AsSpan(room).ToArray().ShouldAllBe(value => value == 0xEE);
        }
    }

    [Fact]
    public void A_message_longer_than_its_length_can_say_is_not_finished()
    {
        byte[] bytes = new byte[200_000];
        var writer = new StunMessageWriter(bytes, StunMethod.Binding, StunClass.Request, Id);
        writer.Add(StunAttributeType.Data, new byte[65_528]);
        writer.AddUInt32(StunAttributeType.Lifetime, 1);
        writer.AddMessageIntegrity("key"u8);
        writer.TryFinish(out _).ShouldBeFalse();

        var another = new StunMessageWriter(bytes, StunMethod.Binding, StunClass.Request, Id);
        another.Add(StunAttributeType.Data, new byte[65_537]);
        another.TryFinish(out _).ShouldBeFalse();
    }

    [Fact]
    public void Padding_shows_nothing_of_what_was_there_before()
    {
        byte[] bytes = new byte[100];
        bytes.AsSpan().Fill(0xEE);
        var writer = new StunMessageWriter(bytes, StunMethod.Binding, StunClass.Request, Id);
        writer.Add(StunAttributeType.Username, "alice"u8);
        writer.AddErrorCode(StunErrorCode.StaleNonce);
        writer.AddChannelNumber(0x4001);
        writer.AddFamily(StunAttributeType.RequestedAddressFamily, IpFamily.IPv6);
        writer.TryFinish(out int length).ShouldBeTrue();

        Convert.ToHexString(bytes.AsSpan(20, length - 20)).ShouldBe(
            "00060005616C696365000000" + "0009000400000426" + "000C000440010000" + "0017000402000000");
    }

    private delegate void Attributes(ref StunMessageWriter writer);

    private static byte[] Write(Attributes attributes)
    {
        byte[] bytes = new byte[500];
        var writer = new StunMessageWriter(bytes, StunMethod.Binding, StunClass.Request, Id);
        attributes(ref writer);
        writer.TryFinish(out int length).ShouldBeTrue();
        return bytes[..length];
    }
}
