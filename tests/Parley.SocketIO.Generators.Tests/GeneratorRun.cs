using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Parley.SocketIO.Generators.Tests;

/// <summary>What comes of one source when it is compiled with the generator.</summary>
internal sealed class GeneratorRun
{
    private const string Usings = """
        global using System;
        global using System.Collections.Generic;
        global using System.Threading;
        global using System.Threading.Tasks;
        global using Parley.SocketIO;
        """;

    private static readonly CSharpParseOptions Options = new(LanguageVersion.Latest);

    private static readonly IReadOnlyList<MetadataReference> References =
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(p => MetadataReference.CreateFromFile(p))];

    private GeneratorRun(GeneratorDriver driver, Compilation compilation)
    {
        Driver = driver.RunGeneratorsAndUpdateCompilation(compilation, out var output, out var diagnostics);
        Findings = [.. diagnostics];
        Compilation = compilation;
        Problems = [.. output.GetDiagnostics().Where(d => d.Severity >= DiagnosticSeverity.Warning).Select(d => d.ToString())];
    }

    public GeneratorDriver Driver { get; }

    public Compilation Compilation { get; }

    /// <summary>What the generator reports.</summary>
    public IReadOnlyList<Diagnostic> Findings { get; }

    /// <summary>What the compiler reports about the source and what was generated, warnings among them.</summary>
    public IReadOnlyList<string> Problems { get; }

    public string Generated => string.Concat(Driver.GetRunResult().GeneratedTrees.Select(t => t.ToString()));

    public static GeneratorRun Of(string source)
    {
        var driver = CSharpGeneratorDriver.Create(
            [new SocketIOGenerator().AsSourceGenerator()],
            parseOptions: Options,
            driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));
        var compilation = CSharpCompilation.Create(
            "Application",
            [Parse(Usings, "Usings.cs"), Parse("#nullable enable\n" + source, "Source.cs")],
            References,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        return new(driver, compilation);
    }

    /// <summary>The same sources with one more beside them, as when somebody types in another file.</summary>
    public GeneratorRun Beside(string source) => new(Driver, Compilation.AddSyntaxTrees(Parse(source, "Beside.cs")));

    private static SyntaxTree Parse(string source, string path) => CSharpSyntaxTree.ParseText(source, Options, path);
}
