using Microsoft.CodeAnalysis;
using Parley.SocketIO.Generators.Models;

namespace Parley.SocketIO.Generators.Reading;

/// <summary>Reads an interface that is marked as a typed client.</summary>
internal static class ClientReader
{
    public static ReadResult<ClientModel> Read(GeneratorAttributeSyntaxContext context, CancellationToken cancellationToken)
    {
        var type = (INamedTypeSymbol)context.TargetSymbol;
        List<Finding> findings = [];
        if (!TypePaths.IsPartial(type))
        {
            findings.Add(Finding.At(type, Rules.NotPartial, type.Name));
        }

        if (TypePaths.IsGeneric(type))
        {
            findings.Add(Finding.At(type, Rules.ClientMember, type.Name, "it is generic, or inside of a generic type"));
        }

        List<ClientMethodModel> methods = [];
        foreach (var member in new[] { type }.Concat(type.AllInterfaces).SelectMany(i => i.GetMembers()))
        {
            cancellationToken.ThrowIfCancellationRequested();
            // Accessors stand beside their property; what has a body is the interface's own affair.
            if (!member.IsAbstract || member is IMethodSymbol { AssociatedSymbol: not null } or INamedTypeSymbol)
            {
                continue;
            }

            var place = member.Locations.Any(l => l.IsInSource) ? member : type;
            if (MemberObstacle(member) is { } obstacle)
            {
                findings.Add(Finding.At(place, Rules.ClientMember, member.Name, obstacle));
            }
            else if (ClientMethodReader.Read((IMethodSymbol)member, place, findings) is { } method)
            {
                methods.Add(method);
            }
        }

        return new(findings.Count == 0 ? new ClientModel(TypePaths.Of(type), new(methods)) : null, new(findings));
    }

    private static string? MemberObstacle(ISymbol member) => member switch
    {
        { IsStatic: true } => "it is static",
        not IMethodSymbol => "only methods are events",
        IMethodSymbol { IsGenericMethod: true } => "it is generic",
        _ => null,
    };
}
