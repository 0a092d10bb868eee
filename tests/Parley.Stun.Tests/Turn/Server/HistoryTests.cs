using System.Text;
using Parley.Core.Addresses;
using Parley.Stun.Messages;
using Parley.Stun.Turn.Server;

namespace Parley.Stun.Tests.Turn.Server;

/// <summary>What went wrong in other TURN servers, tried here.</summary>
public sealed class HistoryTests
{
    private readonly TurnWorld _world = new();

    [Fact]
    public void Cve_2018_4058_a_loopback_peer_is_refused() => RefusesPeer("127.0.0.1:5766");

    [Theory]
    [InlineData("127.0.0.1:5766")]
    [InlineData("45.0.0.1:5766")]
    [InlineData("45.0.0.1:80")]
    [InlineData("[2600::45]:443")]
    [InlineData("[::ffff:45.0.0.1]:80")]
    public void Cve_2018_4059_no_service_of_this_machine_is_reached_through_a_relay(string peer) => RefusesPeer(peer);

    [Theory]
    [InlineData("0.0.0.0:80")]
    [InlineData("[::]:80")]
    [InlineData("[::1]:80")]
    public void Cve_2020_26262_the_unspecified_address_is_no_way_to_loopback(string peer) => RefusesPeer(peer);

    [Fact]
    public void Cve_2026_27624_a_mapped_loopback_peer_is_refused() => RefusesPeer("[::ffff:127.0.0.1]:80");

    [Theory]
    [InlineData("[::ffff:47.1.2.3]:80")]
    [InlineData("[64:ff9b::47.1.2.3]:80")]
    public void Cve_2026_27624_a_denied_range_is_denied_in_disguise_too(string peer)
    {
        var world = new TurnWorld(TurnWorld.Defaults with { Peers = new PeerPolicy { Denied = [AddressRange.Parse("47.1.0.0/16")] } });
        TestClient client = world.Client("[2600::1]:1");
        client.Allocate((ref StunMessageWriter w) => w.AddFamily(StunAttributeType.RequestedAddressFamily, IpFamily.IPv6)).Code.ShouldBeNull();
        client.Permit(peer).Code.ShouldBe(403);
        client.Bind(0x4000, peer).Code.ShouldBe(403);
    }

    [Theory]
    [InlineData("[64:ff9b::127.0.0.1]:80")]
    [InlineData("[2002:7f00:1::]:80")]
    [InlineData("[2001:0:1:1:0:0:80ff:fffe]:80")]
    [InlineData("[fe80::1]:80")]
    [InlineData("[fd00::1]:80")]
    [InlineData("[fec0::1]:80")]
    public void Coturn_4_13_1_ipv4_inside_ipv6_and_local_ipv6_are_refused(string peer) => RefusesPeer(peer);

    [Theory]
    [InlineData("169.254.169.254:80")]
    [InlineData("10.0.0.1:22")]
    [InlineData("192.168.0.1:80")]
    public void Slack_2018_internal_services_are_no_peers(string peer) => RefusesPeer(peer);

    [Fact]
    public void Slack_2018_relaying_over_tcp_is_not_offered() =>
        _world.Client().Ask(StunMethod.Allocate, (ref StunMessageWriter w) => w.AddRequestedTransport(6)).Code.ShouldBe(442);

    [Theory]
    [InlineData(TransportProtocol.Tcp)]
    [InlineData(TransportProtocol.Tls)]
    public void Pion_570_the_policy_holds_whatever_the_client_comes_over(TransportProtocol protocol)
    {
        TestClient client = _world.Client(protocol: protocol);
        client.Allocate().Code.ShouldBeNull();
        client.Permit("10.0.0.1:22").Code.ShouldBe(403);
        client.Bind(0x4000, "10.0.0.1:22").Code.ShouldBe(403);
        client.SendTo("10.0.0.1:22", "x");
        client.SendOn(0x4000, "x");
        _world.ToPeers.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(TransportProtocol.Udp)]
    [InlineData(TransportProtocol.Tcp)]
    public void Cve_2020_6061_and_6062_http_is_not_spoken_here(TransportProtocol protocol)
    {
        TestClient client = _world.Client(protocol: protocol);
        client.Send("POST /logon HTTP/1.1\r\nContent-Length: 4294967295\r\n\r\nuname=a&pwd="u8.ToArray()).ShouldBeNull();
        _world.Server.Counters[TurnDrop.Malformed].ShouldBe(1);
        _world.Events.OfType<TurnServerEvent.ConnectionUnwanted>().Count().ShouldBe(protocol == TransportProtocol.Udp ? 0 : 1);
    }

