using System.Text.RegularExpressions;

namespace Parley.Repo.Tests.Arrows;

/// <summary>Finds which folders of the web client know which folders and npm packages, by their imports (type-only ones too).</summary>
/// <remarks>
/// Packages that only tests use are nobody's arrow. Tests are <c>*.test.ts</c> and what lies in a <c>testing</c> folder; the product
/// may not know them.
/// </remarks>
internal static partial class TypeScriptArrows
{
    /// <summary>The part that stands for everything beyond the tree: nothing may see it.</summary>
    public const string Outside = "outside";

    public static IEnumerable<Dependency> Find(IReadOnlyCollection<(string Path, string Text)> files, FolderMap folders)
    {
        var known = files.Select(f => f.Path).ToHashSet(StringComparer.Ordinal);
        foreach (var (path, text) in files)
        {
            if (folders.PartOf(path) is not { } from)
            {
                continue;
            }

            var code = BlankComments(text);
            foreach (Match import in Imports().Matches(code))
            {
                var specifier = import.Groups["path"].Value;
                var where = $"{path}:{code.AsSpan(0, import.Groups["path"].Index).Count('\n') + 1}";
                if (specifier.StartsWith('.'))
                {
                    var target = Resolve(path, specifier, known);
                    var isLeak = IsTest(target) && !IsTest(path);
                    yield return new Dependency(from, isLeak ? Outside : folders.PartOf(target) ?? Outside, where, specifier);
                }
                else if (!IsTest(path))
                {
                    yield return new Dependency(from, PackageOf(specifier), where, specifier);
                }
            }
        }
    }

    private static bool IsTest(string path) =>
        path.EndsWith(".test.ts", StringComparison.Ordinal) || path.Contains("/testing/", StringComparison.Ordinal);

    private static string PackageOf(string specifier) =>
        string.Join('/', specifier.Split('/').Take(specifier.StartsWith('@') ? 2 : 1));

    private static string Resolve(string importer, string specifier, HashSet<string> known)
    {
        var segments = importer.Split('/')[..^1].ToList();
        foreach (var segment in specifier.Split('?')[0].Split('/'))
        {
            if (segment == "..")
            {
                segments.RemoveRange(Math.Max(segments.Count - 1, 0), Math.Min(segments.Count, 1));
            }
            else if (segment != ".")
            {
                segments.Add(segment);
            }
        }

        var path = string.Join('/', segments);
        var stem = path.EndsWith(".js", StringComparison.Ordinal) ? path[..^3] : path;
        return ((string[])[path, stem + ".ts", path + "/index.ts"]).FirstOrDefault(known.Contains, path);
    }

    /// <summary>Comments become blanks, so that positions and lines stay; strings stay as they are.</summary>
    private static string BlankComments(string text) =>
        StringsAndComments().Replace(text, m => m.Value[0] == '/' ? Blank().Replace(m.Value, " ") : m.Value);

    [GeneratedRegex("""(?:\bfrom|\bimport)\s*\(?\s*["'](?<path>[^"'\n]+)["']""", RegexOptions.ExplicitCapture)]
    private static partial Regex Imports();

    [GeneratedRegex(""" "(?:\\.|[^"\\\n])*" | '(?:\\.|[^'\\\n])*' | /\*[\s\S]*?\*/ | //[^\n]* """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex StringsAndComments();

    [GeneratedRegex("""[^\n]""")]
    private static partial Regex Blank();
}
