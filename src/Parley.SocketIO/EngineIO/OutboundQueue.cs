namespace Parley.SocketIO.EngineIO;

/// <summary>What waits to be sent to one client, bounded in packets and bytes.</summary>
/// <remarks>Not thread-safe: its session's gate guards it.</remarks>
internal sealed class OutboundQueue(SocketIOOptions options, EngineMetrics metrics)
{
    private readonly Queue<OutboundPacket> _packets = new();
    private List<TaskCompletionSource>? _waiting;
    private long _bytes;

    public bool IsEmpty => _packets.Count == 0;

    /// <summary>Whether a further packet would be refused.</summary>
    public bool IsFull => _bytes >= options.MaxOutboundBytes || _packets.Count >= options.MaxOutboundPackets;

    /// <summary>Whether a sender that cares should wait: half of the bound is in use.</summary>
    public bool IsBusy => _bytes >= options.MaxOutboundBytes / 2 || _packets.Count >= options.MaxOutboundPackets / 2;

    public void Enqueue(OutboundPacket packet)
    {
        _packets.Enqueue(packet);
        _bytes += packet.Data.Length;
        metrics.OutboundQueued(packet.Data.Length);
    }

    /// <summary>The next packet, which stays counted until <see cref="Remove"/>: bytes under way are bytes waiting.</summary>
    public bool TryPeek(out OutboundPacket packet) => _packets.TryPeek(out packet);

    public void Remove()
    {
        var packet = _packets.Dequeue();
        _bytes -= packet.Data.Length;
        metrics.OutboundQueued(-packet.Data.Length);
        if (!IsBusy)
        {
            WakeWaiting();
        }
    }

    public void Clear()
    {
        metrics.OutboundQueued(-_bytes);
        _packets.Clear();
        _bytes = 0;
        WakeWaiting();
    }

    /// <summary>A task that ends when the queue is no longer busy, or is cleared.</summary>
    public Task WaitAsync()
    {
        var source = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        (_waiting ??= []).Add(source);
        return source.Task;
    }

    private void WakeWaiting()
    {
        if (_waiting is { } waiting)
        {
            _waiting = null;
            foreach (var source in waiting)
            {
                source.SetResult();
            }
        }
    }
}
