namespace Parley.SocketIO.EngineIO;

/// <summary>What is due on a session's heartbeat.</summary>
internal enum HeartbeatDue
{
    Nothing,
    Ping,
    Timeout,
}

/// <summary>
/// When to ping a client, or (in version 3 of the protocol, where clients ping) only when to give it up. Deadlines are absolute, so that a timer that fires late does not add up, and a
/// request that arrives after a deadline can be judged before the timer has fired.
/// </summary>
/// <remarks>Not thread-safe: its session's gate guards it.</remarks>
internal sealed class Heartbeat
{
    private readonly TimeProvider _time;
    private readonly SocketIOOptions _options;
    private readonly bool _clientPings;
    private bool _awaitsPong;
    private long _due;

    public Heartbeat(TimeProvider time, SocketIOOptions options, EngineProtocol protocol = EngineProtocol.V4)
    {
        (_time, _options, _clientPings) = (time, options, protocol == EngineProtocol.V3);
        _due = After(time.GetTimestamp(), _clientPings ? options.PingInterval + options.PingTimeout : options.PingInterval);
    }

    /// <summary>Time until something is due, rounded up to whole milliseconds: timers count no finer.</summary>
    public TimeSpan NextDue
    {
        get
        {
            var left = _time.GetElapsedTime(_time.GetTimestamp(), _due);
            return left <= TimeSpan.Zero ? TimeSpan.Zero : TimeSpan.FromMilliseconds(Math.Ceiling(left.TotalMilliseconds));
        }
    }

    /// <summary>What is due now; a ping that is due counts as sent.</summary>
    public HeartbeatDue Check()
    {
        var now = _time.GetTimestamp();
        if (now < _due)
        {
            return HeartbeatDue.Nothing;
        }

        if (_clientPings || _awaitsPong)
        {
            return HeartbeatDue.Timeout;
        }

        _awaitsPong = true;
        // A busy server's late ping does not move the end; but one that stood still (a debugger, a sleeping laptop) leaves the
        // client half of its time at least.
        _due = Math.Max(After(_due, _options.PingTimeout), After(now, _options.PingTimeout / 2));
        return HeartbeatDue.Ping;
    }

    /// <summary>Gives the client its time again, when it was this server that did not read.</summary>
    public void Extend() => _due = After(_time.GetTimestamp(), _options.PingTimeout);

    /// <summary>A pong came. False when none was expected: it changes nothing (GHSA-cgwc-pv48-fhj5).</summary>
    public bool HandlePong()
    {
        if (!_awaitsPong)
        {
            return false;
        }

        _awaitsPong = false;
        _due = After(_time.GetTimestamp(), _options.PingInterval);
        return true;
    }

    /// <summary>A ping came, as clients of version 3 send them: silence for an interval and a timeout ends the session.</summary>
    public void HandlePing() => _due = After(_time.GetTimestamp(), _options.PingInterval + _options.PingTimeout);

    private long After(long timestamp, TimeSpan delay) => timestamp + (long)(delay.TotalSeconds * _time.TimestampFrequency);
}
