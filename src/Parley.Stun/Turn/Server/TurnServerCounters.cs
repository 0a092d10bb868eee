namespace Parley.Stun.Turn.Server;

/// <summary>What a TURN server has done so far. Written by its one owner; others read numbers that may be a moment old.</summary>
public sealed class TurnServerCounters
{
    /// <summary>Allocations there are now.</summary>
    public long Allocations { get; internal set; }

    /// <summary>Allocations made so far.</summary>
    public long AllocationsMade { get; internal set; }

    /// <summary>Datagrams sent on to peers.</summary>
    public long PacketsToPeers { get; internal set; }

    /// <summary>Their payload, in bytes.</summary>
    public long BytesToPeers { get; internal set; }

    /// <summary>Datagrams sent on to clients.</summary>
    public long PacketsToClients { get; internal set; }

    /// <summary>Their payload, in bytes.</summary>
    public long BytesToClients { get; internal set; }

    /// <summary>Requests that named a peer whom the policy forbids.</summary>
    public long PeersRefused { get; internal set; }

    /// <summary>Requests with a message integrity that nobody known here has made, or for something new with a credential that has expired. The first 401 of a client is none.</summary>
    public long AuthenticationFailures { get; internal set; }

    /// <summary>Packets that were dropped, by reason.</summary>
    public long this[TurnDrop reason]
    {
        get => Volatile.Read(ref _drops[(int)reason]);
        internal set => Volatile.Write(ref _drops[(int)reason], value);
    }

    private readonly long[] _drops = new long[Enum.GetValues<TurnDrop>().Length];
}

/// <summary>Why a packet went no further.</summary>
public enum TurnDrop
{
    /// <summary>Neither STUN nor ChannelData, or malformed.</summary>
    Malformed,

    /// <summary>Data of a client that has no allocation.</summary>
    NoAllocation,

    /// <summary>To or from a peer without a permission.</summary>
    NoPermission,

    /// <summary>On a channel that is not bound.</summary>
    NoChannel,

    /// <summary>To a peer whom the policy forbids.</summary>
    ForbiddenPeer,

    /// <summary>More than the allocation or its user may send.</summary>
    RateLimit,

    /// <summary>An answer to a request that proves nothing, whose address block or allocation has had enough of them.</summary>
    UnauthenticatedRate,

    /// <summary>Too large to be sent on.</summary>
    TooLarge,
}
