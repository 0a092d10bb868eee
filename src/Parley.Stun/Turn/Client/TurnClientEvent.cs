using Parley.Core.Addresses;
using Parley.Stun.Messages;

namespace Parley.Stun.Turn.Client;

/// <summary>What happened to a TURN client.</summary>
public abstract record TurnClientEvent
{
    private TurnClientEvent()
    {
    }

    /// <summary>There is an allocation.</summary>
    /// <param name="Relayed">Where peers reach it.</param>
    /// <param name="Mapped">Where the server sees the client.</param>
    /// <param name="Lifetime">Granted for so long at a time.</param>
    public sealed record Allocated(TransportAddress Relayed, TransportAddress Mapped, TimeSpan Lifetime) : TurnClientEvent;

    /// <summary>A permission is installed.</summary>
    /// <param name="Peer">For whom.</param>
    public sealed record Permitted(InternetAddress Peer) : TurnClientEvent;

    /// <summary>A permission was refused, or its server did not answer.</summary>
    /// <param name="Peer">For whom.</param>
    /// <param name="Code">Null: no answer.</param>
    public sealed record PermissionRefused(InternetAddress Peer, StunErrorCode? Code) : TurnClientEvent;

    /// <summary>A channel is bound.</summary>
    /// <param name="Peer">To whom.</param>
    /// <param name="Channel">Its number.</param>
    public sealed record ChannelBound(TransportAddress Peer, ushort Channel) : TurnClientEvent;

    /// <summary>A channel was refused, or the server did not answer: data goes on in indications.</summary>
    /// <param name="Peer">To whom.</param>
    /// <param name="Code">Null: no answer.</param>
    public sealed record ChannelRefused(TransportAddress Peer, StunErrorCode? Code) : TurnClientEvent;

    /// <summary>There is no allocation, or none any more; this client has ended.</summary>
    /// <param name="Code">Null: the server does not answer.</param>
    /// <param name="Alternate">Whom the server names instead (code 300).</param>
    public sealed record Failed(StunErrorCode? Code, TransportAddress? Alternate = null) : TurnClientEvent;

    /// <summary>The allocation was given up, as asked.</summary>
    public sealed record Closed : TurnClientEvent;
}
