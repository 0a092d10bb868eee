using Parley.SocketIO.Adapters;
using Parley.SocketIO.Packets;

namespace Parley.SocketIO.Namespaces;

/// <summary>What goes out to one client in one namespace, and what that client owes for it.</summary>
internal sealed class SocketOutbox(Socket socket, SocketConnection connection, SocketHandlers handlers, int maxPendingAcks)
{
    private readonly PendingAcks _acks = new(maxPendingAcks);
    private readonly BroadcastTargets _self = new([socket.Id], []);

    /// <summary>How many acknowledgements the client owes.</summary>
    public int PendingAckCount => _acks.Count;

    private SocketNamespace Namespace => socket.Namespace;

    /// <summary>Queues a packet of the application, and tells its listeners.</summary>
    public EmitResult Send(EncodedPacket packet, bool isVolatile = false)
    {
        if (!IsKept(packet))
        {
            return Announced(packet, Deliver(packet, isVolatile));
        }

        return isVolatile ? socket.Connected ? Namespace.Adapter.Send(packet, _self with { IsVolatile = true }) : EmitResult.Closed
            : socket.MayRecover ? Namespace.Adapter.Send(packet, _self)
            : EmitResult.Closed;
    }

    /// <summary>The same when there is room.</summary>
    public async ValueTask<EmitResult> SendAsync(EncodedPacket packet, CancellationToken cancellationToken)
    {
        if (!IsKept(packet))
        {
            return Announced(packet, await DeliverAsync(packet, cancellationToken));
        }

        return socket.MayRecover ? await Namespace.Adapter.SendAsync(packet, _self, cancellationToken) : EmitResult.Closed;
    }

    /// <summary>Queues a packet for this connection, as it is.</summary>
    public EmitResult Deliver(EncodedPacket packet, bool isVolatile) =>
        !socket.Connected ? EmitResult.Closed
            : isVolatile ? connection.Channel.SendVolatile(packet)
            : connection.Channel.Send(packet);

    /// <summary>The same when there is room.</summary>
    public ValueTask<EmitResult> DeliverAsync(EncodedPacket packet, CancellationToken cancellationToken) =>
        socket.Connected ? connection.Channel.SendAsync(packet, cancellationToken) : new(EmitResult.Closed);

    /// <summary>The same at once; the task ends when there is room again.</summary>
    public ValueTask<EmitResult> DeliverAheadAsync(EncodedPacket packet, CancellationToken cancellationToken) =>
        socket.Connected ? connection.Channel.SendAheadAsync(packet, cancellationToken) : new(EmitResult.Closed);

    /// <summary>Queues an event that many are asked; the answer.</summary>
    public async Task<EventArguments> AskAsync(EncodedPacket packet, ulong ackId, bool isVolatile)
    {
        var acknowledged = _acks.Add(ackId);
        return Announced(packet, Deliver(packet, isVolatile)) == EmitResult.Queued
            ? await acknowledged
            : throw new AckException(AckFailure.Disconnected);
    }

    public async Task<EventArguments> EmitWithAckAsync<TState>(
        string name, TState state, Action<ArgumentWriter, TState> writeArguments, AckTerms terms, CancellationToken cancellationToken)
    {
        var id = Namespace.NextAckId();
        var packet = Namespace.Server.Encoder.Event(Namespace.Name, name, id, state, writeArguments);
        packet.IsIncompressible = !terms.Compress;
        var acknowledged = _acks.Add(id);
        try
        {
            var sent = Announced(packet, Deliver(packet, terms.IsVolatile));
            if (sent != EmitResult.Queued)
            {
                throw new AckException(sent == EmitResult.Skipped ? AckFailure.Skipped : AckFailure.Disconnected);
            }

            return await acknowledged.WaitAsync(terms.Limit, Namespace.Server.Time, cancellationToken);
        }
        catch (TimeoutException)
        {
            throw new AckException(AckFailure.TimedOut);
        }
        finally
        {
            _acks.Forget(id);
        }
    }

    /// <summary>The client acknowledged.</summary>
    public void Acknowledge(ulong id, EventArguments arguments) => _acks.Complete(id, arguments);

    /// <summary>Nobody waits for that acknowledgement any more.</summary>
    public void Forget(ulong id) => _acks.Forget(id);

    /// <summary>No acknowledgement comes any more.</summary>
    public void End() => _acks.End();

    // What is recovered must be numbered with all the rest of the namespace. Acknowledgements, and what asks for them, is not.
    private bool IsKept(EncodedPacket packet) => packet.Event is not null && Namespace.Adapter.Recovery is not null;

    private EmitResult Announced(EncodedPacket packet, EmitResult result)
    {
        if (result == EmitResult.Queued)
        {
            handlers.HandleOutgoing(packet);
        }

        return result;
    }
}
