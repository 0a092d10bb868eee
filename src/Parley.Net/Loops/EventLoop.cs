using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Parley.Core.Time;

namespace Parley.Net.Loops;

/// <summary>
/// One thread that owns engines and their sockets, so that nothing of theirs needs a lock. Others post work to it.
/// </summary>
internal sealed class EventLoop : IAsyncDisposable
{
    // The clock is read, and timeouts are looked after, at least so often.
    private const int WorkPerTurn = 64;

    private readonly ConcurrentQueue<LoopWork> _posted = new();
    private readonly LoopSignal _signal = new();
    private readonly EngineClock _clock;
    private readonly ITimer _timer;
    private readonly ILogger _logger;
    private readonly Func<bool> _hasWork;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Thread _thread;
    private ILoopDriver? _driver;
    private Instant? _timerSetTo;
    private int _timerDue;
    private volatile bool _stopping;

    /// <summary>A loop that begins with <see cref="Start"/>.</summary>
    /// <param name="name">Of its thread.</param>
    /// <param name="time">By which its timeouts are measured.</param>
    /// <param name="logger">For what must not happen. It may fail itself.</param>
    public EventLoop(string name, TimeProvider time, ILogger logger)
    {
        _clock = new EngineClock(time);
        _logger = UnfailingLogger.Around(logger);
        _hasWork = () => !_posted.IsEmpty || _stopping || Volatile.Read(ref _timerDue) != 0;
        _timer = time.CreateTimer(static loop => ((EventLoop)loop!).OnTimer(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _thread = new Thread(Run) { IsBackground = true, Name = name };
    }

    /// <summary>Whether the caller is the loop's own thread.</summary>
    public bool IsOwner => Environment.CurrentManagedThreadId == _thread.ManagedThreadId;

    public void Start(ILoopDriver driver)
    {
        _driver = driver;
        _thread.Start();
    }

    /// <summary>From any thread. Work that is posted after the loop has ended is not done.</summary>
    public void Post(LoopWork work)
    {
        _posted.Enqueue(work);
        _signal.Wake();
    }

    /// <summary>Does what was posted before, then ends the thread.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_thread.ThreadState.HasFlag(ThreadState.Unstarted))
        {
            _ended.TrySetResult();
        }

        _stopping = true;
        _signal.Wake();
        await _ended.Task;
        await _timer.DisposeAsync();
        _signal.Dispose();
    }

    private void Run()
    {
        while (!_stopping || !_posted.IsEmpty)
        {
            Turn();
            if (_posted.IsEmpty)
            {
                _signal.Sleep(_hasWork);
            }
        }

        _ended.SetResult();
    }

    private void Turn()
    {
        Instant now = _clock.Now;
        for (int i = 0; i < WorkPerTurn && _posted.TryDequeue(out LoopWork? work); i++)
        {
            try
            {
                work.Run(now);
            }
            catch (Exception e)
            {
                // A defect in what one packet has led to must not end everybody's calls.
                _logger.LoopWorkFailed(e);
            }
        }

        LookAfterTimeouts(now);
    }

    private void LookAfterTimeouts(Instant now)
    {
        if (Interlocked.Exchange(ref _timerDue, 0) != 0)
        {
            _timerSetTo = null;
        }

        try
        {
            if (_driver!.NextTimeout <= now)
            {
                _driver.HandleTimeout(now);
            }
        }
        catch (Exception e)
        {
            _logger.LoopWorkFailed(e);
        }

        try
        {
            SetTimer(now);
        }
        catch (Exception e)
        {
            _logger.LoopWorkFailed(e);
        }
    }

    private void SetTimer(Instant now)
    {
        // A timer that is set too early wakes the loop once for nothing; that is cheaper than setting it again at every packet.
        if (_driver!.NextTimeout is { } next && !(_timerSetTo <= next))
        {
            _timerSetTo = next;
            // Rounded up to the millisecond that timers count in, and never 0: a driver in trouble would burn a core.
            double milliseconds = Math.Clamp(Math.Ceiling((next - now).TotalMilliseconds), 1, int.MaxValue);
            _timer.Change(TimeSpan.FromMilliseconds(milliseconds), Timeout.InfiniteTimeSpan);
        }
    }

    private void OnTimer()
    {
        Volatile.Write(ref _timerDue, 1);
        _signal.Wake();
    }
}
