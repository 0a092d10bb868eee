using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Parley.Net.Tests.Turn;

/// <summary>Waits for what must happen, with a time limit that only a failure reaches.</summary>
internal static class Eventually
{
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    /// <summary>Looks again and again until it is so.</summary>
    public static async Task Is(Func<bool> condition, Func<string>? seen = null, [CallerArgumentExpression(nameof(condition))] string what = "")
    {
        long begin = Stopwatch.GetTimestamp();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while (!condition())
        {
            (Stopwatch.GetElapsedTime(begin) < Limit).ShouldBeTrue($"{what} did not come true. {seen?.Invoke()}");
            await timer.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Does something again and again until it is so.</summary>
    public static Task Is(Func<bool> condition, Action meanwhile, [CallerArgumentExpression(nameof(condition))] string what = "") => Is(
        () =>
        {
            meanwhile();
            return condition();
        },
        what: what);

    public static Task<T> Soon<T>(this Task<T> task) => task.WaitAsync(Limit, TestContext.Current.CancellationToken);

    public static Task Soon(this Task task) => task.WaitAsync(Limit, TestContext.Current.CancellationToken);

    public static Task<T> Soon<T>(this ValueTask<T> task) => task.AsTask().Soon();
}
