using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using Parley.Core.Addresses;
using Parley.Core.Randomness;
using Parley.Net.Loops;
using Parley.Net.Sockets;
using Parley.Net.Streams;
using Parley.Stun.Turn.Server;

namespace Parley.Net.Turn;

/// <summary>A STUN and TURN server (RFC 8489, RFC 8656) that runs: over UDP, TCP and TLS, IPv4 and IPv6.</summary>
public sealed class TurnHost : IAsyncDisposable
{
    // Around the longest payload: an indication's own attributes, and some that nobody reads.
    private const int DatagramOverhead = 256;

    // For everything else that a process has open: its libraries, its logs, a web server's connections.
    private const int OtherFiles = 1_000;

    private readonly TurnHostOptions _options;
    private readonly ConnectionLimits _limits;
    private readonly TlsHandshake _tls;
    private readonly EventLoop _loop;
    private readonly TurnDriver _driver;
    private readonly TurnBinding _binding;
    private readonly TurnServer _engine;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _accepting;
    private bool _disposed;

    private TurnHost(TurnHostOptions options, ITurnUsers users, ILogger logger, TimeProvider time)
    {
        // Of all that is behind it: on the loop, and on the tasks of connections.
        logger = UnfailingLogger.Around(logger);
        _options = options;
        _limits = new ConnectionLimits(options.Connections, options.ConnectionsPerAddress);
        _tls = new TlsHandshake(options, HostCounters, time, logger);
        _loop = new EventLoop("Parley TURN", time, logger);
        var ports = new PortableUdpPorts(_loop, options.Server.Limits.MaxPayload + DatagramOverhead);
        _driver = new TurnDriver(ports, new EngineClock(time), options, HostCounters, logger);
        _binding = new TurnBinding(options, ports, _driver, time);
        try
        {
            Listeners = _binding.Listeners;
            var server = options.Server with
            {
                Listeners = [.. options.Server.Listeners, .. Listeners.Select(listener => TransportAddress.From(listener.Address))],
                OwnAddresses = [.. options.Server.OwnAddresses, .. LocalAddresses.All().Select(InternetAddress.From)],
            };
            _engine = new TurnServer(server, users, SecureRandom.Instance);
        }
        catch
        {
            _binding.Dispose();
            throw;
        }

        _driver.Attach(_engine, _binding.Udp);
        _loop.Start(_driver);
        _accepting = Task.WhenAll(_binding.Streams.Select(stream =>
            stream.Listener.RunAsync(
                client => _ = ServeAcceptedAsync(client, stream.Protocol),
                reason => logger.AcceptFailed(new TurnListener(stream.Protocol, stream.Listener.Address), reason),
                _stopping.Token)));
        logger.TurnStarted(
            string.Join(", ", Listeners),
            string.Join(", ", options.Server.RelayAddresses.Select(relay => relay.External)),
            options.Server.MinRelayPort,
            options.Server.MaxRelayPort);
        WarnOfFewOpenFiles(logger);
    }

    /// <summary>What was bound.</summary>
    public IReadOnlyList<TurnListener> Listeners { get; }

    /// <summary>What the server has done so far.</summary>
    public TurnServerCounters Counters => _engine.Counters;

    /// <summary>What its sockets have seen so far.</summary>
    public TurnHostCounters HostCounters { get; } = new();

    /// <summary>For tests that look at its thread.</summary>
    internal EventLoop Loop => _loop;

    /// <summary>Binds all addresses and begins to serve.</summary>
    /// <param name="options">Where to listen, and what to do there.</param>
    /// <param name="users">Whom to let in; asked on the server's own thread, and must not keep it waiting.</param>
    /// <param name="loggers">Where to tell of it.</param>
    /// <param name="time">By which everything is measured; <see cref="EngineClock"/> makes the instants of it that <paramref name="users"/> sees.</param>
    /// <param name="cancellationToken">Ends the start, not the server.</param>
    /// <exception cref="ArgumentException">The options contradict each other; the message says how.</exception>
    /// <exception cref="IOException">An address cannot be bound; the message says which, and why.</exception>
    public static Task<TurnHost> StartAsync(
        TurnHostOptions options, ITurnUsers users, ILoggerFactory loggers, TimeProvider time, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(loggers);
        cancellationToken.ThrowIfCancellationRequested();
        return options.Problem() is { } problem
            ? throw new ArgumentException(problem, nameof(options))
            : Task.FromResult(new TurnHost(options, users, loggers.CreateLogger("Parley.Net.Turn"), time));
    }

