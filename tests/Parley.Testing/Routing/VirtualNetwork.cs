using Parley.Core.Addresses;
using Parley.Testing.Nats;

namespace Parley.Testing.Routing;

/// <summary>Where addresses mean something: the internet, or the inside of a router.</summary>
internal sealed class VirtualNetwork(NatRouter? gateway)
{
    private readonly Dictionary<InternetAddress, INode> _nodes = [];

    /// <summary>Where everything goes that is for nobody here; null: the internet has no outside.</summary>
    public NatRouter? Gateway => gateway;

    public void Attach(INode node, IEnumerable<InternetAddress> addresses)
    {
        foreach (InternetAddress address in addresses)
        {
            if (!_nodes.TryAdd(address, node))
            {
                throw new ArgumentException($"{address} belongs to {_nodes[address].Name} already.", nameof(addresses));
            }
        }
    }

    public INode? Find(InternetAddress address) => _nodes.GetValueOrDefault(address);

    /// <summary>A datagram has come from one of the nodes.</summary>
    public void Forward(Packet packet)
    {
        if (Find(packet.Destination.Address) is { } node)
        {
            node.Link.CarryDown(packet, node.Receive);
        }
        else if (Gateway is not null)
        {
            Gateway.ReceiveFromInside(packet);
        }
        else
        {
            packet.End("no such address");
        }
    }
}
