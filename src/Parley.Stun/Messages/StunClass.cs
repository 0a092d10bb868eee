namespace Parley.Stun.Messages;

/// <summary>The part that a STUN message has in a transaction (RFC 8489, section 5).</summary>
public enum StunClass : byte
{
    /// <summary>Awaits an answer.</summary>
    Request = 0b00,

    /// <summary>Awaits none.</summary>
    Indication = 0b01,

    /// <summary>It was done.</summary>
    SuccessResponse = 0b10,

    /// <summary>It was not done; ERROR-CODE says why.</summary>
    ErrorResponse = 0b11,
}
