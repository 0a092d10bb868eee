using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Parley.Server.Listening;

namespace Parley.Server.Tests.Listening;

public sealed class ServerAddressesTests
{
    private IPAddress[] _local = [IPAddress.Parse("192.168.1.20"), IPAddress.Parse("2001:db8::7"), IPAddress.Parse("2001:db8::8")];

    [Theory]
    [InlineData("http://localhost:8080", "http://localhost:8080")]
    [InlineData("http://127.0.0.1:8080", "http://127.0.0.1:8080")]
    [InlineData("http://192.0.2.5:80", "http://192.0.2.5")]
    [InlineData("http://[::1]:8080", "http://[::1]:8080")]
    [InlineData("http://[::]:8080", "http://localhost:8080 http://192.168.1.20:8080 http://[2001:db8::7]:8080")]
    [InlineData("http://0.0.0.0:8080", "http://localhost:8080 http://192.168.1.20:8080")]
    [InlineData("https://[::]:443", "https://localhost https://192.168.1.20 https://[2001:db8::7]")]
    [InlineData("http://localhost:8080 https://[::]:8443", "http://localhost:8080 https://192.168.1.20:8443 https://[2001:db8::7]:8443")]
    [InlineData("http://localhost:8080 http://unix:/run/parley.sock", "http://localhost:8080")]
    public void What_to_open_begins_with_this_machine(string bound, string shown) => Addresses(bound).ToOpen().ShouldBe(shown.Split(' '));

    [Fact]
    public void A_machine_without_a_network_still_has_its_own_address()
    {
        _local = [];

        Addresses("https://[::]:8443").ToOpen().ShouldBe(["https://localhost:8443"]);
        Addresses("https://[::]:8443").ForPhones().ShouldBeNull();
    }

    [Fact]
    public void Below_a_path_all_addresses_end_with_it()
    {
        Addresses("https://0.0.0.0:8443", "/parley").ToOpen().ShouldBe(["https://localhost:8443/parley", "https://192.168.1.20:8443/parley"]);
        Addresses("https://0.0.0.0:8443", "/parley").ForPhones().ShouldBe("https://192.168.1.20:8443/parley/");
    }

    [Theory]
    [InlineData("http://localhost:8080", null)]
    [InlineData("http://[::]:8080", null)]
    [InlineData("https://localhost:8443", null)]
    [InlineData("https://127.0.0.1:8443", null)]
    [InlineData("http://localhost:8080 https://[::]:8443", "https://192.168.1.20:8443/")]
    [InlineData("https://192.0.2.5:443", "https://192.0.2.5/")]
    public void Phones_need_https_and_an_address_in_their_network(string bound, string? expected) => Addresses(bound).ForPhones().ShouldBe(expected);

    private ServerAddresses Addresses(string bound, string pathBase = "") => new(new BoundServer(bound.Split(' ')), pathBase, () => _local);

    private sealed class BoundServer : IServer
    {
        public BoundServer(string[] addresses)
        {
            var feature = new ServerAddressesFeature();
            foreach (var address in addresses)
            {
                feature.Addresses.Add(address);
            }

            Features.Set<IServerAddressesFeature>(feature);
        }

        public IFeatureCollection Features { get; } = new FeatureCollection();

        public Task StartAsync<TContext>(IHttpApplication<TContext> application, CancellationToken cancellationToken)
            where TContext : notnull => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public void Dispose()
        {
        }
    }
}
