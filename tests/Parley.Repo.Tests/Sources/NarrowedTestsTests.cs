namespace Parley.Repo.Tests.Sources;

public sealed class NarrowedTestsTests
{
    private const string Own = "tests/Parley.Repo.Tests/Sources/NarrowedTests";

    [Fact]
    public void Every_test_that_is_written_runs()
    {
        // This test and its checker spell what they look for.
        Repository.Files.Where(f => NarrowedTests.Counts(f) && !f.StartsWith(Own, StringComparison.Ordinal))
            .SelectMany(f => NarrowedTests.Violations(f, Repository.Read(f))).ShouldBeNone();
    }

    [Theory]
    [InlineData("tests/A.cs", "[Fact(Skip = \"later\")]")]
    [InlineData("tests/A.cs", "Assert.SkipWhen(windows, \"no\");")]
    [InlineData("tests/A.cs", "[Fact(Explicit = true)]")]
    [InlineData("a.test.ts", "it.only(\"works\", () => {});")]
    [InlineData("a.test.ts", "describe.concurrent.skip(\"works\", () => {});")]
    [InlineData("a.test.ts", "test.skipIf(ci)(\"works\", () => {});")]
    [InlineData("a.test.ts", "xit(\"works\", () => {});")]
    public void A_test_that_does_not_run_is_reported(string path, string line) => NarrowedTests.Violations(path, line).ShouldHaveSingleItem();

    [Theory]
    [InlineData("tests/A.cs", "var rest = items.Skip(1); IsSkipped = true;")]
    [InlineData("a.test.ts", "it(\"plays only once\", () => call.skip());")]
    public void Ordinary_code_is_not(string path, string line) => NarrowedTests.Violations(path, line).ShouldBeEmpty();
}
