using System.Security.Cryptography;
using System.Text.Json;
using Parley.SocketIO.Packets;

namespace Parley.SocketIO.Namespaces;

/// <summary>One client's connection: reads its packets and leads them to its sockets, one in each namespace.</summary>
/// <remarks>Messages are handled one at a time; ending may come from any thread.</remarks>
internal sealed class SocketConnection
{
    private const int SocketIdBytes = 15;

    private readonly Lock _gate = new();
    private readonly SocketServer _server;
    private readonly Handshake _handshake;
    private readonly string? _revision4Id;
    private readonly PacketDecoder _decoder;
    private readonly Dictionary<string, Socket> _sockets = new(StringComparer.Ordinal);
    private readonly ITimer _connectTimer;
    private bool _closed;

    /// <summary>A connection that has just been made.</summary>
    /// <param name="server">The server.</param>
    /// <param name="channel">The connection beneath.</param>
    /// <param name="handshake">What the client said when it connected.</param>
    /// <param name="revision4Id">
    /// For a client that speaks revision 4 of the protocol (Socket.IO 2), the id that it makes the ids of its sockets of; null for others.
    /// </param>
    public SocketConnection(SocketServer server, IPacketChannel channel, Handshake handshake, string? revision4Id = null)
    {
        (_server, Channel, _handshake, _revision4Id) = (server, channel, handshake, revision4Id);
        _decoder = new PacketDecoder(server.Options, server.Serializer, takesQuery: IsRevision4);
        _connectTimer = server.Time.CreateTimer(
            static state => ((SocketConnection)state!).Channel.Close(DisconnectCause.ConnectTimeout),
            this,
            server.Options.ConnectTimeout,
            Timeout.InfiniteTimeSpan);
    }

    public IPacketChannel Channel { get; }

    private bool IsRevision4 => _revision4Id is not null;

    /// <summary>The client is there. In revision 4 it is in the main namespace without asking.</summary>
    public void HandleOpened()
    {
        if (IsRevision4)
        {
            HandleConnect("/", auth: null);
        }
    }

