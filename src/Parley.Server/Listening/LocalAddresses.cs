using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace Parley.Server.Listening;

/// <summary>The addresses by which other devices on the same network reach this machine.</summary>
internal static class LocalAddresses
{
    // What containers and virtual machines add: no phone is on those networks.
    private static readonly string[] VirtualNames =
    [
        "docker", "br-", "veth", "virbr", "vmnet", "vboxnet", "cni", "flannel", "cali", "podman", "lxc", "lxdbr", "bridge10",
        "vEthernet (WSL", "vEthernet (Default Switch",
    ];

    private static readonly string[] VirtualDescriptions = ["VirtualBox Host-Only", "VMware Virtual Ethernet", "Loopback"];

    /// <summary>One network interface, as far as it matters here.</summary>
    /// <param name="Name">"eth0".</param>
    /// <param name="Description">On Windows the adapter's product name; elsewhere the name again.</param>
    /// <param name="HasGateway">It leads somewhere: the likeliest to be the one people mean.</param>
    /// <param name="Addresses">In the system's order.</param>
    internal sealed record Interface(string Name, string Description, bool HasGateway, IReadOnlyList<IPAddress> Addresses);

    /// <summary>The addresses now, the likeliest first: IPv4 before IPv6, networks with a gateway before others.</summary>
    public static IReadOnlyList<IPAddress> Read() =>
        Choose(Interfaces().Where(candidate => candidate.NetworkInterfaceType is not NetworkInterfaceType.Loopback).Select(Describe));

    /// <summary>Every address now, whatever its interface is for.</summary>
    public static IReadOnlyList<IPAddress> ReadAll() => [.. Interfaces().Select(Describe).SelectMany(found => found.Addresses)];

    internal static IReadOnlyList<IPAddress> Choose(IEnumerable<Interface> interfaces) =>
    [
        .. interfaces
            .Where(candidate => !IsVirtual(candidate))
            .SelectMany(candidate => candidate.Addresses.Where(IsReachable).Select(address => (address, candidate.HasGateway)))
            .OrderBy(found => found.address.AddressFamily == AddressFamily.InterNetwork ? 0 : 1)
            .ThenBy(found => found.HasGateway ? 0 : 1)
            .Select(found => found.address)
            .Distinct(),
    ];

    private static IReadOnlyList<NetworkInterface> Interfaces()
    {
        try
        {
            return [.. NetworkInterface.GetAllNetworkInterfaces()
                .Where(candidate => candidate.OperationalStatus is OperationalStatus.Up or OperationalStatus.Unknown)];
        }
        catch (NetworkInformationException)
        {
            // Some sandboxes do not let a process see its network. The server works; only its addresses stay unknown.
            return [];
        }
    }

    private static Interface Describe(NetworkInterface found)
    {
        var properties = found.GetIPProperties();
        return new(
            found.Name,
            found.Description,
            properties.GatewayAddresses.Count > 0,
            [.. properties.UnicastAddresses.Select(unicast => unicast.Address)]);
    }

    private static bool IsVirtual(Interface candidate) =>
        Array.Exists(VirtualNames, name => candidate.Name.StartsWith(name, StringComparison.OrdinalIgnoreCase))
        || Array.Exists(VirtualDescriptions, name => candidate.Description.Contains(name, StringComparison.OrdinalIgnoreCase));

    private static bool IsReachable(IPAddress address) => address.AddressFamily == AddressFamily.InterNetwork
        ? !IPAddress.IsLoopback(address) && address.GetAddressBytes() is not [169, 254, ..]
        : !IPAddress.IsLoopback(address) && address is { IsIPv6LinkLocal: false, IsIPv6SiteLocal: false, IsIPv6Multicast: false, IsIPv6Teredo: false };
}
