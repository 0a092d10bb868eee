using Parley.Core.Addresses;
using Parley.Testing.Hosts;
using Parley.Testing.Routing;

namespace Parley.Testing.Streams;

/// <summary>The way of a connection, found when it is opened: links that its segments pass, and what routers make of its addresses.</summary>
internal sealed class StreamPath
{
    private readonly List<Link> _links = [];

    private StreamPath(VirtualHost from, TransportAddress source, TransportAddress destination)
    {
        From = from;
        Source = source;
        Destination = destination;
    }

    public VirtualHost From { get; }

    /// <summary>Null: there is nobody at that address, or a router lets no connection in.</summary>
    public VirtualHost? To { get; private set; }

    /// <summary>As the other end sees it.</summary>
    public TransportAddress Source { get; private set; }

    /// <summary>As the other end knows itself.</summary>
    public TransportAddress Destination { get; private set; }

    public bool IsCut => _links.Exists(link => link.IsCut) || (To is not null && From.World.IsCut(From, To));

    public static StreamPath Find(VirtualHost from, TransportAddress source, TransportAddress destination)
    {
        StreamPath path = new(from, source, destination);
        if (from.Addresses.Contains(destination.Address))
        {
            path.To = from;
            return path;
        }

        path._links.Add(from.Link);
        path.Walk(from.Network);
        return path;
    }

    public TimeSpan DrawDelay() => _links.Aggregate(TimeSpan.Zero, (sum, link) => sum + link.DrawReliableDelay());

    private void Walk(VirtualNetwork network)
    {
        INode? node = network.Find(Destination.Address);
        while (node is null && network.Gateway is { } gateway)
        {
            Source = gateway.MapStream(Source);
            _links.Add(gateway.Link);
            network = gateway.Outer;
            node = network.Find(Destination.Address);
        }

        while (node is Nats.NatRouter router)
        {
            _links.Add(router.Link);
            if (router.MapStreamInwards(Destination) is not { } inside)
            {
                return;
            }

            Destination = inside;
            node = router.Inside.Find(inside.Address);
        }

        if (node is VirtualHost host)
        {
            _links.Add(host.Link);
            To = host;
        }
    }
}
