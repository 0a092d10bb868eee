using System.Net;
using System.Net.Sockets;

namespace Parley.Net.Streams;

/// <summary>Accepts TCP connections at one address.</summary>
internal sealed class StreamListener : IDisposable
{
    private static readonly TimeSpan PauseAfterError = TimeSpan.FromMilliseconds(100);

    // Where files become free and are used up again, every second attempt may fail.
    private static readonly TimeSpan PauseBetweenReports = TimeSpan.FromSeconds(10);

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
    /// <param name="failed">Told why nobody can be accepted, every ten seconds at most; must not throw.</param>
    /// <param name="stopping">Ends it.</param>
    public Task RunAsync(Action<Socket> accepted, Action<string> failed, CancellationToken stopping) =>
        AcceptAllAsync(_socket.AcceptAsync, _time, accepted, failed, stopping);

    /// <summary>The same, whoever accepts.</summary>
    internal static async Task AcceptAllAsync(
        Func<CancellationToken, ValueTask<Socket>> accept, TimeProvider time, Action<Socket> accepted, Action<string> failed, CancellationToken stopping)
    {
        long? reported = null;
        try
        {
            while (true)
            {
                try
                {
                    accepted(await accept(stopping));
                }
                catch (SocketException e) when (!stopping.IsCancellationRequested && e.SocketErrorCode is SocketError.ConnectionAborted or SocketError.ConnectionReset)
                {
                    // The client is gone again, and the next one need not wait for that.
                }
                catch (SocketException e) when (!stopping.IsCancellationRequested)
                {
                    // No file handles left, most likely. Those of others may become free, but not by asking again and again.
                    if (reported is not { } last || time.GetElapsedTime(last) >= PauseBetweenReports)
                    {
                        reported = time.GetTimestamp();
                        failed(e.Message);
                    }

                    await Task.Delay(PauseAfterError, time, stopping);
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
