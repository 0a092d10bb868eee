using System.Net.Security;
using System.Net.Sockets;
using Parley.Core.Addresses;
using Parley.Net.Clients;
using Parley.Net.Streams;
using Parley.Net.Tests.Loops;
using Parley.Stun.Turn.Server;

namespace Parley.Net.Tests.Turn;

public sealed class HostileClientTests
{
    [Fact]
    public async Task A_flood_of_garbage_disturbs_nobody_else()
    {
        const int seed = 7;
        await using RunningTurn turn = await RunningTurn.StartAsync();
        TurnClientSocket client = await turn.AllocateAsync(TransportProtocol.Udp);
        Peer peer = turn.Peer();
        await client.PermitAsync(peer.Address.Address, TestContext.Current.CancellationToken).Soon();
        Peer stranger = turn.Peer();
        var random = new Random(seed);
        byte[] garbage = new byte[4_000];

        for (int round = 0; round < 20; round++)
        {
            for (int i = 0; i < 50; i++)
            {
                random.NextBytes(garbage);
                stranger.Send(turn.Listener(TransportProtocol.Udp, IpFamily.IPv4), garbage.AsSpan(0, random.Next(garbage.Length)));
            }

            await RunningTurn.ExchangeAsync(client, peer, $"round {round} of seed {seed}");
        }

        turn.Host.Counters[TurnDrop.Malformed].ShouldBeGreaterThan(0);
        turn.Host.HostCounters.TooLong.ShouldBeGreaterThan(0);
    }

    [Theory]
    [InlineData(0xFF, 64)]
    [InlineData(0x50, 64)]
    // A STUN message that is longer than anybody unknown has to send.
    [InlineData(0x00, FrameBuffer.UntrustedLength)]
    public async Task A_connection_that_speaks_something_else_is_closed(byte first, int length)
    {
        await using RunningTurn turn = await RunningTurn.StartAsync();
        using Socket socket = await ConnectAsync(turn, TransportProtocol.Tcp);
        byte[] bytes = new byte[length];
        bytes[0] = first;
        bytes[2] = 0x20;
        new byte[] { 0x21, 0x12, 0xA4, 0x42 }.CopyTo(bytes, 4);

        await socket.SendAsync(bytes);

        await ShouldBeClosed(socket);
    }

    [Fact]
    public async Task A_handshake_that_never_ends_is_ended()
    {
        await using RunningTurn turn = await RunningTurn.StartAsync(options => options with { HandshakeTime = TimeSpan.FromMilliseconds(50) });
        using Socket socket = await ConnectAsync(turn, TransportProtocol.Tls);

        await ShouldBeClosed(socket);

        await Eventually.Is(() => turn.Host.HostCounters.HandshakesFailed == 1);
    }

    [Theory]
    [InlineData(TransportProtocol.Tcp)]
    [InlineData(TransportProtocol.Tls)]
    public async Task A_connection_that_only_asks_for_its_address_is_ended(TransportProtocol protocol)
    {
        // A Binding request of nothing but its header (RFC 8489, section 5), and what it is answered with.
        const int answerLength = 32;
        byte[] request = [0, 1, 0, 0, 0x21, 0x12, 0xA4, 0x42, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];
        await using RunningTurn turn = await RunningTurn.StartAsync();
        using Socket socket = await ConnectAsync(turn, protocol);
        await using Stream stream = await ShakeHandsAsync(socket, protocol);
        byte[] answer = new byte[answerLength];

        for (int asked = 1; asked <= 21; asked++)
        {
            await stream.WriteAsync(request, TestContext.Current.CancellationToken);
            await stream.ReadExactlyAsync(answer, TestContext.Current.CancellationToken).AsTask().Soon();
            answer[1].ShouldBe((byte)1);
        }

        (await stream.ReadAsync(answer, TestContext.Current.CancellationToken).Soon()).ShouldBe(0);
        await Eventually.Is(() => turn.Host.HostCounters.Connections == 0);
    }

    [Theory]
    [InlineData(TransportProtocol.Tcp)]
    [InlineData(TransportProtocol.Tls)]
    public async Task A_connection_that_asks_for_nothing_is_ended(TransportProtocol protocol)
    {
        await using RunningTurn turn = await RunningTurn.StartAsync(options => options with { UnauthenticatedTime = TimeSpan.FromMilliseconds(50) });
        using Socket socket = await ConnectAsync(turn, protocol);
        await using Stream stream = await ShakeHandsAsync(socket, protocol);

        (await stream.ReadAsync(new byte[1], TestContext.Current.CancellationToken).Soon()).ShouldBe(0);
    }

