namespace Parley.Stun.Credentials;

/// <summary>How the key of a long-term credential is derived (IANA, "STUN Password Algorithms"; RFC 8489, 18.5.1).</summary>
public enum PasswordAlgorithm : ushort
{
    /// <summary>With MESSAGE-INTEGRITY; what browsers know.</summary>
    Md5 = 0x0001,

    /// <summary>With MESSAGE-INTEGRITY-SHA256.</summary>
    Sha256 = 0x0002,
}
