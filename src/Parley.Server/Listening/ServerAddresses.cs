using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Parley.Server.Listening;

/// <summary>The addresses to open in a browser, once the server has started.</summary>
/// <param name="server">Knows what it listens on.</param>
/// <param name="pathBase">The path below which a proxy serves this server ("/parley"); empty for none.</param>
/// <param name="readLocal">The machine's addresses in its network.</param>
internal sealed class ServerAddresses(IServer server, string pathBase, Func<IReadOnlyList<IPAddress>> readLocal)
{
    /// <summary>All of them: those of this machine first, then those that other devices can open.</summary>
    public IReadOnlyList<string> ToOpen()
    {
        var listeners = Listeners();
        var here = listeners.Where(listener => listener.IsHere).ToArray();

        // Where http on localhost is, https on localhost says nothing new, and a self-made certificate would only be in the way.
        var shown = Array.Exists(here, listener => listener.Scheme == "http") ? here.Where(l => l.Scheme == "http") : here;
        return [.. shown.Select(l => l.At("localhost")).Concat(Elsewhere(listeners)).Select(address => address + pathBase).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>The address that a phone on the same network can open and is given the camera at; null when there is none.</summary>
    public string? ForPhones() =>
        Elsewhere([.. Listeners().Where(listener => listener is { Scheme: "https", IsLoopback: false })])
            .Select(address => $"{address}{pathBase}/")
            .FirstOrDefault();

    private IEnumerable<string> Elsewhere(IReadOnlyList<Listener> listeners)
    {
        IReadOnlyList<IPAddress> local = listeners.Any(listener => listener.IsWildcard) ? readLocal() : [];

        // One address of version 6 is enough to look at: an interface has many, and most change by the day.
        var opened = local.Where(address => address.AddressFamily == AddressFamily.InterNetwork)
            .Concat(local.Where(address => address.AddressFamily == AddressFamily.InterNetworkV6).Take(1))
            .ToArray();
        return listeners.Where(listener => !listener.IsLocalhost).SelectMany(listener => listener.IsWildcard
            ? opened.Where(listener.Reaches).Select(address => listener.At(address.ToString()))
            : [listener.At(listener.Host)]);
    }

    private Listener[] Listeners() =>
    [
        .. (server.Features.Get<IServerAddressesFeature>()?.Addresses ?? [])
            .Select(BindingAddress.Parse)
            .Where(address => address is { IsUnixPipe: false, IsNamedPipe: false })
            .Select(address => new Listener(address.Scheme, address.Host.Trim('[', ']'), address.Port)),
    ];

    private sealed record Listener(string Scheme, string Host, int Port)
    {
        private readonly IPAddress? _address = IPAddress.TryParse(Host, out var address) ? address : null;

        public bool IsWildcard => IPAddress.Any.Equals(_address) || IPAddress.IPv6Any.Equals(_address);

        public bool IsLocalhost => _address is null && Host.Equals("localhost", StringComparison.OrdinalIgnoreCase);

        public bool IsLoopback => IsLocalhost || (_address is not null && IPAddress.IsLoopback(_address));

        /// <summary>It answers to "localhost".</summary>
        public bool IsHere => IsWildcard || IsLocalhost;

        /// <summary>Every address of version 6 listens on version 4 too, not the other way round.</summary>
        public bool Reaches(IPAddress address) => !IPAddress.Any.Equals(_address) || address.AddressFamily == AddressFamily.InterNetwork;

        public string At(string host) => new UriBuilder(Scheme, host, Port).Uri.GetLeftPart(UriPartial.Authority);
    }
}
