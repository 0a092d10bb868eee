using Parley.Core.Addresses;
using Parley.Testing.Nats;
using Parley.Testing.Routing;
using Parley.Testing.Streams;

namespace Parley.Testing.Hosts;

/// <summary>A machine with addresses, sockets and one link to its network.</summary>
public sealed class VirtualHost : INode
{
    private const ushort FirstEphemeralPort = 49152;

    private readonly Dictionary<TransportAddress, UdpSocket> _sockets = [];
    private readonly Dictionary<TransportAddress, Action<VirtualStream>> _listeners = [];

    internal VirtualHost(VirtualWorld world, string name, VirtualNetwork network, NatRouter? router, IReadOnlyList<InternetAddress> addresses)
    {
        World = world;
        Name = name;
        Network = network;
        Router = router;
        Addresses = addresses;
        Link = new Link(world, world.Conditions);
        network.Attach(this, addresses);
    }

    /// <summary>In which it is.</summary>
    public VirtualWorld World { get; }

    /// <summary>In the timeline.</summary>
    public string Name { get; }

    /// <summary>Its own; behind a router, private ones among them.</summary>
    public IReadOnlyList<InternetAddress> Addresses { get; }

    /// <summary>To its network.</summary>
    public Link Link { get; }

    /// <summary>Behind which it is; null: none.</summary>
    public NatRouter? Router { get; }

    /// <summary>How many UDP sockets are open.</summary>
    public int OpenSockets => _sockets.Count;

    internal VirtualNetwork Network { get; }

    /// <summary>Its address of a family.</summary>
    /// <exception cref="InvalidOperationException">It has none.</exception>
    public InternetAddress Address(IpFamily family) => Addresses.First(a => a.Family == family);

    /// <summary>A UDP socket at a port, or at any that is free.</summary>
    /// <exception cref="InvalidOperationException">The port is taken.</exception>
    public UdpSocket OpenUdp(ushort port = 0, IpFamily family = IpFamily.IPv4) => OpenUdp(new TransportAddress(Address(family), port));

    /// <summary>A UDP socket at one of its addresses; port 0: any that is free.</summary>
    /// <exception cref="InvalidOperationException">The port is taken.</exception>
    public UdpSocket OpenUdp(TransportAddress local)
    {
        while (local.Port == 0)
        {
            ushort drawn = DrawPort();
            local = local with { Port = _sockets.ContainsKey(local with { Port = drawn }) ? (ushort)0 : drawn };
        }

        UdpSocket socket = new(this, local);
        return _sockets.TryAdd(local, socket) ? socket : throw new InvalidOperationException($"{local} is taken at {Name}.");
    }

    /// <summary>Whether a UDP socket is open there.</summary>
    public bool HasUdp(TransportAddress local) => _sockets.ContainsKey(local);

    /// <summary>Takes TCP or TLS connections to one of its addresses.</summary>
    public void Listen(TransportAddress local, Action<VirtualStream> accepted) => _listeners[local] = accepted;

    /// <summary>Takes no more connections there.</summary>
    public void StopListening(TransportAddress local) => _listeners.Remove(local);

    /// <summary>Begins a TCP or TLS connection; it is open, or has failed, some time later.</summary>
    public VirtualStream Connect(TransportAddress remote, TransportProtocol protocol = TransportProtocol.Tcp) =>
        StreamConnection.Begin(this, new TransportAddress(Address(remote.Family), DrawPort()), remote, protocol);

    void INode.Receive(Packet packet)
    {
        if (World.IsCut(packet.Origin, this))
        {
            packet.End($"cut off from {Name}");
        }
        else if (_sockets.TryGetValue(packet.Destination, out UdpSocket? socket))
        {
            packet.Delivered(this, packet.Destination.Port);
            socket.Deliver(packet.Source, packet.Payload);
        }
        else
        {
            packet.End($"no socket at {Name}");
        }
    }

    internal void Send(UdpSocket from, TransportAddress to, ReadOnlySpan<byte> payload)
    {
        byte[] bytes = payload.ToArray();
        TimelineEntry entry = World.Timeline.Add(TimelineEntry.Packet(World.Now, Name, NameOf(to), bytes));
        Packet packet = new(this, from.Local, to, bytes, entry);
        if (to.Family != from.Local.Family)
        {
            packet.End("not of the socket's family");
        }
        else if (Addresses.Contains(to.Address))
        {
            World.After(TimeSpan.Zero, () => ((INode)this).Receive(packet));
        }
        else
        {
            Link.CarryUp(packet, Network.Forward);
        }
    }

    internal void Forget(UdpSocket socket) => _sockets.Remove(socket.Local);

    internal Action<VirtualStream>? ListenerAt(TransportAddress local) => _listeners.GetValueOrDefault(local);

    internal string NameOf(TransportAddress address) =>
        (Network.Find(address.Address) ?? World.Internet.Find(address.Address)) is { } node ? $"{node.Name}:{address.Port}" : address.ToString();

    private ushort DrawPort() => (ushort)World.NetworkRandom.Between(FirstEphemeralPort, ushort.MaxValue);
}
