using System.ComponentModel;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.DependencyInjection;
using Parley.SocketIO.Classes;

namespace Parley.SocketIO;

/// <summary>What a namespace's class handles, and how. Written by generated code; see <see cref="INamespaceHandler{TSelf}"/>.</summary>
/// <typeparam name="THandler">The class.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class NamespaceDefinition<THandler>
    where THandler : NamespaceHandler
{
    private readonly List<EventMethod> _methods = [];
    private readonly List<Func<THandler, SocketEvent, ValueTask>> _listeners = [];
    private readonly List<Type> _services = [];

    internal NamespaceDefinition()
    {
    }

    /// <summary>The namespace's name, with its leading slash.</summary>
    internal string Name { get; private set; } = "/";

    /// <summary>Makes an instance of services and the socket.</summary>
    internal Func<IServiceProvider, Socket, THandler> Create { get; private set; } =
        static (_, _) => throw new InvalidOperationException($"{typeof(THandler)} is not defined.");

    /// <summary>What a client has to be to connect: <see cref="IAuthorizeData"/> and <see cref="IAuthorizationRequirementData"/>.</summary>
    internal IReadOnlyList<object> Rules { get; private set; } = [];

    internal IReadOnlyList<EventMethod> Methods => _methods;

    internal IReadOnlyList<Func<THandler, SocketEvent, ValueTask>> Listeners => _listeners;

    /// <summary>Services without which no instance can be made.</summary>
    internal IReadOnlyList<Type> Services => _services;

    /// <summary>A <see cref="ClientFactory{TClient}"/>; null for a class without typed clients.</summary>
    internal Delegate? ClientFactory { get; private set; }

    /// <summary>Registers the <see cref="NamespaceContext{TClient}"/> of a namespace with this name; null without typed clients.</summary>
    internal Action<IServiceCollection, string>? AddContext { get; private set; }

    /// <summary>The namespace's name.</summary>
    public void Named(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        Name = name.StartsWith('/') ? name : "/" + name;
    }

    /// <summary>How an instance is made, and the services without which that fails.</summary>
    public void MadeBy(Func<IServiceProvider, Socket, THandler> create, params Type[] services)
    {
        ArgumentNullException.ThrowIfNull(create);
        ArgumentNullException.ThrowIfNull(services);
        Create = create;
        _services.AddRange(services);
    }

    /// <summary>The rules of <c>[Authorize]</c> and its kind on the class.</summary>
    public void Authorized(params object[] rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        Rules = rules;
    }

    /// <summary>A method that handles an event, with the rules of <c>[Authorize]</c> and its kind on it.</summary>
    public void On(string name, Func<THandler, SocketEvent, ValueTask> method, params object[] rules)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(method);
        ArgumentNullException.ThrowIfNull(rules);
        _methods.Add(new EventMethod(name, method, rules));
    }

    /// <summary>A method that hears every event.</summary>
    public void OnAny(Func<THandler, SocketEvent, ValueTask> method)
    {
        ArgumentNullException.ThrowIfNull(method);
        _listeners.Add(method);
    }

    /// <summary>How the clients are spoken to.</summary>
    public void Tells<TClient>(ClientFactory<TClient> factory)
        where TClient : class
    {
        ArgumentNullException.ThrowIfNull(factory);
        ClientFactory = factory;
        AddContext = (services, name) => TypedContexts.Add(services, name, factory);
    }

    internal sealed record EventMethod(string Name, Func<THandler, SocketEvent, ValueTask> Invoke, IReadOnlyList<object> Rules);
}
