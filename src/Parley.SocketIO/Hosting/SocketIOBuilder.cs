using System.Text.RegularExpressions;
using Parley.SocketIO;
using Parley.SocketIO.Classes;
using Parley.SocketIO.Hosting;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds to a Socket.IO server what is registered beside it. Made by <c>AddSocketIO()</c>.</summary>
public sealed class SocketIOBuilder
{
    internal SocketIOBuilder(IServiceCollection services) => Services = services;

    /// <summary>The services that the server is among.</summary>
    public IServiceCollection Services { get; }

    /// <summary>
    /// Lets a class handle the namespace that its <see cref="NamespaceAttribute"/> names. If it speaks to clients through an interface,
    /// the services get the <see cref="NamespaceContext{TClient}"/> of that, too. When the class needs a service that is missing, or
    /// authorization that was not added, the application does not start.
    /// </summary>
    /// <exception cref="InvalidOperationException">Another class, or the same, handles the namespace already.</exception>
    public SocketIOBuilder AddNamespace<THandler>()
        where THandler : NamespaceHandler, INamespaceHandler<THandler>
    {
        var definition = Define<THandler>();
        Add<THandler>(definition.Name, (server, services) =>
            new HandlerBinding<THandler>(definition, services).Attach(server.Of(definition.Name)));
        definition.AddContext?.Invoke(Services, definition.Name);
        return this;
    }

    /// <summary>
    /// Lets a class handle all namespaces whose names have this pattern in them, as clients ask for them; see
    /// <see cref="SocketServer.Of(Regex)"/>. The name of its <see cref="NamespaceAttribute"/> is not used.
    /// </summary>
    /// <exception cref="InvalidOperationException">Another class, or the same, handles the pattern already.</exception>
    public SocketIOBuilder AddNamespace<THandler>(Regex pattern)
        where THandler : NamespaceHandler, INamespaceHandler<THandler>
    {
        ArgumentNullException.ThrowIfNull(pattern);
        var definition = Define<THandler>();
        Add<THandler>(pattern.ToString(), (server, services) =>
            new HandlerBinding<THandler>(definition, services).Attach(server.Of(pattern)));
        return this;
    }

    private static NamespaceDefinition<THandler> Define<THandler>()
        where THandler : NamespaceHandler, INamespaceHandler<THandler>
    {
        var definition = new NamespaceDefinition<THandler>();
        THandler.Define(definition);
        return definition;
    }

    private void Add<THandler>(string name, Action<SocketServer, IServiceProvider> attach)
    {
        var other = Services.Select(s => s.ServiceType == typeof(NamespaceRegistration) ? s.ImplementationInstance : null)
            .OfType<NamespaceRegistration>().FirstOrDefault(r => r.Name == name);
        if (other is not null)
        {
            throw new InvalidOperationException($"{typeof(THandler).Name} cannot handle {name}: {other.Handler.Name} does.");
        }

        Services.AddSingleton(new NamespaceRegistration(name, typeof(THandler), attach));
    }
}
