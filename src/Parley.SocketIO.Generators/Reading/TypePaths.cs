using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Parley.SocketIO.Generators.Models;

namespace Parley.SocketIO.Generators.Reading;

/// <summary>Finds where the code that is generated into a type goes.</summary>
internal static class TypePaths
{
    public static TypePath Of(INamedTypeSymbol type)
    {
        List<string> declarations = [];
        for (var current = type; current is not null; current = current.ContainingType)
        {
            declarations.Insert(0, $"partial {Keyword(current)} {Names.Identifier(current.Name)}");
        }

        var ns = type.ContainingNamespace;
        var fullName = Names.Plain(type);
        return new(
            ns.IsGlobalNamespace ? "" : ns.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat).Substring("global::".Length),
            new(declarations),
            fullName.Substring("global::".Length).Replace("@", "") + ".g.cs",
            fullName);
    }

    /// <summary>Whether code can be generated into the type: it and all types around it are partial.</summary>
    public static bool IsPartial(INamedTypeSymbol type)
    {
        for (var current = type; current is not null; current = current.ContainingType)
        {
            var declarations = current.DeclaringSyntaxReferences.Select(r => r.GetSyntax()).OfType<TypeDeclarationSyntax>();
            if (!declarations.Any(d => d.Modifiers.Any(SyntaxKind.PartialKeyword)))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether the type or one around it is generic.</summary>
    public static bool IsGeneric(INamedTypeSymbol type)
    {
        for (var current = type; current is not null; current = current.ContainingType)
        {
            if (current.Arity > 0)
            {
                return true;
            }
        }

        return false;
    }

    private static string Keyword(INamedTypeSymbol type) => type switch
    {
        { TypeKind: TypeKind.Interface } => "interface",
        { IsRecord: true, IsValueType: true } => "record struct",
        { IsRecord: true } => "record",
        { IsValueType: true } => "struct",
        _ => "class",
    };
}
