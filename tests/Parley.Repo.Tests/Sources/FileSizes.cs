namespace Parley.Repo.Tests.Sources;

/// <summary>A file is one idea: its length is bounded, and each exemption is written down and needed.</summary>
internal static class FileSizes
{
    public const int Most = 800;

    /// <summary>From here on the report asks why.</summary>
    public const int Doubtful = 500;

    private static readonly string[] Extensions = [".cs", ".ts", ".css", ".sh", ".mjs"];

    public static bool Counts(string path) => Array.Exists(Extensions, e => path.EndsWith(e, StringComparison.Ordinal));

    /// <summary>Files that are too long, and exemptions that excuse nothing.</summary>
    /// <param name="files">Paths and their numbers of lines.</param>
    /// <param name="exemptions">The text of <c>eng/file-size-exemptions.txt</c>: on each line a path, then the reason.</param>
    public static IEnumerable<string> Violations(IEnumerable<(string Path, int Lines)> files, string exemptions)
    {
        var tooLong = files.Where(f => f.Lines > Most).ToDictionary(f => f.Path, f => f.Lines, StringComparer.Ordinal);
        var exempt = exemptions.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Where(l => l[0] != '#')
            .Select(l => l.Split(' ', 2, StringSplitOptions.TrimEntries)).ToList();

        foreach (var (path, lines) in tooLong.Where(f => !exempt.Exists(e => e[0] == f.Key)))
        {
            yield return $"{path}: {lines} lines, at most {Most}. Split it into the machines it owns.";
        }

        foreach (var line in exempt)
        {
            if (!tooLong.ContainsKey(line[0]))
            {
                yield return $"eng/file-size-exemptions.txt: {line[0]} needs no exemption (any more).";
            }
            else if (line.Length < 2)
            {
                yield return $"eng/file-size-exemptions.txt: {line[0]} gives no reason.";
            }
        }
    }
}
