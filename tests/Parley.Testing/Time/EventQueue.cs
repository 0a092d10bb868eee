using Parley.Core.Time;

namespace Parley.Testing.Time;

/// <summary>What will happen, in order of time; what happens at one instant, in the order in which it was decided.</summary>
internal sealed class EventQueue
{
    private readonly PriorityQueue<Action, (long Ticks, long Order)> _events = new();
    private long _order;

    /// <summary>How many things were decided so far: where there is no end of them, something turns in a circle.</summary>
    public long Decided => _order;

    public Instant? Next => _events.TryPeek(out _, out (long Ticks, long Order) when) ? new Instant(when.Ticks) : null;

    public void Add(Instant when, Action what) => _events.Enqueue(what, (when.Ticks, _order++));

    public Action Take() => _events.Dequeue();
}