    public ValueTask HandleMessageAsync(ReadOnlyMemory<byte> message, bool isBinary)
    {
        var result = isBinary
            ? _decoder.ReadBinary(message.Span, out var packet)
            : _decoder.ReadText(message.Span, out packet);
        switch (result)
        {
            case DecodeResult.Packet:
                return IsRevision4 ? HandleRevision4Async(packet) : HandlePacketAsync(packet);

            case DecodeResult.Violation:
                Channel.Close(DisconnectCause.ProtocolViolation);
                break;
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>The connection is gone: so are its sockets.</summary>
    public void HandleClosed(DisconnectCause cause)
    {
        foreach (var socket in TakeAll())
        {
            End(socket, cause);
        }

        _connectTimer.Dispose();
    }

    /// <summary>Tells the client that a socket of its is connected.</summary>
    public void Accept(Socket socket) =>
        Channel.Send(_server.Encoder.Connect(socket.Namespace.Name, IsRevision4 ? null : socket.Id));

    /// <summary>Ends one socket from the server's side and tells the client; the connection stays.</summary>
    public void Leave(Socket socket, DisconnectCause cause)
    {
        if (!TryTake(socket))
        {
            return;
        }

        if (socket.Connected)
        {
            socket.Send(_server.Encoder.Disconnect(socket.Namespace.Name));
        }
        else
        {
            // Thrown out by a middleware: to the client that is a refusal.
            Refuse(socket.Namespace.Name, ConnectResult.Refuse("Disconnected"));
        }

        End(socket, cause);
    }

    /// <summary>Ends all sockets and the connection from the server's side.</summary>
    public void Disconnect()
    {
        foreach (var socket in TakeAll())
        {
            socket.Send(_server.Encoder.Disconnect(socket.Namespace.Name));
            End(socket, DisconnectCause.ServerDisconnected);
        }

        Channel.Close(DisconnectCause.ServerDisconnected);
    }

    private ValueTask HandleRevision4Async(in Packet packet)
    {
        var (name, auth) = NamespaceQuery.Split(packet.Namespace);
        if (packet.Type != PacketType.Connect)
        {
            return HandlePacketAsync(packet with { Namespace = name });
        }

        HandleConnect(name, auth);
        return ValueTask.CompletedTask;
    }

    private ValueTask HandlePacketAsync(in Packet packet)
    {
        if (packet.Type == PacketType.Connect)
        {
            HandleConnect(packet.Namespace, packet.Auth.IsEmpty ? null : _server.Serializer.ReadElement(packet.Auth));
            return ValueTask.CompletedTask;
        }

        if (Find(packet.Namespace) is not { MayReceive: true } socket)
        {
            // Also what comes first on a connection must be a CONNECT.
            Channel.Close(DisconnectCause.ProtocolViolation);
            return ValueTask.CompletedTask;
        }

        switch (packet.Type)
        {
            case PacketType.Event:
                return socket.ReceiveAsync(packet);

            case PacketType.Ack:
                socket.Acknowledge(packet.AckId!.Value, packet.Arguments!);
                break;

            case PacketType.Disconnect:
                if (TryTake(socket))
                {
                    End(socket, DisconnectCause.ClientLeft);
                }

                break;
        }

        return ValueTask.CompletedTask;
    }

    private void HandleConnect(string name, JsonElement? auth)
    {
        if (Find(name) is not null)
        {
            Channel.Close(DisconnectCause.ProtocolViolation);
            return;
        }

        if (!_server.TryGetNamespace(name, out var ns))
        {
            Refuse(name, ConnectResult.Refuse("Invalid namespace"));
            return;
        }

        var handshake = auth is { } element ? _handshake with { Auth = element } : _handshake;
        var socket = new Socket(NewSocketId(ns), ns, this, handshake);
        if (TryAdd(socket))
        {
            // Owned by the socket's end: whatever ends the socket while a middleware runs makes the rest come to nothing.
            _ = ConnectAsync(socket);
        }
        else
        {
            Refuse(name, ConnectResult.Refuse("Too many namespaces"));
        }
    }

    private async Task ConnectAsync(Socket socket)
    {
        var result = await socket.Namespace.RunMiddlewaresAsync(socket);
        if (!result.IsAccepted)
        {
            if (TryTake(socket))
            {
                Refuse(socket.Namespace.Name, result);
            }

            socket.End(DisconnectCause.ServerDisconnected);
            return;
        }

        if (!socket.TryConnect())
        {
            return;
        }

        _connectTimer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        SocketLog.SocketConnected(_server.Logger, socket.Id, socket.Namespace.Name);
        await socket.StartAsync();
    }

    private void Refuse(string ns, ConnectResult result) =>
        Channel.Send(IsRevision4
            ? _server.Encoder.Error(ns, result.Message!, result.Data)
            : _server.Encoder.ConnectError(ns, result.Message!, result.Data));

    private void End(Socket socket, DisconnectCause cause)
    {
        socket.End(cause);
        SocketLog.SocketEnded(_server.Logger, socket.Id, socket.Namespace.Name, cause);
    }

    private Socket? Find(string ns)
    {
        lock (_gate)
        {
            return _sockets.GetValueOrDefault(ns);
        }
    }

    private bool TryAdd(Socket socket)
    {
        lock (_gate)
        {
            return !_closed
                && _sockets.Count < _server.Options.MaxNamespacesPerConnection
                && _sockets.TryAdd(socket.Namespace.Name, socket);
        }
    }

    private bool TryTake(Socket socket)
    {
        lock (_gate)
        {
            return _sockets.TryGetValue(socket.Namespace.Name, out var current)
                && ReferenceEquals(current, socket)
                && _sockets.Remove(socket.Namespace.Name);
        }
    }

    private Socket[] TakeAll()
    {
        lock (_gate)
        {
            _closed = true;
            Socket[] all = [.. _sockets.Values];
            _sockets.Clear();
            return all;
        }
    }

    private string NewSocketId(SocketNamespace ns) =>
        _revision4Id is null
            ? Convert.ToBase64String(RandomNumberGenerator.GetBytes(SocketIdBytes)).Replace('+', '-').Replace('/', '_')
            : ns.Name == "/" ? _revision4Id : $"{ns.Name}#{_revision4Id}";
}
