using Parley.Core.Addresses;
using Parley.Stun.Messages;

namespace Parley.Stun.Tests.Turn.Server;

/// <summary>RFC 8656, 7.2: what is checked first is answered first. Each request here breaks the rule it is named after, and later ones.</summary>
public sealed class AllocateOrderTests
{
    private readonly TurnWorld _world = new(TurnWorld.Defaults with { RelayAddresses = [TurnWorld.Same("45.0.0.1")] });

    [Fact]
    public void A_client_that_has_an_allocation_is_told_so_before_anything_else()
    {
        TestClient client = _world.Client();
        client.Allocate().Code.ShouldBeNull();
        client.Ask(StunMethod.Allocate).Code.ShouldBe(437);
    }

    [Fact]
    public void No_transport_is_400_before_dont_fragment_is_420() => Ask(DontFragment).Code.ShouldBe(400);

    [Fact]
    public void A_transport_of_another_length_is_400() =>
        Ask((ref StunMessageWriter w) => w.Add(StunAttributeType.RequestedTransport, [17])).Code.ShouldBe(400);

    [Fact]
    public void Tcp_is_442_before_dont_fragment_is_420() => Ask((ref StunMessageWriter w) =>
    {
        w.AddRequestedTransport(6);
        DontFragment(ref w);
    }).Code.ShouldBe(442);

    [Fact]
    public void Dont_fragment_is_420_before_a_token_is_looked_at()
    {
        Answer answer = Udp((ref StunMessageWriter w) =>
        {
            DontFragment(ref w);
            Token(ref w);
        });
        answer.Code.ShouldBe(420);
        answer.Unknown.ShouldBe([0x001A]);
    }

    [Fact]
    public void A_token_with_even_port_is_400() => Udp((ref StunMessageWriter w) =>
    {
        Token(ref w);
        w.Add(StunAttributeType.EvenPort, [0]);
    }).Code.ShouldBe(400);

    [Fact]
    public void A_token_with_a_family_is_400() => Udp((ref StunMessageWriter w) =>
    {
        Token(ref w);
        w.AddFamily(StunAttributeType.RequestedAddressFamily, IpFamily.IPv6);
    }).Code.ShouldBe(400);

    [Fact]
    public void A_token_that_nobody_gave_out_is_508() => Udp(Token).Code.ShouldBe(508);

    [Fact]
    public void Both_families_are_400_before_one_is_440() => Udp((ref StunMessageWriter w) =>
    {
        w.AddFamily(StunAttributeType.RequestedAddressFamily, IpFamily.IPv6);
        w.AddFamily(StunAttributeType.AdditionalAddressFamily, IpFamily.IPv6);
    }).Code.ShouldBe(400);

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void A_family_that_is_not_offered_is_440(byte family) =>
        Udp((ref StunMessageWriter w) => w.AddFamily(StunAttributeType.RequestedAddressFamily, (IpFamily)family)).Code.ShouldBe(440);

    [Fact]
    public void Without_a_family_an_ipv6_only_server_answers_440()
    {
        var world = new TurnWorld(TurnWorld.Defaults with { RelayAddresses = [TurnWorld.Same("2600::45")] });
        world.Client("[2600::1]:1").Allocate().Code.ShouldBe(440);
        world.Client("[2600::1]:1").Allocate((ref StunMessageWriter w) => w.AddFamily(StunAttributeType.RequestedAddressFamily, IpFamily.IPv6))
            .Relayed.Family.ShouldBe(IpFamily.IPv6);
    }

    [Fact]
    public void A_reserved_port_with_a_second_family_is_400() => Udp((ref StunMessageWriter w) =>
    {
        w.Add(StunAttributeType.EvenPort, [0x80]);
        w.AddFamily(StunAttributeType.AdditionalAddressFamily, IpFamily.IPv6);
    }).Code.ShouldBe(400);

    [Fact]
    public void A_reserved_port_is_508() =>
        Udp((ref StunMessageWriter w) => w.Add(StunAttributeType.EvenPort, [0x80])).Code.ShouldBe(508);

    [Fact]
    public void An_even_port_is_even_and_reserves_no_other()
    {
        var world = new TurnWorld(TurnWorld.Defaults with { MinRelayPort = 50001, MaxRelayPort = 50006 });
        Fill even = (ref StunMessageWriter w) => w.Add(StunAttributeType.EvenPort, [0]);
        for (int n = 0; n < 3; n++)
        {
            (world.Client($"46.0.0.1:{6000 + n}").Allocate(even).Relayed.Port % 2).ShouldBe(0);
        }

        world.Client("46.0.0.1:7000").Allocate(even).Code.ShouldBe(508);
        (world.Client("46.0.0.1:7000").Allocate().Relayed.Port % 2).ShouldBe(1);
    }

    [Theory]
    [InlineData(IpFamily.IPv4)]
    [InlineData(IpFamily.None)]
    public void A_second_family_that_is_not_ipv6_is_400(IpFamily family) =>
        Udp((ref StunMessageWriter w) => w.AddFamily(StunAttributeType.AdditionalAddressFamily, family)).Code.ShouldBe(400);

    [Theory]
    [InlineData(false, 40)]
    [InlineData(true, 8)]
    public void Of_two_families_the_first_is_given_and_it_is_said_why_the_second_is_not(bool hasIPv6, byte number)
    {
        var world = new TurnWorld(hasIPv6 ? TurnWorld.Defaults : _world.Options);
        Answer answer = world.Client().Allocate((ref StunMessageWriter w) => w.AddFamily(StunAttributeType.AdditionalAddressFamily, IpFamily.IPv6));
        answer.Code.ShouldBeNull();
        answer.Relayed.Family.ShouldBe(IpFamily.IPv4);
        answer.Get(StunAttributeType.AddressErrorCode).ShouldBe([2, 0, hasIPv6 ? (byte)5 : (byte)4, number]);
    }

    [Fact]
    public void A_mobility_ticket_is_passed_over() => Udp((ref StunMessageWriter w) => w.Add(StunAttributeType.MobilityTicket)).Code.ShouldBeNull();

    private static void DontFragment(ref StunMessageWriter writer) => writer.Add(StunAttributeType.DontFragment);

    private static void Token(ref StunMessageWriter writer) => writer.AddUInt64(StunAttributeType.ReservationToken, 1);

    private Answer Ask(Fill fill) => _world.Client().Ask(StunMethod.Allocate, fill);

    private Answer Udp(Fill fill) => _world.Client().Allocate(fill);
}
