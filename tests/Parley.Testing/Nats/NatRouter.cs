using Parley.Core.Addresses;
using Parley.Testing.Hosts;
using Parley.Testing.Routing;

namespace Parley.Testing.Nats;

/// <summary>A router with hosts behind it: their private addresses mean nothing outside.</summary>
public sealed class NatRouter : INode
{
    private readonly VirtualWorld _world;
    private readonly VirtualNetwork _outer;
    private readonly AddressPlan _addresses;
    private readonly Nat _nat;
    private NatTable _table;
    private int _hosts;

    internal NatRouter(VirtualWorld world, string name, Nat nat, VirtualNetwork outer, AddressPlan addresses)
    {
        _world = world;
        Name = name;
        _nat = nat;
        _outer = outer;
        _addresses = addresses;
        Inside = new VirtualNetwork(this);
        Link = new Link(world, world.Conditions with { Loss = 0, Duplication = 0 });
        OutsideAddress = addresses.PublicPair()[0];
        _table = NewTable();
        outer.Attach(this, [OutsideAddress]);
    }

    /// <summary>In the timeline.</summary>
    public string Name { get; }

    /// <summary>To the network outside. It loses nothing from the start: the links of the hosts do that.</summary>
    public Link Link { get; }

    /// <summary>What IPv4 hosts outside see of every host behind it.</summary>
    public InternetAddress OutsideAddress { get; }

    internal VirtualNetwork Inside { get; }

    internal VirtualNetwork Outer => _outer;

    /// <summary>A host behind it: a private IPv4 address, and a public IPv6 address that the router guards.</summary>
    public VirtualHost Host(string name)
    {
        if (_nat.IsOneToOne && _hosts > 0)
        {
            throw new InvalidOperationException($"{Name} has one address outside, for one host inside.");
        }

        InternetAddress[] addresses = _addresses.PrivatePair(++_hosts);
        AnnounceOutside(addresses[1]);
        return new VirtualHost(_world, name, Inside, this, addresses);
    }

    /// <summary>A router behind this one, as with carriers that have fewer addresses than customers.</summary>
    public NatRouter Router(string name, Nat nat) => new(_world, name, nat, Inside, _addresses);

    /// <summary>It forgets all mappings, as when its power fails for a moment.</summary>
    public void Restart()
    {
        _world.Note(Name, "restarts");
        _table = NewTable();
    }

    void INode.Receive(Packet packet) => ReceiveFromOutside(packet);

    internal void ReceiveFromInside(Packet packet)
    {
        if (Refuses(packet))
        {
            return;
        }

        bool hairpin = packet.Destination.Address == OutsideAddress;
        if (hairpin && !_nat.Hairpins)
        {
            packet.End($"no hairpin at {Name}");
            return;
        }

        packet.Source = MapOutwards(packet.Source, packet.Destination);
        if (hairpin)
        {
            ReceiveFromOutside(packet);
        }
        else
        {
            Link.CarryUp(packet, _outer.Forward);
        }
    }

    /// <summary>From which address a host inside is seen to connect; each TCP connection has its own port.</summary>
    internal TransportAddress MapStream(TransportAddress inside) =>
        inside.Family == IpFamily.IPv6 ? inside
        : new TransportAddress(OutsideAddress, _nat.IsOneToOne ? inside.Port : (ushort)_world.NetworkRandom.Between(1024, ushort.MaxValue));

    /// <summary>Where a connection from outside ends inside; null: nowhere.</summary>
    internal TransportAddress? MapStreamInwards(TransportAddress at) => !_nat.IsOneToOne ? null
        : at.Family == IpFamily.IPv6 ? at
        : at with { Address = _addresses.FirstPrivate };

    private void ReceiveFromOutside(Packet packet)
    {
        if (Refuses(packet))
        {
            return;
        }

        string refusal = "";
        TransportAddress? inside = _nat.IsOneToOne
            ? MapStreamInwards(packet.Destination)
            : _table.MapInwards(_world.Now, packet.Destination, packet.Source, out refusal);
        if (inside is not { } destination)
        {
            packet.End($"{refusal} at {Name}");
            return;
        }

        packet.Destination = destination;
        Inside.Forward(packet);
    }

    private bool Refuses(Packet packet)
    {
        if (_nat.BlocksUdp)
        {
            packet.End($"blocked by {Name}");
            return true;
        }

        return !packet.TryHop();
    }

    private TransportAddress MapOutwards(TransportAddress inside, TransportAddress remote) =>
        !_nat.IsOneToOne ? _table.MapOutwards(_world.Now, inside, remote)
        : inside.Family == IpFamily.IPv6 ? inside
        : inside with { Address = OutsideAddress };

    /// <summary>IPv6 addresses are the same outside: every router on the way there passes them on.</summary>
    private void AnnounceOutside(InternetAddress address)
    {
        _outer.Attach(this, [address]);
        _outer.Gateway?.AnnounceOutside(address);
    }

    private NatTable NewTable() => new(_nat, OutsideAddress, _world.NetworkRandom);
}
