using Parley.Repo.Tests.Arrows;

namespace Parley.Repo.Tests.Documents;

public sealed class CodeSampleTests
{
    private static readonly List<ProjectFile> Projects = [.. Repository.FilesBelow("src", ".csproj").Select(ProjectFile.Load)];

    [Fact]
    public void Every_sample_of_the_documents_compiles() => Repository.Files.Where(f => f.EndsWith(".md", StringComparison.Ordinal))
        .SelectMany(f => CodeSamples.Violations(f, Repository.Read(f), Projects)).ShouldBeNone();

    [Fact]
    public void A_sample_that_does_not_compile_is_reported_with_its_line()
    {
        const string markdown = "# A\n\n```csharp\nvar app = WebApplication.Create(args);\napp.MapNothing();\n```\n";

        CodeSamples.Violations("a.md", markdown, Projects).ShouldHaveSingleItem().ShouldStartWith("a.md:5: ");
    }
}
