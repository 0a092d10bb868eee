using System.Text;
using Parley.Core.Addresses;
using Parley.Stun.Messages;
using Parley.Stun.Turn.Server;

namespace Parley.Stun.Tests.Turn.Server;

public sealed class RelayingTests
{
    private const string Peer = "47.0.0.1:7000";

    private readonly TurnWorld _world = new();

    [Fact]
    public void Indications_carry_data_both_ways()
    {
        TestClient client = Allocated(_world);
        client.Permit(Peer).Code.ShouldBeNull();
        client.SendTo(Peer, "hello");
        client.SendTo(Peer, "");
        _world.ToPeers.Select(sent => Encoding.UTF8.GetString(sent.Payload)).ShouldBe(["hello", ""]);

        _world.ToClients.Clear();
        _world.FromPeer(client.Relay, "47.0.0.1:9", "welcome"u8);
        StunMessage.TryRead(_world.ToClients.ShouldHaveSingleItem().Payload, out StunMessage data).ShouldBeTrue();
        (data.Method, data.Class).ShouldBe((StunMethod.Data, StunClass.Indication));
        data.TryGetXorAddress(StunAttributeType.XorPeerAddress, out TransportAddress from).ShouldBeTrue();
        from.ShouldBe(TransportAddress.Parse("47.0.0.1:9"));
        data.TryGet(StunAttributeType.Data, out ReadOnlySpan<byte> payload).ShouldBeTrue();
        Encoding.UTF8.GetString(payload).ShouldBe("welcome");
        (_world.Server.Counters.PacketsToPeers, _world.Server.Counters.BytesToPeers).ShouldBe((2, 5));
        (_world.Server.Counters.PacketsToClients, _world.Server.Counters.BytesToClients).ShouldBe((1, 7));
    }

    [Fact]
    public void What_is_wrong_with_an_indication_is_counted_and_nobody_is_told()
    {
        TestClient client = Allocated(_world);
        client.Permit(Peer).Code.ShouldBeNull();
        Fill peer = (ref StunMessageWriter w) => w.AddXorAddress(StunAttributeType.XorPeerAddress, TransportAddress.Parse(Peer));
        Fill data = (ref StunMessageWriter w) => w.Add(StunAttributeType.Data, "x"u8);
        foreach (Fill[] fills in (Fill[][])[
            [peer], [data],
            [peer, data, (ref StunMessageWriter w) => w.Add(StunAttributeType.DontFragment)],
            [(ref StunMessageWriter w) => w.AddXorAddress(StunAttributeType.XorPeerAddress, TransportAddress.Parse("47.0.0.1:0")), data],
            [(ref StunMessageWriter w) => w.Add(StunAttributeType.XorPeerAddress, [1]), data]])
        {
            client.Send(TestClient.Plain(StunMethod.Send, StunClass.Indication, TestClient.NewTransaction(), (ref StunMessageWriter w) =>
            {
                foreach (Fill fill in fills)
                {
                    fill(ref w);
                }
            })).ShouldBeNull();
        }

        _world.ToPeers.ShouldBeEmpty();
        _world.Server.Counters[TurnDrop.Malformed].ShouldBe(5);
    }

    [Fact]
    public void Without_an_allocation_nothing_is_relayed()
    {
        TestClient client = _world.Client();
        client.SendTo(Peer, "x");
        client.SendOn(0x4000, "x");
        _world.FromPeer(new RelayId(77), Peer, "x"u8);
        _world.Server.Counters[TurnDrop.NoAllocation].ShouldBe(3);
        _world.ToPeers.ShouldBeEmpty();
    }

    [Fact]
    public void Datagrams_may_be_padded_and_a_length_that_lies_is_malformed()
    {
        TestClient client = Allocated(_world);
        client.Bind(0x4000, Peer).Code.ShouldBeNull();
        _world.Message(client.Tuple, [0x40, 0, 0, 1, (byte)'a', 0, 0, 0]);
        _world.ToPeers.ShouldHaveSingleItem().Payload.ShouldBe("a"u8.ToArray());
        _world.Message(client.Tuple, [0x40, 0, 0, 9, 1]);
        _world.Message(client.Tuple, [0x40, 0]);
        _world.Message(client.Tuple, [0xFF]);
        _world.Message(client.Tuple, []);
        _world.Server.Counters[TurnDrop.Malformed].ShouldBe(4);
        _world.Events.OfType<TurnServerEvent.ConnectionUnwanted>().ShouldBeEmpty();
    }

    [Fact]
    public void Over_a_stream_channel_data_is_padded()
    {
        TestClient client = Allocated(_world, TransportProtocol.Tcp);
        client.Bind(0x4000, Peer).Code.ShouldBeNull();
        _world.ToClients.Clear();
        _world.FromPeer(client.Relay, Peer, "abcde"u8);
        _world.ToClients.ShouldHaveSingleItem().Payload.ShouldBe([0x40, 0, 0, 5, .. "abcde"u8, 0, 0, 0]);
    }

    [Fact]
    public void What_is_too_large_stays_here()
    {
        TestClient client = Allocated(_world);
        client.Bind(0x4000, Peer).Code.ShouldBeNull();
        client.SendOn(0x4000, new string('x', 1801));
        _world.FromPeer(client.Relay, Peer, new byte[1801]);
        _world.Server.Counters[TurnDrop.TooLarge].ShouldBe(2);
        client.SendOn(0x4000, new string('x', 1800));
        _world.ToPeers.ShouldHaveSingleItem().Payload.Length.ShouldBe(1800);
    }

