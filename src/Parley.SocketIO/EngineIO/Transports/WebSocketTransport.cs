namespace Parley.SocketIO.EngineIO.Transports;

/// <summary>A session over a WebSocket: one packet a message.</summary>
/// <param name="session">The session.</param>
/// <param name="socket">The WebSocket.</param>
/// <param name="time">The clock.</param>
/// <param name="takesBinary">Whether the client takes binary messages; base64 otherwise.</param>
internal sealed class WebSocketTransport(EngineSession session, IMessageSocket socket, TimeProvider time, bool takesBinary = true)
    : IEngineTransport
{
    public const string TransportName = "websocket";

    /// <summary>Time for the last packets and both closing frames, before the connection is dropped.</summary>
    public static readonly TimeSpan CloseTimeout = TimeSpan.FromSeconds(5);

    private readonly AsyncSignal _outbound = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ushort _closeCode = WebSocketCloseCode.NormalClosure;
    private bool _aborted;

    public string Name => TransportName;

    public void Flush() => _outbound.Set();

    public void Abort(DisconnectCause cause)
    {
        _closeCode = cause switch
        {
            DisconnectCause.PayloadTooLarge => WebSocketCloseCode.MessageTooBig,
            DisconnectCause.ProtocolViolation => WebSocketCloseCode.PolicyViolation,
            _ => WebSocketCloseCode.NormalClosure,
        };
        _aborted = true;
        _ended.TrySetResult();
        _outbound.Set();
        if (cause is DisconnectCause.SlowReader or DisconnectCause.PingTimeout)
        {
            // Whoever does not read will not read a goodbye either, and a send may be stuck.
            socket.Abort();
        }
    }

    /// <summary>Runs the connection to its end; the session is closed then.</summary>
    public async Task RunAsync()
    {
        var receiving = ReceiveAsync();
        var sending = SendAsync();
        await Task.WhenAny(receiving, sending, _ended.Task);
        var both = Task.WhenAll(receiving, sending);
        try
        {
            await both.WaitAsync(CloseTimeout, time);
        }
        catch (TimeoutException)
        {
            socket.Abort();
            await both;
        }
    }

    private async Task ReceiveAsync()
    {
        while (true)
        {
            var message = await socket.ReceiveAsync(CancellationToken.None);
            switch (message.Kind)
            {
                case MessageKind.Text or MessageKind.Binary:
                    // After the end of the session this discards, until the client's closing frame: a connection that is
                    // closed with data unread is reset, and the reset would overtake our own closing frame.
                    await HandleAsync(message.Data, message.Kind == MessageKind.Binary);
                    break;

                case MessageKind.TooLarge:
                    session.End(DisconnectCause.PayloadTooLarge);
                    break;

                case MessageKind.Closed:
                    session.End(DisconnectCause.TransportClosed);
                    return;

                default:
                    session.End(DisconnectCause.TransportFailed);
                    return;
            }
        }
    }

    private async ValueTask HandleAsync(ReadOnlyMemory<byte> message, bool isBinary)
    {
        if (Unwrap(message, ref isBinary) is { } packet)
        {
            await session.HandlePacketAsync(packet, isBinary);
        }
        else
        {
            session.End(DisconnectCause.ProtocolViolation);
        }
    }

    private ReadOnlyMemory<byte>? Unwrap(ReadOnlyMemory<byte> message, ref bool isBinary)
    {
        if (isBinary)
        {
            return session.Protocol == EngineProtocol.V3 ? BinaryPacketV3.Unwrap(message) : message;
        }

        isBinary = Base64Packet.IsMatch(message.Span);
        return isBinary ? Base64Packet.Unwrap(message.ToArray(), session.Protocol) : message;
    }

    private ValueTask<bool> SendAsync(OutboundPacket packet) =>
        socket.SendAsync(Wrap(packet), packet.IsBinary && takesBinary, !packet.IsIncompressible, CancellationToken.None);

    private ReadOnlyMemory<byte> Wrap(OutboundPacket packet) =>
        !packet.IsBinary ? packet.Data
        : !takesBinary ? Base64Packet.Wrap(packet.Data.Span, session.Protocol)
        : session.Protocol == EngineProtocol.V3 ? BinaryPacketV3.Wrap(packet.Data.Span)
        : packet.Data;

    private async Task SendAsync()
    {
        while (true)
        {
            await _outbound.WaitAsync();
            while (TryPeek(out var packet))
            {
                if (!await SendAsync(packet))
                {
                    session.End(DisconnectCause.TransportFailed);
                    return;
                }

                RemoveSent(packet);
            }

            if (HasNothingLeftToSay())
            {
                using var timeout = new CancellationTokenSource(CloseTimeout, time);
                await socket.CloseAsync(_closeCode, timeout.Token);
                session.End(DisconnectCause.TransportClosed);
                return;
            }
        }
    }

    private bool TryPeek(out OutboundPacket packet)
    {
        lock (session.Gate)
        {
            packet = default;
            return !_aborted && session.Outbound.TryPeek(out packet);
        }
    }

    private void RemoveSent(OutboundPacket packet)
    {
        lock (session.Gate)
        {
            if (!_aborted)
            {
                session.Outbound.Remove();
            }
        }

        session.CountSent(packet.Data.Length);
    }

    private bool HasNothingLeftToSay()
    {
        lock (session.Gate)
        {
            return _aborted || (session.IsDraining && session.Outbound.IsEmpty);
        }
    }
}
