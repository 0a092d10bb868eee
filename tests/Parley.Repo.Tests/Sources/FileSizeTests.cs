namespace Parley.Repo.Tests.Sources;

public sealed class FileSizeTests(ITestOutputHelper output)
{
    [Fact]
    public void No_source_file_is_longer_than_a_reader_can_hold()
    {
        var files = Repository.Files.Where(FileSizes.Counts).Select(f => (Path: f, Lines: File.ReadLines(Repository.Absolute(f)).Count())).ToList();
        foreach (var (path, lines) in files.Where(f => f.Lines > FileSizes.Doubtful).OrderByDescending(f => f.Lines))
        {
            output.WriteLine($"{lines} lines, why? {path}");
        }

        files.ShouldNotBeEmpty();
        FileSizes.Violations(files, Repository.Read("eng/file-size-exemptions.txt")).ShouldBeNone();
    }

    [Fact]
    public void A_file_of_800_lines_passes_and_one_of_801_does_not()
    {
        FileSizes.Violations([("a.cs", 800), ("b.cs", 801)], "").ShouldBe(["b.cs: 801 lines, at most 800. Split it into the machines it owns."]);
    }

    [Fact]
    public void An_exemption_with_a_reason_excuses_one_file()
    {
        FileSizes.Violations([("a.cs", 801), ("b.cs", 801)], "# path reason\na.cs a table of the standard\n").ShouldHaveSingleItem().ShouldStartWith("b.cs");
    }

    [Fact]
    public void An_exemption_that_is_not_needed_or_not_explained_is_reported()
    {
        FileSizes.Violations([("a.cs", 801), ("b.cs", 12)], "a.cs\nb.cs it was long").ShouldBe(
        [
            "eng/file-size-exemptions.txt: a.cs gives no reason.",
            "eng/file-size-exemptions.txt: b.cs needs no exemption (any more).",
        ]);
    }
}
