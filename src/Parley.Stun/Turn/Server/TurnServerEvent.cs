using Parley.Core.Addresses;

namespace Parley.Stun.Turn.Server;

/// <summary>What a TURN server wants from its driver, or tells it.</summary>
public abstract record TurnServerEvent
{
    private TurnServerEvent()
    {
    }

    /// <summary>
    /// A socket is needed at this address. Answer with <see cref="TurnServer.HandleRelayOpened"/> or
    /// <see cref="TurnServer.HandleRelayRefused"/>, at once or later.
    /// </summary>
    /// <param name="Relay">Names it from now on.</param>
    /// <param name="Local">One of this machine's addresses, and the port that the engine has drawn.</param>
    public sealed record RelayWanted(RelayId Relay, TransportAddress Local) : TurnServerEvent;

    /// <summary>The socket is not needed any more, whether it was opened or not.</summary>
    /// <param name="Relay">Which.</param>
    public sealed record RelayUnwanted(RelayId Relay) : TurnServerEvent;

    /// <summary>This TCP or TLS connection is of no use any more: close it, without <see cref="TurnServer.HandleDisconnect"/> later.</summary>
    /// <param name="Client">Which.</param>
    /// <param name="Reason">For logs.</param>
    public sealed record ConnectionUnwanted(FiveTuple Client, string Reason) : TurnServerEvent;

    /// <summary>A client has a relayed address now.</summary>
    /// <param name="Client">Who.</param>
    /// <param name="User">Under which <see cref="TurnUser.Id"/>.</param>
    /// <param name="Relayed">As peers see it.</param>
    public sealed record AllocationMade(FiveTuple Client, string User, TransportAddress Relayed) : TurnServerEvent;

    /// <summary>A client has its relayed address no more.</summary>
    /// <param name="Client">Who.</param>
    /// <param name="User">Under which <see cref="TurnUser.Id"/>.</param>
    /// <param name="Relayed">As peers saw it.</param>
    /// <param name="Reason">Why it ended.</param>
    public sealed record AllocationEnded(FiveTuple Client, string User, TransportAddress Relayed, AllocationEnd Reason) : TurnServerEvent;
}

/// <summary>Why an allocation ended.</summary>
public enum AllocationEnd
{
    /// <summary>The client gave it up.</summary>
    Released,

    /// <summary>The client did not refresh it in time.</summary>
    Expired,

    /// <summary>The client's TCP or TLS connection has ended.</summary>
    Disconnected,

    /// <summary>Its user is not welcome any more.</summary>
    Revoked,

    /// <summary>The relay socket has failed.</summary>
    RelayFailed,
}
