namespace Parley.SocketIO.Namespaces;

/// <summary>
/// How fast one client may speak: each event takes a token, of which so many come back every second. Without one an event is refused,
/// and goes into debt; with a debt as large as the burst the client is told no more.
/// </summary>
/// <remarks>Not thread-safe: a connection's messages come one at a time.</remarks>
internal sealed class EventRate(SocketIOOptions options, TimeProvider time)
{
    private double _tokens = options.EventBurst;
    private long _since = time.GetTimestamp();

    public EventRateDecision Take()
    {
        if (options.MaxEventsPerSecond == 0)
        {
            return EventRateDecision.Accept;
        }

        var now = time.GetTimestamp();
        var earned = time.GetElapsedTime(_since, now).TotalSeconds * options.MaxEventsPerSecond;
        _since = now;
        _tokens = Math.Min(options.EventBurst, _tokens + earned) - 1;
        return _tokens >= 0 ? EventRateDecision.Accept
            : _tokens >= -options.EventBurst ? EventRateDecision.Refuse
            : EventRateDecision.Close;
    }
}

internal enum EventRateDecision
{
    Accept,
    Refuse,
    Close,
}
