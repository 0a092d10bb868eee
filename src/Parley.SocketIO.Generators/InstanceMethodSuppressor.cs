using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Parley.SocketIO.Generators.Reading;

namespace Parley.SocketIO.Generators;

/// <summary>
/// Keeps CA1822 from asking for methods that handle events to be static, where they use nothing of their instance: they cannot be
/// (PSIO007), and whoever followed the advice would be stopped by the compiler.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class InstanceMethodSuppressor : DiagnosticSuppressor
{
    private static readonly SuppressionDescriptor Handler = new(
        "PSIO101", "CA1822", "A method that handles events is a method of the instance that its socket has.");

    /// <inheritdoc/>
    public override ImmutableArray<SuppressionDescriptor> SupportedSuppressions { get; } = [Handler];

    /// <inheritdoc/>
    public override void ReportSuppressions(SuppressionAnalysisContext context)
    {
        foreach (var diagnostic in context.ReportedDiagnostics)
        {
            if (diagnostic.Location.SourceTree is { } tree && IsHandler(context, tree, diagnostic))
            {
                context.ReportSuppression(Suppression.Create(Handler, diagnostic));
            }
        }
    }

    private static bool IsHandler(SuppressionAnalysisContext context, SyntaxTree tree, Diagnostic diagnostic)
    {
        var node = tree.GetRoot(context.CancellationToken).FindNode(diagnostic.Location.SourceSpan);
        return context.GetSemanticModel(tree).GetDeclaredSymbol(node, context.CancellationToken) is IMethodSymbol method
            && (Names.Attribute(method, "OnAttribute") ?? Names.Attribute(method, "OnAnyAttribute")) is not null;
    }
}
