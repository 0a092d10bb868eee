using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using Parley.Core.Addresses;
using Parley.Core.Randomness;
using Parley.Core.Time;
using Parley.Net.Sockets;
using Parley.Net.Turn;
using Parley.Stun.Messages;
using Parley.Stun.Turn.Client;
using Parley.Stun.Turn.Server;
using Parley.Stun.Turn.Server.Users;

namespace Parley.Net.Tests.Turn;

/// <summary>What happens when there are fewer file handles than the quotas would let clients use.</summary>
public sealed class OpenFilesTests
{
    private static readonly IPEndPoint Everywhere = new(IPAddress.Any, 0);
    private static readonly IPEndPoint Loopback = new(IPAddress.Loopback, 0);

    private readonly RecordingLogger _logger = new();

    [Theory]
    [InlineData(100L, true)]
    [InlineData(6_900L, true)]
    [InlineData(7_100L, false)]
    [InlineData(null, false)]
    public async Task Quotas_beyond_the_limit_are_told_at_the_start(long? limit, bool warns)
    {
        await using RunningTurn turn = await StartAsync(Everywhere, limit);

        (string? _, LogLevel level, string text)[] warnings = [.. _logger.Entries.Where(entry => entry.Event == "FewOpenFiles")];
        warnings.Length.ShouldBe(warns ? 1 : 0);
        if (warns)
        {
            warnings[0].level.ShouldBe(LogLevel.Warning);
            warnings[0].text.ShouldContain($"have {limit} files open");
        }
    }

    [Fact]
    public async Task Where_only_this_machine_comes_in_nothing_is_told()
    {
        await using RunningTurn turn = await StartAsync(Loopback, limit: 100);

        _logger.Entries.ShouldNotContain(entry => entry.Level >= LogLevel.Warning);
    }

    [Theory]
    [InlineData(SocketError.TooManyOpenSockets, 1)]
    [InlineData(SocketError.NoBufferSpaceAvailable, 1)]
    // The address has left this machine.
    [InlineData(SocketError.AddressNotAvailable, 1)]
    [InlineData(SocketError.AddressAlreadyInUse, 8)]
    public void A_relay_that_cannot_be_opened_is_508_and_other_ports_are_tried_only_where_they_may_help(SocketError error, int opened)
    {
        var ports = new FullMachine(error);
        (StunErrorCode? code, TurnHostCounters counters) = Allocate(ports, times: 1);

        code.ShouldBe(StunErrorCode.InsufficientCapacity);
        ports.Opened.ShouldBe(opened);
        counters.RelaysRefused.ShouldBe(opened);
    }

    [Fact]
    public void A_client_that_goes_on_asking_does_not_fill_the_log()
    {
        const int times = 50;
        var ports = new FullMachine(SocketError.TooManyOpenSockets);
        (_, TurnHostCounters counters) = Allocate(ports, times);

        counters.RelaysRefused.ShouldBe(times);
        _logger.Entries.Count(entry => entry.Event == "RelayRefused").ShouldBe(1);
    }

    private Task<RunningTurn> StartAsync(IPEndPoint listener, long? limit) => RunningTurn.StartAsync(
        options => options with
        {
            Udp = [listener],
            Tcp = [],
            Tls = [],
            Connections = 10_000,
            OpenFiles = () => limit,
            Server = options.Server with { Limits = new TurnLimits { Allocations = 2_000 } },
        },
        logger: _logger);

    /// <summary>Asks for an allocation, engine to engine; what the last answer was.</summary>
    private (StunErrorCode? Code, TurnHostCounters Counters) Allocate(FullMachine ports, int times)
    {
        TurnHostOptions options = RunningTurn.Options(null);
        var counters = new TurnHostCounters();
        var users = new StaticUsers(options.Server.Realm, new Dictionary<string, string>(StringComparer.Ordinal) { [RunningTurn.User] = RunningTurn.Password });
        using var driver = new TurnDriver(ports, new EngineClock(new StandingTime()), options, counters, _logger);
        driver.Attach(new TurnServer(options.Server with { Listeners = [ports.Listener.Local] }, users, SecureRandom.Instance), [ports.Listener]);
        StunErrorCode? code = null;
        for (int time = 0; time < times; time++)
        {
            var client = new TurnClient(
                new TurnClientOptions { Transport = TransportProtocol.Udp, Username = RunningTurn.User, Password = RunningTurn.Password }, SecureRandom.Instance);
            client.Start(Instant.Origin);
            while (client.TryPollTransmit(out ReadOnlySpan<byte> request))
            {
                driver.HandleDatagram(Instant.Origin, ports.Listener, TransportAddress.Parse("127.0.0.1:5000"), request);
                while (ports.Listener.Sent.TryDequeue(out byte[]? answer))
                {
                    client.HandleMessage(Instant.Origin, answer, out _, out _);
                }
            }

            client.TryPollEvent(out TurnClientEvent? happened).ShouldBeTrue();
            code = happened.ShouldBeOfType<TurnClientEvent.Failed>().Code;
        }

        return (code, counters);
    }

    /// <summary>No more ports can be opened here.</summary>
    private sealed class FullMachine(SocketError error) : IUdpPorts
    {
        public FakePort Listener { get; } = new();

        public int Opened { get; private set; }

        public IUdpPort Open(in TransportAddress local, IDatagramHandler handler, int buffers)
        {
            Opened++;
            throw new SocketException((int)error);
        }
    }

    private sealed class FakePort : IUdpPort
    {
        public Queue<byte[]> Sent { get; } = new();

        public TransportAddress Local { get; } = TransportAddress.Parse("127.0.0.1:3478");

        public bool TrySend(in TransportAddress to, ReadOnlySpan<byte> datagram)
        {
            Sent.Enqueue(datagram.ToArray());
            return true;
        }

        public void Dispose()
        {
        }
    }
}
