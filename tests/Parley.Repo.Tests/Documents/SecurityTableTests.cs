using System.Text.RegularExpressions;

namespace Parley.Repo.Tests.Documents;

/// <summary>docs/socketio-security.md says which test tries what: each of them must be there, and each that is named after an advisory must be listed.</summary>
public sealed partial class SecurityTableTests
{
    private const string Document = "docs/socketio-security.md";
    private const string Tests = "tests/Parley.SocketIO.Tests";

    private static readonly HashSet<string> Methods = Repository.FilesBelow(Tests, ".cs")
        .SelectMany(file => TestMethods().Matches(Repository.Read(file)).Select(match => match.Groups["name"].Value))
        .ToHashSet(StringComparer.Ordinal);

    [Fact]
    public void Every_rule_has_a_test_and_every_test_that_is_named_exists()
    {
        var rows = Rows().ToList();
        rows.Count.ShouldBeGreaterThan(40);
        rows.Where(row => row.Tests.Count == 0).Select(row => $"{Document}: no test in \"{row.Line}\".").ShouldBeNone();
        rows.SelectMany(row => row.Tests)
            .Where(test => !Methods.Contains(test))
            .Select(test => $"{Document}: {Tests} has no test {test}.")
            .ShouldBeNone();
    }

    [Fact]
    public void Every_test_of_an_advisory_is_listed()
    {
        var listed = Rows().SelectMany(row => row.Tests).ToHashSet(StringComparer.Ordinal);
        var advisories = Methods.Where(IsAboutAnAdvisory).ToList();
        advisories.Count.ShouldBeGreaterThan(20);
        advisories.Where(test => !listed.Contains(test)).Select(test => $"{Document} does not list {test}.").ShouldBeNone();
    }

    private static bool IsAboutAnAdvisory(string test) =>
        test.StartsWith("Cve_", StringComparison.Ordinal) || test.StartsWith("Ghsa_", StringComparison.Ordinal);

    /// <summary>The rows of the tables, without their heads, and the tests of the last column.</summary>
    private static IEnumerable<(string Line, IReadOnlyList<string> Tests)> Rows() => Repository.Read(Document)
        .Split('\n')
        .Where(line => line.StartsWith("| ", StringComparison.Ordinal)
            && !line.StartsWith("| ---", StringComparison.Ordinal)
            && !line.TrimEnd().EndsWith("| Test |", StringComparison.Ordinal))
        .Select(line => (line, (IReadOnlyList<string>)[.. Names().Matches(line.Split('|')[^2]).Select(match => match.Groups["name"].Value)]));

    [GeneratedRegex("""`(?<name>\w+)`""")]
    private static partial Regex Names();

    [GeneratedRegex("""public (?:async )?(?:Task|void) (?<name>[A-Z]\w*)\(""")]
    private static partial Regex TestMethods();
}
