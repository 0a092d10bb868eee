using System.Net;
using Parley.Core.Addresses;
using Parley.Net.Turn;
using Parley.Server.Https;
using Parley.Server.Tests.Running;
using Parley.Server.Turn;

namespace Parley.Server.Tests.Turn;

public sealed class TurnServiceTests
{
    private const string Home = "192.168.1.5";

    [Theory]
    [InlineData("192.168.1.5", "192.168.1.5")]
    [InlineData("10.8.0.1", "10.8.0.1")]
    [InlineData("fd00::5", "[fd00::5]")]
    [InlineData("meet.example.org", "meet.example.org")]
    [InlineData("Laptop.local", "laptop.local")]
    [InlineData("localhost", "127.0.0.1")]
    [InlineData("parley.localhost", "127.0.0.1")]
    [InlineData("127.0.0.1", "127.0.0.1")]
    [InlineData("::1", "[::1]")]
    [InlineData("", "192.168.1.5")]
    [InlineData("b\u00fccher.example", "192.168.1.5")]
    [InlineData("fe80::1%2", "192.168.1.5")]
    public void Who_has_reached_the_page_by_an_address_reaches_TURN_by_it(string host, string expected)
    {
        var urls = Service(["192.168.1.5", "fd00::5"]).UrlsFor(Page(host));

        urls.Stun.ShouldBe([$"stun:{expected}:3478"]);
        urls.Turn.ShouldBe([$"turn:{expected}:3478?transport=udp", $"turn:{expected}:3478?transport=tcp"]);
    }

    [Theory]
    [InlineData("meet.example.org", nameof(ExternalSource.None), "meet.example.org")]
    [InlineData("meet.example.org", nameof(ExternalSource.Configured), "198.51.100.7")]
    [InlineData("meet.example.org", nameof(ExternalSource.Discovered), "198.51.100.7")]
    [InlineData("localhost", nameof(ExternalSource.None), "192.168.1.5")]
    public void Behind_a_proxy_the_external_address_is_named_if_it_is_known(string host, string sourceName, string expected)
    {
        var source = Enum.Parse<ExternalSource>(sourceName);
        var external = source == ExternalSource.None ? [] : TurnPlanTests.Addresses("198.51.100.7");

        var urls = Service([Home], external: external, source: source).UrlsFor(Page(host, throughProxy: true));

        urls.Stun.ShouldBe([$"stun:{expected}:3478"]);
    }

    [Fact]
    public void Without_a_proxy_the_host_leads_here_even_if_the_external_address_is_known()
    {
        var service = Service([Home], external: TurnPlanTests.Addresses("198.51.100.7"), source: ExternalSource.Configured);

        // Not every router leads its own people to themselves.
        service.UrlsFor(Page(Home)).Stun.ShouldBe([$"stun:{Home}:3478"]);
        service.UrlsFor(Page("meet.example.org")).Stun.ShouldBe(["stun:meet.example.org:3478"]);
    }

    [Fact]
    public void A_public_address_of_the_machine_itself_is_known_too()
    {
        Service(["198.51.100.7"], source: ExternalSource.Own).UrlsFor(Page("meet.example.org", throughProxy: true)).Stun.ShouldBe(["stun:198.51.100.7:3478"]);
    }

    [Theory]
    [InlineData("localhost", false, "127.0.0.1")]
    [InlineData("127.0.0.1", false, "127.0.0.1")]
    [InlineData("::1", false, "[::1]")]
    [InlineData("192.168.1.5", false, null)]
    [InlineData("meet.example.org", false, null)]
    [InlineData("meet.example.org", true, null)]
    [InlineData("localhost", true, null)]
    public void What_listens_for_this_machine_only_is_handed_out_on_this_machine_only(string host, bool throughProxy, string? expected)
    {
        var service = Service([Home], thisMachineOnly: true);

        service.UrlsFor(Page(host, throughProxy: throughProxy)).Stun.ShouldBe(expected is null ? [] : [$"stun:{expected}:3478"]);
    }

    [Fact]
    public void What_does_not_listen_on_loopback_is_reached_by_its_own_address()
    {
        Service([Home], listen: Home).UrlsFor(Page("localhost")).Stun.ShouldBe([$"stun:{Home}:3478"]);
    }

    [Fact]
    public void An_address_of_a_family_that_it_does_not_listen_on_is_replaced()
    {
        Service([Home], listen: "0.0.0.0").UrlsFor(Page("fd00::5")).Stun.ShouldBe([$"stun:{Home}:3478"]);
    }

