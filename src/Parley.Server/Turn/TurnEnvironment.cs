using Parley.Core.Addresses;
using Parley.Server.Https;

namespace Parley.Server.Turn;

/// <summary>What the TURN server finds when it starts.</summary>
/// <param name="WebIsThisMachineOnly">The web server listens on loopback addresses only.</param>
/// <param name="HasProxies">Reverse proxies are named, through which others come.</param>
/// <param name="HasIPv6">This machine knows IPv6.</param>
/// <param name="NonceKey">From the data folder.</param>
/// <param name="Certificate">One that browsers trust; null: there is none, and no TURN over TLS.</param>
/// <param name="LocalAddresses">This machine's addresses in its network, the likeliest first.</param>
internal sealed record TurnEnvironment(
    bool WebIsThisMachineOnly,
    bool HasProxies,
    bool HasIPv6,
    byte[] NonceKey,
    ServerCertificate? Certificate,
    Func<IReadOnlyList<InternetAddress>> LocalAddresses)
{
    /// <summary>Every address of this machine, also of interfaces that lead to no network of people: 0.0.0.0 and :: listen on them too.</summary>
    public Func<IReadOnlyList<InternetAddress>> AllAddresses { get; init; } = () => [];

    /// <summary>Whether TURN connections may come to the port of HTTPS too.</summary>
    public HttpsSharing HttpsSharing { get; init; }
}
