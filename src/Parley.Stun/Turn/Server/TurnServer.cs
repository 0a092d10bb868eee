#pragma warning disable IDE0060 // Whatever happens, the engine is told when; not every part needs it today.
using System.Diagnostics.CodeAnalysis;
using Parley.Core.Addresses;
using Parley.Core.Randomness;
using Parley.Core.Time;
using Parley.Stun.Messages;

namespace Parley.Stun.Turn.Server;

/// <summary>
/// A STUN and TURN server (RFC 8489, RFC 8656). Told what arrived and when; says what to send, which sockets to open, and when to wake it.
/// </summary>
/// <remarks>Not thread-safe. After any call, drain <see cref="TryPollEvent"/> and <see cref="TryPollTransmit"/>, then wait for <see cref="NextTimeout"/>.</remarks>
public sealed class TurnServer
{
    private readonly Queue<TurnServerEvent> _events = [];
    private readonly Outbox _outbox = new();
    private readonly StreamStrikes _strikes = new();
    private readonly UnauthenticatedRate _unauthenticated;
    private readonly Authentication _authentication;
    private readonly Answers _answers;
    private readonly AllocationTable _allocations;
    private readonly AllocateRequests _allocateRequests;
    private readonly AllocationRequests _allocationRequests;
    private readonly Relaying _relaying;
    private readonly bool _oldChannels;

    /// <summary>A server with these settings, for these users.</summary>
    /// <exception cref="ArgumentException">The options contradict each other; the message says how.</exception>
    public TurnServer(TurnServerOptions options, ITurnUsers users, IRandomSource random)
    {
        OptionsCheck.ThrowIfInvalid(options);
        _oldChannels = options.OldChannels;
        var nonces = new Nonces(options.NonceKey, options.NonceLifetime);
        var peers = new PeerFilter(options);
        _unauthenticated = new UnauthenticatedRate(options.Limits, random);
        _authentication = new Authentication(users, nonces);
        _answers = new Answers(options.Realm, nonces, _outbox);
        _allocations = new AllocationTable(options, Counters, _events, random);
        _allocateRequests = new AllocateRequests(options, _allocations, _answers, _outbox);
        _allocationRequests = new AllocationRequests(options, _allocations, peers, Counters, _answers);
        _relaying = new Relaying(options.Limits, _allocations, peers, Counters, _outbox, random);
    }

    /// <summary>What happened so far, in numbers. May be read by other threads.</summary>
    public TurnServerCounters Counters { get; } = new();

    /// <summary>
    /// What the calendar says: nonces carry the minute they were made in, so that they outlive a restart. To be set at the start, and
    /// again when the system's clock was corrected. Without it nonces are good until the restart.
    /// </summary>
    public WallClock Clock { get; set; } = new(DateTimeOffset.UnixEpoch);

    /// <summary>When <see cref="HandleTimeout"/> is to be called; null: nothing pending.</summary>
    public Instant? NextTimeout => _allocations.FirstToExpire?.Expiry;

    /// <summary>For tests: what is remembered of connections that have proved nothing.</summary>
    internal int StrangeConnections => _strikes.Count;

    /// <summary>For tests: users of whom something is remembered.</summary>
    internal int RememberedUsers => _allocations.Users;

    /// <summary>For tests: allocations, and those whose sockets are being opened.</summary>
    internal int AllocationsAndOpenings => _allocations.Count;

    /// <summary>A datagram, or one frame of a stream (<see cref="Messages.StreamFraming"/>), came from a client.</summary>
    public void HandleMessage(Instant now, in FiveTuple client, ReadOnlySpan<byte> message)
    {
        if (IsForged(client))
        {
            Counters[TurnDrop.Malformed]++;
        }
        else if (ChannelData.LooksLikeChannelData(message, _oldChannels))
        {
            HandleChannelData(now, client, message);
        }
        else if (StunMessage.TryRead(message, out StunMessage stun))
        {
            HandleStun(now, client, stun);
        }
        else
        {
            DropMalformed(client);
        }
    }

    /// <summary>A client's TCP or TLS connection has ended.</summary>
    public void HandleDisconnect(Instant now, in FiveTuple client)
    {
        _strikes.Forget(client);
        if (_allocations.Find(client) is { } allocation)
        {
            _allocations.End(allocation, AllocationEnd.Disconnected);
        }
    }

    /// <summary>The socket that <see cref="TurnServerEvent.RelayWanted"/> asked for is open.</summary>
    public void HandleRelayOpened(Instant now, RelayId relay)
    {
        if (_allocations.Find(relay) is { } allocation)
        {
            _allocateRequests.HandleOpened(now, allocation);
        }
    }

