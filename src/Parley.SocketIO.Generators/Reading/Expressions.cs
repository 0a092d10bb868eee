using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Parley.SocketIO.Generators.Reading;

/// <summary>C# that makes a constant, or an attribute, again.</summary>
internal static class Expressions
{
    /// <summary><c>new TheAttribute(…) { Name = … }</c>.</summary>
    public static string Of(AttributeData attribute)
    {
        var arguments = string.Join(", ", attribute.ConstructorArguments.Select(Of));
        var named = string.Join(", ", attribute.NamedArguments.Select(n => $"{Names.Identifier(n.Key)} = {Of(n.Value)}"));
        return $"new {Names.Plain(attribute.AttributeClass!)}({arguments}){(named.Length > 0 ? $" {{ {named} }}" : "")}";
    }

    public static string Of(TypedConstant constant)
    {
        if (constant.IsNull)
        {
            return constant.Type is { } type ? $"default({Names.Plain(type)})!" : "null!";
        }

        return constant.Kind switch
        {
            TypedConstantKind.Type => $"typeof({Names.Plain((ITypeSymbol)constant.Value!)})",
            TypedConstantKind.Array => $"new {Names.Plain(constant.Type!)} {{ {string.Join(", ", constant.Values.Select(Of))} }}",
            _ => Of(constant.Value!, constant.Type!),
        };
    }

    /// <summary>A parameter's default value.</summary>
    public static string DefaultOf(IParameterSymbol parameter) => parameter.ExplicitDefaultValue is { } value
        ? Of(value, parameter.Type)
        : $"default({Names.Plain(parameter.Type)})!";

    private static string Of(object value, ITypeSymbol type)
    {
        var literal = SymbolDisplay.FormatPrimitive(value, quoteStrings: true, useHexadecimalNumbers: false);
        return value is string or bool or char
            ? literal
            : $"({Names.Plain(type)})({literal}{(value is decimal ? "m" : "")})";
    }
}
