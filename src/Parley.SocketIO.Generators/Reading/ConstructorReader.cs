using Microsoft.CodeAnalysis;
using Parley.SocketIO.Generators.Models;

namespace Parley.SocketIO.Generators.Reading;

/// <summary>Reads how an instance of a namespace's class is made.</summary>
internal static class ConstructorReader
{
    /// <summary>The constructor's arguments as expressions over <c>services</c> and <c>socket</c>, and the types of services it needs.</summary>
    public static (IReadOnlyList<string> Arguments, IReadOnlyList<string> Services) Read(INamedTypeSymbol type, ICollection<Finding> findings)
    {
        List<string> arguments = [];
        List<string> services = [];
        if (Choose(type) is not { } constructor)
        {
            findings.Add(Finding.At(type, Rules.Constructors, type.Name));
            return (arguments, services);
        }

        foreach (var parameter in constructor.Parameters)
        {
            if (parameter.RefKind != RefKind.None || parameter.Type.IsRefLikeType)
            {
                findings.Add(Finding.At(
                    parameter, Rules.Parameter, parameter.Name, type.Name, parameter.RefKind != RefKind.None ? "passed by reference" : "a ref struct"));
                continue;
            }

            var (expression, isRequired) = Read(parameter);
            arguments.Add(expression);
            if (isRequired)
            {
                services.Add(Names.Plain(parameter.Type));
            }
        }

        return (arguments, services);
    }

    private static (string Expression, bool IsRequired) Read(IParameterSymbol parameter) =>
        Names.IsOurs(parameter.Type, "Socket") ? ("socket", false)
        : Names.IsOurs(parameter.Type, "SocketNamespace") ? ("socket.Namespace", false)
        : Names.Is(parameter.Type, "System", "IServiceProvider") ? ("services", false)
        : ServiceReader.Read(parameter, "services");

    private static IMethodSymbol? Choose(INamedTypeSymbol type)
    {
        var constructors = type.InstanceConstructors;
        return constructors.Length == 1
            ? constructors[0]
            : constructors.FirstOrDefault(c => c.GetAttributes().Any(a =>
                Names.Is(a.AttributeClass, "Microsoft.Extensions.DependencyInjection", "ActivatorUtilitiesConstructorAttribute")));
    }
}
