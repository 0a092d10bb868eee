using Parley.Core.Addresses;
using Parley.Stun.Messages;
using Parley.Stun.Turn.Client;
using Parley.Stun.Turn.Server;
using Parley.Testing.Hosts;
using Parley.Testing.Nats;
using Parley.Testing.Turn;
using static Parley.Testing.Time.Duration;

namespace Parley.Stun.Tests.Turn.Stories;

/// <summary>What TURN is for: to be reached where no direct path exists.</summary>
public sealed class TurnThroughNatTests
{
    private readonly VirtualWorld _world = VirtualWorld.Seeded(8656);
    private readonly TurnUsers _users = new("parley");
    private readonly ReadOnlyMemory<byte> _nonceKey = new byte[32];

    public TurnThroughNatTests() => _users.Add("alice");

    public static TheoryData<string, Nat, TransportProtocol> Ways() => new()
    {
        { "one to one", Nat.OneToOne, TransportProtocol.Udp },
        { "full cone", Nat.FullCone, TransportProtocol.Udp },
        { "address-restricted", Nat.AddressRestricted, TransportProtocol.Udp },
        { "port-restricted", Nat.PortRestricted, TransportProtocol.Udp },
        { "symmetric", Nat.Symmetric, TransportProtocol.Udp },
        { "symmetric", Nat.Symmetric, TransportProtocol.Tcp },
        { "blocked", Nat.UdpBlocked, TransportProtocol.Tcp },
        { "blocked", Nat.UdpBlocked, TransportProtocol.Tls },
    };

    [Theory]
    [MemberData(nameof(Ways), DisableDiscoveryEnumeration = true)]
    public void A_client_behind_any_nat_talks_with_a_peer_both_ways(string kind, Nat nat, TransportProtocol transport)
    {
        TransportAddress server = Serve(_world.Host("turn"));
        UdpSocket peer = _world.Host("peer").OpenUdp();
        TurnClientDriver alice = Client(_world.HostBehind(nat, "alice"), server, transport);

        alice.Permit(peer.Local.Address);
        _world.RunUntil(() => alice.Permitted.Contains(peer.Local.Address), within: Seconds(5));
        alice.Send(peer.Local, "hello"u8);
        peer.Send(alice.Relayed!.Value, "hello back"u8);
        _world.RunFor(Seconds(1));

        peer.Inbox.ShouldHaveSingleItem().From.ShouldBe(alice.Relayed.Value, kind);
        alice.Received.ShouldHaveSingleItem().From.ShouldBe(peer.Local, kind);
    }

    [Fact]
    public void Where_udp_is_blocked_a_client_over_udp_learns_that_nobody_answers()
    {
        TurnClientDriver alice = Client(_world.HostBehind(Nat.UdpBlocked, "alice"), Serve(_world.Host("turn")), TransportProtocol.Udp);

        _world.RunUntil(() => alice.HasEnded, within: Seconds(40));
        alice.Events.ShouldHaveSingleItem().ShouldBe(new TurnClientEvent.Failed(null));
    }

    [Fact]
    public void One_relay_is_enough_for_a_peer_whose_port_nobody_can_foretell()
    {
        // RFC 8656, section 9: permissions are for hosts, whatever port a symmetric NAT draws.
        TurnClientDriver alice = Client(_world.HostBehind(Nat.PortRestricted, "alice"), Serve(_world.Host("turn")), TransportProtocol.Udp);
        VirtualHost bob = _world.HostBehind(Nat.Symmetric, "bob");
        UdpSocket socket = bob.OpenUdp();
        alice.Permit(bob.Router!.OutsideAddress);
        _world.RunUntil(() => alice.Permitted.Count == 1, within: Seconds(5));

        socket.Send(alice.Relayed!.Value, "hello"u8);
        _world.RunUntil(() => alice.Received.Count == 1, within: Seconds(1));
        alice.Send(alice.Received[0].From, "hello back"u8);
        _world.RunUntil(() => socket.Inbox.Count == 1, within: Seconds(1));
    }

    [Fact]
    public void Two_clients_of_one_server_meet_at_its_outside_address_though_it_stands_behind_a_nat_itself()
    {
        VirtualHost turn = _world.HostBehind(Nat.OneToOne with { Hairpins = false }, "turn");
        InternetAddress outside = turn.Router!.OutsideAddress;
        TransportAddress server = Serve(turn) with { Address = outside };
        TurnClientDriver alice = Client(_world.HostBehind(Nat.Symmetric, "alice"), server, TransportProtocol.Udp);
        TurnClientDriver bob = Client(_world.HostBehind(Nat.UdpBlocked, "bob"), server, TransportProtocol.Tcp);
        alice.Permit(outside);
        bob.Permit(outside);
        _world.RunUntil(() => alice.Permitted.Count + bob.Permitted.Count == 2, within: Seconds(5));

        alice.Send(bob.Relayed!.Value, "hello"u8);
        _world.RunUntil(() => bob.Received.Count == 1, within: Seconds(1));
        bob.Received[0].From.ShouldBe(alice.Relayed!.Value);
        alice.Relayed.Value.Address.ShouldBe(outside);
    }

    [Fact]
    public void After_a_restart_of_the_server_a_client_learns_at_its_next_request_that_its_relay_is_gone_and_its_nonce_is_still_good()
    {
        VirtualHost turn = _world.Host("turn");
        TransportAddress server = Serve(turn);
        TurnClientDriver alice = Client(_world.HostBehind(Nat.FullCone, "alice"), server, TransportProtocol.Udp);
        _world.RunUntil(() => alice.Relayed is not null, within: Seconds(5));
        _server!.Stop();
        Serve(turn);

        alice.Permit(InternetAddress.Parse("25.1.1.1"));
        _world.RunUntil(() => alice.HasEnded, within: Seconds(1));
        alice.Events[^1].ShouldBe(new TurnClientEvent.Failed(StunErrorCode.AllocationMismatch));
        _world.Timeline.ToString().ShouldNotContain("ErrorResponse 438");
    }

    [Fact]
    public void A_client_that_vanishes_keeps_its_relay_for_one_lifetime_and_no_longer()
    {
        VirtualHost turn = _world.Host("turn");
        TurnClientDriver alice = Client(_world.Host("alice"), Serve(turn), TransportProtocol.Udp);
        _world.RunUntil(() => alice.Relayed is not null, within: Seconds(5));
        alice.Stop();

        _world.RunFor(Minutes(9.9));
        turn.OpenSockets.ShouldBe(2);
        _world.RunFor(Minutes(0.2));
        turn.OpenSockets.ShouldBe(1);
    }

    private TurnServerDriver? _server;

    private TransportAddress Serve(VirtualHost host)
    {
        InternetAddress local = host.Address(IpFamily.IPv4);
        TransportAddress listener = new(local, 3478);
        _server = new TurnServerDriver(
            host,
            new TurnServerOptions
            {
                NonceKey = _nonceKey,
                Listeners = [listener],
                RelayAddresses = [new RelayAddress(local, host.Router?.OutsideAddress ?? local)],
            },
            _users);
        return listener;
    }

    private static TurnClientDriver Client(VirtualHost host, TransportAddress server, TransportProtocol transport) => new TurnClientDriver(
        host, server, new TurnClientOptions { Transport = transport, Username = "alice", Password = TurnUsers.PasswordOf("alice") }).Start();
}
