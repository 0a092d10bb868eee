using Microsoft.CodeAnalysis;
using Parley.SocketIO.Generators.Models;

namespace Parley.SocketIO.Generators.Reading;

/// <summary>Reads the methods of a namespace's class that handle events.</summary>
internal static class HandlerMethodReader
{
    private const string Tasks = "System.Threading.Tasks";

    /// <summary>A method for an event; null if it cannot be one.</summary>
    /// <param name="overrides">The method and those that it overrides, the most derived first.</param>
    /// <param name="on">The attribute that names the event.</param>
    /// <param name="findings">Gets what is wrong.</param>
    public static HandlerMethodModel? Read(IReadOnlyList<IMethodSymbol> overrides, AttributeData on, ICollection<Finding> findings)
    {
        var method = overrides[0];
        var before = findings.Count;
        var name = on.ConstructorArguments.FirstOrDefault().Value as string ?? Names.EventOf(method);
        if (Names.IsReserved(name))
        {
            findings.Add(Finding.At(method, Rules.ReservedName, method.Name, name));
        }

        var (isAwaited, acknowledgement, count) = ReadResult(method, findings);
        var arguments = ParameterReader.Read(method, findings);
        var rules = AuthorizationReader.Read(overrides, findings);
        return findings.Count > before
            ? null
            : new(name, Names.Identifier(method.Name), new(arguments), isAwaited, acknowledgement, count, new(rules));
    }

    /// <summary>A method that hears every event; null if it cannot be one.</summary>
    public static HandlerMethodModel? ReadListener(IReadOnlyList<IMethodSymbol> overrides, ICollection<Finding> findings)
    {
        var method = overrides[0];
        var before = findings.Count;
        var (isAwaited, acknowledgement, _) = ReadResult(method, findings);
        if (acknowledgement == Acknowledgement.Result)
        {
            findings.Add(Finding.At(
                method, Rules.ReturnType, method.Name, method.ReturnType.ToDisplayString(), "a method that hears every event acknowledges none"));
        }

        var arguments = ParameterReader.ReadListener(method, findings);
        if (AuthorizationReader.Read(overrides, findings).Any())
        {
            findings.Add(Finding.At(method, Rules.AuthorizedListener, method.Name));
        }

        return findings.Count > before
            ? null
            : new("", Names.Identifier(method.Name), new(arguments), isAwaited, Acknowledgement.None, 0, EquatableArray<string>.Empty);
    }

    private static (bool IsAwaited, Acknowledgement Acknowledgement, int Count) ReadResult(IMethodSymbol method, ICollection<Finding> findings)
    {
        var type = method.ReturnType;
        var isTask = Names.Is(type, Tasks, "Task") || Names.Is(type, Tasks, "ValueTask");
        if (isTask || method.ReturnsVoid)
        {
            if (method is { IsAsync: true, ReturnsVoid: true })
            {
                findings.Add(Finding.At(method, Rules.ReturnType, method.Name, "async void", "nobody can wait for it; return a Task"));
            }

            var acknowledges = method.Parameters.Any(p => Names.IsOurs(p.Type, "SocketEvent"));
            return (isTask, acknowledges ? Acknowledgement.None : Acknowledgement.Empty, 0);
        }

        var isTaskOf = Names.Is(type, Tasks, "Task", 1) || Names.Is(type, Tasks, "ValueTask", 1);
        var result = isTaskOf ? ((INamedTypeSymbol)type).TypeArguments[0] : type;
        var tuple = result is INamedTypeSymbol { IsTupleType: true } named ? named.TupleElements : default;
        if (ResultObstacle(method, result, tuple.IsDefault ? 0 : tuple.Length) is { } obstacle)
        {
            findings.Add(Finding.At(method, Rules.ReturnType, method.Name, type.ToDisplayString(), obstacle));
        }

        return (isTaskOf, Acknowledgement.Result, tuple.IsDefault ? 1 : tuple.Length);
    }

    // An acknowledgement is one packet, of up to four arguments.
    private static string? ResultObstacle(IMethodSymbol method, ITypeSymbol result, int tuple) =>
        method.ReturnsByRef || method.ReturnsByRefReadonly ? "it is a reference"
        : tuple > 4 ? "an acknowledgement has four arguments at most"
        : tuple > 0 ? null
        : ParameterReader.Obstacle(result) is { } obstacle ? $"it is {obstacle}"
        : Names.IsOurs(result, "EventResult") ? "throw an EventRefusedException to refuse an event"
        : IsAwaitable(result) || Names.Is(result, "System.Collections.Generic", "IAsyncEnumerable", 1) ? "an acknowledgement is sent once"
        : null;

    private static bool IsAwaitable(ITypeSymbol type) => type.GetMembers("GetAwaiter").Any();
}
