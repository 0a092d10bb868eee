using System.Net;
using System.Net.Sockets;
using Parley.Core.Time;

namespace Parley.TurnLoad;

/// <summary>How one client reaches the server; carries whole messages.</summary>
internal abstract class ServerLink : IReadable, IDisposable
{
    protected ServerLink(IPEndPoint server, IPEndPoint? local, SocketType type)
    {
        Socket = new Socket(server.AddressFamily, type, type == SocketType.Stream ? ProtocolType.Tcp : ProtocolType.Udp);
        try
        {
            if (local is not null)
            {
                Socket.Bind(local);
            }

            Socket.Connect(server);
            Socket.Blocking = false;
        }
        catch (SocketException e)
        {
            Socket.Dispose();
            throw new LoadFailedException($"No way from {local} to {server}: {e.Message}");
        }
    }

    /// <summary>Gets each message; valid during the call.</summary>
    public MessageReceived? Received { get; set; }

    public int Descriptor => (int)Socket.Handle;

    protected Socket Socket { get; }

    public static ServerLink Open(LoadOptions options, IPEndPoint? local) =>
        options.Tcp ? new TcpServerLink(options.Server, local) : new UdpServerLink(options.Server, local);

    /// <summary>Sends at once or not at all.</summary>
    public bool TrySend(ReadOnlySpan<byte> message) => Socket.Send(message, SocketFlags.None, out SocketError error) == message.Length && error == SocketError.Success;

    public abstract void HandleReadable(Instant now);

    public void Dispose() => Socket.Dispose();
}

/// <summary>A whole message has come from the server.</summary>
internal delegate void MessageReceived(Instant now, ReadOnlySpan<byte> message);
