namespace Parley.Server.Limits;

/// <summary>
/// An <see cref="Allowance"/> for each address. Bounded: when there are too many, the address that was silent for the longest time is
/// forgotten, which gives it a new allowance. Whoever has that many addresses is not held up by a bound per address anyway, and nobody else
/// must be kept out because of it.
/// </summary>
/// <remarks>Not thread-safe.</remarks>
internal sealed class AddressAllowances(RateLimit limit, int maxAddresses, TimeProvider time)
{
    private readonly Dictionary<AddressBlock, LinkedListNode<Entry>> _entries = [];
    private readonly LinkedList<Entry> _bySilence = [];

    /// <summary>How many addresses are remembered.</summary>
    public int Count => _entries.Count;

    /// <summary>Once more from this address would be too often. Asking costs nothing and is not remembered.</summary>
    public bool IsSpent(AddressBlock address) => _entries.TryGetValue(address, out var node) && node.Value.Allowance.IsSpent;

    /// <summary>Takes note of one more from this address.</summary>
    /// <returns>False when it is too often; it does not count then.</returns>
    public bool TrySpend(AddressBlock address)
    {
        if (!_entries.TryGetValue(address, out var node))
        {
            Forget();
            node = _bySilence.AddLast(new Entry(address, new(limit, time)));
            _entries.Add(address, node);
        }

        node.Value.SpentAt = time.GetTimestamp();
        _bySilence.Remove(node);
        _bySilence.AddLast(node);
        return node.Value.Allowance.TrySpend();
    }

    private void Forget()
    {
        while (_bySilence.First is { Value: var oldest }
            && (_entries.Count >= maxAddresses || time.GetElapsedTime(oldest.SpentAt) >= limit.Recovery))
        {
            _entries.Remove(oldest.Address);
            _bySilence.RemoveFirst();
        }
    }

    private sealed class Entry(AddressBlock address, Allowance allowance)
    {
        public AddressBlock Address { get; } = address;

        public Allowance Allowance { get; } = allowance;

        public long SpentAt { get; set; }
    }
}
