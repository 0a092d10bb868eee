using Microsoft.Extensions.Configuration;
using Parley.Server.Configuration;
using Parley.Server.IceServers;

namespace Parley.Server.Tests.Configuration;

public sealed class ParleyOptionsTests
{
    [Fact]
    public void Nothing_configured_gives_the_defaults()
    {
        var options = Read();

        options.Rooms.ShouldSatisfyAllConditions(rooms => rooms.Capacity.ShouldBe(8), rooms => rooms.MaxRooms.ShouldBe(10_000), rooms => rooms.GraceSeconds.ShouldBe(30));
        options.IceServers.ShouldBeEmpty();
        options.Signalling.AllowedOrigins.ShouldBeEmpty();
        options.Metrics.Public.ShouldBeFalse();
        options.Https.Listener.ShouldBeNull();
        options.Proxies.Networks.ShouldBeEmpty();
        options.Proxies.PathBase.ShouldBeEmpty();
        options.Web.FrameOrigins.ShouldBeEmpty();
        Path.IsPathFullyQualified(options.DataFolder.Path).ShouldBeTrue();
    }

    [Fact]
    public void Every_key_is_read()
    {
        var options = Read(
            ("Rooms:Capacity", "50"), ("Rooms:MaxRooms", "1"), ("Rooms:GraceSeconds", "600"),
            ("Rooms:MaxWaiting", "40"), ("Rooms:MaxWaitingPerNetwork", "400"),
            ("Rooms:Limits:PasscodesPerNetwork", "9"), ("Rooms:Limits:PasscodesPerMinutePerNetwork", "3"), ("Metrics:Public", "true"), ("DataFolder", "/data"),
            ("Https:SelfSigned", "true"), ("Https:Port", "443"), ("Proxies", "loopback, 192.0.2.7"), ("PathBase", "/calls/parley/"),
            ("FrameOrigins", "https://Example.org/"),
            ("AllowedOrigins:0", "https://Example.org/"), ("AllowedOrigins:1", "http://[::1]:8080"),
            ("IceServers:0:Urls:0", "stun:example.org"), ("IceServers:0:Urls:1", "TURN:example.org"),
            ("IceServers:0:Username", "ada"), ("IceServers:0:Credential", "lovelace"),
            ("IceServers:1:Urls", "turn:one.example, turns:one.example:443"), ("IceServers:1:Secret", "north"), ("IceServers:1:TtlSeconds", "60"));

        (options.Rooms.Capacity, options.Rooms.MaxRooms, options.Rooms.Grace, options.Metrics.Public).ShouldBe((50, 1, TimeSpan.FromMinutes(10), true));
        (options.Rooms.MaxWaiting, options.Rooms.MaxWaitingPerNetwork, options.Rooms.Limits.PasscodesPerNetwork).ShouldBe((40, 400, new(9, 3)));
        options.DataFolder.Path.ShouldBe(Path.GetFullPath("/data"));
        options.Https.Listener.ShouldBe(new(443, IsDefault: false));
        options.Proxies.Networks.Select(network => network.ToString()).ShouldBe(["127.0.0.0/8", "::1/128", "192.0.2.7/32"]);
        options.Proxies.PathBase.ShouldBe("/calls/parley");
        options.Web.FrameOrigins.ShouldBe(["https://example.org"]);
        options.Signalling.AllowedOrigins.ShouldBe(["https://example.org", "http://[::1]:8080"]);
        options.IceServers[0].Urls.ShouldBe(["stun:example.org", "turn:example.org"]);
        options.IceServers[0].Credentials.ShouldBe(new TurnCredentials.Static("ada", "lovelace"));
        options.IceServers[1].Urls.ShouldBe(["turn:one.example", "turns:one.example:443"]);
        options.IceServers[1].Credentials.ShouldBe(new TurnCredentials.Minted("north", TimeSpan.FromMinutes(1)));
    }

    [Theory]
    [InlineData("::ffff:192.0.2.0/120", "192.0.2.0/24")]
    [InlineData("::ffff:192.0.2.1", "192.0.2.1/32")]
    public void A_proxy_in_the_IPv6_form_of_an_IPv4_address_is_that_address(string written, string meant) =>
        Read(("Proxies", written)).Proxies.Networks.Select(network => network.ToString()).ShouldBe([meant]);

