namespace Parley.Stun.Messages;

/// <summary>
/// What an attribute means (IANA, "STUN Attributes"). Who does not know one below 0x8000 must not act on the message; others may be
/// passed over (RFC 8489, section 14).
/// </summary>
public enum StunAttributeType : ushort
{
    /// <summary>Where a request came from, in plain; for servers of RFC 3489, and still read.</summary>
    MappedAddress = 0x0001,

    /// <summary>RFC 5780, which this library does not offer.</summary>
    ChangeRequest = 0x0003,

    /// <summary>Up to 508 bytes of UTF-8.</summary>
    Username = 0x0006,

    /// <summary>HMAC-SHA1, 20 bytes.</summary>
    MessageIntegrity = 0x0008,

    /// <summary>A number of three digits and a phrase.</summary>
    ErrorCode = 0x0009,

    /// <summary>Those of a request that were not understood.</summary>
    UnknownAttributes = 0x000A,

    /// <summary>16 bits and 16 that are reserved.</summary>
    ChannelNumber = 0x000C,

    /// <summary>In seconds, 32 bits.</summary>
    Lifetime = 0x000D,

    /// <summary>May stand several times in CreatePermission.</summary>
    XorPeerAddress = 0x0012,

    /// <summary>What travels; zero bytes are allowed.</summary>
    Data = 0x0013,

    /// <summary>Up to 763 bytes of UTF-8.</summary>
    Realm = 0x0014,

    /// <summary>Up to 763 bytes.</summary>
    Nonce = 0x0015,

    /// <summary>Where the server can be reached by peers; two of them in a dual allocation.</summary>
    XorRelayedAddress = 0x0016,

    /// <summary>One byte of family and three that are reserved.</summary>
    RequestedAddressFamily = 0x0017,

    /// <summary>One bit: reserve the next port, too.</summary>
    EvenPort = 0x0018,

    /// <summary>An IP protocol number and three bytes that are reserved.</summary>
    RequestedTransport = 0x0019,

    /// <summary>Empty.</summary>
    DontFragment = 0x001A,

    /// <summary>RFC 7635, which this library does not offer.</summary>
    AccessToken = 0x001B,

    /// <summary>HMAC-SHA256, 16 to 32 bytes.</summary>
    MessageIntegritySha256 = 0x001C,

    /// <summary>The one that the client chose, with its parameters.</summary>
    PasswordAlgorithm = 0x001D,

    /// <summary>SHA-256 of user name and realm, 32 bytes.</summary>
    UserHash = 0x001E,

    /// <summary>Where a request came from, in a form that NATs leave alone.</summary>
    XorMappedAddress = 0x0020,

    /// <summary>8 bytes.</summary>
    ReservationToken = 0x0022,

    /// <summary>32 bits (RFC 8445, section 7.1.1).</summary>
    Priority = 0x0024,

    /// <summary>Empty (RFC 8445, section 7.1.2).</summary>
    UseCandidate = 0x0025,

    /// <summary>RFC 5780, which this library does not offer.</summary>
    Padding = 0x0026,

    /// <summary>RFC 5780, which this library does not offer.</summary>
    ResponsePort = 0x0027,

    /// <summary>RFC 6062, which this library does not offer.</summary>
    ConnectionId = 0x002A,

    /// <summary>One byte of family and three that are reserved; IPv6 in practice.</summary>
    AdditionalAddressFamily = 0x8000,

    /// <summary>Which family of a dual allocation could not be had, and why.</summary>
    AddressErrorCode = 0x8001,

    /// <summary>Those that the server offers.</summary>
    PasswordAlgorithms = 0x8002,

    /// <summary>A name for TLS, with ALTERNATE-SERVER.</summary>
    AlternateDomain = 0x8003,

    /// <summary>A type, a code and data of an ICMP message (RFC 8656, section 18.13).</summary>
    Icmp = 0x8004,

    /// <summary>Up to 763 bytes of UTF-8.</summary>
    Software = 0x8022,

    /// <summary>Another server to ask.</summary>
    AlternateServer = 0x8023,

    /// <summary>CRC-32, 4 bytes, last in the message.</summary>
    Fingerprint = 0x8028,

    /// <summary>64 bits (RFC 8445, section 7.1.3).</summary>
    IceControlled = 0x8029,

    /// <summary>64 bits (RFC 8445, section 7.1.3).</summary>
    IceControlling = 0x802A,

    /// <summary>RFC 8016, which this library does not offer.</summary>
    MobilityTicket = 0x8030,
}
