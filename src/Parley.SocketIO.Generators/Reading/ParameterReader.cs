using Microsoft.CodeAnalysis;
using Parley.SocketIO.Generators.Models;

namespace Parley.SocketIO.Generators.Reading;

/// <summary>Reads a method's parameters as expressions over the event <c>e</c>.</summary>
internal static class ParameterReader
{
    /// <summary>What each parameter is given.</summary>
    public static IEnumerable<string> Read(IMethodSymbol method, ICollection<Finding> findings)
    {
        List<string> arguments = [];
        var index = 0;
        foreach (var parameter in method.Parameters)
        {
            if (Obstacle(parameter) is { } obstacle)
            {
                findings.Add(Finding.At(parameter, Rules.Parameter, parameter.Name, method.Name, obstacle));
                continue;
            }

            arguments.Add(FromContext(parameter) ?? FromClient(parameter, index++));
        }

        return arguments;
    }

    /// <summary>The same for a method that hears every event.</summary>
    public static IEnumerable<string> ReadListener(IMethodSymbol method, ICollection<Finding> findings)
    {
        List<string> arguments = [];
        foreach (var parameter in method.Parameters)
        {
            var argument = parameter.RefKind != RefKind.None ? null
                : parameter.Type.SpecialType == SpecialType.System_String ? "e.Name"
                : FromContext(parameter);
            if (argument is null)
            {
                findings.Add(Finding.At(parameter, Rules.ListenerParameter, parameter.Name, method.Name));
                continue;
            }

            arguments.Add(argument);
        }

        return arguments;
    }

    /// <summary>Why no argument of an event can be this; null if one can.</summary>
    public static string? Obstacle(IParameterSymbol parameter) =>
        parameter.RefKind != RefKind.None ? "passed by reference"
        : parameter.IsParams ? "a params list"
        : Obstacle(parameter.Type);

    /// <summary>Why no JSON can become this type, nor this type JSON; null if it can, or if that is not known here.</summary>
    public static string? Obstacle(ITypeSymbol type) => type switch
    {
        IPointerTypeSymbol or IFunctionPointerTypeSymbol => "a pointer",
        { IsRefLikeType: true } => "a ref struct",
        { TypeKind: TypeKind.Delegate } => "a delegate",
        { IsTupleType: true } => "a tuple, whose fields JSON does not have",
        _ => null,
    };

    private static string? FromContext(IParameterSymbol parameter) =>
        Names.IsToken(parameter.Type) ? "e.Socket.ConnectionAborted"
        : Names.IsOurs(parameter.Type, "SocketEvent") ? "e"
        : Names.IsOurs(parameter.Type, "EventArguments") ? "e.Arguments"
        : Names.IsOurs(parameter.Type, "Socket") ? "e.Socket"
        : ServiceReader.IsMarked(parameter) ? ServiceReader.Read(parameter, "e.Services").Expression
        : null;

    private static string FromClient(IParameterSymbol parameter, int index)
    {
        var read = $"global::Parley.SocketIO.HandlerArguments.{(MayBeNull(parameter.Type) ? "Optional" : "Required")}<{Names.NotNull(parameter.Type)}>(e, {index})";
        return parameter.HasExplicitDefaultValue
            ? $"(e.Arguments.Count > {index} ? {read} : {Expressions.DefaultOf(parameter)})"
            : read;
    }

    // Without annotations nobody has promised that it is not null.
    public static bool MayBeNull(ITypeSymbol type) => type.IsValueType
        ? type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T
        : type.NullableAnnotation != NullableAnnotation.NotAnnotated;
}
