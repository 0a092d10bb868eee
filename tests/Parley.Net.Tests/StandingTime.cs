namespace Parley.Net.Tests;

/// <summary>A clock that stands until a test moves it.</summary>
internal sealed class StandingTime : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly List<StandingTimer> _timers = [];
    private TimeSpan _passed;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>Timers that are set and have not gone off.</summary>
    public int Timers
    {
        get
        {
            lock (_lock)
            {
                return _timers.Count;
            }
        }
    }

    public override long GetTimestamp()
    {
        lock (_lock)
        {
            return _passed.Ticks;
        }
    }

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch + TimeSpan.FromTicks(GetTimestamp());

    /// <summary>Time passes; timers go off on this thread.</summary>
    public void Advance(TimeSpan by)
    {
        StandingTimer[] due;
        lock (_lock)
        {
            _passed += by;
            due = [.. _timers.Where(timer => timer.Due <= _passed)];
            _timers.RemoveAll(timer => timer.Due <= _passed);
        }

        foreach (StandingTimer timer in due)
        {
            timer.GoOff();
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new StandingTimer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class StandingTimer(StandingTime time, Action goOff) : ITimer
    {
        public TimeSpan Due { get; private set; }

        public Action GoOff { get; } = goOff;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (time._lock)
            {
                time._timers.Remove(this);
                if (dueTime != Timeout.InfiniteTimeSpan)
                {
                    Due = time._passed + dueTime;
                    time._timers.Add(this);
                }
            }

            return true;
        }

        public void Dispose()
        {
            lock (time._lock)
            {
                time._timers.Remove(this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
