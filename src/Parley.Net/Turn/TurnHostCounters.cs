namespace Parley.Net.Turn;

/// <summary>What the sockets of a TURN server have seen, beside what <see cref="Stun.Turn.Server.TurnServerCounters"/> count. May be read by any thread.</summary>
public sealed class TurnHostCounters
{
    private long _connections;
    private long _connectionsRefused;
    private long _handshakesFailed;
    private long _unsent;
    private long _backlogFull;
    private long _tooLong;
    private long _relaysRefused;

    /// <summary>TCP and TLS connections there are now, handshakes left out.</summary>
    public long Connections => Interlocked.Read(ref _connections);

    /// <summary>Connections that were closed at once: there were too many, or no certificate.</summary>
    public long ConnectionsRefused => Interlocked.Read(ref _connectionsRefused);

    /// <summary>TLS handshakes that failed or took too long.</summary>
    public long HandshakesFailed => Interlocked.Read(ref _handshakesFailed);

    /// <summary>Datagrams that the operating system did not take: a full socket, or no way to there.</summary>
    public long Unsent => Interlocked.Read(ref _unsent);

    /// <summary>Frames that were dropped because a connection reads too slowly.</summary>
    public long BacklogFull => Interlocked.Read(ref _backlogFull);

    /// <summary>Datagrams and frames that were longer than anything that is relayed.</summary>
    public long TooLong => Interlocked.Read(ref _tooLong);

    /// <summary>Sockets for relayed addresses that could not be opened: the port was taken, or there were no file handles left.</summary>
    public long RelaysRefused => Interlocked.Read(ref _relaysRefused);

    internal void ConnectionOpened() => Interlocked.Increment(ref _connections);

    internal void ConnectionEnded() => Interlocked.Decrement(ref _connections);

    internal void ConnectionRefused() => Interlocked.Increment(ref _connectionsRefused);

    internal void HandshakeFailed() => Interlocked.Increment(ref _handshakesFailed);

    internal void NotSent() => Interlocked.Increment(ref _unsent);

    internal void BacklogWasFull() => Interlocked.Increment(ref _backlogFull);

    internal void WasTooLong() => Interlocked.Increment(ref _tooLong);

    internal void RelayRefused() => Interlocked.Increment(ref _relaysRefused);
}
