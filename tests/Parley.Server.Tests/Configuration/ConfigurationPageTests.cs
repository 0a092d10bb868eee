using System.Text.RegularExpressions;

namespace Parley.Server.Tests.Configuration;

public sealed partial class ConfigurationPageTests
{
    [Fact]
    public void The_page_lists_exactly_the_keys_that_the_server_reads()
    {
        var reader = ParleyOptionsTests.Reader(
            ("IceServers:0:Urls", "stun:example.org"), ("Turn:Users:0:Name", "ada"), ("Turn:Users:0:Password", "lovelace"),
            ("Webhooks:0:Url", "https://example.org"), ("Webhooks:0:Secrets", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"));
        ParleyOptions.Read(reader);

        var documented = Key().Matches(File.ReadAllText(PagePath())).Select(match => match.Groups["key"].Value);

        documented.ShouldBe(reader.KnownKeys, ignoreOrder: true);
    }

    private static string PagePath()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Parley.slnx")))
        {
            folder = folder.Parent;
        }

        return Path.Combine(folder.FullName, "docs", "configuration.md");
    }

    [GeneratedRegex(@"^\| `(?<key>Parley:[^`]+)` \|", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Key();
}
