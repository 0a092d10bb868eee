using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Parley.SocketIO.Namespaces;

namespace Parley.SocketIO.Classes;

/// <summary>
/// One instance of a namespace's class with the scope of its services. Both go when the socket has ended and nothing of the class runs any
/// more: a socket may end while the instance is still being made.
/// </summary>
internal sealed class HandlerLifetime
{
    private readonly Socket _socket;
    private readonly AsyncServiceScope _scope;
    private readonly ILogger _logger;

    // One for the socket, one for whoever makes the instance.
    private int _holders = 2;

    public HandlerLifetime(Socket socket, AsyncServiceScope scope, ILogger logger)
    {
        (_socket, _scope, _logger) = (socket, scope, logger);
        socket.OnDisconnected(reason => _ = EndAsync(reason));
        socket.ConnectionAborted.UnsafeRegister(
            static state =>
            {
                // Of a socket that was connected the end is told after its last event.
                var self = (HandlerLifetime)state!;
                if (!self._socket.HasConnected)
                {
                    _ = self.ReleaseAsync();
                }
            },
            this);
    }

    public IServiceProvider Services => _scope.ServiceProvider;

    public NamespaceHandler? Handler { get; set; }

    /// <summary>The instance is made, or will not be.</summary>
    public async Task ReleaseAsync()
    {
        if (Interlocked.Decrement(ref _holders) > 0)
        {
            return;
        }

        await GuardAsync(DisposeHandlerAsync);
        await GuardAsync(_scope.DisposeAsync);
    }

    private async Task EndAsync(DisconnectReason reason)
    {
        await GuardAsync(() => Handler?.HandleDisconnectedAsync(reason) ?? ValueTask.CompletedTask);
        await ReleaseAsync();
    }

    private async ValueTask DisposeHandlerAsync()
    {
        if (Handler is IAsyncDisposable asynchronous)
        {
            await asynchronous.DisposeAsync();
        }
        else if (Handler is IDisposable disposable)
        {
            disposable.Dispose();
        }
    }

    // The end of a socket is nobody's to await: what goes wrong there is logged.
    private async ValueTask GuardAsync(Func<ValueTask> step)
    {
        try
        {
            await step();
        }
        catch (Exception e)
        {
            SocketLog.DisconnectHandlerFailed(_logger, e, _socket.Id);
        }
    }
}
