using Parley.Core.Addresses;
using Parley.Core.Time;
using Parley.Stun.Turn.Server;

namespace Parley.Stun.Tests.Turn.Server;

public sealed class UnauthenticatedRateTests
{
    private static readonly TurnLimits Limits = new()
    {
        UnauthenticatedAnswersPerSecond = 10,
        UnauthenticatedAnswersBurst = 20,
        UnauthenticatedAnswersPerSecondInAll = 1000,
    };

    private readonly UnauthenticatedRate _rate = new(Limits, new SeededRandom(5));

    [Fact]
    public void A_burst_and_then_so_many_a_second()
    {
        Taken(Instant.Origin, "46.0.0.1", 100).ShouldBe(20);
        Taken(Instant.FromOrigin(TimeSpan.FromSeconds(1)), "46.0.0.1", 100).ShouldBe(10);
        Taken(Instant.FromOrigin(TimeSpan.FromMinutes(1)), "46.0.0.1", 100).ShouldBe(20);
    }

    [Fact]
    public void An_ipv6_network_is_one_place()
    {
        Taken(Instant.Origin, "2600::1", 100).ShouldBe(20);
        Taken(Instant.Origin, "2600::ffff:1", 100).ShouldBe(0);
        Taken(Instant.Origin, "2600:0:0:1::1", 100).ShouldBe(20);
    }

    [Fact]
    public void All_the_world_together_has_a_cap()
    {
        int taken = Enumerable.Range(0, 200).Sum(host => Taken(Instant.Origin, $"46.0.1.{host}", 20));
        taken.ShouldBe(1000);
    }

    private int Taken(Instant now, string address, int times) =>
        Enumerable.Range(0, times).Count(_ => _rate.TryTake(now, InternetAddress.Parse(address)));
}
