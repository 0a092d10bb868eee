namespace Parley.Server.Signalling;

/// <summary>
/// Tells the operator of clients that stay on long-polling. Browsers begin with it and change to WebSocket within a second, unless
/// something on the way does not pass WebSocket on: most likely the proxy in front, and then it is everyone's trouble.
/// </summary>
internal sealed class PollingWatch(TimeProvider time, ILogger<PollingWatch> logger)
{
    /// <summary>How long after its join a connection may take.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>How long nothing more is said.</summary>
    public static readonly TimeSpan Silence = TimeSpan.FromMinutes(10);

    private readonly Lock _lock = new();
    private long? _saidAt;

    /// <summary>Looks at a connection once, after its time.</summary>
    /// <param name="isPolling">Whether it is still there and polls.</param>
    /// <returns>To be disposed of when the connection ends.</returns>
    public IDisposable Watch(Func<bool> isPolling) => time.CreateTimer(
        _ =>
        {
            if (isPolling() && MaySpeak())
            {
                logger.ConnectionStaysOnPolling((int)Patience.TotalSeconds);
            }
        },
        state: null,
        Patience,
        Timeout.InfiniteTimeSpan);

    private bool MaySpeak()
    {
        lock (_lock)
        {
            if (_saidAt is { } saidAt && time.GetElapsedTime(saidAt) < Silence)
            {
                return false;
            }

            _saidAt = time.GetTimestamp();
            return true;
        }
    }
}
