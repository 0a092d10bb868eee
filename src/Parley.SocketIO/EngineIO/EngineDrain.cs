namespace Parley.SocketIO.EngineIO;

/// <summary>
/// The end of a server that stops: no new sessions, and those that there are go one after another, each as soon as nothing is under
/// way in it.
/// </summary>
/// <param name="server">The server.</param>
/// <param name="spread">The time over which sessions are ended, evenly; zero for all at once.</param>
/// <param name="limit">The time after which everything ends, whatever is under way.</param>
internal sealed class EngineDrain(EngineServer server, TimeSpan spread, TimeSpan limit)
{
    // How often is looked: whether something is under way is not announced.
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(50);

    // The last packet of a session that polls goes with the next poll, which comes at once or never.
    private static readonly TimeSpan DeliveryLimit = TimeSpan.FromSeconds(1);

    private readonly Queue<EngineSession> _waiting = new();
    private readonly List<EngineSession> _due = [];
    private readonly List<EngineSession> _ended = [];
    private int _total;

    /// <summary>Ends when all sessions have.</summary>
    /// <param name="cancellationToken">Ends everything at once.</param>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        server.BeginStopping();
        var begun = server.Time.GetTimestamp();
        foreach (var session in server.Sessions)
        {
            _waiting.Enqueue(session);
        }

        _total = _waiting.Count;
        long? allEnded = null;
        while (true)
        {
            var elapsed = server.Time.GetElapsedTime(begun);
            if (elapsed >= limit || cancellationToken.IsCancellationRequested)
            {
                break;
            }

            EndThoseDue(elapsed);
            if (_waiting.Count == 0 && _due.Count == 0)
            {
                allEnded ??= server.Time.GetTimestamp();
                if (IsOver(server.Time.GetElapsedTime(allEnded.Value)))
                {
                    break;
                }
            }

            await Task.Delay(Tick, server.Time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        server.Stop();
    }

    private void EndThoseDue(TimeSpan elapsed)
    {
        var share = spread > TimeSpan.Zero ? Math.Min(1, elapsed / spread) : 1;
        while (_total - _waiting.Count < _total * share && _waiting.TryDequeue(out var next))
        {
            _due.Add(next);
        }

        _due.RemoveAll(session =>
        {
            if (session.IsBusy)
            {
                return false;
            }

            session.Close(DisconnectCause.ServerShutdown);
            _ended.Add(session);
            return true;
        });
    }

    private bool IsOver(TimeSpan sinceAllEnded)
    {
        _ended.RemoveAll(static session => !session.IsBusy && session.IsClosed);
        return spread > TimeSpan.Zero && sinceAllEnded < DeliveryLimit
            ? _ended.Count == 0
            : !_ended.Exists(static session => session.IsBusy);
    }
}