    [Fact]
    public async Task A_connection_beyond_what_one_address_may_have_is_closed()
    {
        await using RunningTurn turn = await RunningTurn.StartAsync(options => options with { ConnectionsPerAddress = 1 });
        TurnClientSocket client = await turn.AllocateAsync(TransportProtocol.Tcp);

        using (Socket second = await ConnectAsync(turn, TransportProtocol.Tcp))
        {
            await ShouldBeClosed(second);
        }

        turn.Host.HostCounters.ConnectionsRefused.ShouldBe(1);
        await client.DisposeAsync();
        await Eventually.Is(() => turn.Host.HostCounters.Connections == 0);
        await turn.AllocateAsync(TransportProtocol.Tcp);
    }

    [Fact]
    public async Task A_slow_reader_loses_its_own_data_only()
    {
        await using RunningTurn turn = await RunningTurn.StartAsync(options => options with
        {
            Server = options.Server with { Limits = new TurnLimits { BytesPerSecondPerAllocation = long.MaxValue / 100, PacketsPerSecondPerAllocation = int.MaxValue / 100, BytesPerSecondPerUser = long.MaxValue / 100, PacketsPerSecondPerUser = int.MaxValue / 100 } },
        });
        using var readOn = new ManualResetEventSlim();
        TurnClientSocket slow = await turn.AllocateAsync(turn.ClientOptions(TransportProtocol.Tcp) with { Received = (_, _) => readOn.Wait(Eventually.Limit) });
        TurnClientSocket quick = await turn.AllocateAsync(TransportProtocol.Tcp);
        Peer flood = turn.Peer();
        Peer peer = turn.Peer();
        await slow.PermitAsync(flood.Address.Address, TestContext.Current.CancellationToken).Soon();
        await quick.PermitAsync(peer.Address.Address, TestContext.Current.CancellationToken).Soon();
        byte[] data = new byte[1_200];

        await Eventually.Is(() => turn.Host.HostCounters.BacklogFull > 0, meanwhile: () =>
        {
            for (int i = 0; i < 100; i++)
            {
                flood.Send(slow.Relayed.ToIPEndPoint(), data);
            }
        });
        await RunningTurn.ExchangeAsync(quick, peer, "while another one does not read");

        readOn.Set();
        turn.Host.Counters.Allocations.ShouldBe(2);
        await slow.PermitAsync(InternetAddress.Parse("127.0.0.2"), TestContext.Current.CancellationToken).Soon();
    }

    [Fact]
    public async Task A_peer_that_is_not_there_costs_nobody_anything()
    {
        await using RunningTurn turn = await RunningTurn.StartAsync();
        TurnClientSocket client = await turn.AllocateAsync(TransportProtocol.Udp);
        Peer peer = turn.Peer();
        await client.PermitAsync(peer.Address.Address, TestContext.Current.CancellationToken).Soon();
        var nobody = new Peer(IpFamily.IPv4);
        nobody.Dispose();

        for (int i = 0; i < 200; i++)
        {
            client.TrySend(nobody.Address, "knock"u8).ShouldBeTrue();
        }

        // The relay socket, of which the operating system has heard that nobody is there, still works.
        await RunningTurn.ExchangeAsync(client, peer, "somebody is here");
    }

    [Fact]
    public async Task A_peer_to_whom_there_is_no_way_costs_no_exception()
    {
        const int count = 100;
        await using RunningTurn turn = await RunningTurn.StartAsync(options => options with
        {
            Server = options.Server with { Peers = new PeerPolicy { AllowLoopback = true, Allowed = [AddressRange.Parse("255.255.255.255")] } },
        });
        TurnClientSocket client = await turn.AllocateAsync(TransportProtocol.Udp);
        TransportAddress all = TransportAddress.Parse("255.255.255.255:9");
        await client.BindChannelAsync(all, TestContext.Current.CancellationToken).Soon();
        using var thrown = new ThrownOn(turn.Host.Loop);

        for (int i = 1; i <= count; i++)
        {
            client.TrySend(all, "hello, all"u8).ShouldBeTrue();
            await Eventually.Is(() => turn.Host.HostCounters.Unsent == i);
        }

        thrown.Exceptions.ShouldBe(0);
    }

    private static async Task<Socket> ConnectAsync(RunningTurn turn, TransportProtocol protocol)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(turn.Listener(protocol, IpFamily.IPv4), TestContext.Current.CancellationToken);
        return socket;
    }

    private static async Task<Stream> ShakeHandsAsync(Socket socket, TransportProtocol protocol)
    {
        var stream = new NetworkStream(socket);
        if (protocol == TransportProtocol.Tcp)
        {
            return stream;
        }

        var tls = new SslStream(stream);
        await tls.AuthenticateAsClientAsync(TestCertificate.TakeAny(), TestContext.Current.CancellationToken);
        return tls;
    }

    private static async Task ShouldBeClosed(Socket socket)
    {
        try
        {
            (await socket.ReceiveAsync(new byte[1], SocketFlags.None, TestContext.Current.CancellationToken).Soon()).ShouldBe(0);
        }
        catch (SocketException e)
        {
            e.SocketErrorCode.ShouldBe(SocketError.ConnectionReset);
        }
    }
}
