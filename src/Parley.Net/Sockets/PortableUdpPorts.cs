using System.Net.Sockets;
using Parley.Core.Addresses;
using Parley.Net.Loops;

namespace Parley.Net.Sockets;

/// <summary>Ports of .NET's own sockets, which every operating system has.</summary>
/// <param name="loop">Whose thread receives and sends.</param>
/// <param name="maxDatagram">The longest datagram that is of use, in bytes.</param>
internal sealed class PortableUdpPorts(EventLoop loop, int maxDatagram) : IUdpPorts
{
    public IUdpPort Open(in TransportAddress local, IDatagramHandler handler, int buffers)
    {
        var socket = new Socket(PackedAddress.FamilyOf(local.Family), SocketType.Dgram, ProtocolType.Udp);
        try
        {
            socket.Blocking = false;
            socket.ReceiveBufferSize = buffers;
            socket.SendBufferSize = buffers;
            IgnorePortUnreachable(socket);
            socket.Bind(local.ToIPEndPoint());
            var port = new PortableUdpPort(loop, socket, handler, maxDatagram);
            loop.Post(port);
            return port;
        }
        catch
        {
            socket.Dispose();
            throw;
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
