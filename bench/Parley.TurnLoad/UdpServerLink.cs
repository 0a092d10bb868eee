using System.Net;
using System.Net.Sockets;
using Parley.Core.Time;

namespace Parley.TurnLoad;

/// <summary>Datagrams to and from the server.</summary>
internal sealed class UdpServerLink(IPEndPoint server, IPEndPoint? local) : ServerLink(server, local, SocketType.Dgram)
{
    // One thread reads all sockets, and nobody keeps what was read.
    private static readonly byte[] Buffer = new byte[64 * 1024];

    // One at a time: a second call would mostly find nothing, and epoll tells again.
    public override void HandleReadable(Instant now)
    {
        int length = Socket.Receive(Buffer, SocketFlags.None, out SocketError error);
        if (error == SocketError.Success)
        {
            Received?.Invoke(now, Buffer.AsSpan(0, length));
        }
    }
}
