namespace Parley.SocketIO.EngineIO.Transports;

/// <summary>
/// The way of a polling session to a WebSocket: the client's probe is answered, its polls are let go, and its UPGRADE ends
/// polling. Anything else costs the WebSocket only; the session goes on polling.
/// </summary>
internal sealed class UpgradeProbe(
    EngineSession session, IMessageSocket socket, SocketIOOptions options, TimeProvider time, bool takesBinary = true)
{
    // The reference waits this long before it lets the waiting poll go, and does so again as long as the client polls: answered
    // at once, a client would poll once more and then wait out the ping interval.
    private static readonly TimeSpan ReleaseInterval = TimeSpan.FromMilliseconds(100);

    /// <summary>The session's transport when the upgrade is done; null when it came to nothing.</summary>
    /// <param name="sessionEnded">Cancelled when there is nothing left to upgrade.</param>
    public async Task<WebSocketTransport?> RunAsync(CancellationToken sessionEnded)
    {
        using var timeout = new CancellationTokenSource(options.UpgradeTimeout, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, sessionEnded);
        if (!await ReceivesAsync("2probe"u8.ToArray(), stop.Token)
            || !await socket.SendAsync(OutboundPacket.ProbeAnswer.Data, isBinary: false, mayCompress: false, stop.Token))
        {
            session.AbandonUpgrade();
            return null;
        }

        await using var release = time.CreateTimer(
            static state => ((EngineSession)state!).ReleasePoll(), session, ReleaseInterval, ReleaseInterval);
        if (!await ReceivesAsync("5"u8.ToArray(), stop.Token))
        {
            session.AbandonUpgrade();
            return null;
        }

        return session.CompleteUpgrade(s => new WebSocketTransport(s, socket, time, takesBinary));
    }

    private async Task<bool> ReceivesAsync(ReadOnlyMemory<byte> expected, CancellationToken cancellationToken)
    {
        var message = await socket.ReceiveAsync(cancellationToken);
        return message.Kind == MessageKind.Text && message.Data.Span.SequenceEqual(expected.Span);
    }
}
