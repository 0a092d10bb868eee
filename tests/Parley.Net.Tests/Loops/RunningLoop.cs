using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Parley.Core.Time;
using Parley.Net.Loops;
using Parley.Net.Tests.Turn;

namespace Parley.Net.Tests.Loops;

/// <summary>A loop that runs and has nothing to do but what a test posts.</summary>
internal sealed class RunningLoop : ILoopDriver, IAsyncDisposable
{
    public RunningLoop(ILogger? logger = null)
    {
        Loop = new EventLoop("test", TimeProvider.System, logger ?? NullLogger.Instance);
        Loop.Start(this);
    }

    public EventLoop Loop { get; }

    /// <summary>When the loop asks for it; may throw.</summary>
    public Func<Instant?> Timeout { get; set; } = () => null;

    /// <summary>What a timeout leads to; may throw.</summary>
    public Action Handle { get; set; } = () => { };

    public Instant? NextTimeout => Timeout();

    /// <summary>On the loop's thread; what fails there fails here.</summary>
    public async Task<T> Do<T>(Func<Instant, T> work)
    {
        T result = default!;
        Exception? failure = null;
        await new LoopCall(Loop, Try).InvokeAsync().AsTask().Soon();
        return failure is null ? result : throw new InvalidOperationException("It failed on the loop", failure);

        void Try(Instant now)
        {
            try
            {
                result = work(now);
            }
            catch (Exception e)
            {
                failure = e;
            }
        }
    }

    /// <inheritdoc cref="Do{T}" />
    public Task Do(Action<Instant> work) => Do(now =>
    {
        work(now);
        return true;
    });

    public void HandleTimeout(Instant now) => Handle();

    public ValueTask DisposeAsync() => Loop.DisposeAsync();
}
