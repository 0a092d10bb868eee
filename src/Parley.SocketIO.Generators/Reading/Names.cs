using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Parley.SocketIO.Generators.Reading;

/// <summary>Names of types, methods and events, as generated code writes them.</summary>
internal static class Names
{
    private static readonly SymbolDisplayFormat Annotated = SymbolDisplayFormat.FullyQualifiedFormat.AddMiscellaneousOptions(
        SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    // Names that the reference's emitters keep for themselves: Packets/ReservedNames.cs has the same.
    private static readonly string[] Reserved = ["connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener"];

    /// <summary>From <c>global::</c> on, with <c>?</c> where the declaration has it.</summary>
    public static string Of(ITypeSymbol type) => type.ToDisplayString(Annotated);

    /// <summary>The same without <c>?</c> at its end: as an argument for a type parameter whose uses say themselves whether null may be.</summary>
    public static string NotNull(ITypeSymbol type) =>
        Of(type.IsReferenceType ? type.WithNullableAnnotation(NullableAnnotation.NotAnnotated) : type);

    /// <summary>From <c>global::</c> on, as <c>typeof</c> takes it.</summary>
    public static string Plain(ITypeSymbol type) => type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);

    public static string Identifier(string name) => SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None ? name : "@" + name;

    public static string Literal(string text) => SymbolDisplay.FormatLiteral(text, quote: true);

    public static bool IsReserved(string eventName) => Reserved.Contains(eventName, StringComparer.Ordinal);

    /// <summary>A method's name in camel case, as JSON has it, and without <c>Async</c> at its end.</summary>
    public static string EventOf(IMethodSymbol method)
    {
        const string Suffix = "Async";
        var name = method.Name.EndsWith(Suffix, StringComparison.Ordinal) && method.Name.Length > Suffix.Length
            ? method.Name.Substring(0, method.Name.Length - Suffix.Length)
            : method.Name;
        var letters = name.ToCharArray();
        for (var i = 0; i < letters.Length && char.IsUpper(letters[i]); i++)
        {
            // Of "URLChanged" the C begins a word and stays.
            if (i > 0 && i + 1 < letters.Length && char.IsLower(letters[i + 1]))
            {
                break;
            }

            letters[i] = char.ToLowerInvariant(letters[i]);
        }

        return new string(letters);
    }

    /// <summary>Whether a type is this one, named without its type arguments: <c>System.Threading.Tasks.Task</c>.</summary>
    public static bool Is(ITypeSymbol? type, string @namespace, string name, int arity = 0) =>
        type is INamedTypeSymbol named
        && named.Arity == arity
        && named.Name == name
        && named.ContainingType is null
        && named.ContainingNamespace.ToDisplayString() == @namespace;

    /// <summary>Whether a type of Parley.SocketIO is meant.</summary>
    public static bool IsOurs(ITypeSymbol? type, string name, int arity = 0) => Is(type, "Parley.SocketIO", name, arity);

    public static bool IsToken(ITypeSymbol type) => Is(type, "System.Threading", "CancellationToken");

    public static AttributeData? Attribute(ISymbol symbol, string name) =>
        symbol.GetAttributes().FirstOrDefault(a => IsOurs(a.AttributeClass, name));
}
