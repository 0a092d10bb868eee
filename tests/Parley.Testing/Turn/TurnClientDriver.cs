using Parley.Core.Addresses;
using Parley.Core.Time;
using Parley.Stun.Turn.Client;
using Parley.Testing.Hosts;
using Parley.Testing.Streams;

namespace Parley.Testing.Turn;

/// <summary>A TURN client on a host of the virtual world, over UDP or over a connection of its own.</summary>
public sealed class TurnClientDriver : EngineDriver
{
    private readonly TransportAddress _server;
    private readonly TransportProtocol _transport;
    private readonly TurnClient _engine;
    private readonly List<TurnClientEvent> _events = [];
    private readonly List<Datagram> _received = [];
    private readonly HashSet<InternetAddress> _permitted = [];
    private readonly byte[] _buffer = new byte[2048];
    private UdpSocket? _socket;
    private VirtualStream? _stream;

    /// <summary>A client that begins with <see cref="Start"/>.</summary>
    public TurnClientDriver(VirtualHost host, TransportAddress server, TurnClientOptions options)
        : base(host)
    {
        _server = server;
        _transport = options.Transport;
        _engine = new TurnClient(options, host.World.Random.Fork());
    }

    /// <summary>Everything the engine has said.</summary>
    public IReadOnlyList<TurnClientEvent> Events => _events;

    /// <summary>What peers have sent, and nobody took.</summary>
    public IReadOnlyList<Datagram> Received => _received;

    /// <summary>Takes what peers send instead of <see cref="Received"/>.</summary>
    public DatagramHandler? Handler { get; set; }

    /// <summary>Where peers reach it; null: there is no allocation.</summary>
    public TransportAddress? Relayed { get; private set; }

    /// <summary>Hosts for which the server has confirmed a permission, as far as the client knows.</summary>
    public IReadOnlySet<InternetAddress> Permitted => _permitted;

    /// <summary>It was started, and neither has an allocation nor knows that it will get none.</summary>
    public bool IsWaiting { get; private set; }

    /// <summary>It has failed or is closed.</summary>
    public bool HasEnded { get; private set; }

    /// <inheritdoc />
    protected override Instant? NextTimeout => _engine.NextTimeout;

    /// <summary>Asks for an allocation.</summary>
    public TurnClientDriver Start()
    {
        IsWaiting = true;
        OpenSocket();
        _engine.Start(Now);
        Drive();
        return this;
    }

    /// <summary>Lets a host send to the relayed address.</summary>
    public void Permit(InternetAddress peer)
    {
        _engine.AddPermission(Now, peer);
        Drive();
    }

    /// <summary>Refreshes the permission no more.</summary>
    public void Forbid(InternetAddress peer)
    {
        _permitted.Remove(peer);
        _engine.RemovePermission(peer);
        Drive();
    }

    /// <summary>Gives a peer a channel.</summary>
    public void Bind(TransportAddress peer)
    {
        _engine.BindChannel(Now, peer);
        Drive();
    }

    /// <summary>Sends to a peer, through the relay.</summary>
    /// <returns>Whether there was an allocation to send from.</returns>
    public bool Send(TransportAddress peer, ReadOnlySpan<byte> data)
    {
        if (IsStopped)
        {
            return false;
        }

        int length = _engine.WriteData(Now, peer, data, _buffer);
        if (length > 0)
        {
            Transmit(_buffer.AsSpan(0, length));
        }

        Drive();
        return length > 0;
    }

    /// <summary>Gives the allocation up.</summary>
    public void Close()
    {
        _engine.Close(Now);
        Drive();
    }

    /// <summary>The same client sends from another port from now on, as after a change of networks. Over UDP only.</summary>
    public void MoveToAnotherPort()
    {
        if (_socket is not null && !HasEnded && !IsStopped)
        {
            Host.World.Note(Host.Name, "moves to another port");
            _socket.Close();
            OpenSocket();
        }
    }

    /// <summary>The client vanishes, and nobody is told.</summary>
    public override void Stop()
    {
        base.Stop();
        _socket?.Close();
        _stream?.Vanish();
    }

    /// <inheritdoc />
    protected override void HandleTimeout(Instant now) => _engine.HandleTimeout(now);

    /// <inheritdoc />
    protected override void Drain()
    {
        while (_engine.TryPollEvent(out TurnClientEvent? happened))
        {
            Host.World.Note(Host.Name, happened.ToString());
            _events.Add(happened);
            Handle(happened);
        }

        while (_engine.TryPollTransmit(out ReadOnlySpan<byte> message))
        {
            Transmit(message);
        }

        if (HasEnded)
        {
            _socket?.Close();
            _stream?.Close();
        }
    }

    private void OpenSocket()
    {
        if (_transport == TransportProtocol.Udp)
        {
            _socket = Host.OpenUdp(family: _server.Family);
            _socket.Received = (from, datagram) =>
            {
                // Whatever others send to this socket is not the server's.
                if (from == _server)
                {
                    HandleMessage(datagram);
                }
            };
            return;
        }

        FrameReader frames = new();
        _stream = Host.Connect(_server, _transport);
        _stream.Received = bytes =>
        {
            frames.Add(bytes);
            while (frames.TryTake(out byte[] frame))
            {
                HandleMessage(frame);
            }
        };
    }

    private void HandleMessage(ReadOnlySpan<byte> message)
    {
        if (IsStopped)
        {
            return;
        }

        byte[]? received = _engine.HandleMessage(Now, message, out TransportAddress peer, out ReadOnlySpan<byte> data) ? data.ToArray() : null;
        Drive();
        if (received is null)
        {
            return;
        }

        if (Handler is not null)
        {
            Handler(peer, received);
        }
        else
        {
            _received.Add(new Datagram(peer, received));
        }
    }

    private void Handle(TurnClientEvent happened)
    {
        switch (happened)
        {
            case TurnClientEvent.Allocated allocated:
                Relayed = allocated.Relayed;
                IsWaiting = false;
                break;
            case TurnClientEvent.Permitted permitted:
                _permitted.Add(permitted.Peer);
                break;
            case TurnClientEvent.PermissionRefused refused:
                _permitted.Remove(refused.Peer);
                break;
            case TurnClientEvent.Failed or TurnClientEvent.Closed:
                Relayed = null;
                IsWaiting = false;
                HasEnded = true;
                break;
            default:
                break;
        }
    }

    private void Transmit(ReadOnlySpan<byte> message)
    {
        _socket?.Send(_server, message);
        _stream?.Send(message);
    }
}
