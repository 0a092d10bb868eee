using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Parley.Server.IceServers;

namespace Parley.Server.Turn;

/// <summary>A host and a port: <c>stun.example.org:3478</c>, <c>192.0.2.1</c>, <c>[2001:db8::1]:3478</c>.</summary>
/// <param name="Host">A DNS name, an IPv4 address, or an IPv6 address without its brackets.</param>
/// <param name="Port">1 to 65535.</param>
internal sealed record HostPort(string Host, int Port)
{
    public static bool TryParse(string text, int defaultPort, [NotNullWhen(true)] out HostPort? parsed)
    {
        // What may stand behind "stun:" may stand here.
        parsed = IceServerUri.TryParse($"stun:{text}", out var uri, out _) ? new(uri.Host, uri.Port ?? defaultPort) : null;
        return parsed is not null;
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{(Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]" : Host)}:{Port}");
}
