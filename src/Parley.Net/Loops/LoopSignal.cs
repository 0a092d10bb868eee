namespace Parley.Net.Loops;

/// <summary>Where a loop's thread sleeps when there is nothing to do, and how others wake it. A thread that is awake costs them no call.</summary>
internal sealed class LoopSignal : IDisposable
{
    // Hardly spins: at one packet every few milliseconds, spinning would be most of the work.
    private readonly ManualResetEventSlim _event = new(initialState: false, spinCount: 10);
    private int _asleep;

    /// <summary>Sleeps until <see cref="Wake"/>, unless <paramref name="hasWork"/> says that there is something to do.</summary>
    public void Sleep(Func<bool> hasWork)
    {
        _event.Reset();
        // A full fence: either this thread sees what was posted, or who posts sees that it sleeps.
        Interlocked.Exchange(ref _asleep, 1);
        if (!hasWork())
        {
            _event.Wait();
        }

        Volatile.Write(ref _asleep, 0);
    }

    /// <summary>From any thread, after the work was made visible.</summary>
    public void Wake()
    {
        Interlocked.MemoryBarrier();
        if (Volatile.Read(ref _asleep) == 1 && Interlocked.Exchange(ref _asleep, 0) == 1)
        {
            _event.Set();
        }
    }

    public void Dispose() => _event.Dispose();
}
