namespace Parley.Testing.Routing;

/// <summary>What has addresses in a network: a host, or the outside of a router.</summary>
internal interface INode
{
    string Name { get; }

    Link Link { get; }

    /// <summary>A datagram to one of the node's addresses has come over its link.</summary>
    void Receive(Packet packet);
}
