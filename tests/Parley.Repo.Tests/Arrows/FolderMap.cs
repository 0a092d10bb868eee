namespace Parley.Repo.Tests.Arrows;

/// <summary>Which part of a source tree a file belongs to.</summary>
/// <remarks>
/// A part is a top folder. Files outside every folder form the part <see cref="Root"/>, unless the map names one of them:
/// then that file is a part of its own. So a composition root (<c>Program.cs</c>, <c>main.ts</c>) may see everything while
/// the public vocabulary beside it is seen by everything.
/// </remarks>
internal sealed class FolderMap(string tree, ArrowSection section)
{
    public const string Root = "root";

    private readonly IReadOnlySet<string> _named = section.Parts;

    /// <summary>The part of a file, or null when the file lies outside the tree.</summary>
    /// <param name="file">A path relative to the repository's root.</param>
    public string? PartOf(string file)
    {
        if (!file.StartsWith(tree + "/", StringComparison.Ordinal))
        {
            return null;
        }

        var inside = file[(tree.Length + 1)..];
        var slash = inside.IndexOf('/', StringComparison.Ordinal);
        return slash >= 0 ? inside[..slash] : _named.Contains(inside) ? inside : Root;
    }

    public IReadOnlyCollection<string> PartsOf(IEnumerable<string> files) =>
        files.Select(PartOf).OfType<string>().ToHashSet(StringComparer.Ordinal);
}
