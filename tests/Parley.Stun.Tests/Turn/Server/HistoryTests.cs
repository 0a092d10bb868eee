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
    [InlineData("0.0.0.0:80")]
    [InlineData("[::]:80")]
    [InlineData("[::1]:80")]
    public void Cve_2020_26262_the_unspecified_address_is_no_way_to_loopback(string peer) => RefusesPeer(peer);

    [Fact]
    public void Cve_2026_27624_a_mapped_loopback_peer_is_refused() => RefusesPeer("[::ffff:127.0.0.1]:80");

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

    [Fact]
    public void Coturn_1588_an_answer_to_a_stranger_is_little_more_than_its_question()
    {
        byte[] request = TestClient.Plain(
            StunMethod.Allocate, StunClass.Request, TestClient.NewTransaction(), (ref StunMessageWriter w) => w.AddRequestedTransport(17));
        byte[] answer = _world.Client().Send(request).ShouldNotBeNull().Bytes;
        const int Headers = 28;
        double factor = (double)(answer.Length + Headers) / (request.Length + Headers);
        factor.ShouldBeLessThan(2.2, $"{request.Length} bytes are answered with {answer.Length}");
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

    /// <summary>Neither a channel to it, nor data.</summary>
    private void RefusesPeer(string peer)
    {
        TestClient client = _world.Client(peer.StartsWith('[') ? "[2600::1]:1" : "46.0.0.1:1");
        Answer answer = client.Allocate((ref StunMessageWriter w) =>
            w.AddFamily(StunAttributeType.RequestedAddressFamily, peer.StartsWith('[') ? IpFamily.IPv6 : IpFamily.IPv4));
        answer.Code.ShouldBeNull();
        client.Bind(0x4000, peer).Code.ShouldBe(403);
        bool isOwn = TransportAddress.Parse(peer) == TurnWorld.Listener;
        client.Permit(peer).Code.ShouldBe(isOwn ? null : 403, "of its own addresses relays may be reached");
        client.SendTo(peer, "x");
        client.SendOn(0x4000, "x");
        _world.ToPeers.ShouldBeEmpty();
        _world.Server.Counters.PeersRefused.ShouldBeGreaterThan(0);
    }
}
