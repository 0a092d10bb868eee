namespace Parley.Stun.Messages;

/// <summary>The 20 bytes that every STUN message begins with (RFC 8489, section 5).</summary>
/// <remarks>
/// <code>
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |0 0|     STUN Message Type     |         Message Length        |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |                         Magic Cookie                          |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |                                                               |
/// |                     Transaction ID (96 bits)                  |
/// |                                                               |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// </code>
/// The length counts what follows these 20 bytes.
/// </remarks>
internal static class StunHeader
{
    public const int Length = 20;
    public const int LengthOffset = 2;
    public const int CookieOffset = 4;
    public const int TransactionIdOffset = 8;

    /// <summary>Tells STUN from what else may arrive, and messages of RFC 3489, which are not answered.</summary>
    public const uint MagicCookie = 0x2112A442;

    /// <summary>Type and length of an attribute, before its value.</summary>
    public const int AttributeHeaderLength = 4;

    /// <summary>Attributes begin at multiples of 4 bytes (RFC 8489, section 14).</summary>
    public static int Padded(int length) => (length + 3) & ~3;
}
