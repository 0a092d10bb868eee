using System.Collections.Immutable;

namespace Parley.SocketIO.Namespaces;

/// <summary>What decides whether one socket's events reach their handlers, and tells those who sent what was refused.</summary>
internal sealed class EventFilters(Socket socket)
{
    private static readonly EventResult Failed = EventResult.Refuse("Internal error");

    private ImmutableArray<Func<SocketEvent, ValueTask<EventResult>>> _filters = [];
    private ImmutableArray<Action<SocketEvent, EventResult>> _errorHandlers = [];

    public bool IsEmpty => _filters.IsEmpty;

    public void Add(Func<SocketEvent, ValueTask<EventResult>> filter) =>
        ImmutableInterlocked.Update(ref _filters, static (all, added) => all.Add(added), filter);

    public void AddErrorHandler(Action<SocketEvent, EventResult> handler) =>
        ImmutableInterlocked.Update(ref _errorHandlers, static (all, added) => all.Add(added), handler);

    /// <summary>Runs the filters in order. False when one refused; whoever sent the event, or an error handler, knows then.</summary>
    public async ValueTask<bool> AcceptAsync(SocketEvent received)
    {
        foreach (var filter in _filters)
        {
            var result = await RunAsync(filter, received);
            if (!result.IsAccepted)
            {
                Tell(received, result);
                return false;
            }
        }

        return true;
    }

    private async ValueTask<EventResult> RunAsync(Func<SocketEvent, ValueTask<EventResult>> filter, SocketEvent received)
    {
        try
        {
            return await filter(received);
        }
        catch (EventRefusedException e)
        {
            return e.Result;
        }
        catch (InvalidArgumentException e)
        {
            SocketLog.InvalidArguments(socket.Namespace.Server.Logger, e, received.Name, socket.Id);
            return EventResult.Refuse("Invalid arguments");
        }
        catch (OperationCanceledException) when (socket.ConnectionAborted.IsCancellationRequested)
        {
            // The filter noticed that its client is gone.
            return Failed;
        }
        catch (Exception e)
        {
            SocketLog.EventFilterFailed(socket.Namespace.Server.Logger, e, received.Name, socket.Id);
            return Failed;
        }
    }

    /// <summary>Whoever sent the event knows that it was refused, or an error handler does.</summary>
    public void Tell(SocketEvent received, EventResult result)
    {
        SocketLog.EventRefused(socket.Namespace.Server.Logger, received.Name, socket.Id, result.Message!);
        if (received.HasAck)
        {
            received.AckError(result);
            return;
        }

        foreach (var handler in _errorHandlers)
        {
            try
            {
                handler(received, result);
            }
            catch (Exception e)
            {
                SocketLog.EventHandlerFailed(socket.Namespace.Server.Logger, e, received.Name, socket.Id);
            }
        }
    }
}
