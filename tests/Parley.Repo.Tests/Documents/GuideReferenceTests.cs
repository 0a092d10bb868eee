using System.Text.RegularExpressions;

namespace Parley.Repo.Tests.Documents;

/// <summary>The panel "How this call works" names sections of the guide, without links: they must be there all the same.</summary>
public sealed partial class GuideReferenceTests
{
    [Fact]
    public void Every_section_that_the_panel_names_stands_in_the_guide()
    {
        var headings = Headings().Matches(Repository.Read("docs/guides/how-a-call-works.md")).Select(m => m.Groups["title"].Value).ToList();
        var named = References().Matches(Repository.Read("web/src/ui/strings/en-story.ts")).Select(m => m.Groups["section"].Value).ToList();

        named.Count.ShouldBeGreaterThan(3);
        named.Where(section => !headings.Contains(section, StringComparer.Ordinal)).Select(section => $"The guide has no section \"{section}\".").ShouldBeNone();
    }

    [GeneratedRegex("""^## (?<title>.+?)\r?$""", RegexOptions.Multiline)]
    private static partial Regex Headings();

    // Ranges of sections are no headings.
    [GeneratedRegex("""^\s*\w+Guide: "(?<section>\d[^"]*)",""", RegexOptions.Multiline)]
    private static partial Regex References();
}
