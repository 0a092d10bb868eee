using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Parley.SocketIO.Classes;

/// <summary>Registers <see cref="NamespaceContext{TClient}"/>: by its namespace's name, and without a name where there is no choice.</summary>
internal static class TypedContexts
{
    public static void Add<TClient>(IServiceCollection services, string name, ClientFactory<TClient> factory)
        where TClient : class
    {
        services.AddSingleton(new Registration<TClient>(name));
        services.AddKeyedSingleton(name, (provider, _) =>
            new NamespaceContext<TClient>(new NamespaceContext(provider.GetRequiredService<SocketServer>().Of(name)), factory));
        services.TryAddSingleton(static provider => Only<TClient>(provider));
    }

    private static NamespaceContext<TClient> Only<TClient>(IServiceProvider provider)
        where TClient : class
    {
        List<string> names = [.. provider.GetServices<Registration<TClient>>().Select(r => r.Namespace)];
        return names.Count == 1
            ? provider.GetRequiredKeyedService<NamespaceContext<TClient>>(names[0])
            : throw new InvalidOperationException(
                $"{typeof(TClient)} is spoken in the namespaces {string.Join(", ", names)}: ask for the context of one, with its name as the key.");
    }

    private sealed record Registration<TClient>(string Namespace);
}
