using System.Net;
using Parley.Server.Limits;
using Parley.Server.Tests.Running;
using Parley.Server.Turn;

namespace Parley.Server.Tests.Turn;

public sealed class VisitRateTests
{
    private readonly ManualTime _time = new();
    private readonly VisitRate _rate;

    public VisitRateTests() => _rate = new(_time);

    [Fact]
    public void One_address_may_come_so_often_in_a_minute_and_others_are_not_disturbed()
    {
        for (var round = 0; round < VisitRate.Max; round++)
        {
            Allows(1).ShouldBeTrue();
        }

        Allows(1).ShouldBeFalse();
        Allows(2).ShouldBeTrue();
        _time.Advance(VisitRate.Window);
        Allows(1).ShouldBeTrue();
    }

    [Fact]
    public void A_crowd_of_addresses_is_forgotten_after_a_while()
    {
        for (var number = 0; number < 10_000; number++)
        {
            Allows(number).ShouldBeTrue();
        }

        Allows(10_000).ShouldBeFalse();
        Allows(7).ShouldBeTrue();
        _time.Advance(VisitRate.Window);
        Allows(10_000).ShouldBeTrue();
    }

    private bool Allows(int number) => _rate.Allows(AddressBlock.Of(new IPAddress([10, 0, (byte)(number / 256), (byte)(number % 256)])));
}
