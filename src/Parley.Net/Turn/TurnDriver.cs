using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using Parley.Core.Addresses;
using Parley.Core.Time;
using Parley.Net.Loops;
using Parley.Net.Sockets;
using Parley.Net.Streams;
using Parley.Stun.Turn.Server;

namespace Parley.Net.Turn;

/// <summary>
/// Moves bytes and time between the engine, its sockets and its connections. Everything here happens on the loop's thread; a datagram that
/// is relayed takes no lock and no memory.
/// </summary>
internal sealed class TurnDriver(IUdpPorts ports, EngineClock clock, TurnHostOptions options, TurnHostCounters counters, ILogger logger)
    : ILoopDriver, IDatagramHandler, IStreamOwner, IDisposable
{
    private static readonly TimeSpan ClockInterval = TimeSpan.FromMinutes(1);

    // A client may ask again and again for what cannot be had: the log is told so often, the counters each time.
    private static readonly TimeSpan RefusalLogInterval = TimeSpan.FromSeconds(10);

    private readonly Dictionary<TransportAddress, IUdpPort> _listeners = [];
    private readonly Dictionary<RelayId, RelayPort> _relays = [];
    private readonly StreamTable _streams = new(options, counters);
    private readonly Queue<TurnServerEvent> _events = [];
    private bool _isApplying;
    private TurnServer _engine = null!;
    private Instant _clockDue = clock.Now;
    private Instant? _lastRefusalLogged;

    public Instant? NextTimeout => Instant.Earlier(_clockDue, Instant.Earlier(_engine.NextTimeout, _streams.NextTimeout));

    /// <summary>Before the loop begins: the engine can be made only when the addresses of its listeners are known.</summary>
    public void Attach(TurnServer engine, IReadOnlyList<IUdpPort> listeners)
    {
        _engine = engine;
        _engine.Clock = clock.WallClock;
        foreach (IUdpPort listener in listeners)
        {
            _listeners.Add(listener.Local, listener);
        }
    }

    public void HandleTimeout(Instant now)
    {
        if (_clockDue <= now)
        {
            // Somebody may have set the calendar.
            _engine.Clock = clock.WallClock;
            _clockDue = now + ClockInterval;
        }

        if (_engine.NextTimeout <= now)
        {
            _engine.HandleTimeout(now);
            Drain(now);
        }

        _streams.HandleTimeout(now);
    }

    public void Revoke(Instant now, string userId)
    {
        _engine.Revoke(now, userId);
        Drain(now);
    }

    // UDP clients

    public void HandleDatagram(Instant now, IUdpPort port, in TransportAddress from, ReadOnlySpan<byte> datagram)
    {
        _engine.HandleMessage(now, new FiveTuple(from, port.Local, TransportProtocol.Udp), datagram);
        Drain(now);
    }

    public void HandleTooLong(IUdpPort port) => counters.WasTooLong();

    public void HandleFailure(Instant now, IUdpPort port, string reason)
    {
        _listeners.Remove(port.Local);
        logger.ListenerFailed(port.Local, reason);
    }

    // TCP and TLS clients

    public void HandleOpened(Instant now, StreamConnection connection)
    {
        if (_streams.Add(now, connection) is { } replaced)
        {
            // The old one of the same five-tuple is dead, or the new one could not exist.
            replaced.Close();
            _engine.HandleDisconnect(now, replaced.Client);
            Drain(now);
        }
    }

    public void HandleFrame(Instant now, StreamConnection connection, ReadOnlySpan<byte> frame)
    {
        _engine.HandleMessage(now, connection.Client, frame);
        Drain(now);
    }

    public void HandleTooLong(StreamConnection connection) => counters.WasTooLong();

    public void HandleEnded(Instant now, StreamConnection connection, string reason)
    {
        logger.ConnectionEnded(connection.Client, reason);
        if (_streams.Remove(connection))
        {
            _engine.HandleDisconnect(now, connection.Client);
            Drain(now);
        }
    }

    // Peers

    public void HandleRelayed(Instant now, RelayId relay, in TransportAddress peer, ReadOnlySpan<byte> data)
    {
        _engine.HandleRelayed(now, relay, peer, data);
        Drain(now);
    }

    public void HandleRelayFailure(Instant now, RelayId relay, TransportAddress local, string reason)
    {
        if (_relays.Remove(relay))
        {
            LogRefusal(now, local, reason);
            _engine.HandleRelayRefused(now, relay, tryAnotherPort: false);
            Drain(now);
        }
    }

    public void Dispose()
    {
        foreach (IUdpPort port in _listeners.Values)
        {
            port.Dispose();
        }

        foreach (RelayPort relay in _relays.Values)
        {
            relay.Dispose();
        }
    }

    /// <summary>Does what the engine wants, until it wants nothing more.</summary>
    private void Drain(Instant now)
    {
        Collect();
        // What an event leads to may call the engine again; its events are handled by the outermost call, in their order.
        if (_isApplying)
        {
            return;
        }

        _isApplying = true;
        try
        {
            while (_events.TryDequeue(out TurnServerEvent? happened))
            {
                Apply(now, happened);
            }
        }
        finally
        {
            _isApplying = false;
        }
    }

    // All of both, because the engine's next call may overwrite them.
    private void Collect()
    {
        while (_engine.TryPollEvent(out TurnServerEvent? happened))
        {
            _events.Enqueue(happened);
        }

        while (_engine.TryPollTransmit(out TurnTransmit transmit))
        {
            Send(transmit);
        }
    }

    private void Send(in TurnTransmit transmit)
    {
        if (transmit.IsForPeer)
        {
            CountUnless(_relays.TryGetValue(transmit.Relay, out RelayPort? relay) && relay.TrySend(transmit.Peer, transmit.Payload));
        }
        else if (transmit.Client.Protocol == TransportProtocol.Udp)
        {
            CountUnless(_listeners.TryGetValue(transmit.Client.Server, out IUdpPort? port) && port.TrySend(transmit.Client.Client, transmit.Payload));
        }
        else
        {
            _streams.Send(transmit.Client, transmit.Payload, transmit.IsResponse);
        }
    }

    private void CountUnless(bool sent)
    {
        if (!sent)
        {
            counters.NotSent();
        }
    }

    private void Apply(Instant now, TurnServerEvent happened)
    {
        switch (happened)
        {
            case TurnServerEvent.RelayWanted(var relay, var local):
                OpenRelay(now, relay, local);
                break;
            case TurnServerEvent.RelayUnwanted(var relay):
                if (_relays.Remove(relay, out RelayPort? port))
                {
                    port.Dispose();
                }

                break;
            case TurnServerEvent.ConnectionUnwanted(var client, var reason):
                logger.ConnectionEnded(client, reason);
                _streams.Close(client);
                break;
            case TurnServerEvent.AllocationMade(var client, var user, var relayed):
                logger.AllocationMade(user, relayed, client);
                _streams.HandleAllocationMade(client);
                break;
            case TurnServerEvent.AllocationEnded(var client, var user, var relayed, var reason):
                logger.AllocationEnded(user, relayed, reason);
                _streams.HandleAllocationEnded(now, client);
                break;
        }
    }

    private void OpenRelay(Instant now, RelayId relay, TransportAddress local)
    {
        try
        {
            _relays.Add(relay, new RelayPort(this, counters, ports, relay, local, options.RelayBufferBytes));
            _engine.HandleRelayOpened(now, relay);
        }
        catch (SocketException e)
        {
            counters.RelayRefused();
            LogRefusal(now, local, e.Message);
            // Where there are no file handles left, or the address is gone, no port is any better.
            bool isPortsFault = e.SocketErrorCode is SocketError.AddressAlreadyInUse or SocketError.AccessDenied;
            _engine.HandleRelayRefused(now, relay, isPortsFault);
        }

        Drain(now);
    }

    private void LogRefusal(Instant now, TransportAddress local, string reason)
    {
        if (_lastRefusalLogged is { } last && now - last < RefusalLogInterval)
        {
            return;
        }

        _lastRefusalLogged = now;
        logger.RelayRefused(local, reason);
    }
}
