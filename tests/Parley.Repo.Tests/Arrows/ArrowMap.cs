namespace Parley.Repo.Tests.Arrows;

/// <summary>The arrows of <c>eng/arrows.txt</c>, section by section.</summary>
/// <remarks>
/// A line that ends with a colon starts a section. <c>A → B → {C, D}; B → E</c> allows A to see B, and B to see C, D and E;
/// nothing follows from A → B → C for A and C. <c>A → nothing</c> names a part that sees no other. <c>#</c> starts a comment.
/// </remarks>
internal sealed class ArrowMap
{
    private const string Nothing = "nothing";

    private readonly Dictionary<string, ArrowSection> _sections = new(StringComparer.Ordinal);

    public IReadOnlyCollection<ArrowSection> Sections => _sections.Values;

    public ArrowSection this[string section] => _sections.TryGetValue(section, out var found)
        ? found
        : throw new FormatException($"eng/arrows.txt has no section '{section}:'.");

    public static ArrowMap Parse(string text)
    {
        var map = new ArrowMap();
        ArrowSection? section = null;
        foreach (var (number, raw) in text.Split('\n').Index())
        {
            var line = raw.Split('#')[0].Trim();
            if (line.Length == 0)
            {
                continue;
            }

            if (line.EndsWith(':'))
            {
                section = new ArrowSection(line[..^1].Trim());
                if (!map._sections.TryAdd(section.Name, section))
                {
                    throw new FormatException($"eng/arrows.txt:{number + 1}: the section '{section.Name}' is there twice.");
                }

                continue;
            }

            if (section is null)
            {
                throw new FormatException($"eng/arrows.txt:{number + 1}: '{line}' stands before the first section.");
            }

            foreach (var chain in line.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            {
                ReadChain(section, chain, number + 1);
            }
        }

        return map;
    }

    private static void ReadChain(ArrowSection section, string chain, int line)
    {
        var terms = chain.Split('→', StringSplitOptions.TrimEntries).Select(ReadTerm).ToList();
        if (terms.Count < 2 || terms.Exists(t => t.Length == 0))
        {
            throw new FormatException($"eng/arrows.txt:{line}: '{chain}' is not an arrow.");
        }

        foreach (var (from, to) in terms.Zip(terms.Skip(1)))
        {
            foreach (var start in from)
            {
                section.Declare(start);
                foreach (var end in to.Where(t => t != Nothing))
                {
                    section.Allow(start, end);
                }
            }
        }
    }

    private static string[] ReadTerm(string term) =>
        term.Trim('{', '}').Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
