namespace Parley.TurnLoad;

/// <summary>Which packets of one flow were sent, and which have come back. Those between two marks count.</summary>
internal sealed class Ledger
{
    private readonly List<bool> _returned = [];
    private int _first;
    private int _end = int.MaxValue;

    /// <summary>The number of the next packet.</summary>
    public int Next => _returned.Count;

    public int Duplicated { get; private set; }

    /// <summary>Later ones than this had come back before.</summary>
    public int Overtaken { get; private set; }

    private int _last = -1;

    public void Sent() => _returned.Add(false);

    /// <summary>Whether it was sent, has not come back before, and counts.</summary>
    public bool Returned(int sequence)
    {
        if ((uint)sequence >= (uint)_returned.Count || _returned[sequence])
        {
            Duplicated++;
            return false;
        }

        _returned[sequence] = true;
        Overtaken += sequence < _last ? 1 : 0;
        _last = Math.Max(_last, sequence);
        return sequence >= _first && sequence < _end;
    }

    /// <summary>What is sent from now on counts.</summary>
    public void BeginCounting() => (_first, _end) = (Next, int.MaxValue);

    /// <summary>What is sent from now on does not count.</summary>
    public void EndCounting() => _end = Next;

    /// <summary>Of those that count: how many were sent, and how many of them have come back.</summary>
    public (int Sent, int Returned) Count()
    {
        int end = Math.Min(_end, Next);
        int returned = 0;
        for (int i = _first; i < end; i++)
        {
            returned += _returned[i] ? 1 : 0;
        }

        return (end - _first, returned);
    }
}
