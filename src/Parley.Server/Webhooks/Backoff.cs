namespace Parley.Server.Webhooks;

/// <summary>How long to wait before the next attempt: twice as long each time, and less by chance, so that many do not come at once.</summary>
internal static class Backoff
{
    /// <summary>So often is one event sent at the most: the last time after 4 to 9 minutes.</summary>
    public const int MaxAttempts = 10;

    private static readonly TimeSpan First = TimeSpan.FromSeconds(1);

    /// <summary>The pause after an attempt that has failed.</summary>
    /// <param name="attempt">How many there have been, 1 to <see cref="MaxAttempts"/> - 1.</param>
    /// <param name="chance">From 0 to 1.</param>
    /// <returns>Half to the whole of 1 s, 2 s, 4 s and so on to 256 s.</returns>
    public static TimeSpan After(int attempt, double chance) => First * (1 << (attempt - 1)) * (0.5 + (chance / 2));
}
