namespace Parley.SocketLoad;

/// <summary>How long messages took.</summary>
internal sealed class Latencies
{
    private readonly List<float> _milliseconds = new(1 << 20);

    public void Add(TimeSpan time) => _milliseconds.Add((float)time.TotalMilliseconds);

    public void Clear() => _milliseconds.Clear();

    /// <summary>In milliseconds: so long took the fastest <paramref name="part"/> of all at most; null if there were none.</summary>
    public double? Quantile(double part)
    {
        _milliseconds.Sort();
        return _milliseconds.Count == 0 ? null : _milliseconds[Math.Min(_milliseconds.Count - 1, (int)(_milliseconds.Count * part))];
    }
}
