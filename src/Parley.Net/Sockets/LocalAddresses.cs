using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace Parley.Net.Sockets;

/// <summary>The addresses of this machine.</summary>
internal static class LocalAddresses
{
    /// <summary>
    /// The concrete addresses behind 0.0.0.0 or ::, at this moment; any other address stands for itself. Left out are IPv6's link-local
    /// addresses, which mean nothing without an interface.
    /// </summary>
    public static IEnumerable<IPAddress> Expand(IPAddress address)
    {
        if (!address.Equals(IPAddress.Any) && !address.Equals(IPAddress.IPv6Any))
        {
            return [address];
        }

        return [.. All().Where(found => found.AddressFamily == address.AddressFamily && !found.IsIPv6LinkLocal && CanBeBound(found)).Distinct()];
    }

    /// <summary>All that it has at this moment; none where the system does not tell.</summary>
    public static IReadOnlyList<IPAddress> All()
    {
        try
        {
            return [.. NetworkInterface.GetAllNetworkInterfaces()
                .Where(network => network.OperationalStatus is OperationalStatus.Up or OperationalStatus.Unknown)
                .SelectMany(network => network.GetIPProperties().UnicastAddresses)
                .Select(unicast => unicast.Address)];
        }
        catch (NetworkInformationException)
        {
            // Some sandboxes do not let a process see its network.
            return [];
        }
    }

    // An address may be on its way in (duplicate address detection) or out.
    private static bool CanBeBound(IPAddress address)
    {
        try
        {
            using var socket = new Socket(address.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
            socket.Bind(new IPEndPoint(address, 0));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
