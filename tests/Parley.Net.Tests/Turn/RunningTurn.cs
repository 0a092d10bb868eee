using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Parley.Core.Addresses;
using Parley.Net.Clients;
using Parley.Net.Turn;
using Parley.Stun.Turn.Client;
using Parley.Stun.Turn.Server;
using Parley.Stun.Turn.Server.Users;

namespace Parley.Net.Tests.Turn;

/// <summary>A real server on free ports of this machine's loopback addresses, with clients and peers of it.</summary>
internal sealed class RunningTurn : IAsyncDisposable
{
    public const string User = "alice";
    public const string Password = "wonderland";

    private readonly List<IAsyncDisposable> _clients = [];
    private readonly List<IDisposable> _peers = [];

    private RunningTurn(TurnHost host) => Host = host;

    public TurnHost Host { get; }

    public static async Task<RunningTurn> StartAsync(
        Func<TurnHostOptions, TurnHostOptions>? change = null, Func<SslStreamCertificateContext?>? certificate = null, ILogger? logger = null)
    {
        SslStreamCertificateContext self = TestCertificate.Make("first");
        TurnHostOptions options = Options(certificate ?? (() => self));
        return new RunningTurn(await TurnHost.StartAsync(
            change?.Invoke(options) ?? options,
            new StaticUsers(options.Server.Realm, new Dictionary<string, string>(StringComparer.Ordinal) { [User] = Password }),
            new OneLogger(logger ?? NullLogger.Instance),
            TimeProvider.System,
            TestContext.Current.CancellationToken));
    }

    public static TurnHostOptions Options(Func<SslStreamCertificateContext?>? certificate)
    {
        IPEndPoint[] loopback = [new(IPAddress.Loopback, 0), new(IPAddress.IPv6Loopback, 0)];
        return new TurnHostOptions
        {
            Udp = loopback,
            Tcp = loopback,
            Tls = loopback,
            Certificate = certificate,
            Server = new TurnServerOptions
            {
                NonceKey = Encoding.ASCII.GetBytes("a key for tests, of thirty-two by"),
                Listeners = [],
                RelayAddresses = [RelayAt(IPAddress.Loopback), RelayAt(IPAddress.IPv6Loopback)],
                Peers = new PeerPolicy { AllowLoopback = true },
            },
        };
    }

    public IPEndPoint Listener(TransportProtocol protocol, IpFamily family) => Host.Listeners
        .First(listener => listener.Protocol == protocol && TransportAddress.From(listener.Address).Family == family).Address;

    public Task<TurnClientSocket> AllocateAsync(TransportProtocol protocol, IpFamily family = IpFamily.IPv4, IpFamily relayed = IpFamily.None) =>
        AllocateAsync(ClientOptions(protocol, family, relayed));

    public async Task<TurnClientSocket> AllocateAsync(TurnClientSocketOptions options)
    {
        TurnClientSocket client = await TurnClientSocket.AllocateAsync(options, TimeProvider.System, TestContext.Current.CancellationToken).Soon();
        lock (_clients)
        {
            _clients.Add(client);
        }

        return client;
    }

    public TurnClientSocketOptions ClientOptions(TransportProtocol protocol, IpFamily family = IpFamily.IPv4, IpFamily relayed = IpFamily.None) => new()
    {
        Server = Listener(protocol, family),
        Turn = new TurnClientOptions { Transport = protocol, Username = User, Password = Password, Family = relayed },
        Tls = TestCertificate.TakeAny(),
    };

    /// <summary>A peer that uses no TURN.</summary>
    public Peer Peer(IpFamily family = IpFamily.IPv4)
    {
        var peer = new Peer(family);
        _peers.Add(peer);
        return peer;
    }

    /// <summary>Sends both ways; each waits for the other, so that nothing is lost unless it is lost.</summary>
    public static async Task ExchangeAsync(TurnClientSocket client, Peer peer, string text)
    {
        client.TrySend(peer.Address, Encoding.UTF8.GetBytes(text)).ShouldBeTrue();
        (string arrived, IPEndPoint from) = await peer.ReceiveAsync();
        arrived.ShouldBe(text);
        TransportAddress.From(from).ShouldBe(client.Relayed);

        peer.Send(from, $"{text} too");
        ReceivedDatagram answer = await client.ReceiveAsync(TestContext.Current.CancellationToken).Soon();
        Encoding.UTF8.GetString(answer.Data.Span).ShouldBe($"{text} too");
        answer.Peer.ShouldBe(peer.Address);
    }

    /// <summary>Whether a port of 127.0.0.1 is free.</summary>
    public static bool CanBind(int port)
    {
        try
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (IAsyncDisposable client in _clients)
        {
            await client.DisposeAsync();
        }

        foreach (IDisposable peer in _peers)
        {
            peer.Dispose();
        }

        await Host.DisposeAsync();
    }

    private sealed class OneLogger(ILogger logger) : ILoggerFactory
    {
        public ILogger CreateLogger(string categoryName) => logger;

        public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

        public void Dispose()
        {
        }
    }

    private static RelayAddress RelayAt(IPAddress address) => new(InternetAddress.From(address), InternetAddress.From(address));
}

/// <summary>A plain UDP socket.</summary>
internal sealed class Peer : IDisposable
{
    private readonly Socket _socket;
    private readonly byte[] _buffer = new byte[64 * 1024];

    public Peer(IpFamily family)
    {
        IPAddress loopback = family == IpFamily.IPv6 ? IPAddress.IPv6Loopback : IPAddress.Loopback;
        _socket = new Socket(loopback.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        // A burst has to wait somewhere.
        _socket.ReceiveBufferSize = 4 * 1024 * 1024;
        _socket.Bind(new IPEndPoint(loopback, 0));
        Address = TransportAddress.From((IPEndPoint)_socket.LocalEndPoint!);
    }

    public TransportAddress Address { get; }

    public async Task<(string Text, IPEndPoint From)> ReceiveAsync()
    {
        SocketReceiveFromResult result = await _socket.ReceiveFromAsync(
            _buffer, SocketFlags.None, new IPEndPoint(_socket.AddressFamily == AddressFamily.InterNetworkV6 ? IPAddress.IPv6Any : IPAddress.Any, 0)).Soon();
        return (Encoding.UTF8.GetString(_buffer.AsSpan(0, result.ReceivedBytes)), (IPEndPoint)result.RemoteEndPoint);
    }

    public void Send(IPEndPoint to, string text) => Send(to, Encoding.UTF8.GetBytes(text));

    public void Send(IPEndPoint to, ReadOnlySpan<byte> bytes) => _socket.SendTo(bytes, to);

    public void Dispose() => _socket.Dispose();
}
