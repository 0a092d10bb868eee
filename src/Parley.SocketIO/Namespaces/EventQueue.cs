namespace Parley.SocketIO.Namespaces;

/// <summary>
/// Runs the event handlers of one socket, in the order of arrival and so many at a time, off the thread that reads from the client:
/// acknowledgements go on arriving while a handler waits for one.
/// </summary>
internal sealed class EventQueue<T>(Func<T, ValueTask> handle, int maxParallel, int maxCount, int maxBytes)
{
    private readonly Lock _gate = new();
    private readonly Queue<(T Item, int Size)> _queue = new();
    private TaskCompletionSource? _room;
    private Action? _whenDrained;
    private long _bytes;
    private int _workers;
    private bool _started;
    private bool _completed;

    /// <summary>Whether a handler runs or will; before the start it counts as one.</summary>
    public bool IsBusy
    {
        get
        {
            lock (_gate)
            {
                return !_started || _workers > 0 || _queue.Count > 0;
            }
        }
    }

    private bool IsOverfull => _queue.Count >= maxCount || _bytes >= maxBytes;

    /// <summary>Lets the handlers run; what came before waits until now.</summary>
    public void Start()
    {
        lock (_gate)
        {
            _started = true;
            for (var i = _queue.Count; i > 0; i--)
            {
                StartWorker();
            }
        }

        RunIfDrained();
    }

    /// <summary>
    /// Adds an item. The task ends when there is room for the next one. After completion the item is dropped.
    /// </summary>
    public ValueTask EnqueueAsync(T item, int size)
    {
        lock (_gate)
        {
            if (_completed)
            {
                return ValueTask.CompletedTask;
            }

            _queue.Enqueue((item, size));
            _bytes += size;
            StartWorker();
            if (!IsOverfull)
            {
                return ValueTask.CompletedTask;
            }

            _room ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return new ValueTask(_room.Task);
        }
    }

    /// <summary>
    /// Takes nothing more. Once what was taken has been handled (or dropped, if <paramref name="dropQueued"/>), and no handler
    /// runs any more, <paramref name="whenDrained"/> is called, once.
    /// </summary>
    public void Complete(bool dropQueued, Action whenDrained)
    {
        lock (_gate)
        {
            if (_completed)
            {
                return;
            }

            _completed = true;
            _whenDrained = whenDrained;
            if (dropQueued)
            {
                _queue.Clear();
            }

            _room?.TrySetResult();
        }

        RunIfDrained();
    }

    // One for each item that comes, as long as more are allowed: whether those at work are about to look again or busy with a
    // long handler cannot be known. One too many finds nothing to do.
    private void StartWorker()
    {
        if (_started && _workers < maxParallel)
        {
            _workers++;
            ThreadPool.UnsafeQueueUserWorkItem(static queue => queue.Work(), this, preferLocal: false);
        }
    }

    // The loop is owned by the queue: it handles its own errors, and completion waits for it.
    private async void Work()
    {
        while (TryDequeue(out var item))
        {
            await handle(item);
        }

        RunIfDrained();
    }

    private bool TryDequeue(out T item)
    {
        lock (_gate)
        {
            if (!_queue.TryDequeue(out var next))
            {
                item = default!;
                _workers--;
                return false;
            }

            item = next.Item;
            _bytes -= next.Size;
            if (_room is { } room && !IsOverfull)
            {
                _room = null;
                room.TrySetResult();
            }

            return true;
        }
    }

    private void RunIfDrained()
    {
        Action? whenDrained;
        lock (_gate)
        {
            if (!_completed || !_started || _workers > 0 || _queue.Count > 0)
            {
                return;
            }

            (whenDrained, _whenDrained) = (_whenDrained, null);
        }

        if (whenDrained is not null)
        {
            ThreadPool.UnsafeQueueUserWorkItem(static action => action(), whenDrained, preferLocal: false);
        }
    }
}