    [Theory]
    [InlineData("Rooms:Capacity", "1")]
    [InlineData("Rooms:Capacity", "51")]
    [InlineData("Rooms:Capacity", "eight")]
    [InlineData("Rooms:Capacity", "8.0")]
    [InlineData("Rooms:Capacity", "99999999999999")]
    [InlineData("Rooms:Capacity:0", "8")]
    [InlineData("Rooms:MaxRooms", "0")]
    [InlineData("Rooms:MaxRooms", "1000001")]
    [InlineData("Rooms:GraceSeconds", "0")]
    [InlineData("Rooms:GraceSeconds", "601")]
    [InlineData("Rooms:GraceSeconds", "30s")]
    [InlineData("Rooms:MaxWaiting", "0")]
    [InlineData("Rooms:MaxWaitingPerNetwork", "0")]
    [InlineData("Rooms:MaxWaitingPerNetwork", "100001")]
    [InlineData("Rooms:Limits:PasscodesPerNetwork", "0")]
    [InlineData("Rooms:Limits:PasscodesPerMinutePerNetwork", "some")]
    [InlineData("Rooms:Capacty", "8")]
    [InlineData("Rooms", "8")]
    [InlineData("Room:Capacity", "8")]
    [InlineData("Metrics:Public", "yes")]
    [InlineData("Metrics:Port", "9")]
    [InlineData("AllowedOrigins", "example.org")]
    [InlineData("AllowedOrigins", "https://example.org/path")]
    [InlineData("AllowedOrigins", "https://user@example.org")]
    [InlineData("AllowedOrigins", "ftp://example.org")]
    [InlineData("AllowedOrigins:0:Origin", "https://example.org")]
    [InlineData("FrameOrigins", "example.org")]
    [InlineData("FrameOrigins", "https://[2001:db8::1]")]
    [InlineData("Https", "true")]
    [InlineData("Https:SelfSigned", "maybe")]
    [InlineData("Https:Port", "70000")]
    [InlineData("Https:Port", "443")]
    [InlineData("Https:Certificate", "cert.pem", "Https:Key")]
    [InlineData("Https:Key", "key.pem", "Https:Certificate")]
    [InlineData("Proxies", "proxy.example.org")]
    [InlineData("Proxies", "localhost")]
    [InlineData("Proxies", "*")]
    [InlineData("Proxies", "1")]
    [InlineData("Proxies", "192.0.2.1/24")]
    [InlineData("Proxies", "192.0.2.0/33")]
    [InlineData("Proxies:0:Address", "192.0.2.1", "Proxies:0")]
    [InlineData("PathBase", "parley")]
    [InlineData("PathBase", "/parley room")]
    [InlineData("PathBase", "/a//b")]
    [InlineData("PathBase", "/a/../b")]
    [InlineData("PathBase", "/a?b")]
    [InlineData("PathBase", "https://meet.example/parley")]
    [InlineData("Turn", "true")]
    [InlineData("Turn:Enabled", "yes")]
    [InlineData("Turn:Port", "65536")]
    [InlineData("Turn:TlsPort", "5349")]
    [InlineData("Turn:Listen", "localhost")]
    [InlineData("Turn:Listen", "1")]
    [InlineData("Turn:External", "meet.example.org")]
    [InlineData("Turn:External", "0.0.0.0")]
    [InlineData("Turn:External", "192.0.2.1, 192.0.2.2")]
    [InlineData("Turn:Stun", "stun:example.org")]
    [InlineData("Turn:Stun", "example.org:0")]
    [InlineData("Turn:RelayPorts", "50000")]
    [InlineData("Turn:RelayPorts", "1023-2000")]
    [InlineData("Turn:RelayPorts", "50001-50000")]
    [InlineData("Turn:RelayPorts", "50000-70000")]
    [InlineData("Turn:AllowedPeers", "everyone")]
    [InlineData("Turn:AllowedPeers", "10.0.0.1/8")]
    [InlineData("Turn:AllowedPeers", "10.0.0.0/33")]
    [InlineData("Turn:DeniedPeers", "10.0.0.0/-1")]
    [InlineData("Turn:Limits:Allocations", "0")]
    [InlineData("Turn:Limits:Bytes", "1")]
    [InlineData("Turn:TtlSeconds", "59")]
    [InlineData("Turn:Users:0:Name", "ada", "Turn:Users:0:Password")]
    [InlineData("Turn:Users:0:Password", "lovelace", "Turn:Users:0:Name")]
    [InlineData("Turn:Users:0:Name", "a:b")]
    [InlineData("Turn:Secrets:0", "fifteen letters")]
    [InlineData("Turn:Limits:BytesPerSecondPerUser", "9999")]
    [InlineData("DataFolder", "a\0b")]
    [InlineData("DataFolder:Path", "/data")]
    [InlineData("IceServers", "stun:example.org")]
    [InlineData("IceServers:0", "stun:example.org")]
    [InlineData("IceServers:0:Url", "stun:example.org", "IceServers:0:Url")]
    [InlineData("IceServers:0:Urls", "https://example.org")]
    [InlineData("IceServers:0:Urls", "turn:example.org")]
    [InlineData("IceServers:0:Urls:0", "")]
    [InlineData("IceServers:0:Username", "ada", "IceServers:0:Urls")]
    public void A_wrong_value_or_key_is_named(string key, string value, string? named = null)
    {
        var e = Should.Throw<ConfigurationException>(() => Read((key, value)));

        // "Url" for "Urls": what is missing is named first.
        var expected = key == "IceServers:0:Url" ? "IceServers:0:Urls" : named ?? key;
        e.Message.ShouldSatisfyAllConditions(
            message => $"Parley:{expected}".ShouldStartWith(message.Split(' ')[0]),
            message => message.Split(' ')[0].ShouldStartWith($"Parley:{expected.Split(':')[0]}"),
            message => message.ShouldNotContain("\n"));
    }

