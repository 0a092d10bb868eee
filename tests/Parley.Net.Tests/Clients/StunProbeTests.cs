using System.Net;
using System.Net.Sockets;
using Parley.Core.Addresses;
using Parley.Net.Clients;
using Parley.Net.Tests.Turn;
using Parley.Stun.Transactions;

namespace Parley.Net.Tests.Clients;

public sealed class StunProbeTests
{
    [Theory]
    [InlineData(IpFamily.IPv4)]
    [InlineData(IpFamily.IPv6)]
    public async Task A_server_tells_what_it_sees(IpFamily family)
    {
        await using RunningTurn turn = await RunningTurn.StartAsync();
        IPEndPoint server = turn.Listener(TransportProtocol.Udp, family);

        TransportAddress? seen = await StunProbe.DiscoverAsync(
            server, new IPEndPoint(server.Address, 0), TimeProvider.System, cancellationToken: TestContext.Current.CancellationToken).Soon();

        seen.ShouldNotBeNull().Address.ShouldBe(InternetAddress.From(server.Address));
    }

    [Fact]
    public async Task Whoever_does_not_answer_tells_nothing()
    {
        using var nobody = new Peer(IpFamily.IPv4);
        var impatient = new RetransmissionPolicy { InitialTimeout = TimeSpan.FromMilliseconds(1), MaxSends = 2, FinalWaits = 1 };

        TransportAddress? seen = await StunProbe.DiscoverAsync(
            nobody.Address.ToIPEndPoint(), null, TimeProvider.System, impatient, TestContext.Current.CancellationToken).Soon();

        seen.ShouldBeNull();
    }

    [Fact]
    public async Task An_address_of_the_other_family_is_not_waited_for()
    {
        SocketException thrown = await Should.ThrowAsync<SocketException>(StunProbe.DiscoverAsync(
            "::1", 3478, new IPEndPoint(IPAddress.Loopback, 0), TimeProvider.System, cancellationToken: TestContext.Current.CancellationToken));

        thrown.Message.ShouldBe("::1 has no address of the family of 127.0.0.1");
    }
}
