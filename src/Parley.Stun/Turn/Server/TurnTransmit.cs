using Parley.Core.Addresses;

namespace Parley.Stun.Turn.Server;

/// <summary>Bytes that a TURN server wants to be sent. Valid until the engine is called again.</summary>
public readonly ref struct TurnTransmit
{
    private TurnTransmit(FiveTuple client, RelayId relay, TransportAddress peer, ReadOnlySpan<byte> payload, bool isResponse)
    {
        Client = client;
        Relay = relay;
        Peer = peer;
        Payload = payload;
        IsResponse = isResponse;
    }

    /// <summary>To a client: over the connection, or from the listening socket, that it names. Not for a peer.</summary>
    public FiveTuple Client { get; }

    /// <summary>To a peer: from this socket. <c>default</c> when it is for a client.</summary>
    public RelayId Relay { get; }

    /// <summary>To whom <see cref="Relay"/> sends.</summary>
    public TransportAddress Peer { get; }

    /// <summary>One datagram, or one frame of a stream.</summary>
    public ReadOnlySpan<byte> Payload { get; }

    /// <summary>Whether a client waits for it: when its connection is full, what came from peers is dropped first, and this never.</summary>
    public bool IsResponse { get; }

    /// <summary>Whether it goes to a peer.</summary>
    public bool IsForPeer => Relay != default;

    internal static TurnTransmit ToClient(FiveTuple client, ReadOnlySpan<byte> payload, bool isResponse) =>
        new(client, default, default, payload, isResponse);

    internal static TurnTransmit ToPeer(RelayId relay, TransportAddress peer, ReadOnlySpan<byte> payload) =>
        new(default, relay, peer, payload, isResponse: false);
}
