using System.Net;
using System.Net.Sockets;
using Parley.Server.Limits;
using Parley.Server.Rooms;

namespace Parley.Server.Tests.Rooms.Model;

/// <summary>One who waits.</summary>
internal sealed record Waiting(ParticipantId Id, Member Member, Arrival Arrival, DateTimeOffset Since)
{
    public AddressBlock Address => Arrival.Address;
}

/// <summary>Who gives way in a line that is full, by what docs/signalling.md says under "Limits".</summary>
internal static class ReferenceLine
{
    /// <summary>Of version 6 the first six bytes; of version 4 the address.</summary>
    public static string NetworkOf(AddressBlock address) =>
        IPAddress.Parse(address.ToString()) is { AddressFamily: AddressFamily.InterNetworkV6 } six
            ? Convert.ToHexString(six.GetAddressBytes())[..12]
            : address.ToString();

    /// <summary>Null: nobody has to.</summary>
    public static Waiting? WhoGivesWay(IReadOnlyList<Waiting> line, AddressBlock to)
    {
        var byNetwork = line.ToLookup(waiting => NetworkOf(waiting.Address), StringComparer.Ordinal);
        var own = byNetwork[NetworkOf(to)].ToArray();
        var largest = byNetwork.OrderByDescending(network => network.Count()).ThenByDescending(network => line.ToList().IndexOf(network.Last())).First().ToArray();
        if (largest.Length - 1 > own.Length)
        {
            return LatestOfLargest(largest);
        }

        var sameAddress = own.Count(waiting => waiting.Address == to);
        var latest = own is [] ? null : LatestOfLargest(own);
        return latest is not null && own.Count(waiting => waiting.Address == latest.Address) - 1 > sameAddress ? latest : null;
    }

    private static Waiting LatestOfLargest(IReadOnlyList<Waiting> network)
    {
        var counts = network.CountBy(waiting => waiting.Address).ToDictionary();
        return network.Last(waiting => counts[waiting.Address] == counts.Values.Max());
    }
}
