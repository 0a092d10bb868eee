using Parley.Core.Addresses;
using Parley.Testing.Hosts;
using Parley.Testing.Nats;
using static Parley.Testing.Time.Duration;

namespace Parley.Testing.Tests;

/// <summary>Each kind does what RFC 4787 calls it.</summary>
public sealed class NatTests
{
    private readonly VirtualWorld _world = VirtualWorld.Seeded(4787);
    private readonly VirtualHost _server;

    public NatTests() => _server = _world.Host("server");

    /// <summary>
    /// Alice sends to one port of the server. Is she seen with the same port from another port and another host? Does she hear from a
    /// stranger, from another port of the server, from the port she sent to?
    /// </summary>
    public static TheoryData<string, Nat, bool, bool, bool> Behaviours() => new()
    {
        { "one to one", Nat.OneToOne, true, true, true },
        { "full cone", Nat.FullCone, true, true, true },
        { "address-restricted", Nat.AddressRestricted, true, false, true },
        { "port-restricted", Nat.PortRestricted, true, false, false },
        { "symmetric", Nat.Symmetric, false, false, false },
    };

    [Theory]
    [MemberData(nameof(Behaviours), DisableDiscoveryEnumeration = true)]
    public void Maps_and_filters_as_its_kind_does(string kind, Nat nat, bool keepsPort, bool hearsStrangers, bool hearsOtherPorts)
    {
        UdpSocket alice = _world.HostBehind(nat, "alice").OpenUdp();
        UdpSocket sentTo = _server.OpenUdp();
        UdpSocket otherPort = _server.OpenUdp();
        UdpSocket stranger = _world.Host("stranger").OpenUdp();

        alice.Send(sentTo.Local, "hello"u8);
        _world.RunFor(Seconds(1));
        TransportAddress seen = sentTo.Inbox.ShouldHaveSingleItem().From;
        sentTo.Send(seen, "answer"u8);
        otherPort.Send(seen, "other port"u8);
        stranger.Send(seen, "stranger"u8);
        _world.RunFor(Seconds(1));

        alice.Inbox.ShouldContain(d => d.From == sentTo.Local, kind);
        alice.Inbox.Any(d => d.From == otherPort.Local).ShouldBe(hearsOtherPorts, kind);
        alice.Inbox.Any(d => d.From == stranger.Local).ShouldBe(hearsStrangers, kind);

        alice.Send(otherPort.Local, "hello"u8);
        _world.RunFor(Seconds(1));
        (otherPort.Inbox.ShouldHaveSingleItem().From == seen).ShouldBe(keepsPort, kind);
    }

    [Fact]
    public void Nobody_outside_sees_a_private_address()
    {
        UdpSocket alice = _world.HostBehind(Nat.FullCone, "alice").OpenUdp();
        UdpSocket server = _server.OpenUdp();

        alice.Send(server.Local, "hello"u8);
        _world.RunFor(Seconds(1));

        server.Inbox.ShouldHaveSingleItem().From.Address.ShouldNotBe(alice.Local.Address);
        server.Send(alice.Local, "to a private address"u8);
        _world.RunFor(Seconds(1));
        alice.Inbox.ShouldBeEmpty();
    }

    [Fact]
    public void A_mapping_ends_when_nothing_is_sent_outwards_and_the_next_has_another_port()
    {
        UdpSocket alice = _world.HostBehind(Nat.FullCone with { MappingLifetime = Seconds(30) }, "alice").OpenUdp();
        UdpSocket server = _server.OpenUdp();
        alice.Send(server.Local, "hello"u8);
        _world.RunFor(Seconds(20));
        alice.Send(server.Local, "still here"u8);
        _world.RunFor(Seconds(29));
        TransportAddress seen = server.Inbox[^1].From;
        server.Send(seen, "in time"u8);
        _world.RunFor(Seconds(2));
        server.Send(seen, "too late"u8);
        _world.RunFor(Seconds(1));

        server.Inbox.ShouldAllBe(d => d.From == seen);
        alice.Inbox.Count.ShouldBe(1);
        alice.Send(server.Local, "hello again"u8);
        _world.RunFor(Seconds(1));
        server.Inbox[^1].From.ShouldNotBe(seen);
    }

