namespace Parley.Core.Addresses;

/// <summary>The version of the Internet Protocol; the values are those of STUN's address attributes (RFC 8489, 14.1).</summary>
public enum IpFamily : byte
{
    /// <summary>No address at all.</summary>
    None = 0,

    /// <summary>32 bits.</summary>
    IPv4 = 1,

    /// <summary>128 bits.</summary>
    IPv6 = 2,
}
