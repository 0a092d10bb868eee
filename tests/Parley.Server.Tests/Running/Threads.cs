namespace Parley.Server.Tests.Running;

internal static class Threads
{
    /// <summary>Runs on threads that start at one moment.</summary>
    public static void Together(int count, Action<int> action)
    {
        using var start = new Barrier(count);
        var threads = Enumerable.Range(0, count).Select(index => Task.Factory.StartNew(
            () =>
            {
                start.SignalAndWait();
                action(index);
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default)).ToArray();
        Task.WhenAll(threads).GetAwaiter().GetResult();
    }
}
