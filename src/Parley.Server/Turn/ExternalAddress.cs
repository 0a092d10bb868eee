using System.Net;
using System.Net.Sockets;
using Parley.Core.Addresses;
using Parley.Net.Clients;
using Parley.Server.Configuration;
using Parley.Stun.Transactions;

namespace Parley.Server.Turn;

/// <summary>Asks a STUN server by which address the world knows this machine, as the configuration says.</summary>
/// <param name="server">Whom to ask.</param>
/// <param name="time">For the repetitions.</param>
internal sealed class ExternalAddress(HostPort server, TimeProvider time)
{
    private const string Key = "Parley:Turn:Stun";

    // RFC 8489, section 6.2.1, cut short: a start does not wait for 40 seconds. Sent at 0, 0.5, 1.5 and 3.5 s, given up at 5.5 s.
    private static readonly RetransmissionPolicy Patience = new() { MaxSends = 4, FinalWaits = 4 };

    /// <summary>The address that stands for this one in the world.</summary>
    /// <param name="local">One of this machine's addresses.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ConfigurationException">The server is not to be found, or does not answer.</exception>
    public async Task<InternetAddress> FindAsync(InternetAddress local, CancellationToken cancellationToken)
    {
        try
        {
            var found = await StunProbe.DiscoverAsync(server.Host, server.Port, new IPEndPoint(local.ToIPAddress(), 0), time, Patience, cancellationToken);
            return found?.Address ?? throw new ConfigurationException(Key, $"({server}) does not answer");
        }
        catch (SocketException e)
        {
            throw new ConfigurationException(Key, $"({server}) cannot be asked: {e.Message}", e);
        }
    }
}
