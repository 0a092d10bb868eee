using System.Net;
using System.Net.Sockets;
using Parley.Core.Addresses;
using Parley.Core.Time;
using Parley.Net.Loops;

namespace Parley.Net.Sockets;

/// <summary>
/// A port that receives with <see cref="Socket.ReceiveFromAsync(Memory{byte}, SocketFlags, SocketAddress, CancellationToken)"/>: while
/// datagrams wait, it completes at once and the loop's thread goes on; when none does, whoever notices the next one posts the port to its
/// loop. It sends through <see cref="DatagramSends"/>. Nothing of that allocates.
/// </summary>
internal sealed class PortableUdpPort : LoopWork, IUdpPort
{
    /// <summary>So many datagrams, then it is the others' turn.</summary>
    private const int MaxBatch = 32;

    // An error may belong to one datagram (an ICMP message about an earlier one); so many in a row belong to the socket.
    private const int MaxErrorsInARow = 64;

    private readonly EventLoop _loop;
    private readonly Socket _socket;
    private readonly IDatagramHandler _handler;
    private readonly byte[] _buffer;
    private readonly IpFamily _family;
    private readonly uint _scope;
    private readonly SocketAddress _from;
    private readonly DatagramSends _sends;
    private readonly Action _hasRoom;
    private readonly Action _received;
    private ValueTask<int> _receiving;
    private bool _isReceiving;
    private bool _isFull;
    private bool _disposed;
    private int _errorsInARow;

    public PortableUdpPort(EventLoop loop, Socket socket, DatagramSends sends, IDatagramHandler handler, int maxDatagram)
    {
        _loop = loop;
        _sends = sends;
        _socket = socket;
        _handler = handler;
        // One byte more, so that a longer datagram is noticed.
        _buffer = new byte[maxDatagram + 1];
        var local = (IPEndPoint)socket.LocalEndPoint!;
        Local = TransportAddress.From(local);
        _family = Local.Family;
        _scope = _family == IpFamily.IPv6 ? (uint)local.Address.ScopeId : 0;
        _from = PackedAddress.Empty(_family);
        _hasRoom = () => _isFull = false;
        _received = () => _loop.Post(this);
    }

    public TransportAddress Local { get; }

    public bool TrySend(in TransportAddress to, ReadOnlySpan<byte> datagram)
    {
        if (to.Family != _family || to.Port == 0 || _isFull || _disposed)
        {
            return false;
        }

        SendResult result = _sends.Send(_socket, to, _scope, datagram, _hasRoom);
        _isFull = result == SendResult.Waits;
        return result != SendResult.Refused;
    }

    public void Dispose()
    {
        _disposed = true;
        _socket.Dispose();
    }

    internal override void Run(Instant now)
    {
        bool waits = false;
        try
        {
            for (int i = 0; i < MaxBatch && !_disposed && !waits; i++)
            {
                waits = !_isReceiving && !BeginReceive();
                if (!waits)
                {
                    _isReceiving = false;
                    EndReceive(now);
                }
            }
        }
        finally
        {
            // Whatever one datagram has led to, the next one is received.
            if (!waits && !_disposed)
            {
                _loop.Post(this);
            }
        }
    }

    /// <summary>Whether a datagram, or an error, is there at once.</summary>
    private bool BeginReceive()
    {
#pragma warning disable CA2012 // Consumed once, in EndReceive: at once, or when it has called back.
        _receiving = _socket.ReceiveFromAsync(_buffer, SocketFlags.None, _from);
#pragma warning restore CA2012
        if (_receiving.IsCompleted)
        {
            return true;
        }

        _isReceiving = true;
        _receiving.GetAwaiter().UnsafeOnCompleted(_received);
        return false;
    }

    private void EndReceive(Instant now)
    {
        int length;
        try
        {
            length = _receiving.GetAwaiter().GetResult();
            _errorsInARow = 0;
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.MessageSize or SocketError.ConnectionReset or SocketError.NetworkReset)
        {
            // Windows tells so of a datagram that is too long, and of what ICMP says of datagrams sent: strangers can cause both.
            if (e.SocketErrorCode == SocketError.MessageSize && !_disposed)
            {
                _handler.HandleTooLong(this);
            }

            return;
        }
        catch (SocketException e)
        {
            if (++_errorsInARow >= MaxErrorsInARow && !_disposed)
            {
                Dispose();
                _handler.HandleFailure(now, this, e.Message);
            }

            return;
        }
        catch (ObjectDisposedException)
        {
            return;
        }

        if (_disposed)
        {
            return;
        }

        if (length == _buffer.Length)
        {
            _handler.HandleTooLong(this);
            return;
        }

        _handler.HandleDatagram(now, this, PackedAddress.Read(_from, _family), _buffer.AsSpan(0, length));
    }
}
