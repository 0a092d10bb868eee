using System.Security.Cryptography;
using Parley.SocketIO.Adapters.Recovery;
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
    private readonly HashSet<string> _resolving = new(StringComparer.Ordinal);
    private readonly EventRate _rate;
    private readonly ITimer _connectTimer;
    private HashSet<string>? _dismissed;
    private bool _closed;
    private int _ending;

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
        _decoder = new PacketDecoder(server.Options, server.Serializer, IsRevision4);
        _rate = new EventRate(server.Options, server.Time);
        _connectTimer = server.Time.CreateTimer(
            static state => ((SocketConnection)state!).Channel.Close(DisconnectCause.ConnectTimeout),
            this,
            server.Options.ConnectTimeout,
            Timeout.InfiniteTimeSpan);
    }

    public IPacketChannel Channel { get; }

    /// <summary>Whether a handler runs or will, or an acknowledgement is waited for; also after the end of the connection.</summary>
    public bool IsBusy
    {
        get
        {
            if (Volatile.Read(ref _ending) > 0)
            {
                return true;
            }

            lock (_gate)
            {
                return _sockets.Values.Any(static socket => socket.IsBusy);
            }
        }
    }

    private bool IsRevision4 => _revision4Id is not null;

    /// <summary>The client is there. In revision 4 it is in the main namespace without asking.</summary>
    public void HandleOpened()
    {
        if (IsRevision4)
        {
            HandleConnect(new Packet(PacketType.Connect, "/"));
        }
    }

    public ValueTask HandleMessageAsync(ReadOnlyMemory<byte> message, bool isBinary)
    {
        switch (Decode(message, isBinary, out var packet))
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
    /// <param name="socket">The socket.</param>
    /// <param name="pid">The secret with which the client can recover it; null when it cannot.</param>
    public void Accept(Socket socket, string? pid) =>
        Channel.Send(_server.Encoder.Connect(socket.Namespace.Name, IsRevision4 ? null : socket.Id, pid));

    /// <summary>Ends one socket from the server's side and tells the client; the connection stays.</summary>
    public void Leave(Socket socket, DisconnectCause cause)
    {
        if (!TryTake(socket, isDismissal: true))
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

    private DecodeResult Decode(ReadOnlyMemory<byte> message, bool isBinary, out Packet packet)
    {
        try
        {
            return _decoder.Read(message, isBinary, out packet);
        }
        catch (Exception e)
        {
            // A parser of the application's. What it chokes on came from this client, and costs this client only.
            SocketLog.ParserFailed(_server.Logger, e);
            packet = default;
            return DecodeResult.Violation;
        }
    }

    private ValueTask HandleRevision4Async(in Packet packet)
    {
        var (name, auth) = NamespaceQuery.Split(packet.Namespace);
        return HandlePacketAsync(packet with { Namespace = name, Auth = auth });
    }

    private ValueTask HandlePacketAsync(in Packet packet)
    {
        if (packet.Type is PacketType.Event or PacketType.Connect && _rate.Take() is var decision and not EventRateDecision.Accept)
        {
            HandleExcess(packet, decision);
            return ValueTask.CompletedTask;
        }

        if (packet.Type == PacketType.Connect)
        {
            HandleConnect(packet);
            return ValueTask.CompletedTask;
        }

        if (Find(packet.Namespace) is not { MayReceive: true } socket)
        {
            HandleStray(packet.Namespace);
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

    private void HandleExcess(in Packet packet, EventRateDecision decision)
    {
        const string Message = "Too many events";
        if (decision == EventRateDecision.Close)
        {
            Channel.Close(DisconnectCause.TooManyEvents);
        }
        else if (packet.Type != PacketType.Connect && Find(packet.Namespace) is not { MayReceive: true })
        {
            HandleStray(packet.Namespace);
        }
        else if (packet.Type == PacketType.Connect && IsTaken(packet.Namespace))
        {
            Channel.Close(DisconnectCause.ProtocolViolation);
        }
        else if (packet.Type == PacketType.Connect)
        {
            Refuse(packet.Namespace, ConnectResult.Refuse(Message));
        }
        else if (packet.AckId is { } id)
        {
            Channel.Send(_server.Encoder.AckError(packet.Namespace, id, Message, data: null));
        }
    }

    /// <summary>
    /// Something for a namespace that the client is not in. If the server has put it out, that was on its way, and no violation: to close
    /// the connection would cost the client its other namespaces, and perhaps the news that it is out.
    /// </summary>
    private void HandleStray(string ns)
    {
        if (!IsDismissed(ns))
        {
            // Also what comes first on a connection must be a CONNECT.
            Channel.Close(DisconnectCause.ProtocolViolation);
        }
    }

    private void HandleConnect(in Packet packet)
    {
        if (IsTaken(packet.Namespace))
        {
            Channel.Close(DisconnectCause.ProtocolViolation);
            return;
        }

        var name = packet.Namespace;
        var handshake = packet.Auth.IsEmpty ? _handshake : _handshake with { Auth = _server.Serializer.ReadElement(packet.Auth) };
        if (_server.Namespaces.TryEnter(name, out var ns))
        {
            Enter(ns, handshake);
        }
        else if (!_server.Namespaces.HasParents)
        {
            Refuse(name, ConnectResult.Refuse("Invalid namespace"));
        }
        else if (!TryReserve(name))
        {
            Refuse(name, ConnectResult.Refuse("Too many namespaces"));
        }
        else
        {
            // Owned by the reservation, which counts as a namespace of this connection until it ends.
            _ = ResolveAsync(name, handshake);
        }
    }

    private void Enter(SocketNamespace ns, Handshake handshake)
    {
        if (ns.Adapter.Recovery is not { } recovery || IsRevision4 || RecoveryRequest.TryRead(handshake) is not { } request)
        {
            Connect(ns, handshake);
        }
        else if (TryReserve(ns.Name))
        {
            // Owned by the reservation, as below.
            _ = RecoverAsync(ns, handshake, recovery, request);
        }
        else
        {
            _server.Namespaces.Exit(ns);
            Refuse(ns.Name, ConnectResult.Refuse("Too many namespaces"));
        }
    }

    private async Task RecoverAsync(SocketNamespace ns, Handshake handshake, SessionRecovery recovery, RecoveryRequest request)
    {
        var user = SocketRecovery.KeyOf(handshake.User);
        var claim = await recovery.ClaimAsync(request.Pid, request.Offset, user, CancellationToken.None);
        Connect(ns, handshake, claim);
    }

    private async Task ResolveAsync(string name, Handshake handshake)
    {
        var (ns, refusal) = await MakeAsync(name, handshake);
        if (ns is not null)
        {
            Connect(ns, handshake);
            return;
        }

        lock (_gate)
        {
            // Before the refusal: the client may ask again the moment it reads it.
            _resolving.Remove(name);
        }

        Refuse(name, ConnectResult.Refuse(refusal));
    }

    private async ValueTask<(SocketNamespace? Namespace, string Refusal)> MakeAsync(string name, Handshake handshake)
    {
        try
        {
            return await _server.Namespaces.FindParentAsync(name, handshake.Auth) is not { } parent ? (null, "Invalid namespace")
                : _server.Namespaces.TryEnter(name, parent, out var ns) ? (ns, "")
                : (null, "Too many namespaces");
        }
        catch (Exception e)
        {
            SocketLog.ParentFailed(_server.Logger, e, name);
            return (null, "Internal error");
        }
    }

    private void Connect(SocketNamespace ns, Handshake handshake, RecoveryClaim? claim = null)
    {
        var socket = new Socket(claim?.Session.Sid ?? NewSocketId(ns), ns, this, handshake, claim);
        if (TryAdd(socket))
        {
            // Owned by the socket's end: whatever ends the socket while a middleware runs makes the rest come to nothing.
            _ = ConnectAsync(socket);
        }
        else
        {
            socket.End(DisconnectCause.ServerDisconnected);
            Refuse(ns.Name, ConnectResult.Refuse("Too many namespaces"));
        }
    }

    private async Task ConnectAsync(Socket socket)
    {
        var result = await socket.Namespace.RunMiddlewaresAsync(socket);
        if (!result.IsAccepted)
        {
            // Ended before it is told: the client may ask again at once, and wants to be recovered then as now.
            var isRefused = TryTake(socket);
            socket.End(DisconnectCause.ServerDisconnected);
            if (isRefused)
            {
                Refuse(socket.Namespace.Name, result);
            }

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
        Interlocked.Increment(ref _ending);
        socket.End(cause);
        _ = socket.Finished.ContinueWith(
            static (_, state) => Interlocked.Decrement(ref ((SocketConnection)state!)._ending),
            this,
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
        SocketLog.SocketEnded(_server.Logger, socket.Id, socket.Namespace.Name, cause);
    }

    private Socket? Find(string ns)
    {
        lock (_gate)
        {
            return _sockets.GetValueOrDefault(ns);
        }
    }

    private bool IsTaken(string ns)
    {
        lock (_gate)
        {
            return _sockets.ContainsKey(ns) || _resolving.Contains(ns);
        }
    }

    private bool TryReserve(string ns)
    {
        lock (_gate)
        {
            return !_closed && _sockets.Count + _resolving.Count < _server.Options.MaxNamespacesPerConnection && _resolving.Add(ns);
        }
    }

    private bool TryAdd(Socket socket)
    {
        lock (_gate)
        {
            // The reservation, if there is one, becomes the socket.
            _resolving.Remove(socket.Namespace.Name);
            _dismissed?.Remove(socket.Namespace.Name);
            return !_closed
                && _sockets.Count + _resolving.Count < _server.Options.MaxNamespacesPerConnection
                && _sockets.TryAdd(socket.Namespace.Name, socket);
        }
    }

    private bool TryTake(Socket socket, bool isDismissal = false)
    {
        lock (_gate)
        {
            var name = socket.Namespace.Name;
            if (!_sockets.TryGetValue(name, out var current) || !ReferenceEquals(current, socket))
            {
                return false;
            }

            _sockets.Remove(name);
            if (isDismissal && (_dismissed ??= new(StringComparer.Ordinal)).Count < _server.Options.MaxNamespacesPerConnection)
            {
                _dismissed.Add(name);
            }

            return true;
        }
    }

    /// <summary>Whether the server has put the client out, of this namespace or of all, and the client has not come again.</summary>
    private bool IsDismissed(string ns)
    {
        lock (_gate)
        {
            return _closed || _dismissed?.Contains(ns) == true;
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
