using System.Net;
using System.Net.Sockets;
using Parley.Core.Addresses;
using Parley.Core.Time;

namespace Parley.TurnLoad;

/// <summary>A peer that sends everything back to where it came from.</summary>
internal sealed class EchoPeer : IReadable, IDisposable
{
    private const int BufferBytes = 4 * 1024 * 1024;

    private static readonly byte[] Buffer = new byte[64 * 1024];

    private readonly Socket _socket;
    private readonly SocketAddress _from;

    public EchoPeer(IPAddress address)
    {
        _socket = new Socket(address.AddressFamily, SocketType.Dgram, ProtocolType.Udp) { ReceiveBufferSize = BufferBytes };
        _socket.Bind(new IPEndPoint(address, 0));
        _socket.Blocking = false;
        _from = new SocketAddress(address.AddressFamily);
        Address = TransportAddress.From((IPEndPoint)_socket.LocalEndPoint!);
    }

    public TransportAddress Address { get; }

    public int Descriptor => (int)_socket.Handle;

    /// <summary>Datagrams that have come.</summary>
    public long Arrived { get; private set; }

    /// <summary>Datagrams that the operating system did not take back.</summary>
    public long Unsent { get; private set; }

    public void HandleReadable(Instant now)
    {
        int length;
        try
        {
            length = _socket.ReceiveFrom(Buffer, SocketFlags.None, _from);
        }
        catch (SocketException)
        {
            // What an ICMP message says of an echo, or a datagram that the operating system has thrown away after all.
            return;
        }

        Arrived++;
        try
        {
            _socket.SendTo(Buffer.AsSpan(0, length), SocketFlags.None, _from);
        }
        catch (SocketException)
        {
            Unsent++;
        }
    }

    public void Dispose() => _socket.Dispose();
}
