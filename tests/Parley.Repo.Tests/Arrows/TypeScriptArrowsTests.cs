namespace Parley.Repo.Tests.Arrows;

public sealed class TypeScriptArrowsTests
{
    [Theory]
    [InlineData("import { a } from \"../rtc/peer.ts\";", "rtc")]
    [InlineData("import type { A } from '../rtc/peer';", "rtc")]
    [InlineData("export * from \"../rtc/peer.js\";", "rtc")]
    [InlineData("import \"../rtc/peer.css\";", "rtc")]
    [InlineData("import text from \"../rtc/icon.svg?raw\";", "rtc")]
    [InlineData("const m = await import(\"../rtc/peer.ts\");", "rtc")]
    [InlineData("import {\n  a,\n  b,\n} from \"../rtc\";", "rtc")]
    [InlineData("import \"../main\";", "main.ts")]
    [InlineData("import \"../words.ts\";", "root")]
    [InlineData("import { html } from \"lit\";", "lit")]
    [InlineData("import { map } from \"lit/directives/map.js\";", "lit")]
    [InlineData("import \"@fontsource/inter/400.css\";", "@fontsource/inter")]
    [InlineData("import json from \"../../package.json\";", "outside")]
    public void An_import_is_a_dependency(string code, string to) => Find(code).ShouldHaveSingleItem().To.ShouldBe(to);

    [Theory]
    [InlineData("// import { a } from \"../rtc/peer.ts\";")]
    [InlineData("/* import \"../rtc/peer.ts\"; */")]
    public void A_comment_is_none(string code) => Find(code).ShouldBeEmpty();

    [Theory]
    [InlineData("web/src/ui/a.test.ts")]
    [InlineData("web/src/ui/testing/world.ts")]
    public void A_package_that_only_a_test_uses_is_none(string path)
    {
        var section = ArrowMap.Parse("x:\n ui → nothing")["x"];

        TypeScriptArrows.Find([(path, "import { it } from \"vitest\";")], new FolderMap("web/src", section)).ShouldBeEmpty();
    }

    [Fact]
    public void Test_code_is_outside_for_the_product()
    {
        var section = ArrowMap.Parse("x:\n ui → nothing")["x"];
        (string, string)[] files = [("web/src/ui/a.ts", "import { world } from \"./testing/world.js\";"), ("web/src/ui/testing/world.ts", "")];

        TypeScriptArrows.Find(files, new FolderMap("web/src", section)).ShouldHaveSingleItem().To.ShouldBe(TypeScriptArrows.Outside);
    }

    [Fact]
    public void The_place_is_the_line_of_the_import()
    {
        Find("/* one\n two */\nimport \"../rtc/peer.ts\";").ShouldHaveSingleItem().Where.ShouldBe("web/src/ui/view.ts:3");
    }

    private static List<Dependency> Find(string code)
    {
        (string, string)[] files =
        [
            ("web/src/ui/view.ts", code), ("web/src/rtc/index.ts", ""), ("web/src/rtc/peer.ts", ""), ("web/src/main.ts", ""), ("web/src/words.ts", ""),
        ];
        var section = ArrowMap.Parse("x:\n main.ts → ui → rtc")["x"];
        return [.. TypeScriptArrows.Find(files, new FolderMap("web/src", section))];
    }
}
