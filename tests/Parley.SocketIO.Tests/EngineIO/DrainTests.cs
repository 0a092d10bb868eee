using Parley.SocketIO.EngineIO;
using Parley.SocketIO.Tests.Virtual;

namespace Parley.SocketIO.Tests.EngineIO;

/// <summary>How a server's sessions end when it stops, on a clock of the test's own.</summary>
public sealed class DrainTests
{
    private static readonly TimeSpan Spread = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(15);

    private readonly EngineWorld _world = new();

    [Fact]
    public async Task Sessions_end_evenly_over_the_time_and_no_new_ones_begin()
    {
        var handlers = Open(10);
        var draining = new EngineDrain(_world.Server, Spread, Limit).RunAsync(CancellationToken.None);
        _world.Server.TryAdmit(default, out var error).ShouldBeNull();
        (error!.StatusCode, error.Message).ShouldBe((503, "Server shutting down"));
        Ended(handlers).ShouldBe(0);
        for (var ended = 1; ended <= 10; ended++)
        {
            await AdvanceAsync(TimeSpan.FromSeconds(1));
            await Deadline.Until(() => Ended(handlers) >= ended);
            Ended(handlers).ShouldBeInRange(ended, ended + 1);
        }

        await AdvanceUntilAsync(draining);
        handlers.ShouldAllBe(h => h.Cause == DisconnectCause.ServerShutdown);
    }

    [Fact]
    public async Task Without_a_time_all_end_at_once()
    {
        var handlers = Open(3);
        await Deadline.For(new EngineDrain(_world.Server, TimeSpan.Zero, Limit).RunAsync(CancellationToken.None));
        handlers.ShouldAllBe(h => h.Cause == DisconnectCause.ServerShutdown);
    }

    [Fact]
    public async Task Whoever_is_busy_is_ended_as_soon_as_he_is_not()
    {
        var handlers = Open(2);
        handlers[0].IsBusy = true;
        var draining = new EngineDrain(_world.Server, TimeSpan.Zero, Limit).RunAsync(CancellationToken.None);
        await AdvanceAsync(TimeSpan.FromSeconds(5));
        (handlers[0].Cause, handlers[1].Cause).ShouldBe((null, DisconnectCause.ServerShutdown));
        handlers[0].IsBusy = false;
        await AdvanceUntilAsync(draining);
        handlers[0].Cause.ShouldBe(DisconnectCause.ServerShutdown);
        _world.Time.GetElapsedTime(0).ShouldBeLessThan(TimeSpan.FromSeconds(6));
    }

    [Fact]
    public async Task The_last_handlers_after_the_end_are_waited_for()
    {
        var handler = Open(1)[0];
        handler.IsBusyAfterEnd = true;
        var draining = new EngineDrain(_world.Server, TimeSpan.Zero, Limit).RunAsync(CancellationToken.None);
        await AdvanceAsync(TimeSpan.FromSeconds(5));
        (handler.Cause, draining.IsCompleted).ShouldBe((DisconnectCause.ServerShutdown, false));
        handler.IsBusy = false;
        await AdvanceUntilAsync(draining);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Nothing_lasts_longer_than_the_limit_or_than_the_host_waits(bool isCancelled)
    {
        var handlers = Open(4);
        handlers[0].IsBusy = true;
        using var host = new CancellationTokenSource();
        var draining = new EngineDrain(_world.Server, Spread, Limit).RunAsync(host.Token);
        if (isCancelled)
        {
            await host.CancelAsync();
            await Deadline.For(draining);
        }
        else
        {
            await AdvanceUntilAsync(draining);
            _world.Time.GetElapsedTime(0).ShouldBeInRange(Limit, Limit + TimeSpan.FromSeconds(0.1));
        }

        handlers.ShouldAllBe(h => h.Cause == DisconnectCause.ServerShutdown);
    }

    private static int Ended(List<Handler> handlers) => handlers.Count(h => h.Cause is not null);

    private List<Handler> Open(int count)
    {
        List<Handler> handlers = [];
        for (var i = 0; i < count; i++)
        {
            var handler = new Handler();
            _world.Open(s => new StuckTransport(s), handler);
            handlers.Add(handler);
        }

        return handlers;
    }

    private async Task AdvanceUntilAsync(Task task)
    {
        while (!task.IsCompleted)
        {
            await AdvanceAsync(TimeSpan.FromMilliseconds(50));
        }

        await task;
    }

    /// <summary>In small steps: whoever waits on this clock goes on, on another thread, between two of them.</summary>
    private async Task AdvanceAsync(TimeSpan by)
    {
        for (var left = by; left > TimeSpan.Zero; left -= TimeSpan.FromMilliseconds(50))
        {
            _world.Time.Advance(TimeSpan.FromMilliseconds(50));
            for (var i = 0; i < 3; i++)
            {
                await Task.Yield();
            }
        }
    }

    private sealed class Handler : IEngineHandler
    {
        public bool IsBusy { get; set; }

        public bool IsBusyAfterEnd { get; set; }

        public DisconnectCause? Cause { get; private set; }

        public ValueTask HandleMessageAsync(ReadOnlyMemory<byte> message, bool isBinary) => ValueTask.CompletedTask;

        public void HandleClosed(DisconnectCause cause) => (Cause, IsBusy) = (cause, IsBusyAfterEnd);
    }
}
