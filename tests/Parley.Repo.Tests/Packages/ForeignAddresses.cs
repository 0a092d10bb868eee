using System.Text.RegularExpressions;

namespace Parley.Repo.Tests.Packages;

/// <summary>Addresses that have no place in a repository: package registries, download links, folders of somebody's machine.</summary>
internal static class ForeignAddresses
{
    // Spelled in two halves, so that this file does not hold what it looks for.
    private static readonly string[] Forbidden =
    [
        "registry." + "npmjs", "registry." + "yarnpkg", "api.nuget" + ".org", "npm" + "mirror", "art" + "ifactory", "/-/" + "npm",
        "/wo" + "rk/", "/tmp/" + "wt", "/tmp/" + "briefs", "/ro" + "ot/", "/Use" + "rs/",
    ];

    private static readonly Regex Home = new("/ho" + "me/[a-z]");

    private static readonly Regex Resolved = new("\"resol" + "ved\"\\s*:\\s*\"https?:");

    public static IEnumerable<string> Violations(string path, string text)
    {
        foreach (var (number, line) in text.Split('\n').Index())
        {
            var found = Array.Find(Forbidden, f => line.Contains(f, StringComparison.OrdinalIgnoreCase))
                ?? (Home.Match(line) is { Success: true } home ? home.Value : null)
                ?? (Resolved.Match(line) is { Success: true } resolved ? resolved.Value : null);
            if (found is not null)
            {
                yield return $"{path}:{number + 1}: '{found}' does not belong here.";
            }
        }
    }
}
