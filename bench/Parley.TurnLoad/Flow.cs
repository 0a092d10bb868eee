using Parley.Core.Addresses;
using Parley.Core.Randomness;
using Parley.Core.Time;
using Parley.Stun.Turn.Client;

namespace Parley.TurnLoad;

/// <summary>One client with one allocation and one channel to one peer.</summary>
internal sealed class Flow : IDisposable
{
    private static readonly byte[] Message = new byte[64 * 1024];

    private readonly LoadLoop _loop;
    private readonly ServerLink _link;
    private readonly TurnClient _engine;
    private readonly TransportAddress _peer;
    private readonly RoundTrips _roundTrips;
    private readonly byte[] _packet;
    private readonly int _index;
    private Instant? _wakesAt;

    /// <summary>A client that has not asked for anything yet.</summary>
    /// <param name="loop">Whose thread this runs on.</param>
    /// <param name="index">Its number; packets carry it.</param>
    /// <param name="options">How it asks.</param>
    /// <param name="link">How it reaches the server.</param>
    /// <param name="peer">Who sends everything back.</param>
    /// <param name="size">Of its packets.</param>
    /// <param name="roundTrips">Where to note how long that takes.</param>
    public Flow(LoadLoop loop, int index, TurnClientOptions options, ServerLink link, TransportAddress peer, int size, RoundTrips roundTrips)
    {
        _loop = loop;
        _index = index;
        _engine = new TurnClient(options, SecureRandom.Instance);
        _link = link;
        _peer = peer;
        _packet = new byte[size];
        _roundTrips = roundTrips;
        link.Received = HandleMessage;
    }

    public Ledger Ledger { get; } = new();

    /// <summary>Its channel is bound.</summary>
    public bool IsReady { get; private set; }

    /// <summary>It has given its allocation back.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>What the server has refused or left unanswered.</summary>
    public string? Failure { get; private set; }

    /// <summary>Requests sent, repetitions included.</summary>
    public int Requests { get; private set; }

    /// <summary>What came for this client and was no packet of its own.</summary>
    public int Corrupted { get; private set; }

    /// <summary>Packets of its own that came back, whether they count or not.</summary>
    public int Arrived { get; private set; }

    /// <summary>What the operating system did not take.</summary>
    public int Unsent { get; private set; }

    public void Open(Instant now)
    {
        _loop.Add(_link);
        _engine.Start(now);
        Drain(now);
    }

    public void SendPacket(Instant now)
    {
        Packet.Write(_packet, _index, Ledger.Next, now);
        Ledger.Sent();
        int length = _engine.WriteData(now, _peer, _packet, Message);
        Unsent += length > 0 && _link.TrySend(Message.AsSpan(0, length)) ? 0 : 1;
    }

    public void Close(Instant now)
    {
        _engine.Close(now);
        Drain(now);
    }

    public void HandleTimeout(Instant now)
    {
        if (_wakesAt <= now)
        {
            _wakesAt = null;
            _engine.HandleTimeout(now);
            Drain(now);
        }
    }

    public void Dispose() => _link.Dispose();

    private void HandleMessage(Instant now, ReadOnlySpan<byte> message)
    {
        if (!_engine.HandleMessage(now, message, out TransportAddress peer, out ReadOnlySpan<byte> data))
        {
            Drain(now);
        }
        else if (peer != _peer || !Packet.TryRead(data, _index, _packet.Length, out int sequence, out Instant sent))
        {
            Corrupted++;
        }
        else
        {
            Arrived++;
            if (Ledger.Returned(sequence))
            {
                _roundTrips.Add(now - sent);
            }
        }
    }

    private void Drain(Instant now)
    {
        while (_engine.TryPollEvent(out TurnClientEvent? happened))
        {
            Apply(now, happened);
        }

        while (_engine.TryPollTransmit(out ReadOnlySpan<byte> message))
        {
            Requests++;
            _link.TrySend(message);
        }

        if (_engine.NextTimeout is { } next && !(_wakesAt <= next))
        {
            _wakesAt = next;
            _loop.WakeAt(next, this);
        }
    }

    private void Apply(Instant now, TurnClientEvent happened)
    {
        switch (happened)
        {
            case TurnClientEvent.Allocated:
                _engine.BindChannel(now, _peer);
                break;
            case TurnClientEvent.ChannelBound:
                IsReady = true;
                break;
            case TurnClientEvent.ChannelRefused(_, var code):
                Failure = $"The server does not bind a channel: {code?.ToString() ?? "no answer"}.";
                break;
            case TurnClientEvent.Failed(var code, _):
                Failure = $"There is no allocation: {code?.ToString() ?? "no answer"}.";
                break;
            case TurnClientEvent.Closed:
                IsClosed = true;
                break;
        }
    }
}
