using Parley.Core.Time;
using Parley.Net.Loops;
using Parley.Net.Tests.Turn;

namespace Parley.Net.Tests.Loops;

public sealed class EventLoopTests
{
    [Fact]
    public async Task A_logger_that_fails_does_not_end_the_loop()
    {
        var logger = new FailingLogger();
        await using var loop = new RunningLoop(logger);

        loop.Loop.Post(new LoopAction(_ => throw new InvalidOperationException("a defect")));

        (await loop.Do(_ => 42)).ShouldBe(42);
        logger.Asked.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task A_driver_that_fails_at_every_timeout_does_not_end_the_loop()
    {
        int asked = 0;
        await using var loop = new RunningLoop(new FailingLogger());
        loop.Timeout = () => throw new InvalidOperationException($"a defect, seen {++asked} times");

        await loop.Do(_ => 1);
        (await loop.Do(_ => 42)).ShouldBe(42);

        asked.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task After_a_timeout_that_failed_the_next_one_comes()
    {
        int handled = 0;
        await using var loop = new RunningLoop();
        loop.Timeout = () => handled < 3 ? Instant.Origin : null;
        loop.Handle = () =>
        {
            handled++;
            throw new InvalidOperationException("a defect");
        };

        // The first turn notices the timeout; nothing but the timer brings the others.
        await loop.Do(_ => 1);

        await Eventually.Is(() => handled == 3);
    }
}
