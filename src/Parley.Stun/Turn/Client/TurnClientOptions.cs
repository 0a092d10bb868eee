using Parley.Core.Addresses;
using Parley.Stun.Transactions;

namespace Parley.Stun.Turn.Client;

/// <summary>What a TURN client asks for, and of whom.</summary>
public sealed record TurnClientOptions
{
    /// <summary>What carries the messages: over UDP they are repeated until they are answered, over a stream they are padded.</summary>
    public required TransportProtocol Transport { get; init; }

    /// <summary>As the server knows it.</summary>
    public required string Username { get; init; }

    /// <summary>Never sent.</summary>
    public required string Password { get; init; }

    /// <summary>Of the relayed address; none: what the server gives, which is IPv4.</summary>
    public IpFamily Family { get; init; }

    /// <summary>For how long at a time, asked again before it is over; none: what the server gives.</summary>
    public TimeSpan? Lifetime { get; init; }

    /// <summary>How often requests are repeated and when they are given up.</summary>
    public RetransmissionPolicy Retransmission { get; init; } = RetransmissionPolicy.Default;
}
