using Parley.Core.Time;

namespace Parley.Net;

/// <summary>
/// What time it is, for engines. All clocks made from one <see cref="TimeProvider"/> agree: an <see cref="Instant"/> that a loop hands
/// out means the same to whoever checks credentials.
/// </summary>
/// <param name="time">The machine's, or a test's own.</param>
public sealed class EngineClock(TimeProvider time)
{
    /// <summary>Never goes back; the origin is that of <see cref="TimeProvider.GetTimestamp"/>.</summary>
    public Instant Now => new(time.GetElapsedTime(0).Ticks);

    /// <summary>What the calendar says now. Somebody may set it: ask again from time to time.</summary>
    public WallClock WallClock => WallClock.Saying(time.GetUtcNow(), Now);
}
