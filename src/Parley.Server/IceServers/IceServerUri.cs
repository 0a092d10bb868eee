using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Parley.Server.IceServers;

/// <summary>The address of a STUN (RFC 7064) or TURN (RFC 7065) server, as browsers take it in <c>RTCIceServer.urls</c>.</summary>
/// <remarks>
/// <code>
/// stunURI = "stun" ":" host [":" port]
/// turnURI = ("turn" / "turns") ":" host [":" port] ["?transport=" ("udp" / "tcp")]
/// </code>
/// Narrower than the RFCs where browsers are: no stuns (Firefox then refuses to make a connection at all), no other transport, and a
/// host is an IP address or a DNS name (an international name in its ASCII form).
/// </remarks>
/// <param name="Scheme">stun, turn or turns.</param>
/// <param name="Host">A DNS name, an IPv4 address, or an IPv6 address without its brackets.</param>
/// <param name="Port">Null: the scheme's default.</param>
/// <param name="Transport">udp, tcp, or null when the address leaves it open.</param>
internal sealed record IceServerUri(string Scheme, string Host, int? Port, string? Transport)
{
    public bool IsTurn => Scheme is "turn" or "turns";

    /// <summary>Reads an address; <paramref name="problem"/> says in a few words what is wrong with it.</summary>
    public static bool TryParse(
        string text,
        [NotNullWhen(true)] out IceServerUri? uri,
        [NotNullWhen(false)] out string? problem)
    {
        uri = null;
        var schemeEnd = text.IndexOf(':', StringComparison.Ordinal);

        // Schemes are compared without case (RFC 3986, section 3.1).
        var scheme = schemeEnd < 0 ? string.Empty : text[..schemeEnd].ToLowerInvariant();
        if (scheme is not ("stun" or "turn" or "turns"))
        {
            problem = "it must begin with stun:, turn: or turns:";
            return false;
        }

        var rest = text.AsSpan(schemeEnd + 1);
        if (rest.StartsWith("//"))
        {
            problem = $"there is no // after {scheme}:";
            return false;
        }

        string? transport = null;
        if (rest.IndexOf('?') is >= 0 and var queryAt)
        {
            if (!TryReadQuery(scheme, rest[(queryAt + 1)..], out transport, out problem))
            {
                return false;
            }

            rest = rest[..queryAt];
        }

        if (!TryReadHost(rest, out var host, out var portText))
        {
            problem = "its host must be a DNS name, an IPv4 address, or an IPv6 address in brackets";
            return false;
        }

        if (!TryReadPort(portText, out var port))
        {
            problem = "its port must be a number from 1 to 65535";
            return false;
        }

        problem = null;
        uri = new(scheme, host, port, transport);
        return true;
    }

    /// <summary>The canonical spelling.</summary>
    public override string ToString()
    {
        var host = Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]" : Host;
        var port = Port is { } number ? string.Create(CultureInfo.InvariantCulture, $":{number}") : string.Empty;
        return $"{Scheme}:{host}{port}{(Transport is null ? string.Empty : $"?transport={Transport}")}";
    }

    private static bool TryReadQuery(
        string scheme,
        ReadOnlySpan<char> query,
        out string? transport,
        [NotNullWhen(false)] out string? problem)
    {
        transport = null;
        problem = null;
        if (scheme == "stun")
        {
            problem = $"{scheme}: takes nothing after the port";
        }
        else if (query.Equals("transport=udp", StringComparison.OrdinalIgnoreCase))
        {
            transport = "udp";
        }
        else if (query.Equals("transport=tcp", StringComparison.OrdinalIgnoreCase))
        {
            transport = "tcp";
        }
        else
        {
            problem = "after ? only transport=udp or transport=tcp may stand";
        }

        return problem is null;
    }

    private static bool TryReadHost(ReadOnlySpan<char> text, [NotNullWhen(true)] out string? host, out ReadOnlySpan<char> port)
    {
        host = null;
        port = default;
        if (text.StartsWith("["))
        {
            var end = text.IndexOf(']');
            if (end < 0
                || text[1..end].Contains('%')
                || !IPAddress.TryParse(text[1..end], out var address)
                || address.AddressFamily != AddressFamily.InterNetworkV6)
            {
                return false;
            }

            port = text[(end + 1)..];
            host = address.ToString();
            return port.IsEmpty || port[0] == ':';
        }

        var colon = text.IndexOf(':');
        var name = colon < 0 ? text : text[..colon];
        port = colon < 0 ? default : text[colon..];
        if (!IsDnsNameOrIPv4(name))
        {
            return false;
        }

        host = name.ToString().ToLowerInvariant();
        return true;
    }

    private static bool IsDnsNameOrIPv4(ReadOnlySpan<char> name)
    {
        if (name.Length is 0 or > 253)
        {
            return false;
        }

        var lastLabelIsNumber = false;
        foreach (var range in name.Split('.'))
        {
            var label = name[range];
            if (label.Length is 0 or > 63 || label[0] == '-' || label[^1] == '-')
            {
                return false;
            }

            foreach (var character in label)
            {
                if (!char.IsAsciiLetterOrDigit(character) && character is not ('-' or '_'))
                {
                    return false;
                }
            }

            lastLabelIsNumber = !label.ContainsAnyExceptInRange('0', '9');
        }

        // No top-level domain is a number, so this means to be an IPv4 address; the base library would take "1.2" and "010.0.0.1" too.
        return !lastLabelIsNumber || (IPAddress.TryParse(name, out var address) && name.SequenceEqual(address.ToString()));
    }

    private static bool TryReadPort(ReadOnlySpan<char> text, out int? port)
    {
        port = null;
        if (text.IsEmpty)
        {
            return true;
        }

        if (!int.TryParse(text[1..], NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number is < 1 or > 65535)
        {
            return false;
        }

        port = number;
        return true;
    }
}
