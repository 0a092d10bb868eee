using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Parley.Repo.Tests.Sources;

/// <summary>The event ids of generated log methods: written out, and unique within a project.</summary>
internal static class LoggerEvents
{
    public static IEnumerable<string> Violations(CSharpCompilation compilation)
    {
        var seen = new Dictionary<int, string>();
        foreach (var tree in compilation.SyntaxTrees)
        {
            var model = compilation.GetSemanticModel(tree);
            foreach (var attribute in tree.GetRoot().DescendantNodes().OfType<AttributeSyntax>().Where(a => a.Name.ToString() is "LoggerMessage" or "LoggerMessageAttribute"))
            {
                var place = $"{tree.FilePath}:{tree.GetLineSpan(attribute.Span).StartLinePosition.Line + 1}";
                // A level is a constant number too; an id is one of type int.
                if (EventId(attribute) is not { } expression
                    || model.GetTypeInfo(expression).Type is not { SpecialType: SpecialType.System_Int32 }
                    || model.GetConstantValue(expression) is not { Value: int id })
                {
                    yield return $"{place}: the log message has no event id.";
                }
                else if (!seen.TryAdd(id, place))
                {
                    yield return $"{place}: the event id {id} is taken by {seen[id]}.";
                }
            }
        }
    }

    private static ExpressionSyntax? EventId(AttributeSyntax attribute)
    {
        var arguments = attribute.ArgumentList?.Arguments ?? default;
        var named = arguments.FirstOrDefault(a => (a.NameEquals?.Name ?? a.NameColon?.Name)?.Identifier.ValueText is "EventId" or "eventId");

        // [LoggerMessage(1, LogLevel.Debug, "…")] gives the id by place; [LoggerMessage(LogLevel.Debug, "…")] gives none.
        return (named ?? arguments.FirstOrDefault(a => a is { NameEquals: null, NameColon: null }))?.Expression;
    }
}
