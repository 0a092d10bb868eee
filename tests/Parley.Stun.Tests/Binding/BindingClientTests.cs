using Parley.Core.Addresses;
using Parley.Core.Time;
using Parley.Stun.Binding;
using Parley.Stun.Messages;

namespace Parley.Stun.Tests.Binding;

public sealed class BindingClientTests
{
    private static readonly TransportAddress Mapped = TransportAddress.Parse("203.0.113.7:40000");
    private readonly BindingClient _client = new(TransportProtocol.Udp, new SeededRandom(1));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void It_learns_what_the_server_sees(bool isXor)
    {
        _client.Start(Instant.Origin);
        StunMessage.TryRead(Sent(), out StunMessage request).ShouldBeTrue();
        request.Type.ShouldBe(new StunMessageType(StunMethod.Binding, StunClass.Request));

        Answer(request.TransactionId, StunClass.SuccessResponse, (ref StunMessageWriter writer) =>
        {
            if (isXor)
            {
                writer.AddXorAddress(StunAttributeType.XorMappedAddress, Mapped);
            }
            else
            {
                writer.AddAddress(StunAttributeType.MappedAddress, Mapped);
            }
        }).ShouldBeTrue();

        Happened().ShouldBe(new BindingEvent.Mapped(Mapped));
        _client.NextTimeout.ShouldBeNull();
    }

    [Fact]
    public void It_asks_seven_times_the_same_and_then_gives_up()
    {
        _client.Start(Instant.Origin);
        byte[] first = Sent();
        List<double> times = [];
        while (_client.NextTimeout is { } next)
        {
            _client.HandleTimeout(next);
            if (_client.TryPollTransmit(out ReadOnlySpan<byte> again))
            {
                again.SequenceEqual(first).ShouldBeTrue();
            }

            times.Add(next.SinceOrigin.TotalSeconds);
        }

        times.ShouldBe([0.5, 1.5, 3.5, 7.5, 15.5, 31.5, 39.5]);
        Happened().ShouldBe(new BindingEvent.Failed(null));
        Answer(default, StunClass.SuccessResponse, (ref StunMessageWriter _) => { }).ShouldBeFalse();
    }

    [Fact]
    public void Over_a_stream_it_asks_once()
    {
        var client = new BindingClient(TransportProtocol.Tcp, new SeededRandom(1));
        client.Start(Instant.Origin);
        client.TryPollTransmit(out _).ShouldBeTrue();
        client.NextTimeout.ShouldBe(Instant.FromOrigin(TimeSpan.FromSeconds(39.5)));
        client.HandleTimeout(Instant.FromOrigin(TimeSpan.FromSeconds(39)));
        client.TryPollEvent(out _).ShouldBeFalse();
        client.HandleTimeout(Instant.FromOrigin(TimeSpan.FromSeconds(39.5)));
        client.TryPollTransmit(out _).ShouldBeFalse();
        client.TryPollEvent(out BindingEvent? happened).ShouldBeTrue();
        happened.ShouldBe(new BindingEvent.Failed(null));
    }

    [Fact]
    public void Refusals_and_answers_that_say_nothing_are_said()
    {
        Ask(StunClass.ErrorResponse, (ref StunMessageWriter writer) => writer.AddErrorCode(StunErrorCode.ServerError))
            .ShouldBe(new BindingEvent.Failed(StunErrorCode.ServerError));
        Ask(StunClass.ErrorResponse, (ref StunMessageWriter writer) =>
        {
            writer.AddErrorCode(StunErrorCode.TryAlternate);
            writer.AddAddress(StunAttributeType.AlternateServer, Mapped);
        }).ShouldBe(new BindingEvent.Failed(StunErrorCode.TryAlternate, Mapped));
        Ask(StunClass.SuccessResponse, (ref StunMessageWriter _) => { }).ShouldBe(new BindingEvent.Failed(null));
        Ask(StunClass.ErrorResponse, (ref StunMessageWriter _) => { }).ShouldBe(new BindingEvent.Failed(null));
        Ask(StunClass.SuccessResponse, (ref StunMessageWriter writer) =>
        {
            writer.AddXorAddress(StunAttributeType.XorMappedAddress, Mapped);
            writer.Add((StunAttributeType)0x7FFF, [1]);
        }).ShouldBe(new BindingEvent.Failed(null));
    }

    [Fact]
    public void What_belongs_to_others_is_left_to_them()
    {
        _client.Start(Instant.Origin);
        StunMessage.TryRead(Sent(), out StunMessage request).ShouldBeTrue();

        Answer(TransactionId.Draw(new SeededRandom(2)), StunClass.SuccessResponse, (ref StunMessageWriter _) => { }).ShouldBeFalse();
        Answer(request.TransactionId, StunClass.Indication, (ref StunMessageWriter _) => { }).ShouldBeFalse();
        Answer(request.TransactionId, StunClass.SuccessResponse, (ref StunMessageWriter writer) =>
            writer.Add(StunAttributeType.Fingerprint, [1, 2, 3, 4])).ShouldBeFalse("its fingerprint is wrong");
        _client.HandleMessage([0x80, 0, 1, 2]).ShouldBeFalse();
        _client.TryPollEvent(out _).ShouldBeFalse();
        _client.NextTimeout.ShouldNotBeNull();
    }

    private BindingEvent Ask(StunClass @class, Attributes attributes)
    {
        _client.Start(Instant.Origin);
        StunMessage.TryRead(Sent(), out StunMessage request).ShouldBeTrue();
        Answer(request.TransactionId, @class, attributes).ShouldBeTrue();
        return Happened();
    }

    private byte[] Sent()
    {
        _client.TryPollTransmit(out ReadOnlySpan<byte> message).ShouldBeTrue();
        byte[] sent = message.ToArray();
        _client.TryPollTransmit(out _).ShouldBeFalse();
        return sent;
    }

    private BindingEvent Happened()
    {
        _client.TryPollEvent(out BindingEvent? happened).ShouldBeTrue();
        return happened.ShouldNotBeNull();
    }

    private bool Answer(TransactionId id, StunClass @class, Attributes attributes)
    {
        byte[] bytes = new byte[200];
        var writer = new StunMessageWriter(bytes, StunMethod.Binding, @class, id);
        attributes(ref writer);
        writer.TryFinish(out int length).ShouldBeTrue();
        return _client.HandleMessage(bytes.AsSpan(0, length));
    }

    private delegate void Attributes(ref StunMessageWriter writer);
}
