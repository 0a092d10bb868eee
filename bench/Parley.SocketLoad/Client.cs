using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Parley.SocketLoad;

/// <summary>A client's message: a Socket.IO packet, or an attachment of one.</summary>
internal delegate void MessageHandler(Client client, bool isBinary, ReadOnlySpan<byte> message);

/// <summary>One client: Engine.IO 4 and Socket.IO 5 over a WebSocket, in the main namespace.</summary>
internal sealed class Client : IDisposable
{
    // A connection on loopback uses up one of 28,000 ports of its source address for a minute.
    private const int Addresses = 50;

    private static readonly byte[] Pong = Frame.Of(Frame.Text, "3"u8);
    private static readonly byte[] Connect = Frame.Of(Frame.Text, "40"u8);
    private static readonly byte[] Disconnect = Frame.Of(Frame.Text, "41"u8);
    private static readonly byte[] Close = Frame.Of(Frame.Close, [0x03, 0xe8]);

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly Epoll _epoll;
    private readonly MessageHandler _handler;
    private byte[] _unread = [];
    private byte[] _unsent = [];

    /// <summary>Connects; all else happens when the server has spoken.</summary>
    public Client(int index, IPEndPoint server, Epoll epoll, MessageHandler handler)
    {
        (Index, _epoll, _handler) = (index, epoll, handler);
        try
        {
            _socket.Bind(new IPEndPoint(new IPAddress([127, 0, 0, (byte)(2 + (index % Addresses))]), 0));
            _socket.Connect(server);
            _socket.Blocking = false;
        }
        catch (SocketException e)
        {
            throw new LoadFailedException($"Client {index} cannot connect: {e.Message}");
        }

        epoll.Add(_socket, index);
        Send(Encoding.ASCII.GetBytes(
            $"GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: {server}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
            + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"));
    }

    public int Index { get; }

    public ClientState State { get; private set; } = ClientState.Upgrading;

    /// <summary>Sends frames that are made already. What the socket does not take now is sent as soon as it does.</summary>
    public void Send(ReadOnlySpan<byte> frames)
    {
        if (_unsent.Length == 0)
        {
            frames = frames[SendNow(frames)..];
            if (frames.IsEmpty)
            {
                return;
            }

            _epoll.WatchWrites(_socket, Index, isWatched: true);
        }

        _unsent = [.. _unsent, .. frames];
    }

    /// <summary>Says goodbye; the client is closed when the server has closed the connection.</summary>
    public void Leave()
    {
        State = ClientState.Leaving;
        Send([.. Disconnect, .. Close]);
    }

    /// <summary>The socket can be written to, or read from, or both.</summary>
    /// <param name="buffer">To read into, for all clients.</param>
    public void HandleReady(byte[] buffer)
    {
        if (_unsent.Length > 0)
        {
            _unsent = _unsent[SendNow(_unsent)..];
            if (_unsent.Length == 0)
            {
                _epoll.WatchWrites(_socket, Index, isWatched: false);
            }
        }

        while (State != ClientState.Closed)
        {
            _unread.CopyTo(buffer, 0);
            var space = buffer.AsSpan(_unread.Length);
            var count = _socket.Receive(space, SocketFlags.None, out var error);
            if (error == SocketError.WouldBlock)
            {
                return;
            }

            if (error != SocketError.Success || count == 0)
            {
                HandleClosed(error);
                return;
            }

            Handle(buffer.AsSpan(0, _unread.Length + count));
            if (count < space.Length)
            {
                // There was no more; if some has come since, epoll says so.
                return;
            }
        }
    }

    public void Dispose() => _socket.Dispose();

    private int SendNow(ReadOnlySpan<byte> data)
    {
        var sent = _socket.Send(data, SocketFlags.None, out var error);
        return error switch
        {
            SocketError.Success => sent,
            SocketError.WouldBlock => 0,
            _ when State == ClientState.Leaving => data.Length,
            _ => throw new LoadFailedException($"Client {Index} cannot send: {error}."),
        };
    }

    private void HandleClosed(SocketError error)
    {
        if (State != ClientState.Leaving)
        {
            throw new LoadFailedException($"The server has closed the connection of client {Index}: {State}, {error}.");
        }

        State = ClientState.Closed;
        _epoll.Remove(_socket);
        _socket.Dispose();
    }

    private void Handle(ReadOnlySpan<byte> data)
    {
        if (State == ClientState.Upgrading)
        {
            var end = data.IndexOf("\r\n\r\n"u8);
            if (end >= 0)
            {
                Require(data.StartsWith("HTTP/1.1 101 "u8), data[..end]);
                State = ClientState.Opening;
                data = data[(end + 4)..];
            }
        }

        while (State != ClientState.Upgrading && Frame.TryRead(data, out var opcode, out var payload, out var length))
        {
            Handle(opcode, payload);
            data = data[length..];
        }

        _unread = data.ToArray();
    }

    private void Handle(byte opcode, ReadOnlySpan<byte> payload)
    {
        switch (opcode)
        {
            case Frame.Text when payload is [(byte)'2']:
                Send(Pong);
                break;

            case Frame.Text when State == ClientState.Opening:
                Require(payload is [(byte)'0', (byte)'{', ..], payload);
                State = ClientState.Joining;
                Send(Connect);
                break;

            case Frame.Text when State == ClientState.Joining:
                Require(payload.StartsWith("40{\"sid\":"u8), payload);
                State = ClientState.Joined;
                break;

            case Frame.Text when State == ClientState.Joined:
                Require(payload is [(byte)'4', ..], payload);
                _handler(this, isBinary: false, payload[1..]);
                break;

            case Frame.Binary when State == ClientState.Joined:
                _handler(this, isBinary: true, payload);
                break;

            case Frame.Ping:
                Send(Frame.Of(Frame.Pong, payload));
                break;

            default:
                Require(State == ClientState.Leaving, payload);
                break;
        }
    }

    private void Require(bool holds, ReadOnlySpan<byte> said)
    {
        if (!holds)
        {
            throw new LoadFailedException($"Client {Index}, {State}, was told: {Encoding.UTF8.GetString(said[..Math.Min(said.Length, 200)])}");
        }
    }
}

/// <summary>How far a client is.</summary>
internal enum ClientState
{
    Upgrading,
    Opening,
    Joining,
    Joined,
    Leaving,
    Closed,
}