    /// <summary>
    /// The socket that <see cref="TurnServerEvent.RelayWanted"/> asked for cannot be opened: the port is taken, or it has failed since. It
    /// is not asked to be closed any more.
    /// </summary>
    /// <param name="now">When.</param>
    /// <param name="relay">Which.</param>
    /// <param name="tryAnotherPort">It is the port's fault; otherwise the client is refused at once.</param>
    public void HandleRelayRefused(Instant now, RelayId relay, bool tryAnotherPort = true)
    {
        if (_allocations.Find(relay) is not { } allocation)
        {
            return;
        }

        if (allocation.Opening is { } opening)
        {
            _allocateRequests.HandleRefused(allocation, opening, tryAnotherPort);
        }
        else
        {
            End(allocation, AllocationEnd.RelayFailed);
        }
    }

    /// <summary>A datagram came from a peer.</summary>
    public void HandleRelayed(Instant now, RelayId relay, in TransportAddress peer, ReadOnlySpan<byte> data) =>
        _relaying.HandleRelayed(now, relay, peer, data);

    /// <summary><see cref="NextTimeout"/> has come.</summary>
    public void HandleTimeout(Instant now)
    {
        while (_allocations.FirstToExpire is { } allocation && allocation.Expiry <= now)
        {
            if (allocation.Opening is { } opening)
            {
                _allocateRequests.HandleTimeout(allocation, opening);
            }
            else
            {
                End(allocation, AllocationEnd.Expired);
            }
        }
    }

    /// <summary>Ends all allocations of a user; whether there will be new ones is up to <see cref="ITurnUsers"/>.</summary>
    public void Revoke(Instant now, string userId)
    {
        foreach (Allocation allocation in _allocations.Of(userId))
        {
            End(allocation, AllocationEnd.Revoked);
        }
    }

    /// <summary>What to send next; false: nothing. The payload is valid until the next call.</summary>
    public bool TryPollTransmit(out TurnTransmit transmit) => _outbox.TryPoll(out transmit);

    /// <summary>What the driver is to do or to know next; false: nothing.</summary>
    public bool TryPollEvent([NotNullWhen(true)] out TurnServerEvent? happened) => _events.TryDequeue(out happened);

    /// <summary>
    /// Nobody sends from port 0 or from a group, and our own relays do not become clients: an answer would go to nobody, to many, or to
    /// ourselves. A TCP client may well have the port number of a relay.
    /// </summary>
    private bool IsForged(in FiveTuple client) =>
        client.Client.Port == 0 || SpecialAddresses.IsNoSender(client.Client.Address)
        || (client.Protocol == TransportProtocol.Udp && _allocations.FindRelayed(client.Client) is not null);

    private void HandleChannelData(Instant now, in FiveTuple client, ReadOnlySpan<byte> message)
    {
        if (ChannelData.TryRead(message, out ushort channel, out ReadOnlySpan<byte> data, _oldChannels))
        {
            _relaying.HandleChannelData(now, client, channel, data);
        }
        else
        {
            DropMalformed(client);
        }
    }

    private void HandleStun(Instant now, in FiveTuple client, StunMessage message)
    {
        if (message.Class == StunClass.Indication && message.Method == StunMethod.Send)
        {
            _relaying.HandleSend(now, client, message);
            return;
        }

        // RFC 8489, 6.3: a fingerprint that is there has to be right.
        bool hasFingerprint = message.Has(StunAttributeType.Fingerprint);
        bool isOurs = message.Class == StunClass.Request
            && message.Method is StunMethod.Binding or StunMethod.Allocate or StunMethod.Refresh or StunMethod.CreatePermission or StunMethod.ChannelBind;
        if (isOurs && (!hasFingerprint || StunIntegrity.VerifyFingerprint(message)))
        {
            HandleRequest(now, message, new ReplyTo(client, message.Method, message.TransactionId, hasFingerprint, Proof: null));
        }
        else if (message.Class != StunClass.Indication || message.Method != StunMethod.Binding)
        {
            // RFC 8489, 6.3: methods that are not offered are dropped, and so are responses, for nobody was asked anything. A Binding
            // indication keeps a NAT's mapping open and wants nothing else.
            Counters[TurnDrop.Malformed]++;
        }
    }

