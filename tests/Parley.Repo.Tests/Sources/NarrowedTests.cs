using System.Text.RegularExpressions;

namespace Parley.Repo.Tests.Sources;

/// <summary>Tests that are written but do not run: skipped ones, and those that another test narrows away.</summary>
internal static partial class NarrowedTests
{
    public static IEnumerable<string> Violations(string path, string text)
    {
        var pattern = path.EndsWith(".cs", StringComparison.Ordinal) ? CSharp() : TypeScript();
        foreach (var (number, line) in text.Split('\n').Index())
        {
            if (pattern.Match(line) is { Success: true } match)
            {
                yield return $"{path}:{number + 1}: '{match.Value}' keeps tests from running.";
            }
        }
    }

    public static bool Counts(string path) =>
        (path.EndsWith(".cs", StringComparison.Ordinal) && path.StartsWith("tests/", StringComparison.Ordinal))
        || Regex.IsMatch(path, @"\.(test|spec)\.m?[jt]s$");

    [GeneratedRegex("""\b(Skip|SkipWhen|SkipUnless|SkipType)\s*=|\bAssert\.Skip\w*|\bExplicit\s*=\s*true""")]
    private static partial Regex CSharp();

    [GeneratedRegex("""\b(it|test|describe|suite)(\.\w+)*\.(only|skip|skipIf|runIf|todo|fails)\b|\b(xit|xdescribe|fit|fdescribe)\s*\(""")]
    private static partial Regex TypeScript();
}
