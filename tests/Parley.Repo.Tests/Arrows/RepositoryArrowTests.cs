namespace Parley.Repo.Tests.Arrows;

/// <summary>The arrows of this repository hold.</summary>
public sealed class RepositoryArrowTests
{
    private static readonly ArrowMap Map = ArrowMap.Parse(Repository.Read("eng/arrows.txt"));
    public static TheoryData<string> CSharpProjects => [.. ProjectFiles().Select(p => p.Path)];

    [Fact]
    public void Projects_reference_only_what_the_arrows_allow()
    {
        var projects = ProjectFiles().ToList();
        var dependencies = projects.SelectMany(p => p.Dependencies).ToList();
        string[] web = Repository.Files.Any(f => f.StartsWith("web/", StringComparison.Ordinal)) ? ["web"] : [];

        // Packages and frameworks exist for as long as somebody references them.
        var existing = projects.Select(p => p.Name).Concat(dependencies.Select(d => d.To)).Concat(web).ToHashSet(StringComparer.Ordinal);

        Map["projects"].Violations(existing, dependencies).ShouldBeNone();
    }

    [Theory]
    [MemberData(nameof(CSharpProjects))]
    public void Folders_of_a_project_see_only_what_the_arrows_allow(string path)
    {
        var project = ProjectFile.Load(path);
        var section = Map[$"inside {project.Folder}"];
        var folders = new FolderMap(project.Folder, section);
        var compilation = CSharpSources.Compile(project);

        CSharpSources.UnknownNames(compilation).ShouldBeNone();
        section.Violations(folders.PartsOf(Repository.FilesBelow(project.Folder, ".cs")), CSharpArrows.Find(compilation, folders)).ShouldBeNone();
    }

    [Fact]
    public void Folders_of_the_web_client_see_only_what_the_arrows_allow()
    {
        var section = Map["inside web/src"];
        var folders = new FolderMap("web/src", section);
        var files = Repository.FilesBelow("web/src", ".ts").Select(f => (f, Repository.Read(f))).ToList();

        var dependencies = TypeScriptArrows.Find(files, folders).ToList();

        // Packages exist for as long as somebody imports them.
        var packages = dependencies.Where(d => !d.What.StartsWith('.')).Select(d => d.To);
        section.Violations([.. folders.PartsOf(files.Select(f => f.f)).Union(packages, StringComparer.Ordinal)], dependencies).ShouldBeNone();
    }

    [Fact]
    public void Every_section_of_the_map_speaks_of_something_that_exists()
    {
        var known = ProjectFiles().Select(p => $"inside {p.Folder}").Concat(["projects", "inside web/src"]);

        Map.Sections.Select(s => s.Name).Except(known, StringComparer.Ordinal).ShouldBeEmpty();
    }

    private static IEnumerable<ProjectFile> ProjectFiles() => Repository.FilesBelow("src", ".csproj").Select(ProjectFile.Load);
}
