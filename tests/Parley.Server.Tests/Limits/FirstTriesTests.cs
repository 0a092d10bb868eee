using System.Net;
using Parley.Server.Limits;
using Parley.Server.Tests.Running;

namespace Parley.Server.Tests.Limits;

public sealed class FirstTriesTests
{
    private readonly ManualTime _time = new();
    private readonly FirstTries _tries;

    public FirstTriesTests() => _tries = new(secret: 1, _time);

    [Fact]
    public void A_network_has_two_in_a_day()
    {
        var network = Block("2001:db8::1");
        SpendAll(network).ShouldBe(2);

        _time.Advance(TimeSpan.FromDays(1) - TimeSpan.FromTicks(1));
        _tries.Has(network).ShouldBeFalse();
        _time.Advance(TimeSpan.FromTicks(1));
        SpendAll(network).ShouldBe(2);
    }

    [Fact]
    public void The_addresses_of_a_network_have_them_together()
    {
        SpendAll(Block("2001:db8:0:1::1"));

        _tries.Has(Block("2001:db8:0:2::1")).ShouldBeFalse();
    }

    [Fact]
    public void What_many_networks_spend_costs_the_others_few()
    {
        for (var network = 0; network < 100; network++)
        {
            SpendAll(Block($"10.{network}.0.1"));
        }

        Enumerable.Range(0, 10_000).Count(network => !_tries.Has(Block($"{11 + (network >> 8)}.{network & 255}.0.1"))).ShouldBeInRange(150, 350);
    }

    [Theory]
    [InlineData("2001:db8:{0:x}::1")]
    [InlineData("10.20.{0}.{0}")]
    public void A_provider_has_few_of_all(string address)
    {
        Enumerable.Range(0, 256).Sum(network => SpendAll(Block(string.Format(null, address, network))))
            .ShouldBeInRange(FirstTries.PlacesPerProvider, FirstTries.PlacesPerProvider * FirstTries.TriesPerPlace);
    }

    [Fact]
    public void Which_network_has_whose_place_is_a_secret()
    {
        AddressBlock[] networks = [.. Enumerable.Range(0, 10_000).Select(network => Block($"{11 + (network >> 8)}.{network & 255}.0.1"))];
        SpendAll(Block("192.0.2.1"));
        var other = new FirstTries(secret: 2, _time);
        other.Spend(Block("192.0.2.1"));
        other.Spend(Block("192.0.2.1"));

        networks.Where(network => !_tries.Has(network)).ShouldNotBe(networks.Where(network => !other.Has(network)));
    }

    private static AddressBlock Block(string address) => AddressBlock.Of(IPAddress.Parse(address));

    private int SpendAll(AddressBlock address)
    {
        var spent = 0;
        for (; _tries.Has(address); spent++)
        {
            _tries.Spend(address);
        }

        return spent;
    }
}
