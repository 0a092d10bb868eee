namespace Parley.Net.Loops;

/// <summary>Where a loop's thread sleeps when there is nothing to do, and how others wake it. A thread that is awake costs them no call.</summary>
internal sealed class LoopSignal : IDisposable
{
    // Does not spin, because at one packet every few milliseconds that would be most of the work; and whom it wakes need not take a lock
    // first that the waker still has.
    private readonly AutoResetEvent _event = new(initialState: false);
    private int _asleep;

    /// <summary>
    /// Sleeps until <see cref="Wake"/>, unless <paramref name="hasWork"/> says that there is something to do. A call that comes late may
    /// end the next sleep at once.
    /// </summary>
    public void Sleep(Func<bool> hasWork)
    {
        // A full fence: either this thread sees what was posted, or who posts sees that it sleeps.
        Interlocked.Exchange(ref _asleep, 1);
        if (!hasWork())
        {
            _event.WaitOne();
        }

        Volatile.Write(ref _asleep, 0);
    }

    /// <summary>From any thread, after the work was made visible.</summary>
    public void Wake()
    {
        Interlocked.MemoryBarrier();
        if (Volatile.Read(ref _asleep) == 1 && Interlocked.Exchange(ref _asleep, 0) == 1)
        {
            try
            {
                _event.Set();
            }
            catch (ObjectDisposedException)
            {
                // The loop was awake already, has done what was posted, and has ended meanwhile.
            }
        }
    }

    public void Dispose() => _event.Dispose();
}
