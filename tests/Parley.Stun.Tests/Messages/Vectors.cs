namespace Parley.Stun.Tests.Messages;

/// <summary>The messages of RFC 5769 and of RFC 8489, appendix B, byte for byte.</summary>
internal static class Vectors
{
    public const string ShortTermPassword = "VOkJxbRl1RmTxUk/WvJxBt";
    public const string LongTermUsername = "\u30DE\u30C8\u30EA\u30C3\u30AF\u30B9";
    public const string LongTermPassword = "TheMatrIX";
    public const string Realm = "example.org";

    /// <summary>RFC 5769, 2.1; padded with spaces.</summary>
    public static byte[] Request { get; } = Convert.FromHexString(
        "000100582112A442B7E7A701BC34D686FA87DFAE" + "802200105354554E207465737420636C69656E74" + "002400046E0001FF"
        + "80290008932FF9B151263B36" + "000600096576746A3A68367659202020" + "000800149AEAA70CBFD8CB56781EF2B5B2D3F249C1B571A2"
        + "80280004E57A3BCF");

    /// <summary>RFC 5769, 2.2; padded with a space.</summary>
    public static byte[] IPv4Response { get; } = Convert.FromHexString(
        "0101003C2112A442B7E7A701BC34D686FA87DFAE" + "8022000B7465737420766563746F7220" + "002000080001A147E112A643"
        + "000800142B91F599FD9E90C38C7489F92AF9BA53F06BE7D7" + "80280004C07D4C96");

    /// <summary>RFC 5769, 2.3; padded with a space.</summary>
    public static byte[] IPv6Response { get; } = Convert.FromHexString(
        "010100482112A442B7E7A701BC34D686FA87DFAE" + "8022000B7465737420766563746F7220"
        + "002000140002A1470113A9FAA5D3F179BC25F4B5BED2B9D9" + "00080014A382954E4BE67BF11784C97C8292C275BFE3ED41" + "80280004C8FB0B4C");

    /// <summary>RFC 5769, 2.4; padded with zeros.</summary>
    public static byte[] LongTermRequest { get; } = Convert.FromHexString(
        "000100602112A44278AD3433C6AD72C029DA412E" + "00060012E3839EE38388E383AAE38383E382AFE382B90000"
        + "0015001C662F2F3439396B39353464364F4C33346F4C39465354767936347341" + "0014000B6578616D706C652E6F726700"
        + "00080014F67024656DD64A3E02B8E0712E85C9A28CA89666");

    /// <summary>
    /// RFC 8489, B.1, with its errata: the printed message has a USERHASH, a nonce and an integrity that do not fit each other. It has
    /// PASSWORD-ALGORITHM without PASSWORD-ALGORITHMS, so that no server may accept it; it proves the codec.
    /// </summary>
    public static byte[] Sha256Request { get; } = Convert.FromHexString(
        "000100902112A44278AD3433C6AD72C029DA412E" + "001E00204A3CF38FEF6992BDA952C6780417DA0F24819415569E60B205C46E41407F1704"
        + "001500296F624D61744A6F733241414143662F2F3439396B39353464364F4C33346F4C39465354767936347341000000"
        + "0014000B6578616D706C652E6F726700" + "001D000400020000"
        + "001C0020B5C7BF005B6C52A21C51C5E892F81924136296CB927C43149309278CC6518E65");
}
