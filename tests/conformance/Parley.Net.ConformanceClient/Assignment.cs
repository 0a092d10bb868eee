using Parley.Core.Addresses;

namespace Parley.Net.ConformanceClient;

/// <summary>What to do.</summary>
/// <param name="WithClient">The partner is another client of the same server, not a peer.</param>
/// <param name="Server">An address and a port.</param>
/// <param name="Protocol">How the server is reached.</param>
/// <param name="User">As the server knows it.</param>
/// <param name="Password">Proves it.</param>
/// <param name="Family">Of the relayed addresses.</param>
/// <param name="Count">How many datagrams go there and back in each form.</param>
/// <param name="Certificate">A PEM file, trusted for TLS.</param>
internal sealed record Assignment(
    bool WithClient, string Server, TransportProtocol Protocol, string User, string Password, IpFamily Family, int Count, string Certificate);

/// <summary>What came of it.</summary>
/// <param name="Indications">How many came back in indications.</param>
/// <param name="Channels">How many came back on channels.</param>
/// <param name="Error">Why not all, if that is known.</param>
internal sealed record Outcome(int Indications, int Channels, string? Error = null);
