using Microsoft.CodeAnalysis;
using Parley.SocketIO.Generators.Models;

namespace Parley.SocketIO.Generators.Reading;

/// <summary>Reads a class that is marked as a namespace's.</summary>
internal static class NamespaceReader
{
    public static ReadResult<NamespaceModel> Read(GeneratorAttributeSyntaxContext context, CancellationToken cancellationToken)
    {
        var type = (INamedTypeSymbol)context.TargetSymbol;
        List<Finding> findings = [];
        CheckShape(type, findings);
        var handler = BaseTypes(type).FirstOrDefault(t => Names.IsOurs(t, "NamespaceHandler") || Names.IsOurs(t, "NamespaceHandler", 1));
        if (handler is null)
        {
            findings.Add(Finding.At(type, Rules.NoHandler, type.Name));
            return new(null, new(findings));
        }

        var name = context.Attributes[0].ConstructorArguments.FirstOrDefault().Value as string ?? "";
        if (name.Length == 0 || name.Contains(','))
        {
            findings.Add(Finding.At(type, Rules.NamespaceName, name));
        }

        var client = handler.TypeArguments.FirstOrDefault();
        if (client is not null && Names.Attribute(client, "TypedClientAttribute") is null)
        {
            findings.Add(Finding.At(type, Rules.NoTypedClient, type.Name, client.ToDisplayString()));
        }

        var rules = AuthorizationReader.Read([type, .. BaseTypes(type)], findings);
        var (arguments, services) = ConstructorReader.Read(type, findings);
        cancellationToken.ThrowIfCancellationRequested();
        var (methods, listeners) = ReadMethods(type, context.SemanticModel.Compilation, findings);
        var model = new NamespaceModel(
            TypePaths.Of(type),
            name,
            new(rules),
            new(arguments),
            new(services),
            client is null ? null : Names.Plain(client),
            new(methods),
            new(listeners));
        return new(findings.Count == 0 ? model : null, new(findings));
    }

    private static void CheckShape(INamedTypeSymbol type, List<Finding> findings)
    {
        if (!TypePaths.IsPartial(type))
        {
            findings.Add(Finding.At(type, Rules.NotPartial, type.Name));
        }

        if (type.IsAbstract || TypePaths.IsGeneric(type))
        {
            findings.Add(Finding.At(
                type, Rules.NotConstructible, type.Name, type.IsStatic ? "static" : type.IsAbstract ? "abstract" : "generic, or inside of a generic type"));
        }
    }

    private static IEnumerable<INamedTypeSymbol> BaseTypes(INamedTypeSymbol type)
    {
        for (var current = type.BaseType; current is not null; current = current.BaseType)
        {
            yield return current;
        }
    }

    private static (List<HandlerMethodModel> Methods, List<HandlerMethodModel> Listeners) ReadMethods(
        INamedTypeSymbol type, Compilation compilation, List<Finding> findings)
    {
        List<HandlerMethodModel> methods = [];
        List<HandlerMethodModel> listeners = [];
        foreach (var overrides in Overrides(type))
        {
            var on = overrides.Select(m => Names.Attribute(m, "OnAttribute")).FirstOrDefault(a => a is not null);
            var hearsAll = overrides.Any(m => Names.Attribute(m, "OnAnyAttribute") is not null);
            if ((on is null && !hearsAll) || !CanBeCalled(overrides[0], type, compilation, findings))
            {
                continue;
            }

            if (on is not null && HandlerMethodReader.Read(overrides, on, findings) is { } method)
            {
                if (methods.FirstOrDefault(m => m.Event == method.Event) is { } other)
                {
                    findings.Add(Finding.At(overrides[0], Rules.Duplicate, other.Method, method.Method, method.Event));
                }

                methods.Add(method);
            }

            if (hearsAll && HandlerMethodReader.ReadListener(overrides, findings) is { } listener)
            {
                listeners.Add(listener);
            }
        }

        return (methods, listeners);
    }

    private static bool CanBeCalled(IMethodSymbol method, INamedTypeSymbol type, Compilation compilation, List<Finding> findings)
    {
        if (method.IsGenericMethod)
        {
            findings.Add(Finding.At(method, Rules.GenericMethod, method.Name));
            return false;
        }

        if (method.IsStatic || !compilation.IsSymbolAccessibleWithin(method, type, type))
        {
            findings.Add(Finding.At(method.Locations.Any(l => l.IsInSource) ? method : type, Rules.StaticMethod, method.Name));
            return false;
        }

        return true;
    }

    /// <summary>The methods of a class and its bases, each with those that it overrides, the most derived first.</summary>
    private static IEnumerable<IReadOnlyList<IMethodSymbol>> Overrides(INamedTypeSymbol type)
    {
        var overridden = new HashSet<IMethodSymbol>(SymbolEqualityComparer.Default);
        foreach (var method in new[] { type }.Concat(BaseTypes(type)).SelectMany(t => t.GetMembers()).OfType<IMethodSymbol>())
        {
            if (method.MethodKind != MethodKind.Ordinary || overridden.Contains(method.OriginalDefinition))
            {
                continue;
            }

            List<IMethodSymbol> chain = [method];
            while (chain[chain.Count - 1].OverriddenMethod is { } next)
            {
                overridden.Add(next.OriginalDefinition);
                chain.Add(next);
            }

            yield return chain;
        }
    }
}
