using System.Text.RegularExpressions;

namespace Parley.Repo.Tests.Documents;

/// <summary>The links of a Markdown file, the anchors that others can point at, and what is prose and what is code.</summary>
internal sealed partial class MarkdownDocument
{
    private MarkdownDocument(
        IReadOnlyList<(string Target, int Line)> links, IReadOnlySet<string> anchors, IReadOnlyList<(string Text, int Line)> prose, IReadOnlyList<CodeFence> fences)
    {
        Links = links;
        Anchors = anchors;
        Prose = prose;
        Fences = fences;
    }

    public IReadOnlyList<(string Target, int Line)> Links { get; }

    /// <summary>As GitHub makes them from headings, and explicit <c>id</c>s.</summary>
    public IReadOnlySet<string> Anchors { get; }

    /// <summary>The lines outside of fences, as they are.</summary>
    public IReadOnlyList<(string Text, int Line)> Prose { get; }

    public IReadOnlyList<CodeFence> Fences { get; }

    public static MarkdownDocument Parse(string text)
    {
        var links = new List<(string, int)>();
        var anchors = new HashSet<string>(StringComparer.Ordinal);
        var proseLines = new List<(string, int)>();
        var fences = new List<CodeFence>();
        var fence = string.Empty;
        foreach (var (number, line) in text.Split('\n').Index())
        {
            var start = Fence().Match(line).Value.Trim();
            if (fence.Length > 0)
            {
                fence = start.StartsWith(fence, StringComparison.Ordinal) ? string.Empty : fence;
                if (fence.Length > 0)
                {
                    fences[^1].Lines.Add(line.TrimEnd('\r'));
                }

                continue;
            }

            if (start.Length > 0)
            {
                fence = start;
                fences.Add(new CodeFence(line.Trim()[start.Length..].Trim(), [], number + 2));
                continue;
            }

            proseLines.Add((line, number + 1));
            if (Heading().Match(line) is { Success: true } heading)
            {
                AddUnique(anchors, Slug(heading.Groups["title"].Value));
            }

            anchors.UnionWith(Ids().Matches(line).Select(m => m.Groups["id"].Value));
            var prose = Code().Replace(line, "");
            links.AddRange(Targets().Matches(prose).Select(m => (m.Groups["target"].Value, number + 1)));
        }

        return new MarkdownDocument(links, anchors, proseLines, fences);
    }

    private static void AddUnique(HashSet<string> anchors, string slug)
    {
        var unique = slug;
        for (var i = 1; !anchors.Add(unique); i++)
        {
            unique = $"{slug}-{i}";
        }
    }

    /// <summary>Lower case; letters, digits, hyphens and underscores stay, spaces become hyphens, all else goes.</summary>
    private static string Slug(string title)
    {
        var words = LinkText().Replace(title.Trim().TrimEnd('#').Trim(), "${text}");
        return string.Concat(words.ToLowerInvariant()
            .Where(c => char.IsLetterOrDigit(c) || c is ' ' or '-' or '_')
            .Select(c => c == ' ' ? '-' : c));
    }

    [GeneratedRegex("""^\s{0,3}(`{3,}|~{3,})""")]
    private static partial Regex Fence();

    [GeneratedRegex("""^\s{0,3}#{1,6}\s+(?<title>.+)$""")]
    private static partial Regex Heading();

    [GeneratedRegex("""\b(?:id|name)="(?<id>[^"]+)" """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Ids();

    [GeneratedRegex("""(`+)(?:(?!\1).)+\1""")]
    private static partial Regex Code();

    [GeneratedRegex("""!?\[(?<text>[^\]]*)\]\([^)]*\)""")]
    private static partial Regex LinkText();

    // [text](target "title"), ![alt](target), [label]: target, <img src="target">, <a href="target">
    [GeneratedRegex("""\]\(\s*<?(?<target>[^)\s>]+)|^\s{0,3}\[[^\]]+\]:\s+<?(?<target>[^\s>]+)|\b(?:src|href)="(?<target>[^"]+)" """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Targets();
}
