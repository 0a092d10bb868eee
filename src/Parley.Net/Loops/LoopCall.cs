using System.Threading.Tasks.Sources;
using Parley.Core.Time;

namespace Parley.Net.Loops;

/// <summary>Work that somebody waits for. One call at a time; waiting costs no memory.</summary>
internal sealed class LoopCall : LoopWork, IValueTaskSource
{
    private readonly EventLoop _loop;
    private readonly Action<Instant> _action;

    // Who waits goes on somewhere else: the loop's thread has better things to do.
    private ManualResetValueTaskSourceCore<bool> _done = new() { RunContinuationsAsynchronously = true };

    public LoopCall(EventLoop loop, Action<Instant> action)
    {
        _loop = loop;
        _action = action;
    }

    /// <summary>Completes when the loop's thread has done it.</summary>
    public ValueTask InvokeAsync()
    {
        _done.Reset();
        _loop.Post(this);
        return new ValueTask(this, _done.Version);
    }

    internal override void Run(Instant now)
    {
        try
        {
            _action(now);
        }
        finally
        {
            _done.SetResult(true);
        }
    }

    void IValueTaskSource.GetResult(short token) => _done.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _done.GetStatus(token);

    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _done.OnCompleted(continuation, state, token, flags);
}
