using System.Collections.Concurrent;
using System.Text;
using Parley.Core.Addresses;
using Parley.Core.Time;
using Parley.Net.Sockets;
using Parley.Net.Tests.Loops;
using Parley.Net.Tests.Turn;

namespace Parley.Net.Tests.Sockets;

public sealed class PortableUdpPortTests : IAsyncLifetime
{
    private const int MaxDatagram = 1_000;

    private readonly RunningLoop _loop = new();
    private readonly Inbox _inbox = new();
    private readonly List<IUdpPort> _ports = [];
    private readonly PortableUdpPorts _factory;

    public PortableUdpPortTests() => _factory = new PortableUdpPorts(_loop.Loop, MaxDatagram);

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _loop.Do(_ => _ports.ForEach(port => port.Dispose()));
        await _loop.DisposeAsync();
    }

    [Fact]
    public async Task Each_datagram_goes_where_it_is_to_go()
    {
        IUdpPort port = Open("127.0.0.1:0");
        IUdpPort port6 = Open("[::1]:0");
        using var one = new Peer(IpFamily.IPv4);
        using var two = new Peer(IpFamily.IPv4);
        using var three = new Peer(IpFamily.IPv6);

        await _loop.Do(_ =>
        {
            for (int i = 0; i < 10; i++)
            {
                port.TrySend(one.Address, Encoding.UTF8.GetBytes($"one {i}")).ShouldBeTrue();
                port6.TrySend(three.Address, Encoding.UTF8.GetBytes($"three {i}")).ShouldBeTrue();
                port.TrySend(two.Address, Encoding.UTF8.GetBytes($"two {i}")).ShouldBeTrue();
            }
        });

        for (int i = 0; i < 10; i++)
        {
            (await one.ReceiveAsync()).ShouldBe(($"one {i}", port.Local.ToIPEndPoint()));
            (await two.ReceiveAsync()).ShouldBe(($"two {i}", port.Local.ToIPEndPoint()));
            (await three.ReceiveAsync()).ShouldBe(($"three {i}", port6.Local.ToIPEndPoint()));
        }
    }

    [Fact]
    public async Task One_that_is_longer_than_most_is_sent_whole()
    {
        IUdpPort port = Open("127.0.0.1:0");
        using var peer = new Peer(IpFamily.IPv4);

        await _loop.Do(_ => port.TrySend(peer.Address, Encoding.UTF8.GetBytes(new string('x', 3 * MaxDatagram))).ShouldBeTrue());
        await _loop.Do(_ => port.TrySend(peer.Address, "short"u8).ShouldBeTrue());

        (await peer.ReceiveAsync()).Text.Length.ShouldBe(3 * MaxDatagram);
        (await peer.ReceiveAsync()).Text.ShouldBe("short");
    }

    [Theory]
    // Nobody may send to all; from loopback there is no way out; nothing is as long.
    [InlineData("255.255.255.255:9", 1)]
    [InlineData("192.0.2.1:9", 1)]
    [InlineData("127.0.0.1:9", 70_000)]
    public async Task What_cannot_be_sent_costs_neither_an_exception_nor_memory(string to, int length)
    {
        const int count = 2_000;
        TransportAddress nowhere = TransportAddress.Parse(to);
        byte[] datagram = new byte[length];
        IUdpPort port = Open("127.0.0.1:0");
        await _loop.Do(_ => port.TrySend(nowhere, datagram).ShouldBeFalse());
        using var thrown = new ThrownOn(_loop.Loop);

        long allocated = await _loop.Do(_ =>
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < count; i++)
            {
                port.TrySend(nowhere, datagram).ShouldBeFalse();
            }

            return GC.GetAllocatedBytesForCurrentThread() - before;
        });

        thrown.Exceptions.ShouldBe(0);
        (allocated / (double)count).ShouldBeLessThan(1, $"{allocated} bytes for {count} datagrams");
        // The others are still reached.
        using var peer = new Peer(IpFamily.IPv4);
        await _loop.Do(_ => port.TrySend(peer.Address, "hello"u8).ShouldBeTrue());
        (await peer.ReceiveAsync()).Text.ShouldBe("hello");
    }

    [Fact]
    public async Task After_it_was_closed_nothing_is_sent()
    {
        IUdpPort port = Open("127.0.0.1:0");
        using var peer = new Peer(IpFamily.IPv4);

        await _loop.Do(_ =>
        {
            port.Dispose();
            port.TrySend(peer.Address, "too late"u8).ShouldBeFalse();
        });
    }

    [Fact]
    public async Task A_datagram_that_a_handler_fails_at_is_not_the_last_one()
    {
        IUdpPort port = Open("127.0.0.1:0");
        using var peer = new Peer(IpFamily.IPv4);
        _inbox.FailsAt = "bad";

        // More than are received in one go, each followed by one that has to wait for its turn.
        for (int i = 0; i < 100; i++)
        {
            peer.Send(port.Local.ToIPEndPoint(), "bad");
            peer.Send(port.Local.ToIPEndPoint(), $"good {i}");
        }

        await Eventually.Is(() => _inbox.Received.Count == 200);
        _inbox.Received.Where(text => text != "bad").ShouldBe(Enumerable.Range(0, 100).Select(i => $"good {i}"));
    }

    [Fact]
    public async Task A_handler_that_fails_while_nothing_waits_does_not_stop_the_port()
    {
        IUdpPort port = Open("127.0.0.1:0");
        using var peer = new Peer(IpFamily.IPv4);
        _inbox.FailsAt = "bad";

        for (int i = 1; i <= 3; i++)
        {
            peer.Send(port.Local.ToIPEndPoint(), "bad");
            await Eventually.Is(() => _inbox.Received.Count == i);
        }

        peer.Send(port.Local.ToIPEndPoint(), "good");
        await Eventually.Is(() => _inbox.Received.Contains("good", StringComparer.Ordinal));
    }

    private IUdpPort Open(string local)
    {
        IUdpPort port = _factory.Open(TransportAddress.Parse(local), _inbox, 4 * 1024 * 1024);
        _ports.Add(port);
        return port;
    }

    /// <summary>Keeps what comes, and fails at it afterwards.</summary>
    private sealed class Inbox : IDatagramHandler
    {
        public ConcurrentQueue<string> Received { get; } = new();

        public string? FailsAt { get; set; }

        public void HandleDatagram(Instant now, IUdpPort port, in TransportAddress from, ReadOnlySpan<byte> datagram)
        {
            string text = Encoding.UTF8.GetString(datagram);
            Received.Enqueue(text);
            if (text == FailsAt)
            {
                throw new InvalidOperationException("a defect");
            }
        }

        public void HandleTooLong(IUdpPort port) => Received.Enqueue("too long");

        public void HandleFailure(Instant now, IUdpPort port, string reason) => Received.Enqueue(reason);
    }
}
