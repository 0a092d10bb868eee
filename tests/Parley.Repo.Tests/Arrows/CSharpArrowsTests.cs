namespace Parley.Repo.Tests.Arrows;

public sealed class CSharpArrowsTests
{
    private const string Target = """
        namespace N;
        public class Bottom
        {
            public int Value;
            public int this[int i] => i;
            public static Bottom operator +(Bottom a, Bottom b) => a;
        }
        public record Pair(int A, int B);
        public static class Extensions { public static int Twice(this int x) => 2 * x; }
        """;

    [Theory]
    [InlineData("class T { Bottom? _b; }", "Bottom")]
    [InlineData("class T : Bottom;", "Bottom")]
    [InlineData("class T { object M() { var b = Maker.Make(); return b; } }", "Bottom")]
    [InlineData("class T { int M() => Maker.Make().Value; }", "Value")]
    [InlineData("class T { int M() => Maker.Make()[3]; }", "this[]")]
    [InlineData("class T { object M() => Maker.Make() + Maker.Make(); }", "op_Addition")]
    [InlineData("class T { int M() => 2.Twice(); }", "Twice")]
    [InlineData("class T { void M() => Maker.Take(new(1, 2)); }", ".ctor")]
    [InlineData("class T { string M() => nameof(Bottom); }", "Bottom")]
    [InlineData("using B = N.Bottom; class T { }", "Bottom")]
    public void Whatever_means_something_of_another_folder_is_a_dependency(string code, string what)
    {
        Find($"using N;\n{code}").ShouldContain(new Dependency("Top", "Low", "src/P/Top/T.cs:2", what));
    }

    [Fact]
    public void A_using_line_and_a_name_in_a_comment_are_none() => Find("using N;\n// Bottom\nclass T { string M() => \"Bottom\"; }").ShouldBeEmpty();

    [Fact]
    public void A_type_of_the_platform_is_none() => Find("class T { System.Text.StringBuilder? _b; }").ShouldBeEmpty();

    [Fact]
    public void Files_outside_every_folder_are_the_root()
    {
        Find("class T { Root? _r; }").ShouldBe([new Dependency("Top", "root", "src/P/Top/T.cs:1", "Root")]);
    }

    [Fact]
    public void A_file_that_the_map_names_is_a_part_of_its_own()
    {
        Find("class T { Program? _p; }").ShouldBe([new Dependency("Top", "Program.cs", "src/P/Top/T.cs:1", "Program")]);
    }

    [Fact]
    public void A_name_that_no_reference_explains_is_reported()
    {
        var compilation = CSharpSources.Compile("P", [("src/P/Top/T.cs", "class T { Nowhere? _n; }")]);

        CSharpSources.UnknownNames(compilation).ShouldHaveSingleItem().ShouldContain("Nowhere");
    }

    private static List<Dependency> Find(string code)
    {
        var section = ArrowMap.Parse("x:\n Program.cs → Top → Low")["x"];
        var compilation = CSharpSources.Compile("P",
        [
            ("src/P/Low/Low.cs", Target),
            ("src/P/Maker.cs", "public static class Maker { public static N.Bottom Make() => new(); public static void Take(N.Pair p) { } }"),
            ("src/P/Root.cs", "public class Root;"),
            ("src/P/Program.cs", "public class Program;"),
            ("src/P/Top/T.cs", code),
        ]);
        return [.. CSharpArrows.Find(compilation, new FolderMap("src/P", section)).Where(d => d.From == "Top")];
    }
}