    /// <summary>Ends all allocations of a user. From any thread; whether there will be new ones is up to <see cref="ITurnUsers"/>.</summary>
    /// <param name="userId">A <see cref="TurnUser.Id"/>.</param>
    public void Revoke(string userId) => _loop.Post(new LoopAction(now => _driver.Revoke(now, userId)));

    /// <summary>
    /// Serves a connection that somebody else has accepted, until it ends: for a port that is shared with HTTPS. It counts towards the
    /// limits, and is disposed of.
    /// </summary>
    /// <param name="stream">Established; with TLS, after the handshake.</param>
    /// <param name="remote">The client.</param>
    /// <param name="local">Which address of this machine it talks to.</param>
    /// <param name="protocol"><see cref="TransportProtocol.Tcp"/> or <see cref="TransportProtocol.Tls"/>.</param>
    /// <param name="cancellationToken">Ends the connection.</param>
    public async Task ServeAsync(Stream stream, IPEndPoint remote, IPEndPoint local, TransportProtocol protocol, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(remote);
        ArgumentNullException.ThrowIfNull(local);
        var client = new FiveTuple(Plain(remote), Plain(local), protocol);
        if (!_limits.TryEnter(client.Client.Address))
        {
            HostCounters.ConnectionRefused();
            await stream.DisposeAsync();
            return;
        }

        try
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token, cancellationToken);
            await Connection(stream, client).RunAsync(either.Token);
        }
        finally
        {
            _limits.Leave(client.Client.Address);
        }
    }

    /// <summary>Closes everything. Clients notice by themselves.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        await _stopping.CancelAsync();
        _binding.StopAccepting();
        await _accepting;
        await _limits.CloseAsync();
        _loop.Post(new LoopAction(_ => _driver.Dispose()));
        await _loop.DisposeAsync();
        _stopping.Dispose();
    }

    private async Task ServeAcceptedAsync(Socket socket, TransportProtocol protocol)
    {
        InternetAddress? entered = null;
        try
        {
            var client = new FiveTuple(Plain((IPEndPoint)socket.RemoteEndPoint!), Plain((IPEndPoint)socket.LocalEndPoint!), protocol);
            socket.NoDelay = true;
            if (!_limits.TryEnter(client.Client.Address))
            {
                HostCounters.ConnectionRefused();
                return;
            }

            entered = client.Client.Address;
            Stream? stream = new NetworkStream(socket, ownsSocket: true);
            if (protocol == TransportProtocol.Tls)
            {
                stream = await _tls.TryAsync(stream, client.Client, _stopping.Token);
            }

            if (stream is not null)
            {
                await Connection(stream, client).RunAsync(_stopping.Token);
            }
        }
        catch (SocketException)
        {
            // It was gone before it could be looked at.
        }
        finally
        {
            socket.Dispose();
            if (entered is { } address)
            {
                _limits.Leave(address);
            }
        }
    }

    private StreamConnection Connection(Stream stream, FiveTuple client) =>
        new(_loop, stream, client, _driver, _options.BacklogBytes, _options.Server.OldChannels);

    /// <summary>Quotas that cannot be reached protect nobody. Where only this machine comes in, nobody tries to.</summary>
    private void WarnOfFewOpenFiles(ILogger logger)
    {
        long sockets = (long)_options.Server.Limits.Allocations + _options.Connections + Listeners.Count;
        bool isForOthers = _options.Udp.Concat(_options.Tcp).Concat(_options.Tls).Any(endPoint => !IPAddress.IsLoopback(endPoint.Address));

        // Quotas are ceilings for bad days, and a limit a little below them is nothing to begin a start with.
        if (isForOthers && _options.OpenFiles() is { } limit && limit < (sockets / 2) + OtherFiles)
        {
            logger.FewOpenFiles(sockets, limit);
        }
    }

    // IPv4 on a socket that serves both families looks like IPv6.
    private static TransportAddress Plain(IPEndPoint endPoint) => endPoint.Address.IsIPv4MappedToIPv6
        ? TransportAddress.From(new IPEndPoint(endPoint.Address.MapToIPv4(), endPoint.Port))
        : TransportAddress.From(endPoint);
}
