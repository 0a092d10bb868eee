namespace Parley.Core.Addresses;

/// <summary>
/// Who talks to whom, and over what (RFC 8656, section 2): two addresses, two ports, one protocol, as the server sees them.
/// </summary>
/// <param name="Client">Behind a NAT, the address that the NAT gave it.</param>
/// <param name="Server">Which of the server's addresses is talked to; behind a NAT, the one that the server itself has.</param>
/// <param name="Protocol">TCP and TLS between the same addresses would be two connections: they cannot exist at one time.</param>
public readonly record struct FiveTuple(TransportAddress Client, TransportAddress Server, TransportProtocol Protocol)
{
    /// <summary>For logs and timelines.</summary>
    public override string ToString() => $"{Client} → {Server} {Protocol}";
}
