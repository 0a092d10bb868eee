using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Parley.Repo.Tests.Sources;

/// <summary>Where things stand and what they are called.</summary>
public sealed partial class LayoutTests
{
    private static readonly string[] Code = [".cs", ".ts", ".mjs", ".js", ".css", ".html", ".sh"];

    [Fact]
    public void Every_project_is_part_of_the_solution()
    {
        var listed = XElement.Parse(Repository.Read("Parley.slnx")).Descendants("Project").Select(p => p.Attribute("Path")!.Value);
        var present = Repository.Files.Where(f => f.EndsWith(".csproj", StringComparison.Ordinal));

        listed.Order(StringComparer.Ordinal).ShouldBe(present.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_product_project_has_its_tests()
    {
        foreach (var project in Repository.FilesBelow("src", ".csproj").Select(p => Path.GetFileNameWithoutExtension(p)))
        {
            Repository.Files.Contains($"tests/{project}.Tests/{project}.Tests.csproj", StringComparer.Ordinal).ShouldBeTrue(project);
        }
    }

    [Fact]
    public void Composition_roots_stay_short_enough_to_be_read_at_a_glance() => Repository.FilesBelow("src", "/Program.cs")
        .Where(f => File.ReadLines(Repository.Absolute(f)).Count() >= 80).Select(f => $"{f}: a composition root has less than 80 lines.").ShouldBeNone();

    [Fact]
    public void A_sample_is_small_enough_to_be_read_before_it_is_run() => Repository.FilesBelow("samples", ".cs")
        .Where(f => File.ReadLines(Repository.Absolute(f)).Count() >= 100).Select(f => $"{f}: a file of a sample has less than 100 lines.").ShouldBeNone();

    [Fact]
    public void Every_standard_with_a_page_stands_in_the_list_of_standards()
    {
        var list = Repository.Read("docs/rfc/README.md");

        Repository.FilesBelow("docs/rfc", ".md").Select(f => Path.GetFileName(f)).Where(f => f != "README.md" && !list.Contains($"({f})", StringComparison.Ordinal))
            .Select(f => $"docs/rfc/{f} is not listed in docs/rfc/README.md.").ShouldBeNone();
    }

    [Fact]
    public void Nothing_is_named_after_being_useful() => Repository.Files.Where(f => VagueName().IsMatch(f))
        .Select(f => $"{f}: name it after what it is.").ShouldBeNone();

    [Fact]
    public void Nothing_is_put_off_in_a_comment()
    {
        Repository.Files.Where(f => Array.Exists(Code, e => f.EndsWith(e, StringComparison.Ordinal)))
            .SelectMany(f => Repository.Read(f).Split('\n').Index().Where(l => PutOff().IsMatch(l.Item)).Select(l => $"{f}:{l.Index + 1}: {l.Item.Trim()}"))
            .ShouldBeNone();
    }

    [Fact]
    public void Every_decision_stands_in_the_list_of_decisions()
    {
        var list = Repository.Read("docs/adr/README.md");

        Repository.FilesBelow("docs/adr", ".md").Select(f => Path.GetFileName(f)).Where(f => f != "README.md" && !list.Contains($"({f})", StringComparison.Ordinal))
            .Select(f => $"docs/adr/{f} is not listed in docs/adr/README.md.").ShouldBeNone();
    }

    [Theory]
    [InlineData("src/P/Helpers/A.cs", true)]
    [InlineData("src/P/StringUtils.cs", true)]
    [InlineData("web/src/call/utils.ts", true)]
    [InlineData("src/P/RoomManager.cs", true)]
    [InlineData("src/P/Rooms/Room.cs", false)]
    public void A_vague_name_is_recognised(string path, bool vague) => VagueName().IsMatch(path).ShouldBe(vague);

    [GeneratedRegex("""(?i:(^|/)(helpers?|util(s|ities|ity)?|managers?|misc|common)(/|\.))|(Helpers?|Utils?|Utilities|Utility|Managers?)\.(cs|ts)$""")]
    private static partial Regex VagueName();

    // Spelled in two halves, so that this file does not hold what it looks for.
    [GeneratedRegex("\\b(TO" + "DO|FIX" + "ME|HA" + "CK|XX" + "X)\\b")]
    private static partial Regex PutOff();
}
