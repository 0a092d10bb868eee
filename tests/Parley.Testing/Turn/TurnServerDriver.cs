using Parley.Core.Addresses;
using Parley.Core.Time;
using Parley.Stun.Messages;
using Parley.Stun.Turn.Server;
using Parley.Testing.Hosts;
using Parley.Testing.Streams;

namespace Parley.Testing.Turn;

/// <summary>A TURN server on a host of the virtual world: listens for datagrams and connections on every listener of its options.</summary>
public sealed class TurnServerDriver : EngineDriver
{
    /// <summary>The calendar does not begin anew when a server does.</summary>
    private static readonly WallClock Calendar = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

    /// <summary>A connection without an allocation is closed after so long: its client may be gone, and nobody would ever say so.</summary>
    private static readonly TimeSpan IdleConnection = TimeSpan.FromMinutes(2);

    private readonly Dictionary<TransportAddress, UdpSocket> _listeners = [];
    private readonly HashSet<FiveTuple> _allocations = [];
    private readonly Dictionary<FiveTuple, VirtualStream> _streams = [];
    private readonly Dictionary<RelayId, UdpSocket> _relays = [];
    private readonly HashSet<RelayId> _opening = [];
    private readonly List<TurnServerEvent> _events = [];
    private readonly SeededRandom _random;

    /// <summary>Runs from now on.</summary>
    public TurnServerDriver(VirtualHost host, TurnServerOptions options, ITurnUsers users)
        : base(host)
    {
        _random = host.World.Random.Fork();
        Engine = new TurnServer(options, users, host.World.Random.Fork()) { Clock = Calendar };
        foreach (TransportAddress local in options.Listeners)
        {
            UdpSocket socket = host.OpenUdp(local);
            socket.Received = (from, datagram) => HandleMessage(new FiveTuple(from, local, TransportProtocol.Udp), datagram);
            _listeners.Add(local, socket);
            host.Listen(local, Accept);
        }
    }

    /// <summary>To be asked; it is called through the driver only.</summary>
    public TurnServer Engine { get; }

    /// <summary>Everything the engine has said.</summary>
    public IReadOnlyList<TurnServerEvent> Events => _events;

    /// <summary>How long it takes to open a socket.</summary>
    public TimeSpan RelayOpening { get; set; }

    /// <summary>The probability that a socket cannot be opened.</summary>
    public double RelayRefusal { get; set; }

    /// <summary>Relay sockets that are open.</summary>
    public IEnumerable<RelayId> OpenRelays => _relays.Keys;

    /// <summary>Sockets that the engine has asked for and has neither got nor given up.</summary>
    public int RelaysAwaited => _opening.Count;

    /// <summary>Connections that are open.</summary>
    public int OpenStreams => _streams.Count;

    /// <summary>Datagrams that were sent to peers.</summary>
    public long SentToPeers { get; private set; }

    /// <summary>What was sent to clients and answers no request.</summary>
    public long SentToClients { get; private set; }

    /// <summary>Something came to this relayed address, from this peer, and was sent on to the client.</summary>
    public Action<TransportAddress, TransportAddress>? RelayedToClient { get; set; }

    /// <summary>A Data indication goes to this client, from this peer, however it came to the server.</summary>
    public Action<FiveTuple, TransportAddress>? Indicated { get; set; }

    /// <inheritdoc />
    protected override Instant? NextTimeout => Engine.NextTimeout;

    /// <summary>Ends everything that a user has.</summary>
    public void Revoke(string user)
    {
        Host.World.Note(Host.Name, $"revokes {user}");
        Engine.Revoke(Now, user);
        Drive();
    }

    /// <summary>The operating system takes a relay socket away.</summary>
    public void FailRelay(RelayId relay)
    {
        if (_relays.Remove(relay, out UdpSocket? socket))
        {
            Host.World.Note(Host.Name, $"relay socket {socket.Local} fails");
            socket.Close();
            Engine.HandleRelayRefused(Now, relay);
            Drive();
        }
    }

    /// <summary>The process dies; the operating system closes what it had open.</summary>
    public override void Stop()
    {
        base.Stop();
        foreach ((TransportAddress local, UdpSocket socket) in _listeners)
        {
            socket.Close();
            Host.StopListening(local);
        }

        foreach (VirtualStream stream in _streams.Values)
        {
            stream.Close();
        }

        foreach (UdpSocket socket in _relays.Values)
        {
            socket.Close();
        }

        _streams.Clear();
        _relays.Clear();
        _opening.Clear();
    }

    /// <inheritdoc />
    protected override void HandleTimeout(Instant now) => Engine.HandleTimeout(now);

    /// <inheritdoc />
    protected override void Drain()
    {
        while (Engine.TryPollEvent(out TurnServerEvent? happened))
        {
            _events.Add(happened);
            Handle(happened);
        }

        while (Engine.TryPollTransmit(out TurnTransmit transmit))
        {
            Send(transmit);
        }
    }