    [Theory]
    [InlineData("Secret", "TURN-SECRET", "Username", "ada")]
    [InlineData("Secret", "TURN-SECRET", "Credential", "TURN-SECRET")]
    [InlineData("Credential", "TURN-SECRET", "Username", "")]
    [InlineData("Username", "ada", "Credential", "")]
    [InlineData("Secret", "TURN-SECRET", "TtlSeconds", "59")]
    [InlineData("Secret", "TURN-SECRET", "TtlSeconds", "172801")]
    [InlineData("Secret", "", "TtlSeconds", "600")]
    [InlineData("Secret", "TURN-SECRET", "Password", "x")]
    public void Credentials_that_do_not_fit_together_are_refused_and_never_printed(string key1, string value1, string key2, string value2)
    {
        var e = Should.Throw<ConfigurationException>(() => Read(
            ("IceServers:0:Urls", "turn:example.org"), ($"IceServers:0:{key1}", value1), ($"IceServers:0:{key2}", value2)));

        e.Key.ShouldStartWith("Parley:IceServers:0:");
        e.Message.ShouldNotContain("TURN-SECRET");
    }

    [Fact]
    public void A_certificate_is_either_given_or_made()
    {
        var e = Should.Throw<ConfigurationException>(() => Read(("Https:Certificate", "c"), ("Https:Key", "k"), ("Https:SelfSigned", "true")));

        e.Key.ShouldBe("Parley:Https:SelfSigned");
        Read(("Https:Certificate", "c"), ("Https:Key", "k")).Https.Listener.ShouldBe(new(8443, IsDefault: true));
    }

    [Fact]
    public void A_value_where_a_section_belongs_is_refused()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create("Parley", (string?)"3")]).Build();

        var e = Should.Throw<ConfigurationException>(() => ParleyOptions.Read(new SectionReader(configuration, "Parley")));

        e.Message.ShouldStartWith("Parley is no key but a section with ");
        e.Message.ShouldEndWith("\"3\"");
    }

    [Fact]
    public void STUN_takes_no_credentials()
    {
        var e = Should.Throw<ConfigurationException>(() => Read(("IceServers:0:Urls", "stun:example.org"), ("IceServers:0:Secret", "s")));

        e.Key.ShouldBe("Parley:IceServers:0:Urls");
    }

    [Fact]
    public void A_username_that_no_browser_takes_is_refused()
    {
        ConfigurationException? Fault(int bytes) => Record.Exception(() => Read(
            ("IceServers:0:Urls", "turn:example.org"),
            ("IceServers:0:Username", new string('u', bytes)),
            ("IceServers:0:Credential", "c"))) as ConfigurationException;

        Fault(508).ShouldBeNull();
        Fault(509).ShouldNotBeNull().Key.ShouldBe("Parley:IceServers:0:Username");
    }

    [Fact]
    public void Empty_lists_and_empty_values_are_defaults()
    {
        var options = Read(("AllowedOrigins", ""), ("IceServers", ""), ("Rooms:Capacity", ""), ("DataFolder", ""));

        options.Rooms.Capacity.ShouldBe(8);
        options.IceServers.ShouldBeEmpty();
        options.Signalling.AllowedOrigins.ShouldBeEmpty();
    }

    internal static SectionReader Reader(params (string Key, string Value)[] values) => new(
        new ConfigurationBuilder()
            .AddInMemoryCollection(values.Select(value => KeyValuePair.Create($"Parley:{value.Key}", (string?)value.Value)))
            .Build(),
        "Parley");

    private static ParleyOptions Read(params (string Key, string Value)[] values) => ParleyOptions.Read(Reader(values));
}
