using System.Collections.Concurrent;
using System.Collections.Frozen;
using Microsoft.Extensions.DependencyInjection;
using Parley.SocketIO.Namespaces;

namespace Parley.SocketIO.Classes;

/// <summary>
/// Lets a class handle a namespace, by what applications may use themselves: a connection middleware makes the instance and asks it, and
/// the methods become handlers and filters of the socket.
/// </summary>
internal sealed class HandlerBinding<THandler>
    where THandler : NamespaceHandler
{
    private readonly NamespaceDefinition<THandler> _definition;
    private readonly HandlerAuthorization _authorization;
    private readonly FrozenDictionary<string, HandlerAuthorization> _methodAuthorizations;
    private readonly ConcurrentDictionary<Socket, THandler> _connecting = new();

    /// <summary>Checks that the application has what the class needs.</summary>
    /// <exception cref="InvalidOperationException">It has not.</exception>
    public HandlerBinding(NamespaceDefinition<THandler> definition, IServiceProvider services)
    {
        _definition = definition;
        _authorization = new HandlerAuthorization(definition.Rules);
        _authorization.Check(services, typeof(THandler).Name);
        _methodAuthorizations = definition.Methods.Where(m => m.Rules.Count > 0)
            .ToFrozenDictionary(m => m.Name, m => new HandlerAuthorization(m.Rules), StringComparer.Ordinal);
        foreach (var (name, authorization) in _methodAuthorizations)
        {
            authorization.Check(services, $"The method for \"{name}\" of {typeof(THandler).Name}");
        }

        var known = services.GetService<IServiceProviderIsService>();
        if (known is not null && definition.Services.FirstOrDefault(s => !known.IsService(s)) is { } missing)
        {
            throw new InvalidOperationException($"{typeof(THandler).Name} needs {missing}, which is not among the services.");
        }
    }

    public void Attach(SocketNamespace ns) => ns.UseConnect(Middleware).OnConnection(ConnectedAsync);

    public void Attach(ParentNamespace parent) => parent.UseConnect(Middleware).OnConnection(ConnectedAsync);

    // Who is recovered has an instance of its own, too.
    private ConnectMiddleware Middleware => new(ConnectAsync, ForRecovered: true);

    private async ValueTask<ConnectResult> ConnectAsync(Socket socket)
    {
        var server = socket.Namespace.Server;
        var lifetime = new HandlerLifetime(socket, server.ScopeFactory.CreateAsyncScope(), server.Logger);
        try
        {
            if (await _authorization.RefusalAsync(socket.User, socket, lifetime.Services) is { } refusal)
            {
                return ConnectResult.Refuse(refusal);
            }

            var handler = _definition.Create(lifetime.Services, socket);
            lifetime.Handler = handler;
            handler.Attach(socket, _definition.ClientFactory);
            Register(socket, handler);
            _connecting[socket] = handler;
            socket.ConnectionAborted.UnsafeRegister(_ => ForgetUnlessConnected(socket), null);
            return socket.IsKnown ? ConnectResult.Accept : await handler.ConnectAsync();
        }
        finally
        {
            await lifetime.ReleaseAsync();
        }
    }

    private ValueTask ConnectedAsync(Socket socket) =>
        _connecting.TryRemove(socket, out var handler) ? handler.HandleConnectedAsync() : ValueTask.CompletedTask;

    private void ForgetUnlessConnected(Socket socket)
    {
        if (!socket.HasConnected)
        {
            _connecting.TryRemove(socket, out _);
        }
    }

    private void Register(Socket socket, THandler handler)
    {
        if (_methodAuthorizations.Count > 0)
        {
            socket.Use(AuthorizeAsync);
        }

        foreach (var listener in _definition.Listeners)
        {
            socket.OnAny(e => listener(handler, e));
        }

        foreach (var method in _definition.Methods)
        {
            socket.On(method.Name, e => InvokeAsync(method, handler, e));
        }
    }

    private async ValueTask<EventResult> AuthorizeAsync(SocketEvent received) =>
        _methodAuthorizations.TryGetValue(received.Name, out var authorization)
        && await authorization.RefusalAsync(received.Socket.User, received, received.Services) is { } refusal
            ? EventResult.Refuse(refusal)
            : EventResult.Accept;

    // A method's result is the acknowledgement, so its failure is one, too. The dispatcher that called this logs it.
    private static async ValueTask InvokeAsync(NamespaceDefinition<THandler>.EventMethod method, THandler handler, SocketEvent received)
    {
        try
        {
            await method.Invoke(handler, received);
        }
        catch (InvalidArgumentException)
        {
            received.AckError(EventResult.Refuse("Invalid arguments"));
            throw;
        }
        catch (Exception e) when (e is not EventRefusedException)
        {
            received.AckError(EventResult.Refuse("Internal error"));
            throw;
        }
    }
}
