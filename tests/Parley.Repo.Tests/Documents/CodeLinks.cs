using System.Globalization;
using System.Text.RegularExpressions;

namespace Parley.Repo.Tests.Documents;

/// <summary>
/// Links to lines of code: <c>[`code`](../src/P/X.cs#L12)</c>. A click leads to the line, and the code in the link's text is what stands there.
/// </summary>
internal static partial class CodeLinks
{
    public const string Remedy = "UPDATE_DOCS=1 dotnet run --project tests/Parley.Repo.Tests puts it right.";

    /// <summary>The links to lines on which something else stands, one line each.</summary>
    /// <param name="files">Every file of the repository, with <c>/</c>.</param>
    /// <param name="read">Gives the text of a file.</param>
    public static IEnumerable<string> Violations(IReadOnlyCollection<string> files, Func<string, string> read)
    {
        var known = files.ToHashSet(StringComparer.Ordinal);
        foreach (var path in files.Where(f => f.EndsWith(".md", StringComparison.Ordinal)))
        {
            foreach (var (text, number) in MarkdownDocument.Parse(read(path)).Prose)
            {
                foreach (var finding in Links(path, text).Where(l => known.Contains(l.File)).Select(l => l.Judge(Lines(read(l.File)))).OfType<string>())
                {
                    yield return $"{path}:{number}: {finding}";
                }

                if (Anchors().Count(BlankQuoted(text)) > Full().Count(BlankQuoted(text)))
                {
                    yield return $"{path}:{number}: a link to a line says in its text what stands there, and stands on one line itself: [`code`](file#L12).";
                }
            }
        }
    }

    /// <summary>The document with links that follow their code to where it stands now, if it stands in one place.</summary>
    public static string Update(string path, string markdown, IReadOnlyCollection<string> files, Func<string, string> read)
    {
        var known = files.ToHashSet(StringComparer.Ordinal);
        var lines = markdown.Split('\n');
        foreach (var (text, number) in MarkdownDocument.Parse(markdown).Prose)
        {
            foreach (var link in Links(path, text).Where(l => known.Contains(l.File)).Reverse())
            {
                if (link.Moved(Lines(read(link.File))) is { } line)
                {
                    lines[number - 1] = string.Concat(text.AsSpan(0, link.Anchor.Index), $"L{line}", lines[number - 1].AsSpan(link.Anchor.Index + link.Anchor.Length));
                }
            }
        }

        return string.Join('\n', lines);
    }

    private static IEnumerable<CodeLink> Links(string path, string text) => Full().Matches(BlankQuoted(text)).Select(match => new CodeLink(
        DocumentLinks.Resolve(path, Uri.UnescapeDataString(match.Groups["target"].Value)),
        match.Groups["anchor"],
        int.Parse(match.Groups["from"].Value, CultureInfo.InvariantCulture),
        [.. Code().Matches(match.Groups["text"].Value).Select(m => Squeeze(m.Groups["code"].Value.Replace(@"\|", "|", StringComparison.Ordinal)))]));

    /// <summary>A link inside code is none; what is left keeps its place.</summary>
    private static string BlankQuoted(string line) =>
        Code().Replace(line, m => m.Value.Contains("](", StringComparison.Ordinal) ? new string(' ', m.Length) : m.Value);

    private static List<string> Lines(string text) => [.. text.Split('\n').Select(Squeeze)];

    private static string Squeeze(string line) => Blank().Replace(line.Trim(), " ");

    private sealed record CodeLink(string File, Group Anchor, int Line, IReadOnlyList<string> Code)
    {
        public string? Judge(List<string> lines)
        {
            if (Code.Count == 0)
            {
                return $"the link to line {Line} of {File} says in its text what stands there: [`code`](file#L{Line}).";
            }

            if (StandsOn(lines, Line))
            {
                return null;
            }

            var code = string.Join(" and ", Code.Select(c => $"`{c}`"));
            return Places(lines) switch
            {
                [] => $"{code} stands nowhere in {File}; line {Line} is {(Line <= lines.Count && Line > 0 ? $"`{lines[Line - 1]}`" : "beyond its end")}.",
                [var line] => $"{code} stands on line {line} of {File}, not on {Line}. {Remedy}",
                var many => $"{code} does not stand on line {Line} of {File}, but on {string.Join(", ", many)}: say more of the line, or name the right one.",
            };
        }

        /// <summary>Where the code stands, if it is not where the link says and there is one such place.</summary>
        public int? Moved(List<string> lines) => !StandsOn(lines, Line) && Places(lines) is [var line] && Code.Count > 0 ? line : null;

        private List<int> Places(List<string> lines) => [.. Enumerable.Range(1, lines.Count).Where(line => StandsOn(lines, line))];

        private bool StandsOn(List<string> lines, int line) => line > 0 && line <= lines.Count && Code.All(c => lines[line - 1].Contains(c, StringComparison.Ordinal));
    }

    // [text](target#L12), where code in the text may hold brackets.
    [GeneratedRegex("""\[(?<text>(?:`[^`]*`|[^\[\]`])*)\]\((?<target>[^)\s#]+)\#(?<anchor>L(?<from>\d{1,6})(?:-L\d{1,6})?)\)""", RegexOptions.ExplicitCapture)]
    private static partial Regex Full();

    [GeneratedRegex("""(\]\(\s*<?|\]:\s+<?|\bhref=")[^\s)>"`]*#L\d""", RegexOptions.ExplicitCapture)]
    private static partial Regex Anchors();

    [GeneratedRegex("""`(?<code>[^`]+)`""")]
    private static partial Regex Code();

    [GeneratedRegex("""\s+""")]
    private static partial Regex Blank();
}
