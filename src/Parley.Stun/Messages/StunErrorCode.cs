namespace Parley.Stun.Messages;

/// <summary>Why a request was not fulfilled (IANA, "STUN Error Codes").</summary>
public enum StunErrorCode
{
    /// <summary>Ask another server.</summary>
    TryAlternate = 300,

    /// <summary>The request is malformed.</summary>
    BadRequest = 400,

    /// <summary>Credentials are needed, or wrong.</summary>
    Unauthenticated = 401,

    /// <summary>This server's policy forbids it.</summary>
    Forbidden = 403,

    /// <summary>RFC 8016: mobility is not offered.</summary>
    MobilityForbidden = 405,

    /// <summary>An attribute that has to be understood is not.</summary>
    UnknownAttribute = 420,

    /// <summary>There is no allocation, or there is one already.</summary>
    AllocationMismatch = 437,

    /// <summary>The nonce is not valid any more: use the new one.</summary>
    StaleNonce = 438,

    /// <summary>No relayed address of that family.</summary>
    AddressFamilyNotSupported = 440,

    /// <summary>The allocation belongs to other credentials.</summary>
    WrongCredentials = 441,

    /// <summary>No relaying over that protocol.</summary>
    UnsupportedTransportProtocol = 442,

    /// <summary>The peer's address is not of the allocation's family.</summary>
    PeerAddressFamilyMismatch = 443,

    /// <summary>RFC 6062.</summary>
    ConnectionAlreadyExists = 446,

    /// <summary>RFC 6062.</summary>
    ConnectionTimeoutOrFailure = 447,

    /// <summary>This user has as many allocations as it may have.</summary>
    AllocationQuotaReached = 486,

    /// <summary>RFC 8445: both ends think that they control.</summary>
    RoleConflict = 487,

    /// <summary>The server's own fault: try again later.</summary>
    ServerError = 500,

    /// <summary>The server has no more of it, for now.</summary>
    InsufficientCapacity = 508,
}
