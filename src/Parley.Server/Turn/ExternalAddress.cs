using System.Net;
using System.Net.Sockets;
using Parley.Core.Addresses;
using Parley.Core.Randomness;
using Parley.Server.Configuration;
using Parley.Stun.Messages;

namespace Parley.Server.Turn;

/// <summary>Asks a STUN server by which address the world knows this machine (RFC 8489, section 3).</summary>
/// <param name="server">Whom to ask.</param>
/// <param name="time">For the repetitions.</param>
internal sealed class ExternalAddress(HostPort server, TimeProvider time)
{
    private const string Key = "Parley:Turn:Stun";
    private const int MaxMessageLength = 1500;

    // RFC 8489, section 6.2.1, cut short: a start does not wait for 40 seconds.
    private static readonly TimeSpan[] Repetitions =
        [TimeSpan.FromMilliseconds(500), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(2)];

    /// <summary>The address that stands for this one in the world.</summary>
    /// <param name="local">One of this machine's addresses.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ConfigurationException">The server is not to be found, or does not answer.</exception>
    public async Task<InternetAddress> FindAsync(InternetAddress local, CancellationToken cancellationToken)
    {
        try
        {
            var family = local.Family == IpFamily.IPv6 ? AddressFamily.InterNetworkV6 : AddressFamily.InterNetwork;
            var address = (await Dns.GetHostAddressesAsync(server.Host, family, cancellationToken)).FirstOrDefault()
                ?? throw new ConfigurationException(Key, $"({server}) has no address of {local.Family}");
            using var socket = new Socket(family, SocketType.Dgram, ProtocolType.Udp);
            socket.Bind(new IPEndPoint(local.ToIPAddress(), 0));

            // Connected: what others send is not heard.
            await socket.ConnectAsync(address, server.Port, cancellationToken);
            return await AskAsync(socket, cancellationToken) ?? throw new ConfigurationException(Key, $"({server}) does not answer");
        }
        catch (SocketException e)
        {
            throw new ConfigurationException(Key, $"({server}) cannot be asked: {e.Message}", e);
        }
    }

    private async Task<InternetAddress?> AskAsync(Socket socket, CancellationToken cancellationToken)
    {
        var transaction = TransactionId.Draw(SecureRandom.Instance);
        var request = Request(transaction);
        foreach (var patience in Repetitions)
        {
            await socket.SendAsync(request, cancellationToken);
            using var enough = new CancellationTokenSource(patience, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(enough.Token, cancellationToken);
            try
            {
                return await ReceiveAsync(socket, transaction, either.Token);
            }
            catch (OperationCanceledException) when (enough.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
            {
            }
        }

        return null;
    }

    private static async Task<InternetAddress> ReceiveAsync(Socket socket, TransactionId transaction, CancellationToken cancellationToken)
    {
        var buffer = new byte[MaxMessageLength];
        while (true)
        {
            var length = await socket.ReceiveAsync(buffer, cancellationToken);
            if (TryReadAnswer(buffer.AsSpan(0, length), transaction, out var address))
            {
                return address;
            }
        }
    }

    private static bool TryReadAnswer(ReadOnlySpan<byte> bytes, TransactionId transaction, out InternetAddress address)
    {
        address = default;
        if (!StunMessage.TryRead(bytes, out var message)
            || message.TransactionId != transaction
            || (message.Method, message.Class) != (StunMethod.Binding, StunClass.SuccessResponse)
            || !message.TryGetXorAddress(StunAttributeType.XorMappedAddress, out var mapped))
        {
            return false;
        }

        address = mapped.Address;
        return true;
    }

    private static byte[] Request(TransactionId transaction)
    {
        Span<byte> bytes = stackalloc byte[64];
        var writer = new StunMessageWriter(bytes, StunMethod.Binding, StunClass.Request, transaction);
        writer.TryFinish(out var length);
        return bytes[..length].ToArray();
    }
}
