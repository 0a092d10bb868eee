using System.Net.Sockets;
using Microsoft.Extensions.Configuration;
using Parley.Server.Configuration;
using Parley.Server.Listening;

namespace Parley.Server.Tests.Listening;

public sealed class ListeningPlanTests
{
    private static readonly HttpsListener DefaultHttps = new(ListeningPlan.HttpsPort, IsDefault: true);

    private readonly Dictionary<int, SocketError> _taken = [];

    [Fact]
    public void Without_a_certificate_only_this_machine_is_served()
    {
        var plan = Make(https: null);

        plan.Urls.ShouldBe(["http://localhost:8080"]);
        plan.BusyPorts.ShouldBeEmpty();
        plan.IsFlexible.ShouldBeTrue();
    }

    [Fact]
    public void With_a_certificate_the_network_is_served_by_https_too()
    {
        Make(DefaultHttps).Urls.ShouldBe(["http://localhost:8080", "https://*:8443"]);
        Make(new HttpsListener(443, IsDefault: false)).Urls.ShouldBe(["http://localhost:8080", "https://*:443"]);
        Make(new HttpsListener(0, IsDefault: false)).Urls.ShouldBe(["http://localhost:8080", "https://*:0"]);
    }

    [Fact]
    public void Of_default_ports_that_are_in_use_the_next_free_ones_are_taken()
    {
        Take(8080, 8081, 8443);

        var plan = Make(DefaultHttps);

        plan.Urls.ShouldBe(["http://localhost:8082", "https://*:8444"]);
        plan.BusyPorts.ShouldBe([8080, 8443]);
    }

    [Fact]
    public void Where_all_neighbours_are_in_use_any_free_port_will_do()
    {
        Take([.. Enumerable.Range(8080, 100)]);

        var port = new Uri(Make(https: null).Urls.Single()).Port;

        port.ShouldNotBeInRange(8080, 8179);
        port.ShouldBeGreaterThan(0);
    }

    [Theory]
    [InlineData(SocketError.AddressAlreadyInUse, "another program")]
    [InlineData(SocketError.AccessDenied, "1024")]
    [InlineData(SocketError.InvalidArgument, "443")]
    public void A_port_that_was_asked_for_is_that_one_or_none(SocketError error, string said)
    {
        _taken[443] = error;

        var e = Should.Throw<ConfigurationException>(() => Make(new HttpsListener(443, IsDefault: false)));

        e.Key.ShouldBe("Parley:Https:Port");
        e.Message.ShouldContain(said);
    }

    [Theory]
    [InlineData("urls", "http://*:80")]
    [InlineData("http_ports", "80")]
    [InlineData("https_ports", "443")]
    [InlineData("Kestrel:Endpoints:Main:Url", "http://*:80")]
    public void Who_names_addresses_has_the_word(string key, string value)
    {
        Take(8080);

        var plan = Make(DefaultHttps, (key, value));

        plan.Urls.ShouldBeEmpty();
        plan.BusyPorts.ShouldBeEmpty();
        plan.IsFlexible.ShouldBeFalse();
        Should.Throw<ConfigurationException>(() => Make(new HttpsListener(443, IsDefault: false), (key, value))).Key.ShouldBe("Parley:Https:Port");
    }

    [Theory]
    [InlineData("http://127.0.0.1:8o80")]
    [InlineData("http://localhost:8080;http://locahost:8081")]
    [InlineData("http://127.0.0.l:8080")]
    [InlineData("http://127.0.0.256:8080")]
    [InlineData("http://meet.example.org:8080")]
    public void A_host_that_would_mean_all_interfaces_without_saying_so_is_refused(string url)
    {
        Should.Throw<ConfigurationException>(() => Make(https: null, ("urls", url))).Key.ShouldBe("urls");
        Should.Throw<ConfigurationException>(() => Make(https: null, ("Kestrel:Endpoints:Main:Url", url.Split(';')[^1])))
            .Key.ShouldBe("Kestrel:Endpoints:Main:Url");
    }

    [Theory]
    [InlineData("http://localhost:8080;https://*:8443")]
    [InlineData("http://LOCALHOST:0;http://+:80;http://parley.localhost:81")]
    [InlineData("http://0.0.0.0:80;http://[::]:81;http://192.0.2.1:82;http://[2001:db8::1]:83")]
    [InlineData("http://unix:/run/parley.sock")]
    public void Addresses_this_machine_and_all_interfaces_can_be_named(string urls) => Make(https: null, ("urls", urls)).Urls.ShouldBeEmpty();

    private void Take(params int[] ports)
    {
        foreach (var port in ports)
        {
            _taken[port] = SocketError.AddressAlreadyInUse;
        }
    }

    private ListeningPlan Make(HttpsListener? https, params (string Key, string Value)[] configured)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(configured.Select(pair => KeyValuePair.Create(pair.Key, (string?)pair.Value)))
            .Build();
        SocketError Try(int port) => _taken.GetValueOrDefault(port, SocketError.Success);
        return ListeningPlan.Make(configuration, https, Try, Try);
    }
}
