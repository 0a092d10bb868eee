using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Parley.SocketIO.Generators.Tests;

public sealed class SuppressionTests
{
    [Fact]
    public async Task Nobody_is_asked_to_make_static_what_has_to_be_a_method_of_the_instance()
    {
        var run = GeneratorRun.Of("""
            [Namespace]
            partial class N : NamespaceHandler
            {
                [On] public int Sum(int a, int b) => a + b;
                [On("other"), Obsolete] public void Named() { }
                [OnAny] public void Hear(SocketEvent e) { }
                [Obsolete] public void Neither() { }
                public void Plain() { }
            }
            """);
        var findings = await run.Compilation
            .WithAnalyzers(
                [new EveryMethodCouldBeStatic(), new InstanceMethodSuppressor()],
                new CompilationWithAnalyzersOptions(
                    new AnalyzerOptions([]), onAnalyzerException: null, concurrentAnalysis: false, logAnalyzerExecutionTime: false,
                    reportSuppressedDiagnostics: true))
            .GetAllDiagnosticsAsync(TestContext.Current.CancellationToken);
        findings.Where(f => f.Id == "CA1822").Select(f => (f.GetMessage(null), f.IsSuppressed)).ShouldBe(
            [("Sum", true), ("Named", true), ("Hear", true), ("Neither", false), ("Plain", false)], ignoreOrder: true);
    }

    // It is run here and delivered nowhere: rules for analyzers that are do not hold.
#pragma warning disable RS1029, RS1036, RS1041, RS2008
    /// <summary>Stands for the SDK's analyzer, which is no package to refer to. It reports where that does: at the name.</summary>
    [DiagnosticAnalyzer(LanguageNames.CSharp)]
    private sealed class EveryMethodCouldBeStatic : DiagnosticAnalyzer
    {
        private static readonly DiagnosticDescriptor Rule =
            new("CA1822", "Mark members as static", "{0}", "Performance", DiagnosticSeverity.Info, isEnabledByDefault: true);

        public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [Rule];

        public override void Initialize(AnalysisContext context)
        {
            context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
            context.EnableConcurrentExecution();
            context.RegisterSyntaxNodeAction(
                node =>
                {
                    var name = ((MethodDeclarationSyntax)node.Node).Identifier;
                    node.ReportDiagnostic(Diagnostic.Create(Rule, name.GetLocation(), name.Text));
                },
                Microsoft.CodeAnalysis.CSharp.SyntaxKind.MethodDeclaration);
        }
    }
}
