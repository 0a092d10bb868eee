using Parley.Core.Time;

namespace Parley.Stun.Turn.Server;

/// <summary>
/// Allocations by when they end: a binary heap in which each knows its place, so that one that is refreshed or gone leaves nothing behind.
/// </summary>
internal sealed class ExpiryQueue
{
    private readonly List<Allocation> _heap = [];

    public int Count => _heap.Count;

    public Allocation? First => _heap.Count == 0 ? null : _heap[0];

    /// <summary>Puts it in, or in its new place.</summary>
    public void Set(Allocation allocation, Instant expiry)
    {
        allocation.Expiry = expiry;
        if (allocation.QueueIndex < 0)
        {
            allocation.QueueIndex = _heap.Count;
            _heap.Add(allocation);
        }

        Settle(allocation);
    }

    public void Remove(Allocation allocation)
    {
        int index = allocation.QueueIndex;
        if (index < 0)
        {
            return;
        }

        Allocation last = _heap[^1];
        _heap.RemoveAt(_heap.Count - 1);
        allocation.QueueIndex = -1;
        if (last != allocation)
        {
            Place(last, index);
            Settle(last);
        }
    }

    private void Settle(Allocation allocation)
    {
        int index = allocation.QueueIndex;
        while (index > 0 && allocation.Expiry < _heap[(index - 1) / 2].Expiry)
        {
            Place(_heap[(index - 1) / 2], index);
            index = (index - 1) / 2;
        }

        while (EarlierChild(index) is { } child && child.Expiry < allocation.Expiry)
        {
            (int from, int to) = (child.QueueIndex, index);
            Place(child, to);
            index = from;
        }

        Place(allocation, index);
    }

    private Allocation? EarlierChild(int index)
    {
        int left = (index * 2) + 1;
        if (left >= _heap.Count)
        {
            return null;
        }

        return left + 1 < _heap.Count && _heap[left + 1].Expiry < _heap[left].Expiry ? _heap[left + 1] : _heap[left];
    }

    private void Place(Allocation allocation, int index)
    {
        _heap[index] = allocation;
        allocation.QueueIndex = index;
    }
}
