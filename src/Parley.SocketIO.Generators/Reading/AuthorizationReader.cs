using Microsoft.CodeAnalysis;
using Parley.SocketIO.Generators.Models;

namespace Parley.SocketIO.Generators.Reading;

/// <summary>
/// Finds the attributes that ask something of a client: <c>[Authorize]</c> and every other that is authorization data, also of the
/// application's own types. Those of base classes and overridden methods hold, too.
/// </summary>
internal static class AuthorizationReader
{
    private const string Authorization = "Microsoft.AspNetCore.Authorization";

    /// <summary>The rules of a class, or of a method and those that it overrides, as expressions.</summary>
    public static IEnumerable<string> Read(IReadOnlyList<ISymbol> symbols, ICollection<Finding> findings)
    {
        List<string> rules = [];
        foreach (var symbol in symbols)
        {
            foreach (var attribute in symbol.GetAttributes().Where(IsRule))
            {
                if (attribute.NamedArguments.Any(n => n.Key == "AuthenticationSchemes" && !n.Value.IsNull))
                {
                    findings.Add(Finding.At(symbols[0], Rules.Schemes, symbols[0].Name));
                }

                rules.Add(Expressions.Of(attribute));
            }

            if (symbol.GetAttributes().Any(a => Implements(a.AttributeClass, "IAllowAnonymous")))
            {
                return [];
            }
        }

        return rules;
    }

    private static bool IsRule(AttributeData attribute) =>
        Implements(attribute.AttributeClass, "IAuthorizeData") || Implements(attribute.AttributeClass, "IAuthorizationRequirementData");

    private static bool Implements(INamedTypeSymbol? type, string @interface) =>
        type is not null && type.AllInterfaces.Any(i => Names.Is(i, Authorization, @interface));
}
