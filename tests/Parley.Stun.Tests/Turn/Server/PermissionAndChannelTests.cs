using System.Text;
using Parley.Core.Addresses;
using Parley.Stun.Messages;
using Parley.Stun.Turn.Server;

namespace Parley.Stun.Tests.Turn.Server;

public sealed class PermissionAndChannelTests
{
    private const string Peer = "47.0.0.1:7000";

    private readonly TurnWorld _world = new();
    private readonly TestClient _client;

    public PermissionAndChannelTests()
    {
        _client = _world.Client();
        _client.Allocate().Code.ShouldBeNull();
    }

    [Fact]
    public void Without_an_allocation_every_request_is_437()
    {
        TestClient stranger = _world.Client("46.0.0.9:1");
        stranger.Refresh().Code.ShouldBe(437);
        stranger.Refresh(0).Code.ShouldBe(437);
        stranger.Permit(Peer).Code.ShouldBe(437);
        stranger.Bind(0x4000, Peer).Code.ShouldBe(437);
    }

    [Fact]
    public void What_another_user_has_is_441()
    {
        (_client.User, _client.Password) = ("bob", "builder");
        _client.Refresh().Code.ShouldBe(441);
        _client.Permit(Peer).Code.ShouldBe(441);
        _client.Bind(0x4000, Peer).Code.ShouldBe(441);
        _client.Allocate().Code.ShouldBe(437);
    }

    [Fact]
    public void A_client_that_gives_up_twice_is_told_that_nothing_is_left()
    {
        _client.Refresh(0).Lifetime.ShouldBe(0u);
        _client.Refresh(0).Code.ShouldBe(437);
        _world.Last<TurnServerEvent.AllocationEnded>().Reason.ShouldBe(AllocationEnd.Released);
        _world.Last<TurnServerEvent.RelayUnwanted>().Relay.ShouldBe(_client.Relay);
        _world.Server.NextTimeout.ShouldBeNull();
    }

    [Fact]
    public void An_allocation_that_is_not_refreshed_ends_and_one_that_is_does_not()
    {
        _world.Pass(TimeSpan.FromMinutes(9));
        _client.Refresh(1000).Lifetime.ShouldBe(1000u);
        _world.Pass(TimeSpan.FromSeconds(999));
        _world.Server.Counters.Allocations.ShouldBe(1);
        _world.Pass(TimeSpan.FromSeconds(1));
        _world.Server.Counters.Allocations.ShouldBe(0);
        _world.Last<TurnServerEvent.AllocationEnded>().Reason.ShouldBe(AllocationEnd.Expired);
    }

    [Fact]
    public void A_refresh_for_another_family_is_443_and_a_malformed_one_400()
    {
        _client.Ask(StunMethod.Refresh, (ref StunMessageWriter w) => w.AddFamily(StunAttributeType.RequestedAddressFamily, IpFamily.IPv6)).Code.ShouldBe(443);
        _client.Ask(StunMethod.Refresh, (ref StunMessageWriter w) => w.AddFamily(StunAttributeType.RequestedAddressFamily, IpFamily.IPv4)).Code.ShouldBeNull();
        _client.Ask(StunMethod.Refresh, (ref StunMessageWriter w) => w.Add(StunAttributeType.Lifetime, [1])).Code.ShouldBe(400);
    }

    [Fact]
    public void Permissions_are_given_to_all_peers_of_a_request_or_to_none()
    {
        _client.Permit(Peer, "10.0.0.1:1").Code.ShouldBe(403);
        _client.SendTo(Peer, "early");
        _world.ToPeers.ShouldBeEmpty();
        _client.Permit(Peer, "[2600::1]:1").Code.ShouldBe(443);
        _client.Permit().Code.ShouldBe(400);
        _client.Ask(StunMethod.CreatePermission, (ref StunMessageWriter w) =>
        {
            w.AddXorAddress(StunAttributeType.XorPeerAddress, TransportAddress.Parse(Peer));
            w.Add(StunAttributeType.XorPeerAddress, [0, 1, 2]);
        }).Code.ShouldBe(400);
        _world.Server.Counters[TurnDrop.NoPermission].ShouldBe(1);
        _world.Server.Counters.PeersRefused.ShouldBe(1);

        _client.Permit(Peer, "47.0.0.2:1").Code.ShouldBeNull();
        _client.SendTo(Peer, "now");
        _client.SendTo("47.0.0.2:9", "any port");
        _world.ToPeers.Count.ShouldBe(2);
    }

    [Fact]
    public void Permissions_last_five_minutes_and_data_does_not_prolong_them()
    {
        _client.Permit(Peer).Code.ShouldBeNull();
        for (int minute = 0; minute < 5; minute++)
        {
            _client.SendTo(Peer, "x");
            _world.FromPeer(_client.Relay, Peer, "y"u8);
            _world.Pass(TimeSpan.FromMinutes(1));
        }

        _world.ToPeers.Count.ShouldBe(5);
        _client.SendTo(Peer, "late");
        _world.FromPeer(_client.Relay, Peer, "late"u8);
        _world.ToPeers.Count.ShouldBe(5);
        _world.Server.Counters[TurnDrop.NoPermission].ShouldBe(2);
    }

