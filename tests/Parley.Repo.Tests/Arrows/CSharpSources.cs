using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace Parley.Repo.Tests.Arrows;

/// <summary>The C# sources of the projects below <c>src/</c>, compiled without MSBuild and without source generators.</summary>
/// <remarks>
/// What a generator would add is missing, so a few identifiers stay unresolved. That hides no arrow: the type on which the
/// generated member is called is resolved. Names that no reference explains are an error (<see cref="UnknownNames"/>),
/// because they would hide arrows.
/// </remarks>
internal static class CSharpSources
{
    private static readonly string[] SdkUsings =
        ["System", "System.Collections.Generic", "System.IO", "System.Linq", "System.Net.Http", "System.Threading", "System.Threading.Tasks"];

    private static readonly string[] WebSdkUsings =
    [
        "System.Net.Http.Json", "Microsoft.AspNetCore.Builder", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Http",
        "Microsoft.AspNetCore.Routing", "Microsoft.Extensions.Configuration", "Microsoft.Extensions.DependencyInjection",
        "Microsoft.Extensions.Hosting", "Microsoft.Extensions.Logging",
    ];

    private static readonly IReadOnlyList<MetadataReference> Platform =
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(p => MetadataReference.CreateFromFile(p))];

    // Compiled once for all tests, which run side by side.
    private static readonly ConcurrentDictionary<string, Lazy<CSharpCompilation>> Compilations = new(StringComparer.Ordinal);

    /// <summary>The compilation of a project of this repository, with the projects it references.</summary>
    public static CSharpCompilation Compile(ProjectFile project) =>
        Compilations.GetOrAdd(project.Name, static (name, project) => new(() => CompileProject(project)), project).Value;

    /// <summary>A compilation of sources that need not exist on disk.</summary>
    public static CSharpCompilation Compile(
        string name, IEnumerable<(string Path, string Text)> files, IEnumerable<MetadataReference>? references = null)
    {
        var options = new CSharpParseOptions(LanguageVersion.Preview);
        return CSharpCompilation.Create(
            name,
            files.Select(f => CSharpSyntaxTree.ParseText(SourceText.From(f.Text), options, f.Path)),
            [.. Platform, .. references ?? []],
            new CSharpCompilationOptions(OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable, allowUnsafe: true));
    }

    /// <summary>A compilation of one program that uses projects of this repository and the usings of a web project.</summary>
    public static CSharpCompilation CompileProgram(string path, string text, IEnumerable<ProjectFile> projects) => Compile(
        "Sample",
        [(path, text), ("(implicit usings)", GlobalUsings(SdkUsings.Concat(WebSdkUsings)))],
        projects.Select(p => Compile(p).ToMetadataReference()));

    /// <summary>Compiler errors about names that cannot be found: a reference is missing here, or the code does not compile at all.</summary>
    public static IReadOnlyList<string> UnknownNames(CSharpCompilation compilation) =>
        [.. compilation.GetDiagnostics().Where(d => d.Id is "CS0246" or "CS0234" or "CS0103" or "CS0012").Select(d => d.ToString())];

    private static CSharpCompilation CompileProject(ProjectFile project)
    {
        var references = project.ProjectReferences.Select(r => Compile(ProjectFile.Load(r)).ToMetadataReference());
        var files = Repository.FilesBelow(project.Folder, ".cs").Select(f => (f, Repository.Read(f)));
        return Compile(project.Name, [.. files, ("(implicit usings)", GlobalUsings(project))], references);
    }

    private static string GlobalUsings(ProjectFile project) =>
        GlobalUsings(SdkUsings.Concat(project.IsWeb ? WebSdkUsings : []).Concat(project.Usings));

    private static string GlobalUsings(IEnumerable<string> namespaces) => string.Concat(namespaces.Select(n => $"global using {n};\n"));
}
