using System.Net;
using Microsoft.Net.Http.Headers;

namespace Parley.Server.Turn;

/// <summary>By which address a client has reached this server: what leads there for the page leads there for TURN.</summary>
/// <param name="Host">A name or an IP address, without brackets; empty when the client did not say.</param>
/// <param name="Port">Of the web server, as the client knows it.</param>
/// <param name="Secure">By HTTPS.</param>
/// <param name="ThroughProxy">A reverse proxy stands between: the host may lead to it and not to this machine.</param>
/// <param name="Client">The client's own address, as far as it can be seen from here; null when its connection has none.</param>
internal sealed record PageAddress(string Host, int Port, bool Secure, bool ThroughProxy, IPAddress? Client)
{
    // As they come, and as they are called after a proxy that is believed has had its say.
    private static readonly string[] MarksOfProxies =
    [
        "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Original-For", "X-Original-Host", "X-Original-Proto", "Forwarded", "Via",
    ];

    /// <summary>The address, if it is an IP address.</summary>
    public IPAddress? Address { get; } = IPAddress.TryParse(Host, out var address) ? address : null;

    /// <summary>It leads to the client's own machine.</summary>
    public bool IsLoopback => Address is { } address
        ? IPAddress.IsLoopback(address)
        : Host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || Host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase);

    /// <summary>Of the request by which a client connected.</summary>
    public static PageAddress Of(IHeaderDictionary headers, bool secure, IPAddress? client)
    {
        // As it was sent: a name in Punycode is what ICE servers and certificates have.
        var host = new HostString(headers[HeaderNames.Host].ToString());
        return new(
            host.Host.Trim('[', ']'),
            host.Port ?? (secure ? 443 : 80),
            secure,
            Array.Exists(MarksOfProxies, headers.ContainsKey),
            client);
    }
}
