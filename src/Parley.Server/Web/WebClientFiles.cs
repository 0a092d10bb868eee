using System.Diagnostics.CodeAnalysis;

namespace Parley.Server.Web;

/// <summary>
/// The built web client, in memory: a few hundred kilobytes that are the same for everyone. A request is one look into a table, so no
/// path that a stranger makes up ever reaches the file system.
/// </summary>
internal sealed class WebClientFiles
{
    private readonly Dictionary<string, WebFile> _files;

    private WebClientFiles(string folder, Dictionary<string, WebFile> files)
    {
        (Folder, _files) = (folder, files);
        Page = files.TryGetValue("/index.html", out var index) ? WebPage.Of(index) : null;
    }

    /// <summary>Where the files were looked for.</summary>
    public string Folder { get; }

    /// <summary>The page; null when the web client has not been built.</summary>
    public WebPage? Page { get; }

    /// <summary>Reads every file of the folder; a folder that is not there has none.</summary>
    public static WebClientFiles Load(string folder)
    {
        var files = new Dictionary<string, WebFile>(StringComparer.Ordinal);
        if (Directory.Exists(folder))
        {
            foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
            {
                var path = $"/{Path.GetRelativePath(folder, file).Replace(Path.DirectorySeparatorChar, '/')}";
                if (!path.Contains("/.", StringComparison.Ordinal))
                {
                    files.Add(path, WebFile.Read(file, path));
                }
            }
        }

        return new(folder, files);
    }

    public bool TryGet(string path, [NotNullWhen(true)] out WebFile? file) => _files.TryGetValue(path, out file);
}
