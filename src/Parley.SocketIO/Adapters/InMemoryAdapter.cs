using Parley.SocketIO.Adapters.Recovery;

namespace Parley.SocketIO.Adapters;

/// <summary>One server, on its own: all sockets are local.</summary>
internal sealed class InMemoryAdapter(LocalSockets sockets, TimeProvider time, SessionRecovery? recovery = null) : IAdapter
{
    public SessionRecovery? Recovery => recovery;

    public EmitResult Send(EncodedPacket packet, BroadcastTargets targets)
    {
        if (recovery is not null)
        {
            return SendInOrder(recovery, packet, targets);
        }

        var result = EmitResult.Queued;
        foreach (var socket in sockets.Select(targets))
        {
            var one = socket.Send(packet, targets.IsVolatile);
            Announce(socket, packet, one);
            result = Worse(result, one);
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

        var results = await Task.WhenAll(Begin(packet, targets, cancellationToken).Select(AnnounceAsync));
        return results.Aggregate(EmitResult.Queued, Worse);

        async Task<EmitResult> AnnounceAsync((ILocalSocket Socket, Task<EmitResult> Sending) one)
        {
            var result = await one.Sending;
            Announce(one.Socket, packet, result);
            return result;
        }
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

        ForAway(targets, session =>
        {
            foreach (var room in rooms)
            {
                recovery!.Join(session, room);
            }
        });
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

        ForAway(targets, session =>
        {
            foreach (var room in rooms)
            {
                recovery!.Leave(session, room);
            }
        });
        return ValueTask.CompletedTask;
    }

    public ValueTask DisconnectAsync(BroadcastTargets targets, bool closeConnection, CancellationToken cancellationToken)
    {
        foreach (var socket in sockets.Select(targets))
        {
            socket.Disconnect(closeConnection);
        }

        // Whoever is thrown out while away must not come back as if nothing had been.
        ForAway(targets, session => recovery!.Lose(session));
        return ValueTask.CompletedTask;
    }

    /// <summary>There is nobody to tell.</summary>
    public ValueTask ServerSideEmitAsync(EncodedPacket packet, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    private static void Announce(ILocalSocket socket, EncodedPacket packet, EmitResult result)
    {
        if (result == EmitResult.Queued)
        {
            socket.Announce(packet);
        }
    }

    private EmitResult SendInOrder(SessionRecovery order, EncodedPacket packet, BroadcastTargets targets)
    {
        List<(ILocalSocket Socket, EmitResult Result)> sent = [];
        using (order.HoldBack())
        {
            var stamped = Stamp(packet, targets);
            foreach (var socket in sockets.Select(targets))
            {
                NoteSent(socket, targets);
                sent.Add((socket, socket.Send(stamped, targets.IsVolatile)));
            }
        }

        var result = EmitResult.Queued;
        foreach (var (socket, one) in sent)
        {
            Announce(socket, packet, one);
            result = Worse(result, one);
        }

        return result;
    }

    // Default is a scope of no lock.
    private Lock.Scope HoldBack() => recovery is null ? default : recovery.HoldBack();

    private List<(ILocalSocket Socket, Task<EmitResult> Sending)> Begin(
        EncodedPacket packet, BroadcastTargets targets, CancellationToken cancellationToken)
    {
        List<(ILocalSocket, Task<EmitResult>)> begun = [];
        using (HoldBack())
        {
            var stamped = Stamp(packet, targets);
            foreach (var socket in sockets.Select(targets))
            {
                NoteSent(socket, targets);
                begun.Add((socket, recovery is null
                    ? socket.SendAsync(stamped, cancellationToken).AsTask()
                    : socket.SendAheadAsync(stamped, cancellationToken).AsTask()));
            }
        }

        return begun;
    }

    private EncodedPacket Stamp(EncodedPacket packet, BroadcastTargets targets) =>
        recovery is null || packet.Event is null ? packet
            : targets.IsVolatile ? recovery.Mark(packet)
            : recovery.Log(packet, targets);

    private void NoteSent(ILocalSocket socket, BroadcastTargets targets)
    {
        if (!targets.IsVolatile)
        {
            recovery?.HandleSent(socket);
        }
    }

    private void ForAway(BroadcastTargets targets, Action<RecoverySession> act)
    {
        if (recovery is null)
        {
            return;
        }

        using (recovery.HoldBack())
        {
            foreach (var session in recovery.SelectAway(targets))
            {
                act(session);
            }
        }
    }

    // A socket that ended meanwhile is no receiver.
    private static EmitResult Worse(EmitResult sofar, EmitResult next) => (sofar, next) switch
    {
        (EmitResult.Dropped, _) or (_, EmitResult.Dropped) => EmitResult.Dropped,
        (EmitResult.Skipped, _) or (_, EmitResult.Skipped) => EmitResult.Skipped,
        _ => EmitResult.Queued,
    };
}
