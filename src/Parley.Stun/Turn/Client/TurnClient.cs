#pragma warning disable MA0025 // Not written yet.
using System.Diagnostics.CodeAnalysis;
using Parley.Core.Addresses;
using Parley.Core.Randomness;
using Parley.Core.Time;

namespace Parley.Stun.Turn.Client;

/// <summary>
/// A TURN client (RFC 8656) with one allocation. Told what arrived and when; says what to send and when to wake it.
/// </summary>
/// <remarks>Not thread-safe. After any call, drain <see cref="TryPollEvent"/> and <see cref="TryPollTransmit"/>, then wait for <see cref="NextTimeout"/>.</remarks>
public sealed class TurnClient
{
    /// <summary>A client with these settings, which begins with <see cref="Start"/>.</summary>
    public TurnClient(TurnClientOptions options, IRandomSource random) => throw new NotImplementedException();

    /// <summary>When <see cref="HandleTimeout"/> is to be called; null: nothing pending.</summary>
    public Instant? NextTimeout => throw new NotImplementedException();

    /// <summary>Asks for an allocation.</summary>
    public void Start(Instant now) => throw new NotImplementedException();

    /// <summary>A datagram, or one frame of a stream, came from the server.</summary>
    /// <param name="now">When.</param>
    /// <param name="message">All of it.</param>
    /// <param name="data">What a peer sent, if that is what came: a part of <paramref name="message"/>.</param>
    /// <param name="peer">Who sent it.</param>
    /// <returns>Whether it was data of a peer.</returns>
    public bool HandleMessage(Instant now, ReadOnlySpan<byte> message, out TransportAddress peer, out ReadOnlySpan<byte> data) => throw new NotImplementedException();

    /// <summary><see cref="NextTimeout"/> has come.</summary>
    public void HandleTimeout(Instant now) => throw new NotImplementedException();

    /// <summary>Lets a host send to the relayed address, until <see cref="RemovePermission"/>; refreshed by itself.</summary>
    public void AddPermission(Instant now, InternetAddress peer) => throw new NotImplementedException();

    /// <summary>Refreshes the permission no more.</summary>
    public void RemovePermission(InternetAddress peer) => throw new NotImplementedException();

    /// <summary>Gives a peer a channel, which everything to it uses once it is bound; refreshed by itself.</summary>
    public void BindChannel(Instant now, TransportAddress peer) => throw new NotImplementedException();

    /// <summary>Writes what carries <paramref name="data"/> to a peer: ChannelData if there is a channel, else a Send indication.</summary>
    /// <returns>Of what was written, in bytes; 0 if there is no allocation or no room.</returns>
    public int WriteData(Instant now, TransportAddress peer, ReadOnlySpan<byte> data, Span<byte> destination) => throw new NotImplementedException();

    /// <summary>Gives the allocation up.</summary>
    public void Close(Instant now) => throw new NotImplementedException();

    /// <summary>What to send next; false: nothing. Valid until the next call.</summary>
    public bool TryPollTransmit(out ReadOnlySpan<byte> message) => throw new NotImplementedException();

    /// <summary>What happened; false: nothing.</summary>
    public bool TryPollEvent([NotNullWhen(true)] out TurnClientEvent? happened) => throw new NotImplementedException();
}
