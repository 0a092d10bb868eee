using System.Net;
using System.Net.Sockets;
using Parley.Core.Addresses;

namespace Parley.Net.Clients;

/// <summary>Datagrams to and from one server.</summary>
internal sealed class UdpClientTransport : ClientTransport
{
    private const int MaxDatagram = 64 * 1024;

    private readonly Socket _socket;

    private UdpClientTransport(Socket socket)
    {
        _socket = socket;
        Local = TransportAddress.From((IPEndPoint)socket.LocalEndPoint!);
    }

    public override TransportAddress Local { get; }

    public static async Task<ClientTransport> OpenAsync(TurnClientSocketOptions options, CancellationToken cancellationToken)
    {
        var socket = new Socket(options.Server.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        try
        {
            socket.Blocking = false;
            socket.ReceiveBufferSize = options.BufferBytes;
            socket.SendBufferSize = options.BufferBytes;
            if (options.Local is { } local)
            {
                socket.Bind(local);
            }

            await socket.ConnectAsync(options.Server, cancellationToken);
            return new UdpClientTransport(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    public override bool TrySend(ReadOnlySpan<byte> message)
    {
        try
        {
            return _socket.Send(message) == message.Length;
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Full, or an ICMP message about an earlier datagram: datagrams may be lost.
            return false;
        }
    }

    public override async Task ReceiveAsync(MessageReceived received, CancellationToken stopping)
    {
        byte[] buffer = new byte[MaxDatagram];
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                int length = await _socket.ReceiveAsync(buffer, SocketFlags.None, stopping);
                received(buffer.AsSpan(0, length));
            }
            catch (SocketException)
            {
                // Nobody was there when something was sent: somebody may be there the next time.
            }
            catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    public override ValueTask DisposeAsync()
    {
        _socket.Dispose();
        return ValueTask.CompletedTask;
    }
}
