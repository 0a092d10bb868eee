namespace Parley.Repo.Tests;

internal static class Findings
{
    /// <summary>Fails with one finding per line, so that an editor can jump to each.</summary>
    public static void ShouldBeNone(this IEnumerable<string> findings)
    {
        var lines = findings.ToList();
        Assert.True(lines.Count == 0, $"{lines.Count} finding(s):\n{string.Join('\n', lines)}\n");
    }
}