    [Theory]
    [InlineData(10, 100, 1_000_000, 1_000_000, 10)]
    [InlineData(100, 10, 1_000_000, 1_000_000, 10)]
    [InlineData(100, 100, 2000, 1_000_000, 20)]
    [InlineData(100, 100, 1_000_000, 3000, 30)]
    public void Allocations_and_users_have_only_so_much_each_way(int packets, int userPackets, long bytes, long userBytes, int pass)
    {
        var world = new TurnWorld(TurnWorld.Defaults with
        {
            Limits = new TurnLimits
            {
                PacketsPerSecondPerAllocation = packets,
                PacketsPerSecondPerUser = userPackets,
                BytesPerSecondPerAllocation = bytes,
                BytesPerSecondPerUser = userBytes,
            },
        });
        TestClient client = Allocated(world);
        client.Bind(0x4000, Peer).Code.ShouldBeNull();
        world.ToClients.Clear();
        for (int packet = 0; packet < 50; packet++)
        {
            client.SendOn(0x4000, new string('x', 100));
            world.FromPeer(client.Relay, Peer, new byte[100]);
        }

        world.ToPeers.Count.ShouldBe(pass);
        world.ToClients.Count.ShouldBe(pass);
        world.Server.Counters[TurnDrop.RateLimit].ShouldBe(2 * (50 - pass));
        world.Pass(TimeSpan.FromSeconds(1));
        client.SendOn(0x4000, "x");
        world.ToPeers.Count.ShouldBe(pass + 1);
    }

    [Fact]
    public void Two_relayed_clients_meet_inside_even_behind_a_nat_that_does_not_send_back()
    {
        var world = new TurnWorld(TurnWorld.Defaults with
        {
            RelayAddresses = [new RelayAddress(InternetAddress.Parse("10.0.0.5"), InternetAddress.Parse("45.0.0.9"))],
        });
        TestClient alice = world.Client();
        TestClient bob = world.Client("46.0.0.2:1", "bob", "builder");
        TransportAddress a = alice.Allocate().Relayed;
        TransportAddress b = bob.Allocate().Relayed;

        alice.Permit(b.ToString()).Code.ShouldBeNull();
        alice.SendTo(b.ToString(), "bob has not let me in");
        world.Server.Counters[TurnDrop.NoPermission].ShouldBe(1);

        bob.Bind(0x4000, a.ToString()).Code.ShouldBeNull();
        world.ToClients.Clear();
        alice.SendTo(b.ToString(), "hi");
        (FiveTuple client, byte[] payload, _) = world.ToClients.ShouldHaveSingleItem();
        client.ShouldBe(bob.Tuple);
        payload.ShouldBe([0x40, 0, 0, 2, .. "hi"u8]);
        world.ToClients.Clear();
        bob.SendOn(0x4000, "hi");
        world.ToClients.ShouldHaveSingleItem().Client.ShouldBe(alice.Tuple);
        world.ToPeers.ShouldBeEmpty();
        world.Server.Counters.PacketsToPeers.ShouldBe(3);
        world.Server.Counters.PacketsToClients.ShouldBe(2);

        // Its address is nobody's after that.
        bob.Refresh(0).Code.ShouldBeNull();
        alice.SendTo(b.ToString(), "gone");
        world.Server.Counters[TurnDrop.ForbiddenPeer].ShouldBe(1);
        alice.Bind(0x4000, b.ToString()).Code.ShouldBe(403);
    }

    [Fact]
    public void A_relay_is_no_client()
    {
        TestClient alice = _world.Client();
        TransportAddress relayed = alice.Allocate().Relayed;
        _world.Client(relayed.ToString()).Send(TestClient.Plain(StunMethod.Binding, StunClass.Request, TestClient.NewTransaction())).ShouldBeNull();
    }

    [Fact]
    public void Whoever_is_revoked_loses_everything_at_once_and_others_nothing()
    {
        TestClient one = Allocated(_world);
        TestClient two = _world.Client("46.0.0.1:5001", protocol: TransportProtocol.Tls);
        two.Allocate().Code.ShouldBeNull();
        TestClient bob = _world.Client("46.0.0.1:5002", "bob", "builder");
        bob.Allocate().Code.ShouldBeNull();

        _world.Server.Revoke(_world.Now, "alice");
        _world.Server.Revoke(_world.Now, "nobody");
        _world.Drain();

        _world.Server.Counters.Allocations.ShouldBe(1);
        _world.Events.OfType<TurnServerEvent.AllocationEnded>().Select(ended => (ended.Client, ended.Reason))
            .ShouldBe([(one.Tuple, AllocationEnd.Revoked), (two.Tuple, AllocationEnd.Revoked)], ignoreOrder: true);
        _world.Events.OfType<TurnServerEvent.ConnectionUnwanted>().ShouldHaveSingleItem().Client.ShouldBe(two.Tuple);
        bob.Refresh().Code.ShouldBeNull();
    }

    [Fact]
    public void A_socket_that_fails_ends_its_allocation()
    {
        TestClient client = Allocated(_world);
        _world.Refused(client.Relay);
        _world.Refused(client.Relay);
        _world.Events.OfType<TurnServerEvent.AllocationEnded>().ShouldHaveSingleItem().Reason.ShouldBe(AllocationEnd.RelayFailed);
        _world.Events.OfType<TurnServerEvent.RelayUnwanted>().ShouldBeEmpty();
        client.Refresh().Code.ShouldBe(437);
    }

    private static TestClient Allocated(TurnWorld world, TransportProtocol protocol = TransportProtocol.Udp)
    {
        TestClient client = world.Client(protocol: protocol);
        client.Allocate().Code.ShouldBeNull();
        return client;
    }
}
