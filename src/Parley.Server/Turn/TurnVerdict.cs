using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using Parley.Core.Addresses;

namespace Parley.Server.Turn;

/// <summary>What a person reads of TURN who has started the server. Nothing, where everything is on one machine.</summary>
internal static class TurnVerdict
{
    /// <summary>A few lines, or none.</summary>
    /// <param name="service">Null: TURN is switched off.</param>
    public static IEnumerable<string> Lines(TurnService? service)
    {
        if (service is null)
        {
            yield break;
        }

        if (service.Plan.IsThisMachineOnly)
        {
            if (service.BusyPorts.Count > 0)
            {
                yield return string.Create(CultureInfo.InvariantCulture, $"TURN: port {service.Port}{Busy(service)}");
            }

            yield break;
        }

        yield return string.Create(
            CultureInfo.InvariantCulture,
            $"TURN: {string.Join(" and ", Offered(service))}{Origin(service.Source)}, {Ports(service)}, relay ports {service.MinRelayPort}-{service.MaxRelayPort} (udp){Busy(service)}");
        if (service.Source == ExternalSource.None)
        {
            yield return "TURN: is this for people outside your network too? Then set Parley:Turn:External to the address by which they reach this machine";
        }

        if (service.Certificate?.Current.Leaf is { } certificate)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"Certificate: {certificate.GetNameInfo(X509NameType.DnsName, forIssuer: false)}, good until {certificate.NotAfter.ToUniversalTime():yyyy-MM-dd}");
        }
    }

    /// <summary>Where an address is known to the world, the others are not worth a word.</summary>
    private static IEnumerable<InternetAddress> Offered(TurnService service) => service.Relays
        .Where(relay => service.Source == ExternalSource.None || relay.External != relay.Local || relay.External.IsPublic())
        .Select(relay => relay.External);

    private static string Origin(ExternalSource source) => source switch
    {
        ExternalSource.Configured => " (Parley:Turn:External)",
        ExternalSource.Discovered => " (as Parley:Turn:Stun says)",
        _ => string.Empty,
    };

    private static string Ports(TurnService service)
    {
        var ports = string.Create(CultureInfo.InvariantCulture, $"port {service.Port} (udp, tcp)");
        if (service.TlsPort > 0)
        {
            ports += string.Create(CultureInfo.InvariantCulture, $", {service.TlsPort} (tls)");
        }

        return service.SharesHttpsPort ? $"{ports} and the port of https" : ports;
    }

    private static string Busy(TurnService service) => service.BusyPorts.Count == 0
        ? string.Empty
        : $" (in use by another program: port {string.Join(" and ", service.BusyPorts.Select(port => port.ToString(CultureInfo.InvariantCulture)))})";
}
