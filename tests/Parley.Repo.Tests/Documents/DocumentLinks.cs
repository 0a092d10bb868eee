namespace Parley.Repo.Tests.Documents;

/// <summary>Follows every relative link of the repository's documents.</summary>
internal static class DocumentLinks
{
    /// <summary>The links that lead nowhere, one line each.</summary>
    /// <param name="files">Every file of the repository, with <c>/</c>.</param>
    /// <param name="read">Gives the text of a file.</param>
    public static IEnumerable<string> Violations(IReadOnlyCollection<string> files, Func<string, string> read)
    {
        var known = files.ToHashSet(StringComparer.Ordinal);
        var folders = files.SelectMany(Ancestors).ToHashSet(StringComparer.Ordinal);
        var documents = files.Where(f => f.EndsWith(".md", StringComparison.Ordinal)).ToDictionary(f => f, f => MarkdownDocument.Parse(read(f)), StringComparer.Ordinal);

        foreach (var (path, document) in documents)
        {
            foreach (var (target, line) in document.Links.Where(l => !Uri.TryCreate(l.Target, UriKind.Absolute, out _) || l.Target.StartsWith('/')))
            {
                var parts = target.Split('#', 2);
                var file = parts[0].Length == 0 ? path : Resolve(path, Uri.UnescapeDataString(parts[0]));
                if (!known.Contains(file) && !folders.Contains(file))
                {
                    yield return $"{path}:{line}: {target} leads nowhere.";
                }
                else if (parts.Length > 1 && documents.TryGetValue(file, out var other) && !other.Anchors.Contains(parts[1]))
                {
                    yield return $"{path}:{line}: {file} has no heading #{parts[1]}.";
                }
            }
        }
    }

    /// <summary>A path relative to the document, or to the repository when it starts with a slash; empty for the repository itself.</summary>
    public static string Resolve(string document, string target)
    {
        var segments = target.StartsWith('/') ? [] : document.Split('/')[..^1].ToList();
        foreach (var segment in target.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(s => s != "."))
        {
            if (segment != "..")
            {
                segments.Add(segment);
            }
            else if (segments.Count > 0)
            {
                segments.RemoveAt(segments.Count - 1);
            }
            else
            {
                return "(outside the repository)";
            }
        }

        return string.Join('/', segments);
    }

    private static IEnumerable<string> Ancestors(string file)
    {
        for (var end = file.LastIndexOf('/'); end >= 0; end = end > 0 ? file.LastIndexOf('/', end - 1) : -1)
        {
            yield return file[..end];
        }

        yield return string.Empty;
    }
}
