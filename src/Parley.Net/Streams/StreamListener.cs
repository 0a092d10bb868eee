using System.Net;
using System.Net.Sockets;

namespace Parley.Net.Streams;

/// <summary>Accepts TCP connections at one address.</summary>
internal sealed class StreamListener : IDisposable
{
    private static readonly TimeSpan PauseAfterError = TimeSpan.FromMilliseconds(100);

    private readonly Socket _socket;
    private readonly TimeProvider _time;

    /// <summary>Binds and listens.</summary>
    /// <exception cref="SocketException">The address is taken, or not one of this machine's.</exception>
    public StreamListener(IPEndPoint address, TimeProvider time)
    {
        _time = time;
        _socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            _socket.Bind(address);
            _socket.Listen(512);
        }
        catch
        {
            _socket.Dispose();
            throw;
        }
    }

    public IPEndPoint Address => (IPEndPoint)_socket.LocalEndPoint!;

    /// <summary>Accepts until it is cancelled.</summary>
    /// <param name="accepted">Has the socket from then on; must not throw.</param>
    /// <param name="stopping">Ends it.</param>
    public async Task RunAsync(Action<Socket> accepted, CancellationToken stopping)
    {
        try
        {
            while (true)
            {
                try
                {
                    Socket client = await _socket.AcceptAsync(stopping);
                    accepted(client);
                }
                catch (SocketException) when (!stopping.IsCancellationRequested)
                {
                    // The client is gone again, or there are no file handles left: those of others may become free.
                    await Task.Delay(PauseAfterError, _time, stopping);
                }
            }
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            // Stopped.
        }
    }

    public void Dispose() => _socket.Dispose();
}
