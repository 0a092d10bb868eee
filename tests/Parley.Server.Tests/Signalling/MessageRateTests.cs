using Parley.Server.Signalling;
using Parley.Server.Tests.Running;

namespace Parley.Server.Tests.Signalling;

public sealed class MessageRateTests
{
    private readonly ManualTime _time = new();
    private readonly MessageRate _rate;

    public MessageRateTests() => _rate = new(_time);

    [Fact]
    public void A_burst_is_handled_at_once_and_what_follows_waits_its_turn()
    {
        _rate.Spend(MessageRate.Burst).ShouldBe(TimeSpan.Zero);
        _rate.Spend(MessageRate.BytesPerSecond).ShouldBe(TimeSpan.FromSeconds(1));
        _rate.Spend(MessageRate.BytesPerSecond).ShouldBe(TimeSpan.FromSeconds(2));

        _time.Advance(TimeSpan.FromSeconds(3));
        _rate.Spend(MessageRate.BytesPerSecond).ShouldBe(TimeSpan.Zero);
    }

    [Fact]
    public void A_small_message_counts_as_one_of_512_bytes()
    {
        for (var i = 0; i < MessageRate.Burst / 512; i++)
        {
            _rate.Spend(1).ShouldBe(TimeSpan.Zero);
        }

        _rate.Spend(1).ShouldBe(TimeSpan.FromSeconds(512.0 / MessageRate.BytesPerSecond));
    }

    [Fact]
    public void What_costs_more_counts_more()
    {
        for (var i = 0; i < MessageRate.Burst / MessageRate.LeastJoin; i++)
        {
            _rate.Spend(100, MessageRate.LeastJoin).ShouldBe(TimeSpan.Zero);
        }

        _rate.Spend(100, MessageRate.LeastJoin).ShouldBe(TimeSpan.FromSeconds((double)MessageRate.LeastJoin / MessageRate.BytesPerSecond));
    }

    [Fact]
    public void Silence_saves_up_one_burst_and_no_more()
    {
        _time.Advance(TimeSpan.FromHours(1));

        _rate.Spend(MessageRate.Burst).ShouldBe(TimeSpan.Zero);
        _rate.Spend(MessageRate.BytesPerSecond).ShouldBe(TimeSpan.FromSeconds(1));
    }
}
