namespace Parley.TurnLoad;

/// <summary>How long packets took to their peer and back.</summary>
internal sealed class RoundTrips
{
    private readonly List<TimeSpan> _times = [];

    public void Add(TimeSpan time) => _times.Add(time);

    public void Clear() => _times.Clear();

    /// <summary>In milliseconds: so long took the fastest <paramref name="part"/> of all at most; null if there were none.</summary>
    public double? Quantile(double part)
    {
        if (_times.Count == 0)
        {
            return null;
        }

        _times.Sort();
        return _times[Math.Min(_times.Count - 1, (int)(_times.Count * part))].TotalMilliseconds;
    }
}