    [Fact]
    public void Cve_2020_4067_padding_holds_nothing_of_what_was_there_before()
    {
        TestClient client = _world.Client();
        client.Allocate().Code.ShouldBeNull();
        client.Permit("47.0.0.1:1").Code.ShouldBeNull();
        _world.FromPeer(client.Relay, "47.0.0.1:1", Enumerable.Repeat((byte)0xEE, 1500).ToArray());
        _world.ToClients.Clear();
        _world.FromPeer(client.Relay, "47.0.0.1:1", [1]);
        _world.ToClients.ShouldHaveSingleItem().Payload[^4..].ShouldBe([1, 0, 0, 0]);

        client.Nonce = null;
        client.FetchNonce();
        _world.ToClients[^1].Payload.ShouldNotContain((byte)0xEE);
    }

    [Fact]
    public void Cve_2026_43994_an_access_token_is_not_even_read() =>
        _world.Client().Ask(StunMethod.Refresh, (ref StunMessageWriter w) => w.Add(StunAttributeType.AccessToken, [0xFF, 0xFF, 1])).Code.ShouldBe(420);

    [Theory]
    [InlineData("%s%s%s%n")]
    [InlineData("'; DROP TABLE turnusers_lt; --")]
    public void Ghsa_4g7c_and_v8hj_a_user_name_is_only_a_name(string name) => _world.Client(user: name).Refresh().Code.ShouldBe(401);

    [Fact]
    public void Ab762f33_what_stands_behind_the_integrity_is_not_acted_on()
    {
        TestClient client = _world.Client();
        client.Allocate().Code.ShouldBeNull();
        byte[] signed = client.Proved(StunMethod.Refresh, TestClient.NewTransaction());
        byte[] extended = [.. signed, 0, 0x0D, 0, 4, 0, 0, 0, 0];
        extended[3] += 8;
        client.Send(extended).ShouldNotBeNull().Lifetime.ShouldBe(600u);
        _world.Server.Counters.Allocations.ShouldBe(1);
    }

    [Fact]
    public void Coturn_b057acbe_a_mapped_loopback_is_refused_even_where_loopback_is_not()
    {
        var world = new TurnWorld(TurnWorld.Defaults with { Peers = new PeerPolicy { AllowLoopback = true } });
        TestClient client = world.Client("[2600::1]:1");
        client.Allocate((ref StunMessageWriter w) => w.AddFamily(StunAttributeType.RequestedAddressFamily, IpFamily.IPv6)).Code.ShouldBeNull();
        client.Permit("[::1]:1").Code.ShouldBeNull();
        client.Permit("[::ffff:127.0.0.1]:1").Code.ShouldBe(403);
    }

    [Theory]
    [InlineData("[2606:4700:0:ffff:ffff:ffff:ffff:ffff]:1", null)]
    [InlineData("[2606:4700:1::]:1", 403)]
    [InlineData("[2606:4700:1:ffff:ffff:ffff:ffff:ffff]:1", 403)]
    [InlineData("[2606:4700:2::]:1", null)]
    public void Coturn_6c13608c_an_ipv6_range_ends_where_it_ends(string peer, int? code)
    {
        var world = new TurnWorld(TurnWorld.Defaults with { Peers = new PeerPolicy { Denied = [AddressRange.Parse("2606:4700:1::/48")] } });
        TestClient client = world.Client("[2600::1]:1");
        client.Allocate((ref StunMessageWriter w) => w.AddFamily(StunAttributeType.RequestedAddressFamily, IpFamily.IPv6)).Code.ShouldBeNull();
        client.Permit(peer).Code.ShouldBe(code);
    }

