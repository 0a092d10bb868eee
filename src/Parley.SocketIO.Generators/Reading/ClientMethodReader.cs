using Microsoft.CodeAnalysis;
using Parley.SocketIO.Generators.Models;

namespace Parley.SocketIO.Generators.Reading;

/// <summary>Reads a method of a typed client.</summary>
internal static class ClientMethodReader
{
    private const string Tasks = "System.Threading.Tasks";

    /// <summary>The method; null if it cannot emit an event.</summary>
    /// <param name="method">The method.</param>
    /// <param name="place">What to show when something is wrong with it.</param>
    /// <param name="findings">Gets what is wrong.</param>
    public static ClientMethodModel? Read(IMethodSymbol method, ISymbol place, ICollection<Finding> findings)
    {
        var before = findings.Count;
        var name = Names.Attribute(method, "EventNameAttribute")?.ConstructorArguments.FirstOrDefault().Value as string ?? Names.EventOf(method);
        if (Names.IsReserved(name))
        {
            findings.Add(Finding.At(place, Rules.ReservedName, method.Name, name));
        }

        var (kind, answer) = ReadResult(method);
        if (kind is null)
        {
            findings.Add(Finding.At(
                place,
                Rules.ReturnType,
                method.Name,
                method.ReturnType.ToDisplayString(),
                "a typed client's method returns void, EmitResult, ValueTask<EmitResult>, Task, Task<T> or Task<IReadOnlyList<BroadcastAnswer<T>>>"));
        }

        var waits = kind is not (ClientMethodKind.Emit or ClientMethodKind.EmitWithResult);
        var token = -1;
        foreach (var (parameter, index) in method.Parameters.Select((p, i) => (p, i)))
        {
            var obstacle = Obstacle(parameter, waits, hasToken: token >= 0);
            if (obstacle is not null)
            {
                findings.Add(Finding.At(
                    parameter.Locations.Any(l => l.IsInSource) ? parameter : place, Rules.Parameter, parameter.Name, method.Name, obstacle));
            }

            token = Names.IsToken(parameter.Type) ? index : token;
        }

        return findings.Count > before
            ? null
            : new(
                name,
                Names.Plain(method.ContainingType),
                Names.Identifier(method.Name),
                method.ReturnsVoid ? "void" : Names.Of(method.ReturnType),
                kind!.Value,
                answer,
                new(method.Parameters.Select(p => Names.Of(p.Type))),
                token);
    }

    private static string? Obstacle(IParameterSymbol parameter, bool waits, bool hasToken)
    {
        if (Names.IsToken(parameter.Type) && parameter.RefKind == RefKind.None)
        {
            return !waits ? "a CancellationToken of a method that does not wait" : hasToken ? "a second CancellationToken" : null;
        }

        return Names.IsOurs(parameter.Type, "EventArguments") || Names.IsOurs(parameter.Type, "SocketEvent")
            ? "what was received"
            : ParameterReader.Obstacle(parameter);
    }

    private static (ClientMethodKind? Kind, string Answer) ReadResult(IMethodSymbol method)
    {
        var type = method.ReturnType;
        if (method.ReturnsVoid)
        {
            return (ClientMethodKind.Emit, "");
        }

        if (Names.IsOurs(type, "EmitResult") && !method.ReturnsByRef && !method.ReturnsByRefReadonly)
        {
            return (ClientMethodKind.EmitWithResult, "");
        }

        if (Names.Is(type, Tasks, "Task"))
        {
            return (ClientMethodKind.Ask, "");
        }

        var result = type is INamedTypeSymbol { Arity: 1 } named ? named.TypeArguments[0] : null;
        return Names.Is(type, Tasks, "ValueTask", 1) && Names.IsOurs(result, "EmitResult") ? (ClientMethodKind.EmitAsync, "")
            : Names.Is(type, Tasks, "Task", 1) ? ReadAnswer(result!)
            : (null, "");
    }

    private static (ClientMethodKind? Kind, string Answer) ReadAnswer(ITypeSymbol result)
    {
        if (Names.IsOurs(result, "EventArguments"))
        {
            return (ClientMethodKind.AskForArguments, "");
        }

        if (Names.Is(result, "System.Collections.Generic", "IReadOnlyList", 1)
            && ((INamedTypeSymbol)result).TypeArguments[0] is INamedTypeSymbol answer
            && Names.IsOurs(answer, "BroadcastAnswer", 1))
        {
            var each = answer.TypeArguments[0];
            return ParameterReader.Obstacle(each) is null ? (ClientMethodKind.AskAll, Names.Of(each)) : (null, "");
        }

        // What an acknowledgement cannot be: the result of an emit, and what has to be waited for.
        return Names.IsOurs(result, "EmitResult") || ParameterReader.Obstacle(result) is not null || result.GetMembers("GetAwaiter").Any()
            ? (null, "")
            : (ParameterReader.MayBeNull(result) ? ClientMethodKind.AskForOptionalAnswer : ClientMethodKind.AskForAnswer, Names.Of(result));
    }
}