    [Fact]
    public void A_channel_carries_data_both_ways_for_as_long_as_its_permission_lives()
    {
        _client.Bind(0x4001, Peer).Code.ShouldBeNull();
        _client.SendOn(0x4001, "up");
        Encoding.UTF8.GetString(_world.ToPeers.ShouldHaveSingleItem().Payload).ShouldBe("up");
        _world.ToPeers[0].Peer.ShouldBe(TransportAddress.Parse(Peer));
        _world.ToPeers[0].Relay.ShouldBe(_client.Relay);

        _world.ToClients.Clear();
        _world.FromPeer(_client.Relay, Peer, "down"u8);
        _world.ToClients.ShouldHaveSingleItem().Payload.ShouldBe([0x40, 0x01, 0, 4, .. "down"u8]);
        _world.ToClients[0].IsResponse.ShouldBeFalse();

        _world.Pass(TimeSpan.FromMinutes(5));
        _client.SendOn(0x4001, "the channel lives, its permission does not");
        _world.ToPeers.Count.ShouldBe(1);
        _world.Server.Counters[TurnDrop.NoPermission].ShouldBe(1);

        _client.Bind(0x4001, Peer).Code.ShouldBeNull();
        _client.SendOn(0x4001, "again");
        _world.ToPeers.Count.ShouldBe(2);
    }

    [Fact]
    public void A_channel_that_is_not_bound_anew_is_gone_after_ten_minutes()
    {
        _client.Bind(0x4001, Peer).Code.ShouldBeNull();
        _world.Pass(TimeSpan.FromMinutes(5));
        _client.Refresh(3600).Code.ShouldBeNull();
        _world.Pass(TimeSpan.FromMinutes(5));
        _client.Permit(Peer).Code.ShouldBeNull();
        _client.SendOn(0x4001, "late");
        _world.Server.Counters[TurnDrop.NoChannel].ShouldBe(1);
        _world.ToClients.Clear();
        _world.FromPeer(_client.Relay, Peer, "x"u8);
        StunMessage.LooksLikeStun(_world.ToClients.ShouldHaveSingleItem().Payload).ShouldBeTrue("without a channel it is a Data indication");
        _client.Bind(0x4002, Peer).Code.ShouldBeNull();
    }

    [Theory]
    [InlineData(0x3FFF)]
    [InlineData(0x5000)]
    [InlineData(0x7FFF)]
    [InlineData(0)]
    public void Numbers_that_are_no_channels_are_400(ushort number) => _client.Bind(number, Peer).Code.ShouldBe(400);

    [Fact]
    public void A_number_has_one_peer_and_a_peer_one_number()
    {
        _client.Bind(0x4000, Peer).Code.ShouldBeNull();
        _client.Bind(0x4000, "47.0.0.1:7001").Code.ShouldBe(400);
        _client.Bind(0x4001, Peer).Code.ShouldBe(400);
        _client.Bind(0x4000, Peer).Code.ShouldBeNull();
        _client.Bind(0x4FFF, "47.0.0.1:7001").Code.ShouldBeNull();
    }

    [Fact]
    public void A_channel_needs_a_number_and_a_peer_that_may_be_reached()
    {
        _client.Ask(StunMethod.ChannelBind, (ref StunMessageWriter w) => w.AddChannelNumber(0x4000)).Code.ShouldBe(400);
        _client.Ask(StunMethod.ChannelBind, (ref StunMessageWriter w) =>
            w.AddXorAddress(StunAttributeType.XorPeerAddress, TransportAddress.Parse(Peer))).Code.ShouldBe(400);
        _client.Bind(0x4000, "47.0.0.1:0").Code.ShouldBe(400);
        _client.Bind(0x4000, "[2600::1]:1").Code.ShouldBe(443);
        _client.Bind(0x4000, "192.168.1.1:1").Code.ShouldBe(403);
        _client.SendOn(0x4000, "x");
        _world.Server.Counters[TurnDrop.NoChannel].ShouldBe(1);
    }

    [Fact]
    public void Full_tables_are_508_until_something_expires()
    {
        var world = new TurnWorld(TurnWorld.Defaults with { Limits = new TurnLimits { PermissionsPerAllocation = 2, ChannelsPerAllocation = 1 } });
        TestClient client = world.Client();
        client.Allocate().Code.ShouldBeNull();
        client.Permit("47.0.0.1:1", "47.0.0.2:1", "47.0.0.3:1").Code.ShouldBe(508);
        client.Permit("47.0.0.1:1", "47.0.0.2:1", "47.0.0.2:2").Code.ShouldBeNull();
        client.Permit("47.0.0.3:1").Code.ShouldBe(508);
        client.Permit("47.0.0.1:1").Code.ShouldBeNull();
        client.Bind(0x4000, "47.0.0.3:1").Code.ShouldBe(508);
        client.Bind(0x4000, "47.0.0.1:1").Code.ShouldBeNull();
        client.Bind(0x4001, "47.0.0.2:1").Code.ShouldBe(508);
        world.Pass(TimeSpan.FromMinutes(5));
        client.Permit("47.0.0.3:1", "47.0.0.4:1").Code.ShouldBeNull();
    }
}
