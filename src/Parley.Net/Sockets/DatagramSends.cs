using System.Net;
using System.Net.Sockets;
using Parley.Core.Addresses;
using Parley.Core.Time;
using Parley.Net.Loops;

namespace Parley.Net.Sockets;

/// <summary>
/// Sends datagrams for the ports of one loop, without waiting, without memory and without exceptions. <see cref="Socket.SendTo(ReadOnlySpan{byte}, SocketFlags, SocketAddress)"/>
/// throws for each datagram that has no way, and whoever names such peers would have the loop do little else. Called on the loop's thread.
/// </summary>
/// <param name="loop">Whose thread it is.</param>
/// <param name="length">Of the longest datagram there usually is.</param>
internal sealed class DatagramSends(EventLoop loop, int length)
{
    // One of each family is in use, unless sockets are full: each of those holds one until there is room.
    private const int MaxIdle = 16;

    private readonly Stack<DatagramSend> _idleIPv4 = [];
    private readonly Stack<DatagramSend> _idleIPv6 = [];

    /// <summary>Hands a datagram to the operating system.</summary>
    /// <param name="socket">Bound, and of the family of <paramref name="to"/>.</param>
    /// <param name="to">Whom it is for.</param>
    /// <param name="scope">Of <paramref name="to"/>, should that be link-local.</param>
    /// <param name="datagram">Copied.</param>
    /// <param name="room">On the loop's thread, after <see cref="SendResult.Waits"/>: there is room again.</param>
    public SendResult Send(Socket socket, in TransportAddress to, uint scope, ReadOnlySpan<byte> datagram, Action room)
    {
        DatagramSend send = IdleOf(to.Family).TryPop(out DatagramSend? idle) ? idle : new DatagramSend(this, loop, to.Family, length);
        SendResult result = send.Begin(socket, to, scope, datagram, room);
        if (result != SendResult.Waits)
        {
            Return(send);
        }

        return result;
    }

    /// <summary>It has nothing to send any more.</summary>
    public void Return(DatagramSend send)
    {
        Stack<DatagramSend> idle = IdleOf(send.Family);
        if (idle.Count < MaxIdle)
        {
            idle.Push(send);
        }
        else
        {
            send.Dispose();
        }
    }

    private Stack<DatagramSend> IdleOf(IpFamily family) => family == IpFamily.IPv6 ? _idleIPv6 : _idleIPv4;
}

/// <summary>What has become of a datagram.</summary>
internal enum SendResult
{
    /// <summary>The operating system has it.</summary>
    Sent,

    /// <summary>It is lost: there is no way to there.</summary>
    Refused,

    /// <summary>The socket is full; it goes out when there is room, and until then nothing else does.</summary>
    Waits,
}

/// <summary>One datagram on its way out, and the memory that it needs.</summary>
internal sealed class DatagramSend : LoopWork, IDisposable
{
    private readonly DatagramSends _owner;
    private readonly SocketAsyncEventArgs _operation;
    private readonly SocketAddress _to;
    private byte[] _bytes;
    private Action? _room;

    public DatagramSend(DatagramSends owner, EventLoop loop, IpFamily family, int length)
    {
        _owner = owner;
        Family = family;
        _bytes = new byte[length];
        _to = PackedAddress.Empty(family);
        _operation = new SocketAsyncEventArgs(unsafeSuppressExecutionContextFlow: true) { RemoteEndPoint = new PackedEndPoint(_to) };
        _operation.Completed += (_, _) => loop.Post(this);
    }

    public IpFamily Family { get; }

    public SendResult Begin(Socket socket, in TransportAddress to, uint scope, ReadOnlySpan<byte> datagram, Action room)
    {
        if (datagram.Length > _bytes.Length)
        {
            _bytes = new byte[datagram.Length];
        }

        datagram.CopyTo(_bytes);
        _operation.SetBuffer(_bytes, 0, datagram.Length);
        PackedAddress.Write(_to, to, scope);
        _room = room;
        return socket.SendToAsync(_operation) ? SendResult.Waits
            : _operation.SocketError == SocketError.Success ? SendResult.Sent
            : SendResult.Refused;
    }

    public void Dispose() => _operation.Dispose();

    /// <summary>The datagram that had to wait is gone, or its socket is.</summary>
    internal override void Run(Instant now)
    {
        _owner.Return(this);
        _room!();
    }

    /// <summary>An address that is written over before each sending: an <see cref="IPEndPoint"/> would have to be made anew.</summary>
    private sealed class PackedEndPoint(SocketAddress address) : EndPoint
    {
        public override AddressFamily AddressFamily => address.Family;

        public override SocketAddress Serialize() => address;

        public override EndPoint Create(SocketAddress socketAddress) => new PackedEndPoint(socketAddress);
    }
}
