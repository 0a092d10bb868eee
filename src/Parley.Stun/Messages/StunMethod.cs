namespace Parley.Stun.Messages;

/// <summary>What a STUN message is about: 12 bits (IANA, "STUN Methods").</summary>
public enum StunMethod : ushort
{
    /// <summary>What is my address? (RFC 8489, section 2)</summary>
    Binding = 0x001,

    /// <summary>Give me a relayed address (RFC 8656, section 7).</summary>
    Allocate = 0x003,

    /// <summary>Keep it, or give it up (RFC 8656, section 8).</summary>
    Refresh = 0x004,

    /// <summary>To a peer; indications only (RFC 8656, section 11).</summary>
    Send = 0x006,

    /// <summary>From a peer; indications only (RFC 8656, section 11).</summary>
    Data = 0x007,

    /// <summary>Let these peers send to me (RFC 8656, section 10).</summary>
    CreatePermission = 0x008,

    /// <summary>A short name for a peer (RFC 8656, section 12).</summary>
    ChannelBind = 0x009,

    /// <summary>TCP towards a peer (RFC 6062).</summary>
    Connect = 0x00A,

    /// <summary>TCP towards a peer (RFC 6062).</summary>
    ConnectionBind = 0x00B,

    /// <summary>TCP towards a peer; indications only (RFC 6062).</summary>
    ConnectionAttempt = 0x00C,
}