    [Fact]
    public void Ghost_calls_2025_who_has_left_relays_no_more()
    {
        TestClient client = _world.Client();
        client.Allocate().Code.ShouldBeNull();
        client.Bind(0x4000, "47.0.0.1:443").Code.ShouldBeNull();
        _world.Server.Revoke(_world.Now, "alice");
        _world.Drain();
        client.SendOn(0x4000, "x");
        client.SendTo("47.0.0.1:443", "x");
        _world.FromPeer(client.Relay, "47.0.0.1:443", "x"u8);
        _world.ToPeers.ShouldBeEmpty();
        _world.Server.Counters[TurnDrop.NoAllocation].ShouldBe(3);
    }

    [Fact]
    public void Coturn_4adbd82e_even_port_does_not_eat_up_the_ports()
    {
        var world = new TurnWorld(TurnWorld.Defaults with { MinRelayPort = 50000, MaxRelayPort = 50001 });
        world.Client("46.0.0.1:1").Allocate((ref StunMessageWriter w) => w.Add(StunAttributeType.EvenPort, [0])).Code.ShouldBeNull();
        world.Client("46.0.0.1:2").Allocate().Code.ShouldBeNull();
    }

    [Fact]
    public void Coturn_3c5b2615_a_mobility_ticket_is_no_way_around_the_quota()
    {
        var world = new TurnWorld(TurnWorld.Defaults with { Limits = new TurnLimits { AllocationsPerUser = 1 } });
        world.Client().Allocate(Ticket).Code.ShouldBeNull();
        world.Client("46.0.0.1:5001").Allocate(Ticket).Code.ShouldBe(486);
        world.Server.AllocationsAndOpenings.ShouldBe(1);
    }

    [Fact]
    public void Coturn_a97f1924_a_flood_of_resumptions_leaves_nothing_behind()
    {
        _world.Client().Allocate(Ticket).Code.ShouldBeNull();
        for (int port = 6000; port < 6500; port++)
        {
            TestClient elsewhere = _world.Client($"46.0.0.1:{port}");
            elsewhere.Ask(StunMethod.Refresh, (ref StunMessageWriter w) => w.Add(StunAttributeType.MobilityTicket, [1, 2, 3, 4, 5, 6, 7, 8])).Code.ShouldBe(437);
        }

        _world.Server.AllocationsAndOpenings.ShouldBe(1);
        _world.Server.StrangeConnections.ShouldBe(0);
        _world.Server.RememberedUsers.ShouldBe(1);
    }

    [Fact]
    public void Ghsa_5x2p_a_dtls_hello_is_not_answered_and_leaves_nothing_behind()
    {
        // DTLS 1.2, handshake, epoch 0, and the beginning of a ClientHello (RFC 6347, 4.1).
        byte[] hello = [22, 0xFE, 0xFD, 0, 0, 0, 0, 0, 0, 0, 0, 0, 54, 1, 0, 0, 42, 0, 0, 0, 0, 0, 0, 0, 42, .. new byte[42]];
        for (int port = 1; port < 1000; port++)
        {
            _world.Client($"46.0.0.1:{port}").Send(hello).ShouldBeNull();
        }

        _world.Server.Counters[TurnDrop.Malformed].ShouldBe(999);
        _world.Server.AllocationsAndOpenings.ShouldBe(0);
        _world.Server.StrangeConnections.ShouldBe(0);
    }

    [Fact]
    public void Coturn_1641_a_flood_leaves_nothing_behind()
    {
        byte[] request = TestClient.Plain(StunMethod.Allocate, StunClass.Request, TestClient.NewTransaction());
        for (int address = 1; address < 3000; address++)
        {
            _world.Message(new FiveTuple(new TransportAddress(InternetAddress.FromIPv4(0x2E00_0000u + (uint)address), 9), TurnWorld.Listener, TransportProtocol.Udp), request);
        }

        _world.Server.AllocationsAndOpenings.ShouldBe(0);
        _world.Server.StrangeConnections.ShouldBe(0);
        _world.Server.NextTimeout.ShouldBeNull();
    }

    [Fact]
    public void Coturn_500_a_port_that_changes_between_challenge_and_request_does_no_harm()
    {
        TestClient before = _world.Client();
        before.FetchNonce();
        TestClient after = _world.Client("46.0.0.1:5999");
        after.Nonce = before.Nonce;
        after.Allocate().Code.ShouldBeNull();
    }

