using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using Parley.Core.Addresses;
using Parley.Net.Clients;
using Parley.Net.Tests.Loops;

namespace Parley.Net.Tests.Turn;

public sealed class RunningServerTests
{
    [Fact]
    public async Task A_renewed_certificate_is_used_at_once_and_connections_of_the_old_one_go_on()
    {
        SslStreamCertificateContext current = TestCertificate.Make("old");
        await using RunningTurn turn = await RunningTurn.StartAsync(certificate: () => current);
        Peer peer = turn.Peer();
        var (old, nameOfOld) = await AllocateWithTlsAsync(turn);

        current = TestCertificate.Make("new");
        var (_, nameOfNew) = await AllocateWithTlsAsync(turn);

        nameOfOld.ShouldBe("CN=old");
        nameOfNew.ShouldBe("CN=new");
        await old.PermitAsync(peer.Address.Address, TestContext.Current.CancellationToken).Soon();
        await RunningTurn.ExchangeAsync(old, peer, "still here");
    }

    [Fact]
    public async Task Without_a_certificate_a_tls_connection_is_closed()
    {
        await using RunningTurn turn = await RunningTurn.StartAsync(certificate: () => null);

        await Should.ThrowAsync<Exception>(AllocateWithTlsAsync(turn));

        turn.Host.HostCounters.ConnectionsRefused.ShouldBe(1);
    }

    [Fact]
    public async Task A_certificate_that_cannot_be_read_costs_its_connection_only()
    {
        await using RunningTurn turn = await RunningTurn.StartAsync(certificate: () => throw new IOException("gone"));

        await Should.ThrowAsync<Exception>(AllocateWithTlsAsync(turn));

        turn.Host.HostCounters.ConnectionsRefused.ShouldBe(1);
        await turn.AllocateAsync(TransportProtocol.Tcp);
    }

    [Fact]
    public async Task A_logger_that_fails_keeps_nobody_from_relaying()
    {
        var logger = new FailingLogger();
        await using RunningTurn turn = await RunningTurn.StartAsync(logger: logger);
        Peer peer = turn.Peer();
        foreach (TransportProtocol protocol in (TransportProtocol[])[TransportProtocol.Udp, TransportProtocol.Tcp, TransportProtocol.Tls])
        {
            // Each is logged, and so is the end of each.
            TurnClientSocket client = await turn.AllocateAsync(protocol);
            await client.PermitAsync(peer.Address.Address, TestContext.Current.CancellationToken).Soon();
            await RunningTurn.ExchangeAsync(client, peer, "unlogged");
            await client.DisposeAsync();
        }

        await Eventually.Is(() => turn.Host.Counters.Allocations == 0 && turn.Host.HostCounters.Connections == 0);
        logger.Asked.ShouldBeGreaterThan(6);
    }

    [Theory]
    [InlineData("stun.turn", true)]
    [InlineData("h2", false)]
    public async Task Of_application_protocols_the_own_one_is_taken(string offered, bool taken)
    {
        await using RunningTurn turn = await RunningTurn.StartAsync();
        SslClientAuthenticationOptions tls = TestCertificate.TakeAny();
        tls.ApplicationProtocols = [new SslApplicationProtocol(offered)];
        Task<TurnClientSocket> attempt = turn.AllocateAsync(turn.ClientOptions(TransportProtocol.Tls) with { Tls = tls });

        if (taken)
        {
            (await attempt).Relayed.Port.ShouldBeGreaterThan((ushort)0);
        }
        else
        {
            await Should.ThrowAsync<Exception>(attempt);
        }
    }

    [Theory]
    [InlineData(TransportProtocol.Udp)]
    [InlineData(TransportProtocol.Tls)]
    public async Task Whoever_is_not_welcome_any_more_loses_what_was_given(TransportProtocol protocol)
    {
        await using RunningTurn turn = await RunningTurn.StartAsync();
        TurnClientSocket client = await turn.AllocateAsync(protocol);
        int port = client.Relayed.Port;

        turn.Host.Revoke(RunningTurn.User);

        await Eventually.Is(() => turn.Host.Counters.Allocations == 0);
        // The port is free again.
        await Eventually.Is(() => RunningTurn.CanBind(port));
    }

    [Theory]
    [InlineData(TransportProtocol.Udp)]
    [InlineData(TransportProtocol.Tcp)]
    public async Task What_is_asked_for_after_the_end_is_refused_at_once(TransportProtocol protocol)
    {
        await using RunningTurn turn = await RunningTurn.StartAsync();
        TurnClientSocket client = await turn.AllocateAsync(protocol);
        await client.DisposeAsync();

        TransportAddress peer = TransportAddress.Parse("127.0.0.1:9");
        await Should.ThrowAsync<TurnClientException>(client.PermitAsync(peer.Address, TestContext.Current.CancellationToken).Soon());
        await Should.ThrowAsync<TurnClientException>(client.BindChannelAsync(peer, TestContext.Current.CancellationToken).Soon());
    }

