namespace Parley.SocketIO.Namespaces;

/// <summary>The acknowledgements that a client owes on one socket.</summary>
/// <remarks>Thread-safe. Every wait ends: with the client's answer, its time limit, or the socket.</remarks>
internal sealed class PendingAcks(int max)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<ulong, TaskCompletionSource<EventArguments>> _pending = [];
    private bool _ended;

    /// <summary>How many are owed.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _pending.Count;
            }
        }
    }

    /// <summary>Begins to wait for an acknowledgement, before its event is sent.</summary>
    /// <exception cref="AckException">The socket has ended, or owes too many already.</exception>
    public Task<EventArguments> Add(ulong id)
    {
        lock (_gate)
        {
            if (_ended)
            {
                throw new AckException(AckFailure.Disconnected);
            }

            if (_pending.Count >= max)
            {
                throw new AckException(AckFailure.TooManyPending);
            }

            var source = new TaskCompletionSource<EventArguments>(TaskCreationOptions.RunContinuationsAsynchronously);
            _pending.Add(id, source);
            return source.Task;
        }
    }

    /// <summary>The client acknowledged. An id that nobody waits for (any more) is ignored.</summary>
    public void Complete(ulong id, EventArguments arguments)
    {
        TaskCompletionSource<EventArguments>? source;
        lock (_gate)
        {
            _pending.Remove(id, out source);
        }

        source?.TrySetResult(arguments);
    }

    /// <summary>Nobody waits for it any more.</summary>
    public void Forget(ulong id)
    {
        lock (_gate)
        {
            _pending.Remove(id);
        }
    }

    /// <summary>Ends all waits: the socket is gone.</summary>
    public void End()
    {
        TaskCompletionSource<EventArguments>[] sources;
        lock (_gate)
        {
            _ended = true;
            sources = [.. _pending.Values];
            _pending.Clear();
        }

        foreach (var source in sources)
        {
            source.TrySetException(new AckException(AckFailure.Disconnected));

            // Seen, although whoever waited may have given up at this very moment.
            _ = source.Task.Exception;
        }
    }
}
