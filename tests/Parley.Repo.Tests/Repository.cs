using System.Diagnostics;

namespace Parley.Repo.Tests;

/// <summary>The working tree under test: every file that git tracks or would track.</summary>
internal static class Repository
{
    /// <summary>Absolute path of the folder that holds <c>Parley.slnx</c>.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Paths relative to <see cref="Root"/>, with <c>/</c>. Files not yet added count, ignored ones do not.</summary>
    public static IReadOnlyList<string> Files { get; } = ListFiles();

    public static string Absolute(string path) => Path.Combine(Root, path.Replace('/', Path.DirectorySeparatorChar));

    public static string Read(string path) => File.ReadAllText(Absolute(path));

    public static IEnumerable<string> FilesBelow(string folder, string extension) =>
        Files.Where(f => f.StartsWith(folder + "/", StringComparison.Ordinal) && f.EndsWith(extension, StringComparison.Ordinal));

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Parley.slnx")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"No Parley.slnx above {AppContext.BaseDirectory}.");
    }

    private static List<string> ListFiles()
    {
        var start = new ProcessStartInfo("git") { WorkingDirectory = Root, RedirectStandardOutput = true, UseShellExecute = false };
        // The checkout may belong to another user than the one who runs the tests, as in most build containers.
        foreach (var argument in (string[])["-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others", "--exclude-standard"])
        {
            start.ArgumentList.Add(argument);
        }

        using var git = Process.Start(start) ?? throw new InvalidOperationException("git could not be started.");
        var output = git.StandardOutput.ReadToEnd();
        git.WaitForExit();
        if (git.ExitCode != 0)
        {
            throw new InvalidOperationException("git ls-files failed: the repository tests need a git checkout.");
        }

        // A file deleted but not yet staged is still listed.
        return [.. output.Split('\0', StringSplitOptions.RemoveEmptyEntries).Where(f => File.Exists(Path.Combine(Root, f))).Order(StringComparer.Ordinal)];
    }
}
