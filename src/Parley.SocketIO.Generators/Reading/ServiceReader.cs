using Microsoft.CodeAnalysis;

namespace Parley.SocketIO.Generators.Reading;

/// <summary>Reads parameters that are services.</summary>
internal static class ServiceReader
{
    private const string DependencyInjection = "Microsoft.Extensions.DependencyInjection";

    /// <summary>An expression that gets the service from a provider, and whether it fails without an unkeyed service of the type.</summary>
    public static (string Expression, bool IsRequired) Read(IParameterSymbol parameter, string provider)
    {
        var type = Names.NotNull(parameter.Type);
        var fallback = parameter.HasExplicitDefaultValue ? Expressions.DefaultOf(parameter) : null;
        if (fallback is not null && parameter.Type.IsValueType)
        {
            return (fallback, false);
        }

        if (Key(parameter) is { } key)
        {
            return (fallback is null
                ? $"global::{DependencyInjection}.ServiceProviderKeyedServiceExtensions.GetRequiredKeyedService<{type}>({provider}, {key})"
                : $"(global::{DependencyInjection}.ServiceProviderKeyedServiceExtensions.GetKeyedService<{type}>({provider}, {key}) ?? {fallback})", false);
        }

        return fallback is null
            ? ($"global::{DependencyInjection}.ServiceProviderServiceExtensions.GetRequiredService<{type}>({provider})", true)
            : ($"(global::{DependencyInjection}.ServiceProviderServiceExtensions.GetService<{type}>({provider}) ?? {fallback})", false);
    }

    /// <summary>Whether a method's parameter is a service, not an argument.</summary>
    public static bool IsMarked(IParameterSymbol parameter) => Key(parameter) is not null
        || parameter.GetAttributes().Any(a =>
            a.AttributeClass is { } type && type.AllInterfaces.Any(i => Names.Is(i, "Microsoft.AspNetCore.Http.Metadata", "IFromServiceMetadata")));

    private static string? Key(IParameterSymbol parameter) => parameter.GetAttributes()
        .FirstOrDefault(a => Names.Is(a.AttributeClass, DependencyInjection, "FromKeyedServicesAttribute")) is { ConstructorArguments.Length: 1 } keyed
            ? Expressions.Of(keyed.ConstructorArguments[0])
            : null;
}
