namespace Parley.Repo.Tests.Documents;

public sealed class CodeExcerptTests
{
    [Fact]
    public void Every_excerpt_of_our_code_is_what_stands_there() => CodeExcerpts.Violations(Repository.Files, Repository.Read).ShouldBeNone();

    [Theory]
    [InlineData("    void Open()\n    {\n        a();\n    }")]
    [InlineData("void Open()\n{\n    a();\n}")]
    [InlineData("void Open()\n…\n    b();")]
    [InlineData("class X\n…\nvoid Close()\n…")]
    public void An_excerpt_may_be_indented_less_and_leave_lines_out(string code) => Check($"```cs src/X.cs\n{code}\n```").ShouldBeEmpty();

    [Theory]
    [InlineData("```cs src/X.cs\nvoid Open()\n{\n    b();\n```", "docs/a.md:2: from here on the excerpt is not what stands in src/X.cs: void Open()")]
    [InlineData("text\n\n```cs src/X.cs\nvoid Close()\n…\nvoid Open()\n```", "docs/a.md:6: from here on the excerpt is not what stands in src/X.cs: void Open()")]
    [InlineData("```cs src/X.cs\n{\na();\n```", "docs/a.md:2: from here on the excerpt is not what stands in src/X.cs: {")]
    [InlineData("```cs src/Y.cs\nvoid Open()\n```", "docs/a.md:2: src/Y.cs, of which this is said to be an excerpt, does not exist.")]
    public void What_is_not_in_the_file_is_reported(string markdown, string finding) => Check(markdown).ShouldBe([finding]);

    [Theory]
    [InlineData("```\nanything\n```")]
    [InlineData("```ts\nanything\n```")]
    [InlineData("```sh\nsrc/Y.cs\n```")]
    public void Code_that_names_no_file_is_nobodys(string markdown) => Check(markdown).ShouldBeEmpty();

    private static List<string> Check(string markdown)
    {
        var files = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["docs/a.md"] = markdown,
            ["src/X.cs"] = "class X\n{\n    void Open()\n    {\n        a();\n    }\n\n    void Close()\n    {\n        b();\n    }\n}\n",
        };
        return [.. CodeExcerpts.Violations(files.Keys, f => files[f])];
    }
}
