using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Parley.SocketIO;
using Parley.SocketIO.EngineIO;
using Parley.SocketIO.Hosting;
using System.Diagnostics.Metrics;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds a Socket.IO server to the services.</summary>
public static class SocketIOServiceCollectionExtensions
{
    /// <summary>
    /// Adds a <see cref="SocketServer"/>. Map it with
    /// <see cref="Microsoft.AspNetCore.Builder.SocketIOEndpointRouteBuilderExtensions.MapSocketIO"/>. Beside it come the
    /// <see cref="NamespaceContext"/> of <c>/</c>, and that of every other namespace with its name as the key.
    /// </summary>
    /// <returns>What adds to the server: namespaces that are classes.</returns>
    public static SocketIOBuilder AddSocketIO(this IServiceCollection services, Action<SocketIOOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddMetrics();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<SocketIOOptions>, SocketIOOptionsValidator>());
        services.AddOptions<SocketIOOptions>().ValidateOnStart();
        if (configure is not null)
        {
            services.Configure(configure);
        }

        services.TryAddSingleton(CreateServer);
        services.TryAddSingleton(static provider => new NamespaceContext(provider.GetRequiredService<SocketServer>().Of("/")));
        services.TryAddKeyedSingleton(KeyedService.AnyKey, static (provider, key) => key is string name
            ? new NamespaceContext(provider.GetRequiredService<SocketServer>().Of(name))
            : throw new InvalidOperationException("The key of a NamespaceContext is its namespace's name."));
        services.TryAddSingleton(static provider => new EngineServer(
            provider.GetRequiredService<IOptions<SocketIOOptions>>().Value,
            provider.GetRequiredService<TimeProvider>(),
            new EngineMetrics(provider.GetRequiredService<IMeterFactory>())));
        services.AddHostedService<DrainService>();
        return new SocketIOBuilder(services);
    }

    private static SocketServer CreateServer(IServiceProvider provider)
    {
        var server = new SocketServer(
            provider.GetRequiredService<IOptions<SocketIOOptions>>().Value,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<IServiceScopeFactory>(),
            provider.GetRequiredService<ILogger<SocketServer>>(),
            provider.GetRequiredService<IMeterFactory>().Create(EngineMetrics.MeterName));
        foreach (var registration in provider.GetServices<NamespaceRegistration>())
        {
            registration.Attach(server, provider);
        }

        return server;
    }
}
