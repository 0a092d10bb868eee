namespace Parley.Repo.Tests.Arrows;

/// <summary>The parts of one project (or the projects of the repository) and which of them may see which.</summary>
internal sealed class ArrowSection(string name)
{
    private readonly SortedDictionary<string, SortedSet<string>> _allowed = new(StringComparer.Ordinal);

    public string Name { get; } = name;

    /// <summary>Every part that is named, at either end of an arrow.</summary>
    public IReadOnlySet<string> Parts => _allowed.Keys.Concat(_allowed.Values.SelectMany(t => t)).ToHashSet(StringComparer.Ordinal);

    public void Declare(string part) => _allowed.TryAdd(part, new SortedSet<string>(StringComparer.Ordinal));

    public void Allow(string from, string to)
    {
        Declare(from);
        Declare(to);
        _allowed[from].Add(to);
    }

    /// <summary>What is wrong, one line each: forbidden dependencies, parts that are missing on either side, cycles.</summary>
    /// <param name="existing">The parts that are really there.</param>
    /// <param name="dependencies">What they really know of each other.</param>
    public IReadOnlyList<string> Violations(IReadOnlyCollection<string> existing, IEnumerable<Dependency> dependencies)
    {
        var parts = Parts;
        return
        [
            .. parts.Except(existing, StringComparer.Ordinal).Order(StringComparer.Ordinal)
                .Select(p => $"eng/arrows.txt, {Name}: '{p}' does not exist (any more)."),
            .. existing.Except(parts, StringComparer.Ordinal).Order(StringComparer.Ordinal)
                .Select(p => $"eng/arrows.txt, {Name}: '{p}' exists and is not on the map."),
            .. Cycles(),
            .. dependencies.Where(d => d.From != d.To && !MaySee(d.From, d.To)).DistinctBy(d => (d.From, d.To, d.Where))
                .GroupBy(d => (d.From, d.To)).SelectMany(Forbidden),
        ];
    }

    /// <summary>The first places say what is wrong; a hundred more of the same would hide the next thing.</summary>
    private IEnumerable<string> Forbidden(IGrouping<(string From, string To), Dependency> places)
    {
        const int shown = 5;
        var (from, to) = places.Key;
        foreach (var place in places.Take(shown))
        {
            yield return $"{place.Where}: {from} must not see {to} ({place.What}). {Allowances(from)}";
        }

        if (places.Count() - shown is > 0 and var more)
        {
            yield return $"... and {more} more places where {from} sees {to}.";
        }
    }

    private bool MaySee(string from, string to) => _allowed.TryGetValue(from, out var targets) && targets.Contains(to);

    private string Allowances(string from) => _allowed.TryGetValue(from, out var targets) && targets.Count > 0
        ? $"On the map, {Name}: {from} → {string.Join(", ", targets)}."
        : $"On the map, {Name}: {from} → nothing.";

    /// <summary>A cycle on the map is a mistake even while no code uses it: it would allow one.</summary>
    private IEnumerable<string> Cycles()
    {
        var finished = new HashSet<string>(StringComparer.Ordinal);
        foreach (var part in _allowed.Keys)
        {
            var path = new List<string>();
            if (FindCycle(part, path, finished))
            {
                yield return $"eng/arrows.txt, {Name}: the arrows go in a circle: {string.Join(" → ", path)}.";
                yield break;
            }
        }
    }

    private bool FindCycle(string part, List<string> path, HashSet<string> finished)
    {
        if (path.IndexOf(part) is var start and >= 0)
        {
            path.RemoveRange(0, start);
            path.Add(part);
            return true;
        }

        if (finished.Contains(part))
        {
            return false;
        }

        path.Add(part);
        foreach (var next in _allowed[part])
        {
            if (FindCycle(next, path, finished))
            {
                return true;
            }
        }

        path.RemoveAt(path.Count - 1);
        finished.Add(part);
        return false;
    }
}
