namespace Parley.Core.Time;

/// <summary>
/// A point on the clock of whoever drives an engine. Only differences mean anything: the origin is the driver's choice, usually its start.
/// </summary>
/// <param name="Ticks">Since the origin, in units of 100 ns, as in <see cref="TimeSpan"/>.</param>
public readonly record struct Instant(long Ticks) : IComparable<Instant>
{
    /// <summary>The driver's start.</summary>
    public static Instant Origin => default;

    /// <summary>The instant so long after the origin.</summary>
    public static Instant FromOrigin(TimeSpan time) => new(time.Ticks);

    /// <summary>How long after the origin.</summary>
    public TimeSpan SinceOrigin => TimeSpan.FromTicks(Ticks);

    /// <summary>The earlier of two, where null means never.</summary>
    public static Instant? Earlier(Instant? a, Instant? b) => a is { } x && b is { } y ? (x <= y ? x : y) : a ?? b;

    /// <inheritdoc />
    public int CompareTo(Instant other) => Ticks.CompareTo(other.Ticks);

    /// <summary>So much later.</summary>
    public static Instant operator +(Instant instant, TimeSpan time) => new(instant.Ticks + time.Ticks);

    /// <summary>So much earlier.</summary>
    public static Instant operator -(Instant instant, TimeSpan time) => new(instant.Ticks - time.Ticks);

    /// <summary>From <paramref name="earlier"/> to <paramref name="later"/>; negative if it is the other way round.</summary>
    public static TimeSpan operator -(Instant later, Instant earlier) => TimeSpan.FromTicks(later.Ticks - earlier.Ticks);

    /// <summary>Whether <paramref name="a"/> comes before <paramref name="b"/>.</summary>
    public static bool operator <(Instant a, Instant b) => a.Ticks < b.Ticks;

    /// <summary>Whether <paramref name="a"/> comes after <paramref name="b"/>.</summary>
    public static bool operator >(Instant a, Instant b) => a.Ticks > b.Ticks;

    /// <summary>Whether <paramref name="a"/> comes before <paramref name="b"/> or is the same.</summary>
    public static bool operator <=(Instant a, Instant b) => a.Ticks <= b.Ticks;

    /// <summary>Whether <paramref name="a"/> comes after <paramref name="b"/> or is the same.</summary>
    public static bool operator >=(Instant a, Instant b) => a.Ticks >= b.Ticks;

    /// <summary>As a timeline shows it: <c>+12.350 s</c>.</summary>
    public override string ToString() => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"+{SinceOrigin.TotalSeconds:F3} s");
}
