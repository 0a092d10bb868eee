using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Parley.Repo.Tests.Arrows;

/// <summary>Finds which folders of a C# project know which: not by its using lines, but by what every identifier means.</summary>
internal static class CSharpArrows
{
    public static IEnumerable<Dependency> Find(CSharpCompilation compilation, FolderMap folders)
    {
        foreach (var tree in compilation.SyntaxTrees)
        {
            if (folders.PartOf(tree.FilePath) is not { } from)
            {
                continue;
            }

            var model = compilation.GetSemanticModel(tree);
            foreach (var node in tree.GetRoot().DescendantNodes().Where(NamesSomething))
            {
                foreach (var (to, symbol) in Declarations(model, node, compilation.Assembly, folders, from))
                {
                    var line = tree.GetLineSpan(node.Span).StartLinePosition.Line + 1;
                    yield return new Dependency(from, to, $"{tree.FilePath}:{line}", symbol.Name.Length > 0 ? symbol.Name : node.ToString());
                }
            }
        }
    }

    /// <summary>Names, and the forms that use a type or a member without naming it: <c>new()</c>, <c>x[i]</c>, <c>a + b</c>, <c>base(…)</c>.</summary>
    private static bool NamesSomething(SyntaxNode node) => node is SimpleNameSyntax
        or ImplicitObjectCreationExpressionSyntax or ElementAccessExpressionSyntax or BinaryExpressionSyntax or ConstructorInitializerSyntax;

    private static IEnumerable<(string Part, ISymbol Symbol)> Declarations(
        SemanticModel model, SyntaxNode node, IAssemblySymbol assembly, FolderMap folders, string from)
    {
        var info = model.GetSymbolInfo(node);
        // An overload that cannot be chosen, because a generated part is missing, still tells where its candidates live.
        foreach (var symbol in info.Symbol is { } one ? [one] : info.CandidateSymbols)
        {
            if (symbol is INamespaceSymbol || !SymbolEqualityComparer.Default.Equals(symbol.ContainingAssembly, assembly))
            {
                continue;
            }

            var declared = symbol.OriginalDefinition is IMethodSymbol { ReducedFrom: { } extension } ? extension : symbol.OriginalDefinition;
            var parts = declared.Locations.Where(l => l.IsInSource).Select(l => folders.PartOf(l.SourceTree!.FilePath)).OfType<string>().ToList();
            // A compiler-made member (a record's constructor) has no place of its own in some cases: its type has.
            if (parts.Count == 0 && declared.ContainingType is { } type)
            {
                parts = [.. type.Locations.Where(l => l.IsInSource).Select(l => folders.PartOf(l.SourceTree!.FilePath)).OfType<string>()];
            }

            foreach (var part in parts.Distinct(StringComparer.Ordinal).Where(p => p != from))
            {
                yield return (part, symbol);
            }
        }
    }
}
