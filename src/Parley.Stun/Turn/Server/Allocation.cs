using Parley.Core.Addresses;
using Parley.Core.Time;
using Parley.Stun.Messages;

namespace Parley.Stun.Turn.Server;

/// <summary>What a client has been given (RFC 8656, section 5): a relayed address, permissions, channels.</summary>
internal sealed class Allocation(FiveTuple client, Account account, string username, TransactionId transaction, TurnLimits limits)
{
    private readonly Throttle _toPeers = new(limits.BytesPerSecondPerAllocation, limits.PacketsPerSecondPerAllocation);
    private readonly Throttle _toClient = new(limits.BytesPerSecondPerAllocation, limits.PacketsPerSecondPerAllocation);

    // Whoever floods the client's address block with forged requests must not keep it from the 438 that it needs to go on.
    private TokenBucket _unproved = new(limits.UnauthenticatedAnswersPerSecondPerAllocation, limits.UnauthenticatedAnswersPerSecondPerAllocation);

    public FiveTuple Client { get; } = client;

    public Account Account { get; } = account;

    /// <summary>As the one who made it called itself.</summary>
    public string Username { get; } = username;

    /// <summary>Of the Allocate request that made it: the same again is a retransmission.</summary>
    public TransactionId Transaction { get; } = transaction;

    /// <summary>Not null while its socket is being opened: until then there is nothing to relay with.</summary>
    public Opening? Opening { get; set; }

    /// <summary>What the Allocate request was answered with, and is again when it is retransmitted.</summary>
    public ReadOnlyMemory<byte> Answer { get; set; }

    public RelayId Relay { get; set; }

    /// <summary>Where its socket is.</summary>
    public TransportAddress Local { get; set; }

    /// <summary>Where its socket is for the world.</summary>
    public TransportAddress Relayed { get; set; }

    /// <summary>When it ends, or when its socket has taken too long to open.</summary>
    public Instant Expiry { get; set; }

    /// <summary>Where <see cref="ExpiryQueue"/> holds it; -1: nowhere.</summary>
    public int QueueIndex { get; set; } = -1;

    public Permissions Permissions { get; } = new(limits.PermissionsPerAllocation);

    public Channels Channels { get; } = new(limits.ChannelsPerAllocation);

    /// <summary>Whether the allocation and its user may still send so much, which is then taken from both.</summary>
    public bool TrySendToPeer(Instant now, int bytes) => TryTake(now, bytes, _toPeers, Account.ToPeers);

    /// <inheritdoc cref="TrySendToPeer" />
    public bool TrySendToClient(Instant now, int bytes) => TryTake(now, bytes, _toClient, Account.ToClients);

    /// <summary>Whether one more request of its client that proves nothing may be answered.</summary>
    public bool TryAnswerUnproved(Instant now) => _unproved.TryTake(now, 1);

    private static bool TryTake(Instant now, int bytes, Throttle own, Throttle shared)
    {
        if (!own.Has(now, bytes) || !shared.Has(now, bytes))
        {
            return false;
        }

        own.Take(bytes);
        shared.Take(bytes);
        return true;
    }
}

/// <summary>What is remembered while the socket of an allocation is being opened.</summary>
/// <param name="ReplyTo">Who waits.</param>
/// <param name="Lifetime">For how long, from when it is open.</param>
/// <param name="Even">The port must be even.</param>
/// <param name="Additional">Why there will be no second address; null if none was asked for.</param>
internal sealed record Opening(ReplyTo ReplyTo, TimeSpan Lifetime, bool Even, StunErrorCode? Additional)
{
    /// <summary>Ports that others hold; not tried again.</summary>
    public List<ushort> Refused { get; } = [];
}
