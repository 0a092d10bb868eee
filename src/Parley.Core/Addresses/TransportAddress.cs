using System.Globalization;
using System.Net;

namespace Parley.Core.Addresses;

/// <summary>An IP address and a port (RFC 8489, section 4), as a value.</summary>
/// <param name="Address">Which host, or interface of it.</param>
/// <param name="Port">0 means none.</param>
public readonly record struct TransportAddress(InternetAddress Address, ushort Port)
{
    /// <summary>Of the address.</summary>
    public IpFamily Family => Address.Family;

    /// <summary>The same address and port.</summary>
    public static TransportAddress From(IPEndPoint endPoint) => new(InternetAddress.From(endPoint.Address), (ushort)endPoint.Port);

    /// <summary>The same address and port.</summary>
    /// <exception cref="InvalidOperationException">There is no address.</exception>
    public IPEndPoint ToIPEndPoint() => new(Address.ToIPAddress(), Port);

    /// <summary>From <c>192.0.2.1:3478</c> or <c>[2001:db8::1]:3478</c>.</summary>
    public static bool TryParse(string? text, out TransportAddress address)
    {
        address = default;
        int colon = text?.LastIndexOf(':') ?? -1;
        if (colon < 0 || !ushort.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out ushort port))
        {
            return false;
        }

        string host = text![..colon];
        bool bracketed = host.StartsWith('[') && host.EndsWith(']');
        if (!InternetAddress.TryParse(bracketed ? host[1..^1] : host, out InternetAddress parsed)
            || bracketed != (parsed.Family == IpFamily.IPv6))
        {
            return false;
        }

        address = new TransportAddress(parsed, port);
        return true;
    }

    /// <summary>As <see cref="TryParse"/>.</summary>
    /// <exception cref="FormatException"><paramref name="text"/> is no transport address.</exception>
    public static TransportAddress Parse(string text) =>
        TryParse(text, out TransportAddress address) ? address : throw new FormatException($"'{text}' is no IP address with a port.");

    /// <summary>As it is parsed.</summary>
    public override string ToString() => Family == IpFamily.IPv6
        ? string.Create(CultureInfo.InvariantCulture, $"[{Address}]:{Port}")
        : string.Create(CultureInfo.InvariantCulture, $"{Address}:{Port}");
}
