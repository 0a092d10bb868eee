using System.Net;
using System.Net.Sockets;
using Parley.Core.Addresses;
using Parley.Core.Randomness;
using Parley.Core.Time;
using Parley.Stun.Binding;
using Parley.Stun.Transactions;

namespace Parley.Net.Clients;

/// <summary>Asks a STUN server what the world calls this machine (RFC 8489, Binding).</summary>
public static class StunProbe
{
    /// <summary>The address that the server sees, or null: it does not answer, or not with an address.</summary>
    /// <param name="server">Where it listens for datagrams.</param>
    /// <param name="local">From which address, and whose family decides; port 0: any.</param>
    /// <param name="time">By which the repetitions of the question are measured.</param>
    /// <param name="policy">When the question is repeated, and when given up; null: as RFC 8489 says, which takes up to 39.5 s.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="SocketException">There is no way to the server, or <paramref name="local"/> cannot be bound.</exception>
    public static async Task<TransportAddress?> DiscoverAsync(
        IPEndPoint server, IPEndPoint? local, TimeProvider time, RetransmissionPolicy? policy = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(server);
        ArgumentNullException.ThrowIfNull(time);
        using var socket = new Socket(server.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        if (local is not null)
        {
            socket.Bind(local);
        }

        await socket.ConnectAsync(server, cancellationToken);
        return await AskAsync(socket, new BindingClient(TransportProtocol.Udp, SecureRandom.Instance, policy), new EngineClock(time), time, cancellationToken);
    }

    /// <summary>As above, of a server that has a name: asked at each of its addresses of the right family until one answers.</summary>
    /// <param name="host">A name or an address.</param>
    /// <param name="port">Usually 3478.</param>
    /// <param name="local">From which address, and whose family decides; port 0: any.</param>
    /// <param name="time">By which the repetitions of the question are measured.</param>
    /// <param name="policy">When the question is repeated, and when given up; null: as RFC 8489 says, which takes up to 39.5 s.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="SocketException">
    /// The name is not known or has no address of the family of <paramref name="local"/>, or that cannot be bound.
    /// </exception>
    public static async Task<TransportAddress?> DiscoverAsync(
        string host, int port, IPEndPoint local, TimeProvider time, RetransmissionPolicy? policy = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(local);
        IPAddress[] addresses = await Dns.GetHostAddressesAsync(host, local.AddressFamily, cancellationToken);
        if (addresses.Length == 0)
        {
            // So it is with an address of the other family, where a name would not have been found.
            throw new SocketException((int)SocketError.NoData, $"{host} has no address of the family of {local.Address}");
        }

        foreach (IPAddress address in addresses)
        {
            if (await DiscoverAsync(new IPEndPoint(address, port), local, time, policy, cancellationToken) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    private static async Task<TransportAddress?> AskAsync(
        Socket socket, BindingClient client, EngineClock clock, TimeProvider time, CancellationToken cancellationToken)
    {
        byte[] buffer = new byte[2048];
        client.Start(clock.Now);
        while (true)
        {
            Instant now = clock.Now;
            if (client.NextTimeout <= now)
            {
                client.HandleTimeout(now);
            }

            if (client.TryPollTransmit(out ReadOnlySpan<byte> message))
            {
                Send(socket, message);
            }

            if (client.TryPollEvent(out BindingEvent? happened))
            {
                return (happened as BindingEvent.Mapped)?.Address;
            }

            // Something is pending until there is an event, and later than now.
            using var timeout = new CancellationTokenSource(client.NextTimeout!.Value - now, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
            try
            {
                int length = await socket.ReceiveAsync(buffer, SocketFlags.None, either.Token);
                client.HandleMessage(buffer.AsSpan(0, length));
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                // Whether it is time already, the client knows best.
            }
            catch (SocketException)
            {
                // Nobody is there, says an ICMP message, which anybody can send: the answer may still come.
                await Task.Delay(TimeSpan.FromMilliseconds(10), time, cancellationToken);
            }
        }
    }

    private static void Send(Socket socket, ReadOnlySpan<byte> message)
    {
        try
        {
            socket.Send(message);
        }
        catch (SocketException)
        {
            // An ICMP message about the last one, or no way: it is sent again.
        }
    }
}
