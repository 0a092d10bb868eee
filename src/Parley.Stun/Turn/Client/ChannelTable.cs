using Parley.Core.Addresses;
using Parley.Core.Time;
using Parley.Stun.Messages;

namespace Parley.Stun.Turn.Client;

/// <summary>Which peer has which channel number, and when the server is to be told again (RFC 8656, section 12).</summary>
internal sealed class ChannelTable
{
    /// <summary>A binding lasts 10 minutes, but the permission that it brings only 5 (RFC 8656, sections 9 and 12).</summary>
    public static readonly TimeSpan RefreshInterval = TimeSpan.FromMinutes(4);

    /// <summary>How long a binding lasts at the server.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    /// <summary>So long after a binding has expired neither its number nor its peer may be bound otherwise (RFC 8656, 12.1).</summary>
    public static readonly TimeSpan Quarantine = TimeSpan.FromMinutes(5);

    /// <summary>What the other side's candidates can fill it with, and no more.</summary>
    public const int MaxChannels = 256;

    private readonly Dictionary<TransportAddress, Channel> _byPeer = [];
    private readonly Dictionary<ushort, Channel> _byNumber = [];
    private ushort _next = ChannelData.MinChannel;

    /// <summary>When the next one is to be bound, or bound again.</summary>
    public Instant? NextTimeout
    {
        get
        {
            Instant? next = null;
            foreach (Channel channel in _byPeer.Values)
            {
                next = Instant.Earlier(next, channel.State switch
                {
                    ChannelState.Wanted or ChannelState.Bound => channel.DueAt,
                    _ => null,
                });
            }

            return next;
        }
    }

    /// <summary>False: there are too many, or no number is free.</summary>
    public bool TryAdd(Instant now, TransportAddress peer)
    {
        Forget(now);
        if (_byPeer.TryGetValue(peer, out Channel? known))
        {
            // As long as the server may remember the old binding, the peer has to have its old number.
            if (known.State == ChannelState.Retired)
            {
                known.State = ChannelState.Wanted;
                known.DueAt = now;
            }

            return true;
        }

        if (_byPeer.Count >= MaxChannels)
        {
            return false;
        }

        while (_byNumber.ContainsKey(_next))
        {
            _next = After(_next);
        }

        var channel = new Channel(peer, _next) { DueAt = now };
        _byPeer.Add(peer, channel);
        _byNumber.Add(_next, channel);
        _next = After(_next);
        return true;
    }

    /// <summary>The next request to make, if one is due.</summary>
    public TurnRequest.ChannelBind? TakeDue(Instant now)
    {
        foreach (Channel channel in _byPeer.Values)
        {
            if (channel.State is ChannelState.Wanted or ChannelState.Bound && channel.DueAt <= now)
            {
                channel.State = channel.State == ChannelState.Bound ? ChannelState.Refreshing : ChannelState.Binding;
                // The server may have done it though its answer is lost.
                channel.FreeAt = now + Lifetime + Quarantine;
                return new TurnRequest.ChannelBind(channel.Peer, channel.Number);
            }
        }

        return null;
    }

    /// <summary>The server has bound it. Answers whether it was not bound before.</summary>
    public bool HandleSuccess(Instant now, TurnRequest.ChannelBind request)
    {
        if (!_byPeer.TryGetValue(request.Peer, out Channel? channel))
        {
            return false;
        }

        bool isNew = channel.State == ChannelState.Binding;
        channel.State = ChannelState.Bound;
        channel.DueAt = now + RefreshInterval;
        channel.ExpiresAt = now + Lifetime;
        channel.FreeAt = now + Lifetime + Quarantine;
        return isNew;
    }

    /// <summary>The server has refused it, or does not answer: its number rests until nobody can remember what it meant.</summary>
    public void HandleFailure(TurnRequest.ChannelBind request)
    {
        if (_byPeer.TryGetValue(request.Peer, out Channel? channel))
        {
            channel.State = ChannelState.Retired;
        }
    }

    /// <summary>The number that data to <paramref name="peer"/> may use now.</summary>
    public bool TryGetNumber(Instant now, TransportAddress peer, out ushort number)
    {
        bool isBound = _byPeer.TryGetValue(peer, out Channel? channel) && channel.State is ChannelState.Bound or ChannelState.Refreshing
            && now < channel!.ExpiresAt;
        number = isBound ? channel!.Number : (ushort)0;
        return isBound;
    }

    /// <summary>Whose number it is. One that is being bound counts: data may overtake the answer.</summary>
    public bool TryGetPeer(Instant now, ushort number, out TransportAddress peer)
    {
        bool isKnown = _byNumber.TryGetValue(number, out Channel? channel)
            && (channel.State == ChannelState.Binding || now < channel.ExpiresAt);
        peer = isKnown ? channel!.Peer : default;
        return isKnown;
    }

    /// <summary>Whether a channel to any port of the host has brought a permission.</summary>
    public bool HasHost(InternetAddress host)
    {
        foreach (Channel channel in _byPeer.Values)
        {
            if (channel.Peer.Address == host && channel.State != ChannelState.Retired)
            {
                return true;
            }
        }

        return false;
    }

    private static ushort After(ushort number) => number == ChannelData.MaxChannel ? ChannelData.MinChannel : (ushort)(number + 1);

    private void Forget(Instant now)
    {
        List<Channel> over = [.. _byPeer.Values.Where(channel => channel.State == ChannelState.Retired && channel.FreeAt <= now)];
        foreach (Channel channel in over)
        {
            _byPeer.Remove(channel.Peer);
            _byNumber.Remove(channel.Number);
        }
    }

    /// <summary>Wanted → Binding → Bound ⇄ Refreshing; from Binding and Refreshing to Retired, from Retired to Wanted.</summary>
    private enum ChannelState
    {
        Wanted,
        Binding,
        Bound,
        Refreshing,
        Retired,
    }

    private sealed class Channel(TransportAddress peer, ushort number)
    {
        public TransportAddress Peer { get; } = peer;

        public ushort Number { get; } = number;

        public ChannelState State { get; set; }

        /// <summary>When the server is to be told, for the first time or again.</summary>
        public Instant DueAt { get; set; }

        /// <summary>When the server forgets it unless it is told again; set while it is bound.</summary>
        public Instant ExpiresAt { get; set; }

        /// <summary>When the number may be given to another peer; set when the server is asked.</summary>
        public Instant FreeAt { get; set; }
    }
}
