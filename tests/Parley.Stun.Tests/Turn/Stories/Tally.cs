namespace Parley.Stun.Tests.Turn.Stories;

/// <summary>What happened in all stories together: a generator that never comes to the interesting places finds nothing there.</summary>
internal sealed class Tally
{
    private readonly SortedDictionary<string, int> _counts = new(StringComparer.Ordinal);

    public int this[string what] => _counts.GetValueOrDefault(what);

    public void Add(string what) => _counts[what] = this[what] + 1;

    public override string ToString() => string.Join(", ", _counts.Select(count => $"{count.Key}: {count.Value}"));
}
