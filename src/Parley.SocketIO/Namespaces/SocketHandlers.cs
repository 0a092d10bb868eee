using System.Collections.Immutable;
using Parley.SocketIO.Packets;

namespace Parley.SocketIO.Namespaces;

/// <summary>What the application wants to hear of one socket, and the border at which its exceptions stop.</summary>
internal sealed class SocketHandlers(Socket socket)
{
    private ImmutableDictionary<string, ImmutableArray<Func<SocketEvent, ValueTask>>> _handlers =
        ImmutableDictionary.Create<string, ImmutableArray<Func<SocketEvent, ValueTask>>>(StringComparer.Ordinal);

    private ImmutableArray<Action<DisconnectReason>> _disconnecting = [];
    private ImmutableArray<Action<DisconnectReason>> _disconnected = [];

    public CatchAll<Func<SocketEvent, ValueTask>> Any { get; } = new();

    public CatchAll<Action<OutgoingEvent>> AnyOutgoing { get; } = new();

    public EventFilters Filters { get; } = new(socket);

    /// <summary>Whether the disconnecting handlers have run, so that the rooms are gone.</summary>
    public bool HaveEnded { get; private set; }

    public void Add(string name, Func<SocketEvent, ValueTask> handler) =>
        ImmutableInterlocked.AddOrUpdate(ref _handlers, name, [handler], (_, existing) => existing.Add(handler));

    public void AddDisconnecting(Action<DisconnectReason> handler) =>
        ImmutableInterlocked.Update(ref _disconnecting, static (all, added) => all.Add(added), handler);

    public void AddDisconnected(Action<DisconnectReason> handler) =>
        ImmutableInterlocked.Update(ref _disconnected, static (all, added) => all.Add(added), handler);

    public async Task HandleConnectionAsync()
    {
        foreach (var handler in socket.Namespace.ConnectionHandlers)
        {
            try
            {
                await handler(socket);
            }
            catch (Exception e)
            {
                SocketLog.ConnectionHandlerFailed(Logger, e, socket.Id, socket.Namespace.Name);
            }
        }
    }

    public async ValueTask HandleAsync(Packet packet)
    {
        if (Any.Entries.IsEmpty && Filters.IsEmpty && !_handlers.ContainsKey(packet.Event!))
        {
            SocketLog.EventWithoutHandler(Logger, packet.Event!, socket.Id);
            return;
        }

        var received = new SocketEvent(socket, packet.Event!, packet.Arguments!, packet.AckId);
        try
        {
            if (Filters.IsEmpty || await Filters.AcceptAsync(received))
            {
                await HandleAcceptedAsync(received);
            }
        }
        finally
        {
            await DisposeScopeAsync(received);
        }
    }

    /// <summary>An event has been queued for the client.</summary>
    public void HandleOutgoing(EncodedPacket packet)
    {
        var listeners = AnyOutgoing.Entries;
        if (listeners.IsEmpty || packet.Event is null)
        {
            return;
        }

        var sent = new OutgoingEvent(socket, packet);
        foreach (var (_, listener) in listeners)
        {
            try
            {
                listener(sent);
            }
            catch (Exception e)
            {
                SocketLog.OutgoingListenerFailed(Logger, e, sent.Name, socket.Id);
            }
        }
    }

    public void HandleEnd(DisconnectReason reason)
    {
        Run(_disconnecting, reason);
        socket.Namespace.LocalSockets.Rooms.LeaveAll(socket);
        HaveEnded = true;
        Run(_disconnected, reason);
    }

    private Microsoft.Extensions.Logging.ILogger Logger => socket.Namespace.Server.Logger;

    private async ValueTask HandleAcceptedAsync(SocketEvent received)
    {
        foreach (var (_, listener) in Any.Entries)
        {
            await HandleAsync(listener, received);
        }

        // Looked up only now: a filter may have added or removed what handles the event.
        if (_handlers.TryGetValue(received.Name, out var handlers))
        {
            foreach (var handler in handlers)
            {
                await HandleAsync(handler, received);
            }
        }
    }

    private async ValueTask HandleAsync(Func<SocketEvent, ValueTask> handler, SocketEvent received)
    {
        try
        {
            await handler(received);
        }
        catch (EventRefusedException e)
        {
            Filters.Tell(received, e.Result);
        }
        catch (InvalidArgumentException e)
        {
            SocketLog.InvalidArguments(Logger, e, received.Name, socket.Id);
        }
        catch (OperationCanceledException) when (socket.ConnectionAborted.IsCancellationRequested)
        {
            // The handler noticed that its client is gone.
        }
        catch (Exception e)
        {
            SocketLog.EventHandlerFailed(Logger, e, received.Name, socket.Id);
        }
    }

    private async ValueTask DisposeScopeAsync(SocketEvent received)
    {
        try
        {
            await received.DisposeScopeAsync();
        }
        catch (Exception e)
        {
            SocketLog.EventHandlerFailed(Logger, e, received.Name, socket.Id);
        }
    }

    private void Run(ImmutableArray<Action<DisconnectReason>> handlers, DisconnectReason reason)
    {
        foreach (var handler in handlers)
        {
            try
            {
                handler(reason);
            }
            catch (Exception e)
            {
                SocketLog.DisconnectHandlerFailed(Logger, e, socket.Id);
            }
        }
    }
}
