namespace Parley.SocketIO.Adapters;

/// <summary>One server, on its own: all sockets are local.</summary>
internal sealed class InMemoryAdapter(LocalSockets sockets, TimeProvider time) : IAdapter
{
    public EmitResult Send(EncodedPacket packet, BroadcastTargets targets)
    {
        var result = EmitResult.Queued;
        foreach (var socket in sockets.Select(targets))
        {
            result = Worse(result, socket.Send(packet, targets.IsVolatile));
        }

        return result;
    }

    public async ValueTask<EmitResult> SendAsync(EncodedPacket packet, BroadcastTargets targets, CancellationToken cancellationToken)
    {
        if (targets.IsVolatile)
        {
            // What may be dropped is not worth waiting for.
            return Send(packet, targets);
        }

        var results = await Task.WhenAll(
            sockets.Select(targets).Select(socket => socket.SendAsync(packet, cancellationToken).AsTask()));
        return results.Aggregate(EmitResult.Queued, Worse);
    }

    public async Task<BroadcastAnswers> AskAsync(
        EncodedPacket packet, ulong ackId, BroadcastTargets targets, TimeSpan limit, CancellationToken cancellationToken)
    {
        var asked = sockets.Select(targets)
            .Select(socket => (Socket: socket, Answer: socket.AskAsync(packet, ackId, targets.IsVolatile)))
            .ToList();
        try
        {
            Task all = Task.WhenAll(asked.Select(a => a.Answer));
            await all.WaitAsync(limit, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellationToken.ThrowIfCancellationRequested();
        }
        finally
        {
            foreach (var (socket, _) in asked)
            {
                socket.Forget(ackId);
            }
        }

        List<BroadcastAnswer> answers = [];
        foreach (var (socket, answer) in asked.Where(a => a.Answer.IsCompletedSuccessfully))
        {
            answers.Add(new BroadcastAnswer(socket.Id, await answer));
        }

        return new BroadcastAnswers(answers, asked.Count - answers.Count);
    }

    public Task<IReadOnlyList<SocketSnapshot>> FetchAsync(BroadcastTargets targets, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<SocketSnapshot>>([.. sockets.Select(targets).Select(socket => socket.Snapshot())]);

    public ValueTask JoinAsync(BroadcastTargets targets, IReadOnlyList<string> rooms, CancellationToken cancellationToken)
    {
        foreach (var socket in sockets.Select(targets))
        {
            foreach (var room in rooms)
            {
                socket.Join(room);
            }
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask LeaveAsync(BroadcastTargets targets, IReadOnlyList<string> rooms, CancellationToken cancellationToken)
    {
        foreach (var socket in sockets.Select(targets))
        {
            foreach (var room in rooms)
            {
                socket.Leave(room);
            }
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask DisconnectAsync(BroadcastTargets targets, bool closeConnection, CancellationToken cancellationToken)
    {
        foreach (var socket in sockets.Select(targets))
        {
            socket.Disconnect(closeConnection);
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>There is nobody to tell.</summary>
    public ValueTask ServerSideEmitAsync(EncodedPacket packet, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    // A socket that ended meanwhile is no receiver.
    private static EmitResult Worse(EmitResult sofar, EmitResult next) => (sofar, next) switch
    {
        (EmitResult.Dropped, _) or (_, EmitResult.Dropped) => EmitResult.Dropped,
        (EmitResult.Skipped, _) or (_, EmitResult.Skipped) => EmitResult.Skipped,
        _ => EmitResult.Queued,
    };
}
