using System.Diagnostics;
using Parley.Core.Time;

namespace Parley.TurnLoad;

/// <summary>The one thread of the load: waits for sockets and for times, and lets those handle it whom it concerns.</summary>
internal sealed class LoadLoop : IDisposable
{
    private readonly Readiness _readiness = new();
    private readonly List<IReadable> _sources = [];
    private readonly PriorityQueue<Flow, Instant> _timeouts = new();

    public static Instant Now => new(Stopwatch.GetElapsedTime(0).Ticks);

    public void Add(IReadable source)
    {
        _readiness.Watch(source.Descriptor, _sources.Count);
        _sources.Add(source);
    }

    /// <summary>Wakes a flow; one that needs nothing then is not hurt.</summary>
    public void WakeAt(Instant time, Flow flow) => _timeouts.Enqueue(flow, time);

    /// <summary>Handles what there is, or waits for it until <paramref name="end"/>. Sleeps in whole milliseconds, so it may be late by one.</summary>
    public void Turn(Instant end)
    {
        Instant now = Now;
        if (_timeouts.TryPeek(out _, out Instant next) && next < end)
        {
            end = next;
        }

        int ready = _readiness.Wait(end <= now ? 0 : (int)Math.Ceiling((end - now).TotalMilliseconds));
        now = Now;
        for (int i = 0; i < ready; i++)
        {
            _sources[_readiness.NameOf(i)].HandleReadable(now);
        }

        while (_timeouts.TryPeek(out Flow? flow, out Instant due) && due <= now)
        {
            _timeouts.Dequeue();
            flow.HandleTimeout(now);
        }
    }

    public void Dispose() => _readiness.Dispose();
}

/// <summary>A socket of the load.</summary>
internal interface IReadable
{
    /// <summary>Its file descriptor.</summary>
    int Descriptor { get; }

    /// <summary>There is something to read. What is left unread is told again.</summary>
    void HandleReadable(Instant now);
}
