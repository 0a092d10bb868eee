using System.Net;
using Parley.Server.Limits;
using Parley.Server.Tests.Running;

namespace Parley.Server.Tests.Limits;

public sealed class AddressAllowancesTests
{
    private static readonly RateLimit Limit = new(AtOnce: 3, PerMinute: 6);

    private readonly ManualTime _time = new();
    private readonly AddressAllowances _allowances;

    public AddressAllowancesTests() => _allowances = new(Limit, maxAddresses: 4, _time);

    [Fact]
    public void An_address_may_so_often_at_once_and_then_so_often_a_minute()
    {
        Spend("192.0.2.1", 4).ShouldBe([true, true, true, false]);
        _allowances.IsSpent(Block("192.0.2.1")).ShouldBeTrue();
        _allowances.IsSpent(Block("192.0.2.2")).ShouldBeFalse();

        _time.Advance(TimeSpan.FromSeconds(9));
        Spend("192.0.2.1", 1).ShouldBe([false]);
        _time.Advance(TimeSpan.FromSeconds(1.1));
        Spend("192.0.2.1", 2).ShouldBe([true, false]);
        _time.Advance(TimeSpan.FromHours(1));
        Spend("192.0.2.1", 4).ShouldBe([true, true, true, false]);
    }

    [Fact]
    public void Addresses_that_may_everything_again_are_forgotten()
    {
        Spend("192.0.2.1", 3);
        Spend("192.0.2.2", 1);
        _allowances.Count.ShouldBe(2);

        _time.Advance(Limit.Recovery);
        Spend("192.0.2.3", 1);

        _allowances.Count.ShouldBe(1);
    }

    [Fact]
    public void When_there_are_too_many_the_one_that_was_silent_for_the_longest_time_is_forgotten()
    {
        for (var address = 1; address <= 4; address++)
        {
            Spend($"192.0.2.{address}", 3);
            _time.Advance(TimeSpan.FromMilliseconds(1));
        }

        // It speaks, even if it is not heard.
        Spend("192.0.2.1", 1).ShouldBe([false]);
        Spend("192.0.2.5", 1).ShouldBe([true]);

        _allowances.Count.ShouldBe(4);
        Spend("192.0.2.1", 1).ShouldBe([false]);
        Spend("192.0.2.2", 1).ShouldBe([true]);
    }

    [Theory]
    [InlineData("192.0.2.1", "192.0.2.1", true)]
    [InlineData("192.0.2.1", "192.0.2.2", false)]
    [InlineData("192.0.2.1", "::ffff:192.0.2.1", true)]
    [InlineData("2001:db8::1", "2001:db8::ffff:ffff:ffff:ffff", true)]
    [InlineData("2001:db8::1", "2001:db8:0:1::1", false)]
    public void A_customer_is_an_address_of_version_4_or_a_64_of_version_6(string one, string other, bool same) =>
        (Block(one) == Block(other)).ShouldBe(same);

    [Fact]
    public void Connections_without_an_address_are_one() => AddressBlock.Of(null).ShouldBe(AddressBlock.Of(null));

    private static AddressBlock Block(string address) => AddressBlock.Of(IPAddress.Parse(address));

    private IReadOnlyList<bool> Spend(string address, int times) =>
        [.. Enumerable.Range(0, times).Select(_ => _allowances.TrySpend(Block(address)))];
}
