using System.Net.Sockets;
using Parley.Core.Addresses;
using Parley.Net.Loops;

namespace Parley.Net.Sockets;

/// <summary>Ports of .NET's own sockets, which every operating system has.</summary>
/// <param name="loop">Whose thread receives and sends.</param>
/// <param name="maxDatagram">The longest datagram that is of use, in bytes.</param>
internal sealed class PortableUdpPorts(EventLoop loop, int maxDatagram) : IUdpPorts
{
    private readonly DatagramSends _sends = new(loop, maxDatagram);

    public IUdpPort Open(in TransportAddress local, IDatagramHandler handler, int buffers)
    {
        var socket = new Socket(PackedAddress.FamilyOf(local.Family), SocketType.Dgram, ProtocolType.Udp);
        try
        {
            socket.Blocking = false;
            socket.ReceiveBufferSize = buffers;
            socket.SendBufferSize = buffers;
            IgnorePortUnreachable(socket);
            AllowFragments(socket);
            socket.Bind(local.ToIPEndPoint());
            var port = new PortableUdpPort(loop, socket, _sends, handler, maxDatagram);
            loop.Post(port);
            return port;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    // RFC 8656, section 14: without DONT-FRAGMENT, which is not offered, DF is not set. Linux sets it, to find the path's MTU, and
    // drops what is longer; a client that cannot know the peer's path could do nothing about it.
    private static void AllowFragments(Socket socket)
    {
        const int ipv6 = 41;
        const int ipv6MtuDiscover = 23;
        if (socket.AddressFamily == AddressFamily.InterNetwork)
        {
            socket.DontFragment = false;
        }
        else if (OperatingSystem.IsLinux())
        {
            socket.SetRawSocketOption(ipv6, ipv6MtuDiscover, [0, 0, 0, 0]);
        }
    }

    // Windows ends a receive with an error when something that was sent earlier found nobody; anybody can arrange for that.
    private static void IgnorePortUnreachable(Socket socket)
    {
        if (OperatingSystem.IsWindows())
        {
            const int sioUdpConnectionReset = -1744830452;
            socket.IOControl(sioUdpConnectionReset, [0, 0, 0, 0], null);
        }
    }
}
