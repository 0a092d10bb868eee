using System.Net;
using System.Net.Sockets;
using Parley.Core.Time;
using Parley.Stun.Messages;

namespace Parley.TurnLoad;

/// <summary>A TCP connection to the server.</summary>
internal sealed class TcpServerLink : ServerLink
{
    private readonly byte[] _bytes = new byte[16 * 1024];
    private int _length;

    public TcpServerLink(IPEndPoint server, IPEndPoint? local)
        : base(server, local, SocketType.Stream) => Socket.NoDelay = true;

    public override void HandleReadable(Instant now)
    {
        int read = Socket.Receive(_bytes.AsSpan(_length), SocketFlags.None, out SocketError error);
        if (error == SocketError.WouldBlock)
        {
            return;
        }

        if (error != SocketError.Success || read == 0)
        {
            throw new LoadFailedException($"The server has closed a connection ({error}).");
        }

        _length += read;
        int start = 0;
        FrameKind kind;
        while ((kind = StreamFraming.Look(_bytes.AsSpan(start, _length - start), out int length)) is FrameKind.Stun or FrameKind.ChannelData)
        {
            Received?.Invoke(now, _bytes.AsSpan(start, length));
            start += length;
        }

        if (kind == FrameKind.Desynchronized)
        {
            throw new LoadFailedException("The server sends what is neither STUN nor ChannelData.");
        }

        _bytes.AsSpan(start, _length - start).CopyTo(_bytes);
        _length -= start;
    }
}
