namespace Parley.SocketLoad;

/// <summary>Every client sends a text, or bytes, and the server acknowledges with the same.</summary>
internal sealed class EchoRun : Traffic
{
    private readonly Message _event;
    private readonly Message _ack;
    private readonly byte[] _attachment;
    private readonly Sender[] _senders;

    public EchoRun(LoadOptions options)
        : base(options)
    {
        const string Placeholder = """{"_placeholder":true,"num":0}""";
        var text = "NNNNNNN".PadRight(options.Size, 'x');
        (_event, _ack) = options.IsBinary
            ? (new Message($"""451-NNNNNNN["echo-bytes",{Placeholder}]"""), new Message($"61-NNNNNNN[{Placeholder}]"))
            : (new Message($"""42NNNNNNN["echo","{text}"]"""), new Message($"""3NNNNNNN["{text}"]"""));
        _attachment = new byte[options.Size];
        new Random(1).NextBytes(_attachment);
        _senders = [.. Enumerable.Range(0, options.Connections).Select(_ => new Sender())];
    }

    protected override int Senders => Options.Connections;

    protected override void Send(int sender, long due)
    {
        var state = _senders[sender];
        state.Sent.Enqueue((state.Next, due));
        var frame = _event.FrameFor(state.Next);
        if (Options.IsBinary)
        {
            Numbers.Write(_attachment, state.Next);
            frame = (byte[])[.. frame, .. Frame.Of(Frame.Binary, _attachment)];
        }

        state.Next = Numbers.Next(state.Next);
        Crowd.Clients[sender].Send(frame);
    }

    protected override void Handle(Client client, bool isBinary, ReadOnlySpan<byte> message)
    {
        var state = _senders[client.Index];
        if (!state.Sent.TryPeek(out var first) || isBinary != state.AwaitsBytes || !IsRight(isBinary, message, first.Number))
        {
            throw Wrong(client, message);
        }

        state.AwaitsBytes = Options.IsBinary && !isBinary;
        if (!state.AwaitsBytes)
        {
            state.Sent.Dequeue();
            Complete(client.Index, first.Due);
        }
    }

    private bool IsRight(bool isBinary, ReadOnlySpan<byte> message, int number)
    {
        if (!isBinary)
        {
            return _ack.Is(message, number);
        }

        Numbers.Write(_attachment, number);
        return message.SequenceEqual(_attachment);
    }

    private sealed class Sender
    {
        public Queue<(int Number, long Due)> Sent { get; } = new();

        public int Next { get; set; } = Numbers.First;

        public bool AwaitsBytes { get; set; }
    }
}
