namespace Parley.Stun.Messages;

/// <summary>Method and class, as the first 16 bits of a STUN message hold them (RFC 8489, section 5).</summary>
/// <param name="Method">12 bits.</param>
/// <param name="Class">2 bits.</param>
/// <remarks>
/// <code>
///                  0                 1
///                  2  3  4 5 6 7 8 9 0 1 2 3 4 5
///                 +--+--+-+-+-+-+-+-+-+-+-+-+-+-+
///            0 0  |M |M |M|M|M|C|M|M|M|C|M|M|M|M|
///                 |11|10|9|8|7|1|6|5|4|0|3|2|1|0|
///                 +--+--+-+-+-+-+-+-+-+-+-+-+-+-+
/// </code>
/// </remarks>
public readonly record struct StunMessageType(StunMethod Method, StunClass Class)
{
    /// <summary>The 16 bits.</summary>
    public ushort Value
    {
        get
        {
            int method = (int)Method;
            int @class = (int)Class;
            return (ushort)((method & 0x00F) | ((method & 0x070) << 1) | ((method & 0xF80) << 2)
                | ((@class & 0b01) << 4) | ((@class & 0b10) << 7));
        }
    }

    /// <summary>From the 16 bits, of which the upper two are not looked at.</summary>
    public static StunMessageType From(ushort value) => new(
        (StunMethod)((value & 0x000F) | ((value & 0x00E0) >> 1) | ((value & 0x3E00) >> 2)),
        (StunClass)(((value & 0x0010) >> 4) | ((value & 0x0100) >> 7)));

    /// <summary>For logs and timelines.</summary>
    public override string ToString() => $"{Method} {Class}";
}
