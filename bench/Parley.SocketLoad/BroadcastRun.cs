namespace Parley.SocketLoad;

/// <summary>One client speaks to a room, which all are in, itself too. Each must hear each message once, in order.</summary>
internal sealed class BroadcastRun : Traffic
{
    private readonly Message _event;
    private readonly Message _heard;
    private readonly int[] _next;
    private readonly Queue<(int Number, long Due, Counter Missing)> _sent = new();
    private readonly Message _join = new("42NNNNNNN[\"join\"]");
    private readonly Message _joined = new("3NNNNNNN[]");
    private int _said = Numbers.First;
    private int _members;

    public BroadcastRun(LoadOptions options)
        : base(options)
    {
        var text = "NNNNNNN".PadRight(options.Size, 'x');
        _event = new Message($"""42["say","{text}"]""");
        _heard = new Message($"""2["said","{text}"]""");
        _next = [.. Enumerable.Repeat(Numbers.First, options.Connections)];
    }

    protected override int Senders => 1;

    // What counts are deliveries.
    protected override int Weight => Options.Connections;

    protected override void Prepare()
    {
        foreach (var client in Crowd.Clients)
        {
            client.Send(_join.FrameFor(Numbers.First));
        }

        PumpUntil(() => _members == Options.Connections, "were sent; not all clients are in the room");
    }

    protected override void Send(int sender, long due)
    {
        _sent.Enqueue((_said, due, new Counter { Value = Options.Connections }));
        var frame = _event.FrameFor(_said);
        _said = Numbers.Next(_said);
        Crowd.Clients[sender].Send(frame);
    }

    protected override void Handle(Client client, bool isBinary, ReadOnlySpan<byte> message)
    {
        if (_members < Options.Connections && _joined.Is(message, Numbers.First))
        {
            _members++;
            return;
        }

        var number = _next[client.Index];
        if (isBinary || !_heard.Is(message, number))
        {
            throw Wrong(client, message);
        }

        _next[client.Index] = Numbers.Next(number);
        foreach (var (sent, _, missing) in _sent)
        {
            if (sent == number)
            {
                missing.Value--;
                break;
            }
        }

        while (_sent.TryPeek(out var first) && first.Missing.Value == 0)
        {
            _sent.Dequeue();
            Complete(sender: 0, first.Due);
        }
    }

    private sealed class Counter
    {
        public int Value { get; set; }
    }
}
