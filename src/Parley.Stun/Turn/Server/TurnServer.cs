#pragma warning disable MA0025 // Not written yet.
using System.Diagnostics.CodeAnalysis;
using Parley.Core.Addresses;
using Parley.Core.Randomness;
using Parley.Core.Time;

namespace Parley.Stun.Turn.Server;

/// <summary>
/// A STUN and TURN server (RFC 8489, RFC 8656). Told what arrived and when; says what to send, which sockets to open, and when to wake it.
/// </summary>
/// <remarks>Not thread-safe. After any call, drain <see cref="TryPollEvent"/> and <see cref="TryPollTransmit"/>, then wait for <see cref="NextTimeout"/>.</remarks>
public sealed class TurnServer
{
    /// <summary>A server with these settings, for these users.</summary>
    /// <exception cref="ArgumentException">The options contradict each other; the message says how.</exception>
    public TurnServer(TurnServerOptions options, ITurnUsers users, IRandomSource random) => throw new NotImplementedException();

    /// <summary>What happened so far, in numbers. May be read by other threads.</summary>
    public TurnServerCounters Counters => throw new NotImplementedException();

    /// <summary>When <see cref="HandleTimeout"/> is to be called; null: nothing pending.</summary>
    public Instant? NextTimeout => throw new NotImplementedException();

    /// <summary>A datagram, or one frame of a stream (<see cref="Messages.StreamFraming"/>), came from a client.</summary>
    public void HandleMessage(Instant now, in FiveTuple client, ReadOnlySpan<byte> message) => throw new NotImplementedException();

    /// <summary>A client's TCP or TLS connection has ended.</summary>
    public void HandleDisconnect(Instant now, in FiveTuple client) => throw new NotImplementedException();

    /// <summary>The socket that <see cref="TurnServerEvent.RelayWanted"/> asked for is open.</summary>
    public void HandleRelayOpened(Instant now, RelayId relay) => throw new NotImplementedException();

    /// <summary>The socket that <see cref="TurnServerEvent.RelayWanted"/> asked for cannot be opened: the port is taken, or it has failed since.</summary>
    public void HandleRelayRefused(Instant now, RelayId relay) => throw new NotImplementedException();

    /// <summary>A datagram came from a peer.</summary>
    public void HandleRelayed(Instant now, RelayId relay, in TransportAddress peer, ReadOnlySpan<byte> data) => throw new NotImplementedException();

    /// <summary><see cref="NextTimeout"/> has come.</summary>
    public void HandleTimeout(Instant now) => throw new NotImplementedException();

    /// <summary>Ends all allocations of a user; whether there will be new ones is up to <see cref="ITurnUsers"/>.</summary>
    public void Revoke(Instant now, string userId) => throw new NotImplementedException();

    /// <summary>What to send next; false: nothing. The payload is valid until the next call.</summary>
    public bool TryPollTransmit(out TurnTransmit transmit) => throw new NotImplementedException();

    /// <summary>What the driver is to do or to know next; false: nothing.</summary>
    public bool TryPollEvent([NotNullWhen(true)] out TurnServerEvent? happened) => throw new NotImplementedException();
}
