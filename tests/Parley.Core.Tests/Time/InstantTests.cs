using Parley.Core.Time;

namespace Parley.Core.Tests.Time;

public sealed class InstantTests
{
    private static readonly Instant Noon = Instant.FromOrigin(TimeSpan.FromHours(12));

    [Fact]
    public void Differences_are_times()
    {
        Instant later = Noon + TimeSpan.FromSeconds(1.5);

        (later - Noon).ShouldBe(TimeSpan.FromSeconds(1.5));
        (Noon - later).ShouldBe(TimeSpan.FromSeconds(-1.5));
        (later - TimeSpan.FromSeconds(1.5)).ShouldBe(Noon);
        Noon.SinceOrigin.ShouldBe(TimeSpan.FromHours(12));
        Instant.Origin.SinceOrigin.ShouldBe(TimeSpan.Zero);
    }

    [Fact]
    public void They_are_in_order()
    {
        Instant later = Noon + TimeSpan.FromTicks(1);
        Instant same = Noon;

        (Noon < later, Noon <= later, Noon > later, Noon >= later).ShouldBe((true, true, false, false));
        (Noon < same, Noon <= same, Noon > same, Noon >= same).ShouldBe((false, true, false, true));
        Noon.CompareTo(later).ShouldBeNegative();
    }

    [Fact]
    public void Never_is_later_than_anything()
    {
        Instant later = Noon + TimeSpan.FromSeconds(1);

        Instant.Earlier(Noon, later).ShouldBe(Noon);
        Instant.Earlier(later, Noon).ShouldBe(Noon);
        Instant.Earlier(null, later).ShouldBe(later);
        Instant.Earlier(later, null).ShouldBe(later);
        Instant.Earlier(null, null).ShouldBeNull();
    }

    [Fact]
    public void A_timeline_shows_seconds() => Instant.FromOrigin(TimeSpan.FromMilliseconds(12_350)).ToString().ShouldBe("+12.350 s");

    [Fact]
    public void A_wall_clock_goes_on_from_what_it_was_set_to()
    {
        var said = new DateTimeOffset(2030, 1, 2, 3, 4, 5, TimeSpan.Zero);
        var clock = WallClock.Saying(said, Noon);

        clock.At(Noon).ShouldBe(said);
        clock.At(Noon + TimeSpan.FromMinutes(1)).ShouldBe(said.AddMinutes(1));
    }
}
