namespace Parley.Repo.Tests.Documents;

/// <summary>
/// Our own code in documents: a fence that names a file behind its language (<c>```ts web/src/main.ts</c>) shows lines of that file as they
/// are. A line that holds only <c>…</c> stands for lines left out.
/// </summary>
internal static class CodeExcerpts
{
    private const string LeftOut = "…";

    /// <summary>The excerpts that are not in their files, one line each.</summary>
    /// <param name="files">Every file of the repository, with <c>/</c>.</param>
    /// <param name="read">Gives the text of a file.</param>
    public static IEnumerable<string> Violations(IReadOnlyCollection<string> files, Func<string, string> read)
    {
        var known = files.ToHashSet(StringComparer.Ordinal);
        foreach (var path in files.Where(f => f.EndsWith(".md", StringComparison.Ordinal)))
        {
            foreach (var fence in MarkdownDocument.Parse(read(path)).Fences)
            {
                if (fence.Info.Split(' ', 2, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) is not [_, var file])
                {
                    continue;
                }

                if (!known.Contains(file))
                {
                    yield return $"{path}:{fence.Line}: {file}, of which this is said to be an excerpt, does not exist.";
                }
                else if (FirstForeign(fence.Lines, read(file).Split('\n')) is { } at)
                {
                    yield return $"{path}:{fence.Line + at}: from here on the excerpt is not what stands in {file}: {fence.Lines[at].Trim()}";
                }
            }
        }
    }

    /// <summary>Index of the first line of the first piece that is not in the file after the pieces before it.</summary>
    private static int? FirstForeign(List<string> excerpt, string[] file)
    {
        var from = 0;
        for (var start = 0; start < excerpt.Count;)
        {
            if (excerpt[start].Trim() == LeftOut)
            {
                start++;
                continue;
            }

            var end = excerpt.FindIndex(start, l => l.Trim() == LeftOut);
            var piece = excerpt[start..(end < 0 ? excerpt.Count : end)];
            var at = Enumerable.Range(from, Math.Max(0, file.Length - piece.Count - from + 1)).Where(i => Same(piece, file.AsSpan(i, piece.Count))).Cast<int?>().FirstOrDefault();
            if (at is not { } found)
            {
                return start;
            }

            from = found + piece.Count;
            start += piece.Count;
        }

        return null;
    }

    /// <summary>Equal but for an indentation that all lines have more or less of.</summary>
    private static bool Same(List<string> piece, ReadOnlySpan<string> lines)
    {
        int? shift = null;
        for (var i = 0; i < piece.Count; i++)
        {
            if (piece[i].Trim() != lines[i].Trim())
            {
                return false;
            }

            var here = Indentation(lines[i]) - Indentation(piece[i]);
            if (piece[i].Trim().Length > 0 && here != (shift ??= here))
            {
                return false;
            }
        }

        return true;
    }

    private static int Indentation(string line) => line.Length - line.TrimStart().Length;
}
