using Parley.Core.Addresses;
using Parley.Stun.Turn.Server;

namespace Parley.Stun.Tests.Turn.Server;

public sealed class PeerFilterTests
{
    [Theory]
    [InlineData("8.8.8.8")]
    [InlineData("47.0.0.1")]
    [InlineData("11.0.0.1")]
    [InlineData("172.32.0.1")]
    [InlineData("100.128.0.1")]
    [InlineData("192.0.1.1")]
    [InlineData("223.255.255.255")]
    [InlineData("2600::1")]
    [InlineData("2001:4860::1")]
    [InlineData("2606:4700::5efe:1")]
    public void Public_addresses_are_peers(string address) => Judge(address).ShouldBe(PeerVerdict.Allowed);

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("0.1.2.3")]
    [InlineData("10.0.0.1")]
    [InlineData("100.64.0.1")]
    [InlineData("127.0.0.1")]
    [InlineData("127.255.255.254")]
    [InlineData("169.254.169.254")]
    [InlineData("172.16.0.1")]
    [InlineData("172.31.255.255")]
    [InlineData("192.0.0.1")]
    [InlineData("192.0.2.1")]
    [InlineData("192.88.99.1")]
    [InlineData("192.168.1.1")]
    [InlineData("198.18.0.1")]
    [InlineData("198.19.255.255")]
    [InlineData("198.51.100.1")]
    [InlineData("203.0.113.1")]
    [InlineData("224.0.0.1")]
    [InlineData("240.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("::")]
    [InlineData("::1")]
    [InlineData("100::1")]
    [InlineData("2001:db8::1")]
    [InlineData("fc00::1")]
    [InlineData("fd12::1")]
    [InlineData("fe80::1")]
    [InlineData("fec0::1")]
    [InlineData("ff02::1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("::ffff:10.0.0.1")]
    [InlineData("::127.0.0.1")]
    [InlineData("::ffff:0:10.0.0.1")]
    [InlineData("64:ff9b::10.0.0.1")]
    [InlineData("64:ff9b:1::1")]
    [InlineData("2002:7f00:1::")]
    [InlineData("2002:0a00:1::1")]
    [InlineData("2001:0:4136:e378:8000:63bf:f5ff:fffe")]
    [InlineData("2600::5efe:10.0.0.1")]
    [InlineData("2600::200:5efe:127.0.0.1")]
    [InlineData("2001:2::1")]
    [InlineData("2001:10::1")]
    [InlineData("2001:20::1")]
    [InlineData("200::1")]
    [InlineData("1fff::1")]
    [InlineData("4000::1")]
    [InlineData("9000::1")]
    [InlineData("f000::1")]
    [InlineData("fa00::1")]
    [InlineData("fe00::1")]
    public void What_is_not_public_is_no_peer_in_any_disguise(string address) => Judge(address).ShouldBe(PeerVerdict.Refused);

    [Fact]
    public void Private_addresses_can_be_allowed_but_not_where_clouds_keep_secrets()
    {
        var policy = new PeerPolicy { AllowPrivate = true };
        Judge("192.168.1.7", policy).ShouldBe(PeerVerdict.Allowed);
        Judge("169.254.1.1", policy).ShouldBe(PeerVerdict.Allowed);
        Judge("fd12::1", policy).ShouldBe(PeerVerdict.Allowed);
        Judge("169.254.169.254", policy).ShouldBe(PeerVerdict.Refused);
        Judge("127.0.0.1", policy).ShouldBe(PeerVerdict.Refused);
        Judge("::ffff:192.168.1.7", policy).ShouldBe(PeerVerdict.Refused);
    }

    [Theory]
    [InlineData("192.168.1.9", PeerVerdict.Allowed)]
    [InlineData("fd12::9", PeerVerdict.Allowed)]
    [InlineData("127.0.0.1", PeerVerdict.Allowed)]
    [InlineData("8.8.8.8", PeerVerdict.Refused)]
    [InlineData("2600::1", PeerVerdict.Refused)]
    internal void Private_addresses_are_reached_only_by_those_who_have_one(string client, PeerVerdict verdict) =>
        Judge("192.168.1.7", new PeerPolicy { AllowPrivate = true }, InternetAddress.Parse(client)).ShouldBe(verdict);

    [Fact]
    public void Loopback_can_be_allowed_but_never_a_listener()
    {
        var policy = new PeerPolicy { AllowLoopback = true };
        Judge("127.0.0.1", policy).ShouldBe(PeerVerdict.Allowed);
        Judge("::1", policy).ShouldBe(PeerVerdict.Allowed);
        Judge("10.0.0.1", policy).ShouldBe(PeerVerdict.Refused);
        Filter(policy).Judge(TransportAddress.Parse("127.0.0.1:3478"), Neighbour).ShouldBe(PeerVerdict.Refused);
        Filter(policy).Judge(TransportAddress.Parse("127.0.0.1:3479"), Neighbour).ShouldBe(PeerVerdict.Allowed);
    }

    [Fact]
    public void What_is_allowed_in_so_many_words_is_allowed_whatever_else_says()
    {
        var policy = new PeerPolicy { Allowed = [AddressRange.Parse("10.1.0.0/16")], Denied = [AddressRange.Parse("10.0.0.0/8"), AddressRange.Parse("47.0.0.0/8")] };
        Judge("10.1.2.3", policy).ShouldBe(PeerVerdict.Allowed);
        Judge("10.2.0.1", policy).ShouldBe(PeerVerdict.Refused);
        Judge("47.1.1.1", policy).ShouldBe(PeerVerdict.Refused);
        Judge("48.1.1.1", policy).ShouldBe(PeerVerdict.Allowed);
    }

    [Fact]
    public void A_disguise_that_is_allowed_does_not_hide_what_is_in_it()
    {
        var policy = new PeerPolicy { Allowed = [AddressRange.Parse("64:ff9b::/96")] };
        Judge("64:ff9b::8.8.8.8", policy).ShouldBe(PeerVerdict.Allowed);
        Judge("64:ff9b::10.0.0.1", policy).ShouldBe(PeerVerdict.Refused);
        Judge("64:ff9b::127.0.0.1", policy).ShouldBe(PeerVerdict.Refused);
    }

    [Fact]
    public void This_machine_is_a_peer_only_where_it_relays()
    {
        TurnServerOptions options = TurnWorld.Defaults with
        {
            Listeners = [TransportAddress.Parse("44.0.0.1:443"), TurnWorld.Listener],
            RelayAddresses = [new RelayAddress(InternetAddress.Parse("10.0.0.5"), InternetAddress.Parse("45.0.0.9"))],
        };
        var filter = new PeerFilter(options);
        filter.Judge(InternetAddress.Parse("44.0.0.1"), Neighbour).ShouldBe(PeerVerdict.Refused);
        filter.Judge(InternetAddress.Parse("45.0.0.9"), Neighbour).ShouldBe(PeerVerdict.RelaysOnly);
        filter.Judge(InternetAddress.Parse("10.0.0.5"), Neighbour).ShouldBe(PeerVerdict.RelaysOnly);
        filter.Judge(InternetAddress.Parse("::ffff:45.0.0.9"), Neighbour).ShouldBe(PeerVerdict.Refused);
        filter.Judge(TransportAddress.Parse("45.0.0.9:3478"), Neighbour).ShouldBe(PeerVerdict.Refused);

        var open = new PeerFilter(options with { Peers = new PeerPolicy { Allowed = [AddressRange.Parse("0.0.0.0/0")] } });
        open.Judge(TransportAddress.Parse("44.0.0.1:9000"), Neighbour).ShouldBe(PeerVerdict.Refused, "a network is allowed, not this machine in it");
        open.Judge(TransportAddress.Parse("45.0.0.9:9000"), Neighbour).ShouldBe(PeerVerdict.RelaysOnly);
        var named = new PeerFilter(options with { Peers = new PeerPolicy { Allowed = [AddressRange.Parse("44.0.0.1")] } });
        named.Judge(TransportAddress.Parse("44.0.0.1:9000"), Neighbour).ShouldBe(PeerVerdict.Allowed);
        open.Judge(TransportAddress.Parse("45.0.0.9:443"), Neighbour).ShouldBe(PeerVerdict.Refused, "a server that talks to itself never stops");
    }

    [Fact]
    public void An_allowed_network_does_not_open_what_else_this_machine_has_in_it()
    {
        TurnServerOptions options = TurnWorld.Defaults with
        {
            OwnAddresses = [InternetAddress.Parse("44.0.0.7")],
            Peers = new PeerPolicy { Allowed = [AddressRange.Parse("0.0.0.0/0"), AddressRange.Parse("::/0")] },
        };
        var filter = new PeerFilter(options);
        filter.Judge(InternetAddress.Parse("127.0.0.1"), Neighbour).ShouldBe(PeerVerdict.Refused);
        filter.Judge(InternetAddress.Parse("127.0.0.2"), Neighbour).ShouldBe(PeerVerdict.Refused);
        filter.Judge(InternetAddress.Parse("::1"), Neighbour).ShouldBe(PeerVerdict.Refused);
        filter.Judge(InternetAddress.Parse("44.0.0.7"), Neighbour).ShouldBe(PeerVerdict.Refused);
        filter.Judge(InternetAddress.Parse("44.0.0.8"), Neighbour).ShouldBe(PeerVerdict.Allowed);
        filter.Judge(InternetAddress.Parse("10.0.0.1"), Neighbour).ShouldBe(PeerVerdict.Allowed);
    }

    [Theory]
    [InlineData("127.0.0.0/8")]
    [InlineData("127.0.0.2")]
    public void Loopback_can_be_allowed_by_its_own_name(string range)
    {
        var policy = new PeerPolicy { Allowed = [AddressRange.Parse(range)] };
        Judge("127.0.0.2", policy).ShouldBe(PeerVerdict.Allowed);
        Judge("::1", policy).ShouldBe(PeerVerdict.Refused);
    }

    [Fact]
    public void Other_addresses_of_this_machine_are_no_peers_though_they_are_public()
    {
        var filter = new PeerFilter(TurnWorld.Defaults with { OwnAddresses = [InternetAddress.Parse("44.0.0.7")] });
        filter.Judge(InternetAddress.Parse("44.0.0.7"), Neighbour).ShouldBe(PeerVerdict.Refused);
        filter.Judge(InternetAddress.Parse("44.0.0.8"), Neighbour).ShouldBe(PeerVerdict.Allowed);
    }

    private static readonly InternetAddress Neighbour = InternetAddress.Parse("192.168.1.2");

    private static PeerFilter Filter(PeerPolicy? policy = null) => new(TurnWorld.Defaults with { Peers = policy ?? PeerPolicy.Public });

    private static PeerVerdict Judge(string address, PeerPolicy? policy = null, InternetAddress? client = null) =>
        Filter(policy).Judge(InternetAddress.Parse(address), client ?? Neighbour);
}
