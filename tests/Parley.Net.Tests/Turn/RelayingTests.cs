using System.Text;
using Parley.Core.Addresses;
using Parley.Net.Clients;

namespace Parley.Net.Tests.Turn;

public sealed class RelayingTests
{
    [Theory]
    [InlineData(TransportProtocol.Udp, IpFamily.IPv4, IpFamily.IPv4)]
    [InlineData(TransportProtocol.Udp, IpFamily.IPv6, IpFamily.IPv6)]
    [InlineData(TransportProtocol.Udp, IpFamily.IPv4, IpFamily.IPv6)]
    [InlineData(TransportProtocol.Tcp, IpFamily.IPv4, IpFamily.IPv4)]
    [InlineData(TransportProtocol.Tcp, IpFamily.IPv6, IpFamily.IPv6)]
    [InlineData(TransportProtocol.Tls, IpFamily.IPv4, IpFamily.IPv4)]
    [InlineData(TransportProtocol.Tls, IpFamily.IPv6, IpFamily.IPv4)]
    public async Task A_client_and_a_peer_reach_each_other_through_the_server(TransportProtocol protocol, IpFamily family, IpFamily relayed)
    {
        await using RunningTurn turn = await RunningTurn.StartAsync();
        TurnClientSocket client = await turn.AllocateAsync(protocol, family, relayed);
        Peer peer = turn.Peer(relayed);

        client.Relayed.Family.ShouldBe(relayed);
        client.Mapped.ShouldBe(client.Local);
        await client.PermitAsync(peer.Address.Address, TestContext.Current.CancellationToken).Soon();
        await RunningTurn.ExchangeAsync(client, peer, "in indications");
        await client.BindChannelAsync(peer.Address, TestContext.Current.CancellationToken).Soon();
        // Of a length that has to be padded over a stream.
        await RunningTurn.ExchangeAsync(client, peer, "on a channel");
        await RunningTurn.ExchangeAsync(client, peer, "on a channel.");

        turn.Host.Counters.PacketsToPeers.ShouldBe(3);
        turn.Host.Counters.PacketsToClients.ShouldBe(3);
    }

    [Theory]
    [InlineData(TransportProtocol.Udp, TransportProtocol.Udp)]
    [InlineData(TransportProtocol.Udp, TransportProtocol.Tls)]
    [InlineData(TransportProtocol.Tcp, TransportProtocol.Tcp)]
    public async Task Two_clients_reach_each_other_through_two_relayed_addresses(TransportProtocol of, TransportProtocol another)
    {
        await using RunningTurn turn = await RunningTurn.StartAsync();
        TurnClientSocket alice = await turn.AllocateAsync(of);
        TurnClientSocket bob = await turn.AllocateAsync(another);
        await alice.PermitAsync(bob.Relayed.Address, TestContext.Current.CancellationToken).Soon();
        await bob.PermitAsync(alice.Relayed.Address, TestContext.Current.CancellationToken).Soon();

        alice.TrySend(bob.Relayed, "hello"u8).ShouldBeTrue();

        ReceivedDatagram arrived = await bob.ReceiveAsync(TestContext.Current.CancellationToken).Soon();
        Encoding.UTF8.GetString(arrived.Data.Span).ShouldBe("hello");
        arrived.Peer.ShouldBe(alice.Relayed);
    }

    [Fact]
    public async Task An_allocation_ends_with_its_client_and_with_its_connection()
    {
        await using RunningTurn turn = await RunningTurn.StartAsync();
        TurnClientSocket udp = await turn.AllocateAsync(TransportProtocol.Udp);
        TurnClientSocket tcp = await turn.AllocateAsync(TransportProtocol.Tcp);
        turn.Host.Counters.Allocations.ShouldBe(2);
        turn.Host.HostCounters.Connections.ShouldBe(1);

        await udp.DisposeAsync();
        await tcp.DisposeAsync();

        await Eventually.Is(() => turn.Host.Counters.Allocations == 0);
        await Eventually.Is(() => turn.Host.HostCounters.Connections == 0);
    }

    [Fact]
    public async Task What_is_sent_in_a_burst_arrives_in_its_order()
    {
        const int count = 500;
        await using RunningTurn turn = await RunningTurn.StartAsync();
        TurnClientSocket client = await turn.AllocateAsync(TransportProtocol.Tls);
        Peer peer = turn.Peer();
        await client.BindChannelAsync(peer.Address, TestContext.Current.CancellationToken).Soon();

        for (int i = 0; i < count; i++)
        {
            client.TrySend(peer.Address, Encoding.UTF8.GetBytes($"{i}")).ShouldBeTrue();
        }

        for (int i = 0; i < count; i++)
        {
            (await peer.ReceiveAsync()).Text.ShouldBe($"{i}");
        }
    }

    [Theory]
    [InlineData(TransportProtocol.Tcp)]
    [InlineData(TransportProtocol.Tls)]
    public async Task A_burst_of_a_peer_arrives_in_its_order_over_a_stream(TransportProtocol protocol)
    {
        const int count = 500;
        await using RunningTurn turn = await RunningTurn.StartAsync();
        TurnClientSocket client = await turn.AllocateAsync(protocol);
        Peer peer = turn.Peer();
        await client.PermitAsync(peer.Address.Address, TestContext.Current.CancellationToken).Soon();

        for (int i = 0; i < count; i++)
        {
            peer.Send(client.Relayed.ToIPEndPoint(), $"{i}");
        }

        for (int i = 0; i < count; i++)
        {
            ReceivedDatagram arrived = await client.ReceiveAsync(TestContext.Current.CancellationToken).Soon();
            Encoding.UTF8.GetString(arrived.Data.Span).ShouldBe($"{i}");
        }
    }
}