    private void HandleRequest(Instant now, StunMessage request, ReplyTo to)
    {
        if (to.Method == StunMethod.Binding)
        {
            HandleBinding(now, request, to);
            return;
        }

        AuthenticationResult result = _authentication.Check(now, Clock.At(now), to.Client.Client.Address, request, out Proof? proof);

        // Who has outlived its credential keeps what it has, and gets nothing new.
        bool isTooLate = to.Method == StunMethod.Allocate && proof is { User.HasExpired: true };
        if (proof is null || isTooLate)
        {
            Refuse(now, to, isTooLate ? AuthenticationResult.Failed : result);
            return;
        }

        _strikes.Forget(to.Client);
        to = to with { Proof = proof };
        Span<StunAttributeType> unknown = stackalloc StunAttributeType[UnknownAttributes.Max];
        unknown = unknown[..UnknownAttributes.Collect(request, unknown)];
        if (to.Method == StunMethod.Allocate && (unknown.IsEmpty || unknown is [StunAttributeType.DontFragment]))
        {
            // DONT-FRAGMENT has its own place in the order of the checks.
            _allocateRequests.Handle(now, to, request);
        }
        else if (!unknown.IsEmpty)
        {
            _answers.Unknown(to, unknown);
        }
        else
        {
            _allocationRequests.Handle(now, to, request);
        }
    }

    private void HandleBinding(Instant now, StunMessage request, in ReplyTo to)
    {
        if (!MayAnswer(now, to.Client))
        {
            return;
        }

        Span<StunAttributeType> unknown = stackalloc StunAttributeType[UnknownAttributes.Max];
        int count = UnknownAttributes.Collect(request, unknown);
        if (count > 0)
        {
            _answers.Unknown(to, unknown[..count]);
        }
        else
        {
            _answers.Mapped(to);
        }

        // One question tells a client its address, and keeps no connection worth keeping.
        if (to.Client.Protocol != TransportProtocol.Udp && _allocations.Find(to.Client) is null && _strikes.Add(to.Client))
        {
            Close(to.Client, "it asks again and again and allocates nothing");
        }
    }

    private void Refuse(Instant now, in ReplyTo to, AuthenticationResult result)
    {
        Counters.AuthenticationFailures += result == AuthenticationResult.Failed ? 1 : 0;
        if (!MayAnswer(now, to.Client))
        {
            return;
        }

        if (result == AuthenticationResult.Incomplete)
        {
            _answers.Error(to, StunErrorCode.BadRequest);
        }
        else
        {
            StunErrorCode code = result == AuthenticationResult.StaleNonce ? StunErrorCode.StaleNonce : StunErrorCode.Unauthenticated;
            _answers.Challenge(Clock.At(now), to, code);
        }

        if (to.Client.Protocol != TransportProtocol.Udp && _strikes.Add(to.Client))
        {
            Close(to.Client, "it asks again and again without a valid credential");
        }
    }

    /// <summary>
    /// Over a stream the sender's address is no forgery: both ends have shaken hands. Nor is a client that has an allocation a stranger,
    /// though its nonce be stale: who would pretend to be it has to know its port.
    /// </summary>
    private bool MayAnswer(Instant now, in FiveTuple client)
    {
        bool may = client.Protocol != TransportProtocol.Udp
            || (_allocations.Find(client) is { } allocation ? allocation.TryAnswerUnproved(now) : _unauthenticated.TryTake(now, client.Client.Address));
        Counters[TurnDrop.UnauthenticatedRate] += may ? 0 : 1;
        return may;
    }

    private void DropMalformed(in FiveTuple client)
    {
        Counters[TurnDrop.Malformed]++;
        if (client.Protocol != TransportProtocol.Udp)
        {
            Close(client, "it sends what is neither STUN nor ChannelData");
        }
    }

    private void Close(in FiveTuple client, string reason)
    {
        _strikes.Forget(client);
        if (_allocations.Find(client) is { } allocation)
        {
            _allocations.End(allocation, AllocationEnd.Disconnected);
        }

        _events.Enqueue(new TurnServerEvent.ConnectionUnwanted(client, reason));
    }

    /// <summary>Ends what its client did not end. A connection was for its allocation: closing it tells a client at once.</summary>
    private void End(Allocation allocation, AllocationEnd reason)
    {
        _allocations.End(allocation, reason);
        if (allocation.Client.Protocol != TransportProtocol.Udp)
        {
            // The driver does not say again that it has closed what it was told to close.
            _strikes.Forget(allocation.Client);
            _events.Enqueue(new TurnServerEvent.ConnectionUnwanted(allocation.Client, "its allocation has ended"));
        }
    }
}