    [Fact]
    public async Task A_restarted_server_listens_at_the_same_addresses()
    {
        RunningTurn first = await RunningTurn.StartAsync();
        IPEndPoint udp = first.Listener(TransportProtocol.Udp, IpFamily.IPv4);
        IPEndPoint tcp = first.Listener(TransportProtocol.Tcp, IpFamily.IPv4);
        await first.AllocateAsync(TransportProtocol.Udp);
        await first.AllocateAsync(TransportProtocol.Tcp);
        await first.Host.DisposeAsync();

        await using RunningTurn second = await RunningTurn.StartAsync(options => options with { Udp = [udp], Tcp = [tcp], Tls = [] });

        await second.AllocateAsync(TransportProtocol.Udp);
        await second.AllocateAsync(TransportProtocol.Tcp);
        await first.DisposeAsync();
    }

    [Fact]
    public async Task An_address_that_is_taken_stops_the_start_with_its_name()
    {
        await using RunningTurn first = await RunningTurn.StartAsync();
        IPEndPoint taken = first.Listener(TransportProtocol.Udp, IpFamily.IPv4);

        IOException thrown = await Should.ThrowAsync<IOException>(async () => await RunningTurn.StartAsync(options => options with { Udp = [taken] }));

        thrown.Message.ShouldStartWith($"TURN cannot listen on udp {taken}: ");
    }

    [Fact]
    public async Task A_host_without_listeners_is_not_started()
    {
        ArgumentException thrown = await Should.ThrowAsync<ArgumentException>(
            async () => await RunningTurn.StartAsync(options => options with { Udp = [], Tcp = [], Tls = [] }));

        thrown.Message.ShouldStartWith("There is no address to listen on.");
    }

    [Fact]
    public async Task An_unspecified_address_stands_for_each_one_there_is_so_that_answers_come_from_the_one_that_was_asked()
    {
        await using RunningTurn turn = await RunningTurn.StartAsync(options => options with { Udp = [new IPEndPoint(IPAddress.Any, 0)], Tcp = [], Tls = [] });

        turn.Host.Listeners.ShouldAllBe(listener => !listener.Address.Address.Equals(IPAddress.Any));
        TurnClientSocket client = await turn.AllocateAsync(turn.ClientOptions(TransportProtocol.Udp) with
        {
            Server = turn.Host.Listeners.Single(listener => IPAddress.IsLoopback(listener.Address.Address)).Address,
        });
        client.Relayed.Port.ShouldBeGreaterThan((ushort)0);
    }

    [Fact]
    public async Task The_log_says_at_the_start_what_was_found_and_that_it_is_not_looked_for_again()
    {
        var logger = new RecordingLogger();
        await using RunningTurn turn = await RunningTurn.StartAsync(logger: logger);

        string line = logger.Entries.Single(entry => entry.Event == "TurnStarted").Text;

        line.ShouldBe($"TURN listens on {string.Join(", ", turn.Host.Listeners)}; relays at 127.0.0.1, ::1, ports 49152 to 65535. "
            + "Addresses that this machine gets later are used after a restart");
    }

    [Fact]
    public async Task A_connection_that_somebody_else_has_accepted_is_served_like_any_other()
    {
        await using RunningTurn turn = await RunningTurn.StartAsync();
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var shared = (IPEndPoint)listener.LocalEndpoint;
        Task<TurnClientSocket> allocating = turn.AllocateAsync(turn.ClientOptions(TransportProtocol.Tcp) with { Server = shared });
        using Socket accepted = await listener.AcceptSocketAsync(TestContext.Current.CancellationToken);

        Task serving = turn.Host.ServeAsync(
            new NetworkStream(accepted), (IPEndPoint)accepted.RemoteEndPoint!, shared, TransportProtocol.Tls, TestContext.Current.CancellationToken);

        TurnClientSocket client = await allocating;
        serving.IsCompleted.ShouldBeFalse();
        await client.DisposeAsync();
        await serving.Soon();
        await Eventually.Is(() => turn.Host.Counters.Allocations == 0);
    }

    private static async Task<(TurnClientSocket Client, string Certificate)> AllocateWithTlsAsync(RunningTurn turn)
    {
        string name = "none";
        TurnClientSocket client = await turn.AllocateAsync(turn.ClientOptions(TransportProtocol.Tls) with { Tls = TestCertificate.TakeAny(seen => name = seen) });
        return (client, name);
    }
}
