using Parley.Core.Addresses;
using Parley.Server.Configuration;
using Parley.Server.Turn;
using Parley.Stun.Turn.Server;

namespace Parley.Server.Tests.Turn;

public sealed class TurnPlanTests
{
    private const string Home = "192.168.1.5";
    private const string HomeV6 = "fd00::5";
    private const string Public = "198.51.100.7";
    private const string PublicV6 = "2606:4700::7";

    [Fact]
    public void It_listens_for_this_machine_only_where_the_web_server_does()
    {
        var plan = Make(new(), webIsThisMachineOnly: true, local: [Public]);

        plan.Listen.ShouldBe(Addresses("127.0.0.1", "::1"));
        plan.IsThisMachineOnly.ShouldBeTrue();
        plan.RelayAddresses([]).ShouldBe(Relays(("127.0.0.1", "127.0.0.1"), ("::1", "::1")));
    }

    [Fact]
    public void It_listens_everywhere_where_the_web_server_is_open_to_others()
    {
        var plan = Make(new(), local: [Home, "10.0.0.5", HomeV6]);

        plan.Listen.ShouldBe(Addresses("0.0.0.0", "::"));
        plan.IsThisMachineOnly.ShouldBeFalse();
        plan.RelayAddresses([]).ShouldBe(Relays((Home, Home), (HomeV6, HomeV6)));
    }

    [Fact]
    public void A_proxy_or_an_external_address_says_that_others_come()
    {
        Make(new(), webIsThisMachineOnly: true, hasProxies: true, local: [Home]).IsThisMachineOnly.ShouldBeFalse();
        Make(new() { External = Addresses(Public) }, webIsThisMachineOnly: true, local: [Home]).IsThisMachineOnly.ShouldBeFalse();
        Make(new() { Stun = new("stun.example.org", 3478) }, webIsThisMachineOnly: true, local: [Home]).IsThisMachineOnly.ShouldBeFalse();
    }

    [Fact]
    public void Where_it_is_told_to_listen_it_listens_and_relays()
    {
        var plan = Make(new() { Listen = Addresses("10.0.0.5") }, local: [Home, "10.0.0.5", HomeV6]);

        plan.Listen.ShouldBe(Addresses("10.0.0.5"));
        plan.RelayAddresses([]).ShouldBe(Relays(("10.0.0.5", "10.0.0.5")));
    }

    [Fact]
    public void A_machine_without_any_network_relays_for_itself()
    {
        Make(new(), hasIPv6: false, local: []).RelayAddresses([]).ShouldBe(Relays(("127.0.0.1", "127.0.0.1")));
    }

    [Fact]
    public void What_the_world_calls_it_stands_for_the_address_of_the_same_family()
    {
        Make(new(), local: [Home, HomeV6]).RelayAddresses(Addresses(Public)).ShouldBe(Relays((Home, Public), (HomeV6, HomeV6)));
    }

    [Fact]
    public void An_external_address_without_one_behind_it_is_refused()
    {
        var fault = Should.Throw<ConfigurationException>(() => Make(new(), local: [Home]).RelayAddresses(Addresses(PublicV6)));

        fault.Message.ShouldStartWith("Parley:Turn:External has 2606:4700::7");
    }

    [Theory]
    [InlineData(true, Home)]
    [InlineData(true, Home, "10.0.0.5", "100.64.1.1", "169.254.1.1", HomeV6)]
    [InlineData(false, Public)]
    [InlineData(false, Home, Public)]
    [InlineData(false, Home, PublicV6)]
    public void Private_peers_are_allowed_where_no_address_is_public(bool allowed, params string[] local)
    {
        var peers = Make(new(), local: local).Peers(new(), [], []);

        (peers.AllowPrivate, peers.AllowLoopback).ShouldBe((allowed, false));
    }

    [Theory]
    [InlineData(false, Public)]
    [InlineData(true, "192.168.0.9")]
    public void Nor_are_they_where_the_world_knows_it_by_a_public_one(bool allowed, string external) =>
        Make(new(), local: [Home]).Peers(new(), Addresses(external), []).AllowPrivate.ShouldBe(allowed);

    [Fact]
    public void Loopback_peers_are_allowed_where_it_listens_for_this_machine_only()
    {
        Make(new(), webIsThisMachineOnly: true, local: [Home]).Peers(new(), [], []).AllowLoopback.ShouldBeTrue();
        Make(new() { Listen = Addresses("127.0.0.1", Home) }, webIsThisMachineOnly: true, local: [Home]).Peers(new(), [], []).AllowLoopback.ShouldBeFalse();
    }

    [Fact]
    public void What_is_configured_of_peers_is_passed_on()
    {
        var options = new TurnOptions { AllowedPeers = [AddressRange.Parse("10.0.0.0/8")], DeniedPeers = [AddressRange.Parse("198.51.100.0/24")] };

        var peers = Make(options, local: [Public]).Peers(options, [], []);

        peers.Allowed.ShouldBe(options.AllowedPeers);
        peers.Denied.ShouldBe(options.DeniedPeers);
    }

    [Fact]
    public void A_public_address_counts_though_nobody_is_told_to_come_there()
    {
        Make(new(), local: [Home]).Peers(new(), [], Addresses(Home, Public)).AllowPrivate.ShouldBeFalse("0.0.0.0 listens there, too");
        Make(new() { Listen = Addresses(Home) }, local: [Home]).Peers(new(), [], Addresses(Home, Public)).AllowPrivate.ShouldBeTrue();
    }

    internal static TurnPlan Make(
        TurnOptions options, bool webIsThisMachineOnly = false, bool hasProxies = false, bool hasIPv6 = true, params string[] local) =>
        TurnPlan.Make(options, webIsThisMachineOnly, hasProxies, hasIPv6, Addresses(local));

    internal static InternetAddress[] Addresses(params string[] texts) => [.. texts.Select(InternetAddress.Parse)];

    private static RelayAddress[] Relays(params (string Local, string External)[] pairs) =>
        [.. pairs.Select(pair => new RelayAddress(InternetAddress.Parse(pair.Local), InternetAddress.Parse(pair.External)))];
}
