namespace Parley.Repo.Tests.Documents;

public sealed class CodeLinkTests
{
    /// <summary>Set to 1, documents are brought up to date before they are judged.</summary>
    private const string Switch = "UPDATE_DOCS";

    [Fact]
    public void Every_link_to_a_line_leads_to_the_code_that_it_names()
    {
        if (Environment.GetEnvironmentVariable(Switch) == "1")
        {
            foreach (var file in Repository.Files.Where(f => f.EndsWith(".md", StringComparison.Ordinal)))
            {
                var before = Repository.Read(file);
                var after = CodeLinks.Update(file, before, Repository.Files, Repository.Read);
                if (after != before)
                {
                    File.WriteAllText(Repository.Absolute(file), after);
                }
            }
        }

        CodeLinks.Violations(Repository.Files, Repository.Read).ShouldBeNone();
    }

    [Theory]
    [InlineData("[`Open()`](../src/X.cs#L3)")]
    [InlineData("[`Open()`, which opens](../src/X.cs#L3-L5)")]
    [InlineData("[`void   Open()`](/src/X.cs#L3)")]
    [InlineData("see [`Open()`](../src/X.cs#L3), [`Close()`](../src/X.cs#L5) and [the file](../src/X.cs)")]
    [InlineData("[`void` of `Open`](../src/X.cs#L3)")]
    [InlineData("| [`a[0] \\| b`](../src/X.cs#L4) |")]
    [InlineData("`[nothing](../src/X.cs#L9)`")]
    [InlineData("```\n[nothing](../src/X.cs#L9)\n```")]
    [InlineData("[`Open()`](https://example.org/src/X.cs#L9)")]
    public void A_link_that_names_what_stands_there_is_right(string markdown) => Check(markdown).ShouldBeEmpty();

    [Theory]
    [InlineData("[`Open()`](../src/X.cs#L2)", "`Open()` stands on line 3 of src/X.cs, not on 2. " + CodeLinks.Remedy)]
    [InlineData("[`Open()`](../src/X.cs#L99)", "`Open()` stands on line 3 of src/X.cs, not on 99. " + CodeLinks.Remedy)]
    [InlineData("[`Opens()`](../src/X.cs#L3)", "`Opens()` stands nowhere in src/X.cs; line 3 is `void Open()`.")]
    [InlineData("[`Opens()`](../src/X.cs#L99)", "`Opens()` stands nowhere in src/X.cs; line 99 is beyond its end.")]
    [InlineData("[`Opens()`](../src/X.cs#L0)", "`Opens()` stands nowhere in src/X.cs; line 0 is beyond its end.")]
    [InlineData("[`void`](../src/X.cs#L1)", "`void` does not stand on line 1 of src/X.cs, but on 3, 5: say more of the line, or name the right one.")]
    [InlineData("[`void` and `Shut`](../src/X.cs#L3)", "`void` and `Shut` stands nowhere in src/X.cs; line 3 is `void Open()`.")]
    [InlineData("[here](../src/X.cs#L3)", "the link to line 3 of src/X.cs says in its text what stands there: [`code`](file#L3).")]
    public void A_link_that_names_something_else_is_reported(string markdown, string finding) => Check(markdown).ShouldBe(["docs/a.md:1: " + finding]);

    [Theory]
    [InlineData("first half](../src/X.cs#L3)")]
    [InlineData("[`Open()`]: ../src/X.cs#L3")]
    [InlineData("<a href=\"../src/X.cs#L3\">`Open()`</a>")]
    public void A_link_that_cannot_name_what_stands_there_is_reported(string markdown) =>
        Check(markdown).ShouldHaveSingleItem().ShouldStartWith("docs/a.md:1: a link to a line says in its text what stands there");

    [Fact]
    public void Links_follow_code_that_moved_and_leave_all_else_alone()
    {
        const string before = "# A\n\n[`Open()`](../src/X.cs#L1), [`Close()`](../src/X.cs#L9-L12) or [`void`](../src/X.cs#L1)\n\n```\n[`Open()`](../src/X.cs#L1)\n```\n";
        const string after = "# A\n\n[`Open()`](../src/X.cs#L3), [`Close()`](../src/X.cs#L5) or [`void`](../src/X.cs#L1)\n\n```\n[`Open()`](../src/X.cs#L1)\n```\n";

        CodeLinks.Update("docs/a.md", before, Files(before).Keys, f => Files(before)[f]).ShouldBe(after);
    }

    private static List<string> Check(string markdown) => [.. CodeLinks.Violations(Files(markdown).Keys, f => Files(markdown)[f])];

    private static Dictionary<string, string> Files(string markdown) => new(StringComparer.Ordinal)
    {
        ["docs/a.md"] = markdown,
        ["src/X.cs"] = "class X\r\n{\r\n    void  Open()\n    { a[0] | b }\n    void Close()\n}\n",
    };
}
