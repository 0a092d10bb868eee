namespace Parley.Server.Rooms;

/// <summary>
/// A room that has come back from its tokens and has no host yet waits for one, for the grace time; then somebody else becomes host.
/// </summary>
/// <remarks>Owned by its room; called under its lock.</remarks>
internal sealed class Succession(TimeSpan patience, TimeProvider time)
{
    private Wait? _wait;

    public bool IsWaiting => _wait is not null;

    /// <summary>Begins to wait, anew if it waits already.</summary>
    /// <param name="over">Called without the lock when the time is over, with what <see cref="End"/> wants to see.</param>
    public void Begin(Action<object> over)
    {
        Stop();
        var wait = _wait = new();
        wait.Timer = time.CreateTimer(_ => over(wait), state: null, patience, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The time is over.</summary>
    /// <returns>False when that was another time: a timer may fire just as it is stopped.</returns>
    public bool End(object wait)
    {
        if (!ReferenceEquals(wait, _wait))
        {
            return false;
        }

        Stop();
        return true;
    }

    public void Stop()
    {
        _wait?.Timer?.Dispose();
        _wait = null;
    }

    private sealed class Wait
    {
        public ITimer? Timer { get; set; }
    }
}