    private void HandleMessage(in FiveTuple client, ReadOnlySpan<byte> message)
    {
        Engine.HandleMessage(Now, client, message);
        Drive();
    }

    private void Accept(VirtualStream stream)
    {
        FiveTuple client = new(stream.Remote, stream.Local, stream.Protocol);
        FrameReader frames = new();
        _streams[client] = stream;
        stream.Received = bytes =>
        {
            frames.Add(bytes);
            // The engine may have had enough of the client after any frame.
            while (_streams.ContainsKey(client) && frames.TryTake(out byte[] frame))
            {
                HandleMessage(client, frame);
            }

            if (frames.IsDesynchronized)
            {
                stream.Close();
                Disconnect(client);
            }
        };
        stream.Ended = () => Disconnect(client);
        Host.World.After(IdleConnection, () => CloseIfIdle(client, stream));
    }

    private void CloseIfIdle(FiveTuple client, VirtualStream stream)
    {
        if (_streams.GetValueOrDefault(client) != stream)
        {
            return;
        }

        if (_allocations.Contains(client))
        {
            Host.World.After(IdleConnection, () => CloseIfIdle(client, stream));
        }
        else
        {
            Host.World.Note(Host.Name, $"closes the idle connection of {client.Client}");
            stream.Close();
            Disconnect(client);
        }
    }

    private void Disconnect(in FiveTuple client)
    {
        if (_streams.Remove(client))
        {
            Engine.HandleDisconnect(Now, client);
            Drive();
        }
    }

    private void Handle(TurnServerEvent happened)
    {
        switch (happened)
        {
            case TurnServerEvent.RelayWanted wanted:
                _opening.Add(wanted.Relay);
                Host.World.After(RelayOpening, () => Open(wanted));
                break;
            case TurnServerEvent.RelayUnwanted unwanted:
                if (_relays.Remove(unwanted.Relay, out UdpSocket? socket))
                {
                    socket.Close();
                }
                else if (!_opening.Remove(unwanted.Relay))
                {
                    throw new InvalidOperationException($"{unwanted}: it was never wanted, or given up already.");
                }

                break;
            case TurnServerEvent.ConnectionUnwanted unwanted:
                if (_streams.Remove(unwanted.Client, out VirtualStream? stream))
                {
                    Host.World.Note(Host.Name, $"closes the connection of {unwanted.Client.Client}: {unwanted.Reason}");
                    stream.Close();
                }

                break;
            case TurnServerEvent.AllocationMade made:
                Host.World.Note(Host.Name, happened.ToString());
                _allocations.Add(made.Client);
                break;
            case TurnServerEvent.AllocationEnded ended:
                Host.World.Note(Host.Name, happened.ToString());
                _allocations.Remove(ended.Client);
                break;
            default:
                throw new InvalidOperationException($"Nobody has taught this driver what {happened} means.");
        }
    }

    private void Open(TurnServerEvent.RelayWanted wanted)
    {
        // The process has ended, or the engine has given it up meanwhile.
        if (!_opening.Remove(wanted.Relay))
        {
            return;
        }

        if (Host.HasUdp(wanted.Local) || _random.Chance(RelayRefusal))
        {
            Host.World.Note(Host.Name, $"cannot open {wanted.Local}");
            Engine.HandleRelayRefused(Now, wanted.Relay);
        }
        else
        {
            UdpSocket socket = Host.OpenUdp(wanted.Local);
            socket.Received = (from, datagram) =>
            {
                long before = SentToClients;
                Engine.HandleRelayed(Now, wanted.Relay, from, datagram);
                Drive();
                if (SentToClients > before)
                {
                    RelayedToClient?.Invoke(wanted.Local, from);
                }
            };
            _relays.Add(wanted.Relay, socket);
            Engine.HandleRelayOpened(Now, wanted.Relay);
        }

        Drive();
    }

    private void Send(in TurnTransmit transmit)
    {
        if (transmit.IsForPeer)
        {
            SentToPeers++;
            // An engine that sends from a socket it does not have is caught here.
            _relays[transmit.Relay].Send(transmit.Peer, transmit.Payload);
            return;
        }

        SentToClients += transmit.IsResponse ? 0 : 1;
        if (Indicated is not null && !transmit.IsResponse && StunMessage.TryRead(transmit.Payload, out StunMessage indication)
            && indication.TryGetXorAddress(StunAttributeType.XorPeerAddress, out TransportAddress peer))
        {
            Indicated(transmit.Client, peer);
        }

        if (transmit.Client.Protocol == TransportProtocol.Udp)
        {
            _listeners[transmit.Client.Server].Send(transmit.Client.Client, transmit.Payload);
        }
        else
        {
            _streams.GetValueOrDefault(transmit.Client)?.Send(transmit.Payload);
        }
    }
}
