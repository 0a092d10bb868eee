using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Parley.Core.Addresses;
using Parley.Net.Clients;
using Parley.Stun.Turn.Client;

namespace Parley.Net.ConformanceClient;

/// <summary>Datagrams that go to a partner and come back, in indications and then on channels.</summary>
internal static class Exchange
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public static async Task<Outcome> RunAsync(Assignment assignment)
    {
        var options = new TurnClientSocketOptions
        {
            Server = IPEndPoint.Parse(assignment.Server),
            Turn = new TurnClientOptions
            {
                Transport = assignment.Protocol,
                Username = assignment.User,
                Password = assignment.Password,
                Family = assignment.Family,
            },
            Tls = TlsTrusting(assignment.Certificate),
        };
        using var limit = new CancellationTokenSource(Patience);
        await using TurnClientSocket client = await TurnClientSocket.AllocateAsync(options, TimeProvider.System, limit.Token);
        await using IPartner partner = assignment.WithClient
            ? new EchoClient(await TurnClientSocket.AllocateAsync(options, TimeProvider.System, limit.Token))
            : new EchoPeer(client.Relayed.Family);

        await client.PermitAsync(partner.Address.Address, limit.Token);
        await partner.PermitAsync(client.Relayed, limit.Token);
        int inIndications = await CountAnswersAsync(client, partner.Address, assignment.Count, limit.Token);

        await client.BindChannelAsync(partner.Address, limit.Token);
        await partner.BindChannelAsync(client.Relayed, limit.Token);
        return new Outcome(inIndications, await CountAnswersAsync(client, partner.Address, assignment.Count, limit.Token));
    }

    // One at a time, of every length from 0 to what fits into a packet: paddings differ.
    private static async Task<int> CountAnswersAsync(TurnClientSocket client, TransportAddress to, int count, CancellationToken limit)
    {
        int answered = 0;
        for (int i = 0; i < count; i++)
        {
            byte[] data = new byte[i * 37 % 1_200];
            Array.Fill(data, (byte)i);
            client.TrySend(to, data);
            ReceivedDatagram answer = await client.ReceiveAsync(limit);
            answered += answer.Peer == to && answer.Data.Span.SequenceEqual(data) ? 1 : 0;
        }

        return answered;
    }

    private static SslClientAuthenticationOptions TlsTrusting(string path) => new()
    {
        TargetHost = "127.0.0.1",
        CertificateChainPolicy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            CustomTrustStore = { X509CertificateLoader.LoadCertificateFromFile(path) },
            RevocationMode = X509RevocationMode.NoCheck,
        },
    };
}
