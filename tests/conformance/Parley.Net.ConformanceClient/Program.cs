using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Parley.Core.Addresses;
using Parley.Net.Clients;
using Parley.Stun.Turn.Client;

// Uses a TURN server as a client does: SERVER PROTOCOL USER PASSWORD FAMILY COUNT [CERTIFICATE]. Sends to a peer of its own that answers
// with what it gets, in indications and then on a channel. The exit code is the number of datagrams that got lost, 100 for anything else.
if (args is not [var server, var protocol, var user, var password, var family, var countText, .. var rest])
{
    Console.Error.WriteLine("SERVER PROTOCOL USER PASSWORD FAMILY COUNT [CERTIFICATE]");
    return 100;
}

var patience = TimeSpan.FromSeconds(10);
int count = int.Parse(countText, System.Globalization.CultureInfo.InvariantCulture);
var relayed = Enum.Parse<IpFamily>(family, ignoreCase: true);
try
{
    using var peer = new Socket(relayed == IpFamily.IPv6 ? AddressFamily.InterNetworkV6 : AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    peer.Bind(new IPEndPoint(relayed == IpFamily.IPv6 ? IPAddress.IPv6Loopback : IPAddress.Loopback, 0));
    TransportAddress peerAddress = TransportAddress.From((IPEndPoint)peer.LocalEndPoint!);
    _ = EchoAsync(peer);

    var options = new TurnClientSocketOptions
    {
        Server = IPEndPoint.Parse(server),
        Turn = new TurnClientOptions
        {
            Transport = Enum.Parse<TransportProtocol>(protocol, ignoreCase: true),
            Username = user,
            Password = password,
            Family = relayed,
        },
        Tls = rest is [var certificate] ? TlsTrusting(certificate) : null,
    };
    await using TurnClientSocket client = await TurnClientSocket.AllocateAsync(options, TimeProvider.System).WaitAsync(patience);
    Console.WriteLine($"relayed {client.Relayed}, mapped {client.Mapped}");
    await client.PermitAsync(peerAddress.Address).WaitAsync(patience);
    int answered = await ExchangeAsync(client, peerAddress);
    Console.WriteLine($"indications {answered}/{count}");
    await client.BindChannelAsync(peerAddress).WaitAsync(patience);
    int answeredOnChannel = await ExchangeAsync(client, peerAddress);
    Console.WriteLine($"channel {answeredOnChannel}/{count}");
    return Math.Min(99, (2 * count) - answered - answeredOnChannel);
}
catch (Exception e)
{
    // Whatever it is: it is what the test is to see.
    Console.WriteLine(e);
    return 100;
}

// One at a time, of every length from 0 to what fits into a packet: paddings differ.
async Task<int> ExchangeAsync(TurnClientSocket client, TransportAddress to)
{
    int answered = 0;
    for (int i = 0; i < count; i++)
    {
        byte[] data = new byte[i * 37 % 1_200];
        Array.Fill(data, (byte)i);
        client.TrySend(to, data);
        using var limit = new CancellationTokenSource(patience);
        ReceivedDatagram answer = await client.ReceiveAsync(limit.Token);
        answered += answer.Peer == to && answer.Data.Span.SequenceEqual(data) ? 1 : 0;
    }

    return answered;
}

static async Task EchoAsync(Socket socket)
{
    byte[] buffer = new byte[2048];
    var from = new SocketAddress(socket.AddressFamily);
    while (true)
    {
        int length = await socket.ReceiveFromAsync(buffer, SocketFlags.None, from);
        await socket.SendToAsync(buffer.AsMemory(0, length), SocketFlags.None, from);
    }
}

static SslClientAuthenticationOptions TlsTrusting(string path) => new()
{
    TargetHost = "127.0.0.1",
    CertificateChainPolicy = new X509ChainPolicy
    {
        TrustMode = X509ChainTrustMode.CustomRootTrust,
        CustomTrustStore = { X509CertificateLoader.LoadCertificateFromFile(path) },
        RevocationMode = X509RevocationMode.NoCheck,
    },
};
