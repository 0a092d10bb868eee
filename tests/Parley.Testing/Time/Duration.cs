namespace Parley.Testing.Time;

/// <summary>Times as a story tells them, with <c>using static</c>: <c>Seconds(30)</c>.</summary>
public static class Duration
{
    /// <summary>Thousandths of a second.</summary>
    public static TimeSpan Milliseconds(double count) => TimeSpan.FromMilliseconds(count);

    /// <summary>Seconds.</summary>
    public static TimeSpan Seconds(double count) => TimeSpan.FromSeconds(count);

    /// <summary>Minutes.</summary>
    public static TimeSpan Minutes(double count) => TimeSpan.FromMinutes(count);
}
