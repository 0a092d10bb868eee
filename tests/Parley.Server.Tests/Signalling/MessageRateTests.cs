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

        _time.Now += TimeSpan.FromSeconds(3);
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
    public void Silence_saves_up_one_burst_and_no_more()
    {
        _time.Now += TimeSpan.FromHours(1);

        _rate.Spend(MessageRate.Burst).ShouldBe(TimeSpan.Zero);
        _rate.Spend(MessageRate.BytesPerSecond).ShouldBe(TimeSpan.FromSeconds(1));
    }
}