    [Fact]
    public void Coturn_206_and_584_relays_on_one_server_reach_each_other()
    {
        TestClient alice = _world.Client();
        TestClient bob = _world.Client("46.0.0.2:1");
        TransportAddress a = alice.Allocate().Relayed;
        TransportAddress b = bob.Allocate().Relayed;
        alice.Permit(b.ToString()).Code.ShouldBeNull();
        bob.Permit(a.ToString()).Code.ShouldBeNull();
        _world.ToClients.Clear();
        alice.SendTo(b.ToString(), "hi");
        _world.ToClients.ShouldHaveSingleItem().Client.ShouldBe(bob.Tuple);
    }

    [Theory]
    // What a browser begins with; the least that is answered with 401; and what STUN is mostly asked.
    [InlineData(StunMethod.Allocate, true, 2.2)]
    [InlineData(StunMethod.Allocate, false, 2.5)]
    [InlineData(StunMethod.Binding, false, 1.3)]
    public void Coturn_1588_an_answer_to_a_stranger_is_little_more_than_its_question(StunMethod method, bool hasTransport, double atMost)
    {
        byte[] request = TestClient.Plain(method, StunClass.Request, TestClient.NewTransaction(), (ref StunMessageWriter w) =>
        {
            if (hasTransport)
            {
                w.AddRequestedTransport(17);
            }
        });

        Amplification(request, _world.Client().Send(request).ShouldNotBeNull()).ShouldBeLessThan(atMost);
    }

    [Fact]
    public void Coturn_1588_an_answer_to_an_old_nonce_is_less_than_its_question()
    {
        TestClient client = _world.Client();
        client.Nonce = Encoding.ASCII.GetBytes("obMatJos2gAABAAAAAAAAAAAAAAAA");
        byte[] request = client.Proved(StunMethod.Allocate, TestClient.NewTransaction(), (ref StunMessageWriter w) => w.AddRequestedTransport(17));

        Answer answer = client.Send(request).ShouldNotBeNull();

        answer.Code.ShouldBe(438);
        Amplification(request, answer).ShouldBeLessThan(1);
    }

    [Fact]
    public void A_server_does_not_send_to_its_own_listener()
    {
        RefusesPeer(TurnWorld.Listener.ToString());
        var open = new TurnWorld(TurnWorld.Defaults with { Peers = new PeerPolicy { Allowed = [AddressRange.Parse("0.0.0.0/0")] } });
        TestClient client = open.Client();
        client.Allocate().Code.ShouldBeNull();
        client.Permit(TurnWorld.Listener.ToString()).Code.ShouldBeNull("a permission has no port");
        client.SendTo(TurnWorld.Listener.ToString(), Encoding.UTF8.GetString("loop"u8));
        open.ToPeers.ShouldBeEmpty();
        open.Server.Counters[TurnDrop.ForbiddenPeer].ShouldBe(1);
    }

    private static void Ticket(ref StunMessageWriter writer) => writer.Add(StunAttributeType.MobilityTicket);

    /// <summary>With the headers of IPv4 and UDP, as a line counts.</summary>
    private static double Amplification(byte[] request, Answer answer)
    {
        const double Headers = 28;
        return (answer.Bytes.Length + Headers) / (request.Length + Headers);
    }

    /// <summary>Neither a channel to it, nor data.</summary>
    private void RefusesPeer(string peer)
    {
        TestClient client = _world.Client(peer.StartsWith('[') ? "[2600::1]:1" : "46.0.0.1:1");
        Answer answer = client.Allocate((ref StunMessageWriter w) =>
            w.AddFamily(StunAttributeType.RequestedAddressFamily, peer.StartsWith('[') ? IpFamily.IPv6 : IpFamily.IPv4));
        answer.Code.ShouldBeNull();
        client.Bind(0x4000, peer).Code.ShouldBe(403);
        InternetAddress address = TransportAddress.Parse(peer).Address;
        bool isOwn = address == TurnWorld.Listener.Address || address == TurnWorld.Listener6.Address;
        client.Permit(peer).Code.ShouldBe(isOwn ? null : 403, "of its own addresses relays may be reached");
        client.SendTo(peer, "x");
        client.SendOn(0x4000, "x");
        _world.ToPeers.ShouldBeEmpty();
        _world.Server.Counters.PeersRefused.ShouldBeGreaterThan(0);
    }
}