    [Fact]
    public void A_router_that_restarts_has_forgotten_its_mappings()
    {
        NatRouter router = _world.Router("home", Nat.FullCone);
        UdpSocket alice = router.Host("alice").OpenUdp();
        UdpSocket server = _server.OpenUdp();
        alice.Send(server.Local, "hello"u8);
        _world.RunFor(Seconds(1));
        router.Restart();
        server.Send(server.Inbox[0].From, "answer"u8);
        _world.RunFor(Seconds(1));

        alice.Inbox.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Hosts_behind_one_router_meet_at_its_outside_only_if_it_hairpins(bool hairpins)
    {
        NatRouter router = _world.Router("home", Nat.FullCone with { Hairpins = hairpins });
        UdpSocket alice = router.Host("alice").OpenUdp();
        UdpSocket bob = router.Host("bob").OpenUdp();
        UdpSocket server = _server.OpenUdp();
        bob.Send(server.Local, "hello"u8);
        _world.RunFor(Seconds(1));
        TransportAddress bobOutside = server.Inbox[0].From;

        alice.Send(bobOutside, "round the corner"u8);
        alice.Send(bob.Local, "straight"u8);
        _world.RunFor(Seconds(1));

        // RFC 4787, REQ-9: with hairpinning, the sender is seen from outside too.
        bob.Inbox.Count(d => d.From.Address == router.OutsideAddress).ShouldBe(hairpins ? 1 : 0);
        bob.Inbox.Count(d => d.From == alice.Local).ShouldBe(1);
    }

    [Fact]
    public void Behind_two_routers_a_host_has_the_address_of_the_outer_one()
    {
        NatRouter carrier = _world.Router("carrier", Nat.PortRestricted);
        UdpSocket alice = carrier.Router("home", Nat.FullCone).Host("alice").OpenUdp();
        UdpSocket server = _server.OpenUdp();
        alice.Send(server.Local, "hello"u8);
        _world.RunFor(Seconds(1));
        server.Send(server.Inbox[0].From, "answer"u8);
        _world.RunFor(Seconds(1));

        server.Inbox[0].From.Address.ShouldBe(carrier.OutsideAddress);
        alice.Inbox.ShouldHaveSingleItem();
    }

    [Fact]
    public void With_ipv6_a_router_filters_and_does_not_translate()
    {
        UdpSocket alice = _world.HostBehind(Nat.PortRestricted, "alice").OpenUdp(family: IpFamily.IPv6);
        UdpSocket server = _server.OpenUdp(family: IpFamily.IPv6);
        server.Send(alice.Local, "unasked"u8);
        _world.RunFor(Seconds(1));
        alice.Inbox.ShouldBeEmpty();

        alice.Send(server.Local, "hello"u8);
        _world.RunFor(Seconds(1));
        server.Inbox.ShouldHaveSingleItem().From.ShouldBe(alice.Local);
        server.Send(alice.Local, "answer"u8);
        _world.RunFor(Seconds(1));
        alice.Inbox.ShouldHaveSingleItem();
    }

    [Fact]
    public void Where_udp_is_blocked_streams_pass()
    {
        VirtualHost alice = _world.HostBehind(Nat.UdpBlocked, "alice");
        UdpSocket datagrams = _server.OpenUdp();
        TransportAddress door = new(_server.Address(IpFamily.IPv4), 443);
        TransportAddress? seen = null;
        _server.Listen(door, stream => seen = stream.Remote);

        alice.OpenUdp().Send(datagrams.Local, "hello"u8);
        var stream = alice.Connect(door);
        _world.RunUntil(() => stream.IsOpen, within: Seconds(1));

        datagrams.Inbox.ShouldBeEmpty();
        seen!.Value.Address.ShouldBe(alice.Router!.OutsideAddress);
    }
}
