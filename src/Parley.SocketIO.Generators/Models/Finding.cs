using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Parley.SocketIO.Generators.Models;

/// <summary>A diagnostic that holds on to nothing of the compilation.</summary>
internal sealed record Finding(string RuleId, string Path, TextSpan Span, LinePositionSpan Lines, EquatableArray<string> Arguments)
{
    public static Finding At(ISymbol symbol, DiagnosticDescriptor rule, params string[] arguments)
    {
        var location = symbol.Locations.FirstOrDefault(l => l.IsInSource) ?? Location.None;
        return new(rule.Id, location.SourceTree?.FilePath ?? "", location.SourceSpan, location.GetLineSpan().Span, new(arguments));
    }

    public Diagnostic ToDiagnostic() => Diagnostic.Create(
        Rules.All.First(r => r.Id == RuleId),
        Path.Length == 0 ? Location.None : Location.Create(Path, Span, Lines),
        [.. Arguments]);
}