    [Theory]
    [InlineData("meet.example.org", 8443, true, false, true, "turns:meet.example.org:8443?transport=tcp")]
    [InlineData("meet.example.org", 443, true, false, true, "turns:meet.example.org:443?transport=tcp")]
    [InlineData("meet.example.org", 443, true, false, false, "turns:meet.example.org:5349?transport=tcp")]
    [InlineData("meet.example.org", 443, true, true, true, "turns:meet.example.org:5349?transport=tcp")]
    [InlineData("meet.example.org", 80, false, false, true, "turns:meet.example.org:5349?transport=tcp")]
    [InlineData("192.168.1.5", 8443, true, false, true, null)]
    public void TLS_is_offered_under_names_of_the_certificate_at_the_port_that_is_known_to_be_open(
        string host, int port, bool secure, bool throughProxy, bool shares, string? expected)
    {
        var now = TimeProvider.System.GetUtcNow();
        using var made = new TestCertificate("meet.example.org", now.AddDays(-1), now.AddDays(9));
        var service = Service([Home], certificate: Certificate(made)) with { HttpsSharing = shares ? HttpsSharing.Network : HttpsSharing.None };

        var turn = service.UrlsFor(new(host, port, secure, throughProxy, IPAddress.Parse("192.168.1.9"))).Turn;

        turn.Skip(2).ShouldBe(expected is null ? [] : [expected]);
    }

    [Theory]
    [InlineData("203.0.113.9", null, true)]
    [InlineData("192.168.1.9", null, true)]
    [InlineData("127.0.0.1", null, false)]
    [InlineData("::ffff:127.0.0.1", null, false)]
    [InlineData("::1", null, false)]
    [InlineData(Home, null, false)]
    [InlineData("127.0.0.1", "198.51.100.7", true)]
    public void The_port_of_HTTPS_is_for_this_machine_itself_only_where_no_private_peers_are_reached(string client, string? external, bool expected)
    {
        var now = TimeProvider.System.GetUtcNow();
        using var made = new TestCertificate("meet.example.org", now.AddDays(-1), now.AddDays(9));
        var service = Service([Home], external: external is null ? [] : TurnPlanTests.Addresses(external), source: ExternalSource.Configured, certificate: Certificate(made))
            with
        { HttpsSharing = HttpsSharing.Network };

        service.SharesHttpsPortWith(IPAddress.Parse(client)).ShouldBe(expected);
        service.UrlsFor(new("meet.example.org", 443, Secure: true, ThroughProxy: false, IPAddress.Parse(client))).Turn[^1]
            .ShouldBe($"turns:meet.example.org:{(expected ? 443 : 5349)}?transport=tcp");
    }

    [Theory]
    [InlineData(nameof(HttpsSharing.Network), false, null, true)]
    [InlineData(nameof(HttpsSharing.Network), true, null, false)]
    [InlineData(nameof(HttpsSharing.ThisMachine), false, null, false)]
    [InlineData(nameof(HttpsSharing.ThisMachine), false, "198.51.100.7", true)]
    [InlineData(nameof(HttpsSharing.ThisMachine), true, null, false)]
    [InlineData(nameof(HttpsSharing.None), false, "198.51.100.7", false)]
    public void The_port_of_HTTPS_is_shared_only_if_whoever_comes_there_reaches_no_neighbours(string sharing, bool thisMachineOnly, string? external, bool expected)
    {
        var service = Service([Home], thisMachineOnly, external: external is null ? [] : TurnPlanTests.Addresses(external))
            with
        { HttpsSharing = Enum.Parse<HttpsSharing>(sharing) };

        service.SharesHttpsPort.ShouldBe(expected);
    }

    [Fact]
    public void The_ports_are_those_that_were_bound()
    {
        Service([Home], port: 40001).UrlsFor(Page(Home)).Turn.ShouldBe([$"turn:{Home}:40001?transport=udp", $"turn:{Home}:40001?transport=tcp"]);
    }

    internal static PageAddress Page(string host, bool throughProxy = false, string? client = null) =>
        new(host, 8080, Secure: false, throughProxy, client is null ? null : IPAddress.Parse(client));

    private static ServerCertificate Certificate(TestCertificate made) => new(LoadedCertificate.Parse(made.FullChain, made.Key));

    internal static TurnService Service(
        string[] local,
        bool thisMachineOnly = false,
        string? listen = null,
        InternetAddress[]? external = null,
        ExternalSource source = ExternalSource.None,
        ServerCertificate? certificate = null,
        int port = 3478,
        int[]? busy = null)
    {
        var options = new TurnOptions { Listen = listen is null ? [] : TurnPlanTests.Addresses(listen) };
        var plan = TurnPlanTests.Make(options, thisMachineOnly, local: local);
        var listeners = new List<TurnListener> { new(TransportProtocol.Udp, new(IPAddress.Any, port)), new(TransportProtocol.Tcp, new(IPAddress.Any, port)) };
        if (certificate is not null)
        {
            listeners.Add(new(TransportProtocol.Tls, new(IPAddress.Any, 5349)));
        }

        return new(plan, plan.RelayAddresses(external ?? []), source, plan.Peers(options, external ?? [], []), listeners, busy ?? [], 49152, 65535, certificate);
    }
}
