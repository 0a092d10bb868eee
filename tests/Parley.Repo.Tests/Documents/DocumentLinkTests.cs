namespace Parley.Repo.Tests.Documents;

public sealed class DocumentLinkTests
{
    [Fact]
    public void Every_relative_link_of_the_documents_leads_somewhere() => DocumentLinks.Violations(Repository.Files, Repository.Read).ShouldBeNone();

    [Theory]
    [InlineData("[a](missing.md)", "docs/a.md:1: missing.md leads nowhere.")]
    [InlineData("![a](../images/x.png)", "docs/a.md:1: ../images/x.png leads nowhere.")]
    [InlineData("[a](b.md#nothing)", "docs/a.md:1: docs/b.md has no heading #nothing.")]
    [InlineData("[a](#nothing)", "docs/a.md:1: docs/a.md has no heading #nothing.")]
    [InlineData("[a](../../etc/passwd)", "docs/a.md:1: ../../etc/passwd leads nowhere.")]
    [InlineData("[a]: missing.md", "docs/a.md:1: missing.md leads nowhere.")]
    [InlineData("<img src=\"x.png\" alt=\"\">", "docs/a.md:1: x.png leads nowhere.")]
    public void A_link_that_leads_nowhere_is_reported(string markdown, string finding) => Check(markdown).ShouldBe([finding]);

    [Theory]
    [InlineData("[a](b.md) [b](../src/P/X.cs#L3) [c](../src) [d](/docs/b.md) [e](../) [f](b.md \"B\")")]
    [InlineData("[a](b.md#offer-answer-candidate) [b](b.md#media-1) [c](b.md#what-addx-does)")]
    [InlineData("[a](https://example.org/nowhere) [b](mailto:a@example.org)")]
    [InlineData("`[a](missing.md)`")]
    [InlineData("```\n[a](missing.md)\n```")]
    public void A_link_that_leads_somewhere_or_elsewhere_is_not(string markdown) => Check(markdown).ShouldBeEmpty();

    private static List<string> Check(string markdown)
    {
        var files = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["docs/a.md"] = markdown,
            ["docs/b.md"] = "# offer, answer, candidate\n## media\n### media\n## What `AddX()` does\n",
            ["src/P/X.cs"] = "",
        };
        return [.. DocumentLinks.Violations(files.Keys, f => files[f])];
    }
}
