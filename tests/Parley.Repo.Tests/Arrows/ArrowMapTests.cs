namespace Parley.Repo.Tests.Arrows;

public sealed class ArrowMapTests
{
    [Fact]
    public void A_chain_allows_each_step_and_no_short_cut()
    {
        var section = Section("Hosting → Namespaces → {Adapters, Packets}; Hosting → EngineIO");

        Check(section, ("Hosting", "Namespaces"), ("Namespaces", "Adapters"), ("Namespaces", "Packets"), ("Hosting", "EngineIO")).ShouldBeEmpty();
        Check(section, ("Hosting", "Packets")).ShouldHaveSingleItem();
    }

    [Fact]
    public void A_forbidden_dependency_is_reported_with_its_place_and_what_is_allowed()
    {
        var section = Section("ui → call → rtc");

        Check(section, ("ui", "rtc")).ShouldBe(["ui.ts:7: ui must not see rtc (Peer). On the map, x: ui → call."]);
        Check(section, ("rtc", "ui")).ShouldBe(["rtc.ts:7: rtc must not see ui (Peer). On the map, x: rtc → nothing."]);
    }

    [Fact]
    public void Many_places_of_one_forbidden_arrow_are_summed_up()
    {
        var places = Enumerable.Range(1, 8).Select(line => new Dependency("B", "A", $"b.cs:{line}", "Peer"));

        var findings = Section("A → B").Violations(["A", "B"], places);

        findings.Count.ShouldBe(6);
        findings[^1].ShouldBe("... and 3 more places where B sees A.");
    }

    [Fact]
    public void A_part_may_see_itself() => Check(Section("A → B"), ("A", "A")).ShouldBeEmpty();

    [Fact]
    public void An_arrow_that_names_a_missing_part_is_stale()
    {
        Section("A → B").Violations(["A"], []).ShouldBe(["eng/arrows.txt, x: 'B' does not exist (any more)."]);
    }

    [Fact]
    public void A_part_that_nobody_drew_is_reported()
    {
        Section("A → nothing").Violations(["A", "B"], []).ShouldBe(["eng/arrows.txt, x: 'B' exists and is not on the map."]);
    }

    [Fact]
    public void Arrows_in_a_circle_are_reported_though_no_code_follows_them()
    {
        Section("A → B → C → A").Violations(["A", "B", "C"], []).ShouldBe(["eng/arrows.txt, x: the arrows go in a circle: A → B → C → A."]);
    }

    [Fact]
    public void Two_ways_to_one_part_are_not_a_circle() => Section("A → {B, C} → D").Violations(["A", "B", "C", "D"], []).ShouldBeEmpty();

    [Theory]
    [InlineData("A → B")]
    [InlineData("x:\n A")]
    [InlineData("x:\n A →")]
    [InlineData("x:\n → B")]
    [InlineData("x:\nx:")]
    public void A_line_that_says_nothing_is_refused(string text) => Should.Throw<FormatException>(() => ArrowMap.Parse(text));

    [Fact]
    public void Comments_and_blank_lines_say_nothing()
    {
        ArrowMap.Parse("# a → b\n\nx: # the parts\n A → B # why")["x"].Parts.ShouldBe(["A", "B"], ignoreOrder: true);
    }

    private static ArrowSection Section(string arrows) => ArrowMap.Parse("x:\n" + arrows)["x"];

    private static IReadOnlyList<string> Check(ArrowSection section, params (string From, string To)[] dependencies) =>
        section.Violations([.. section.Parts], dependencies.Select(d => new Dependency(d.From, d.To, $"{d.From}.ts:7", "Peer")));
}
