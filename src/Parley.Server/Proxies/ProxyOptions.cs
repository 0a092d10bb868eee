using System.Buffers;
using System.Net;
using Parley.Server.Configuration;

namespace Parley.Server.Proxies;

/// <summary><c>Parley:Proxies</c> and <c>Parley:PathBase</c>: what stands between the browsers and this server.</summary>
internal sealed record ProxyOptions
{
    private const string ProxiesKey = "Proxies";
    private const string Loopback = "loopback";

    private static readonly IPNetwork[] LoopbackNetworks = [IPNetwork.Parse("127.0.0.0/8"), IPNetwork.Parse("::1/128")];

    // What looks the same in an address, in a proxy's configuration and here.
    private static readonly SearchValues<char> PathCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/");

    /// <summary>The proxies that are believed. Nobody is, unless named.</summary>
    public IReadOnlyList<IPNetwork> Networks { get; init; } = [];

    /// <summary>The path below which a proxy serves this server without taking it away ("/parley"); empty for none.</summary>
    public string PathBase { get; init; } = string.Empty;

    public static ProxyOptions Read(SectionReader parley) => new()
    {
        Networks = [.. parley.Texts(ProxiesKey).SelectMany(text => ReadNetworks(parley, text))],
        PathBase = ReadPathBase(parley),
    };

    /// <summary>Whether what this peer says of others is believed.</summary>
    /// <param name="peer">Null for a Unix socket, whose other end is on this machine.</param>
    public bool Trust(IPAddress? peer)
    {
        var address = peer is null ? IPAddress.Loopback : peer.IsIPv4MappedToIPv6 ? peer.MapToIPv4() : peer;
        return Networks.Any(network => network.Contains(address));
    }

    private static IPNetwork[] ReadNetworks(SectionReader parley, string text)
    {
        if (text.Equals(Loopback, StringComparison.OrdinalIgnoreCase))
        {
            return LoopbackNetworks;
        }

        // IPAddress takes "1" for 0.0.0.1; nobody means that.
        if (text.AsSpan().ContainsAny('.', ':'))
        {
            if (IPAddress.TryParse(text, out var address))
            {
                address = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
                return [new(address, address.GetAddressBytes().Length * 8)];
            }

            // Bits behind the prefix: is the one address meant, or the network that it lies in? Only one of the two is a proxy.
            if (IPNetwork.TryParse(text, out var network) && network.BaseAddress.Equals(IPAddress.Parse(text.AsSpan(0, text.IndexOf('/', StringComparison.Ordinal)))))
            {
                // Peers are compared in their IPv4 form, so a network that is written in the other one would never match.
                return network is { BaseAddress.IsIPv4MappedToIPv6: true, PrefixLength: >= 96 }
                    ? [new(network.BaseAddress.MapToIPv4(), network.PrefixLength - 96)]
                    : [network];
            }
        }

        throw parley.Bad(
            ProxiesKey,
            $"must name addresses (192.0.2.1), networks (192.0.2.0/24, with nothing but zeros behind the prefix) or {Loopback}; it has {SectionReader.Quote(text)}");
    }

    private static string ReadPathBase(SectionReader parley)
    {
        var text = parley.Text(nameof(PathBase))?.TrimEnd('/');
        if (string.IsNullOrEmpty(text))
        {
            return string.Empty;
        }

        return text[0] == '/'
            && !text.Contains("//", StringComparison.Ordinal)
            && text.AsSpan(1).IndexOfAnyExcept(PathCharacters) < 0
            && Array.TrueForAll(text.Split('/'), segment => segment is not ("." or ".."))
                ? text
                : throw parley.Bad(nameof(PathBase), $"must be a path such as /parley; it is {SectionReader.Quote(text)}");
    }
}
