namespace Parley.Core.Time;

/// <summary>
/// What a calendar says at an <see cref="Instant"/>: for what carries a date on the wire, such as credentials that expire. Everything else
/// is measured in instants, which nobody sets back.
/// </summary>
/// <param name="Origin">What the calendar says at <see cref="Instant.Origin"/>; whoever drives an engine corrects it from time to time.</param>
public readonly record struct WallClock(DateTimeOffset Origin)
{
    /// <summary>A clock that says <paramref name="time"/> at <paramref name="now"/>.</summary>
    public static WallClock Saying(DateTimeOffset time, Instant now) => new(time - now.SinceOrigin);

    /// <summary>The date and time at <paramref name="now"/>.</summary>
    public DateTimeOffset At(Instant now) => Origin + now.SinceOrigin;
}
