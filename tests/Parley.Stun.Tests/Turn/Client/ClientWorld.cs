using System.Text;
using Parley.Core.Addresses;
using Parley.Core.Time;
using Parley.Stun.Credentials;
using Parley.Stun.Messages;
using Parley.Stun.Turn.Client;

namespace Parley.Stun.Tests.Turn.Client;

/// <summary>A client, a clock that moves when it is told to, and a server that answers what the test says.</summary>
internal sealed class ClientWorld
{
    public const string Nonce = "obMatJos2AAAAfirst";
    public static readonly TransportAddress Relayed = TransportAddress.Parse("198.51.100.1:50000");
    public static readonly TransportAddress Mapped = TransportAddress.Parse("203.0.113.7:40000");

    private readonly StunCredential _credential = new("alice", "parley", "secret");
    private readonly Queue<byte[]> _received = [];

    public ClientWorld(TransportProtocol transport = TransportProtocol.Udp, TimeSpan? lifetime = null, IpFamily family = IpFamily.None)
    {
        Client = new TurnClient(
            new TurnClientOptions { Transport = transport, Username = "alice", Password = "secret", Lifetime = lifetime, Family = family },
            new SeededRandom(8_656));
        Client.Start(Now);
        Drain();
    }

    public TurnClient Client { get; }

    public Instant Now { get; private set; } = Instant.FromOrigin(TimeSpan.FromHours(1));

    public List<TurnClientEvent> Events { get; } = [];

    /// <summary>How the server's answers are signed: null for not at all.</summary>
    public PasswordAlgorithm? Signing { get; set; } = PasswordAlgorithm.Md5;

    /// <summary>The oldest request that the server has not looked at.</summary>
    public byte[] Next(StunMethod method)
    {
        _received.Count.ShouldBeGreaterThan(0, $"a request {method}");
        byte[] request = _received.Dequeue();
        Read(request).Type.ShouldBe(new StunMessageType(method, StunClass.Request));
        return request;
    }

    public void NothingIsSent() => _received.Select(request => Read(request).Method).ShouldBeEmpty();

    public TurnClientEvent NextEvent()
    {
        Events.ShouldNotBeEmpty("an event");
        TurnClientEvent happened = Events[0];
        Events.RemoveAt(0);
        return happened;
    }

    /// <summary>Until there is an allocation that lasts so long.</summary>
    public ClientWorld Allocated(uint lifetime = 600)
    {
        Challenge(Next(StunMethod.Allocate));
        Grant(Next(StunMethod.Allocate), lifetime);
        NextEvent().ShouldBe(new TurnClientEvent.Allocated(Relayed, Mapped, TimeSpan.FromSeconds(lifetime)));
        NothingIsSent();
        return this;
    }

    public void Challenge(byte[] request, StunErrorCode code = StunErrorCode.Unauthenticated, string nonce = Nonce, byte[]? algorithms = null) =>
        Answer(request, StunClass.ErrorResponse, (ref StunMessageWriter writer) =>
        {
            writer.AddErrorCode(code);
            writer.Add(StunAttributeType.Realm, "parley"u8);
            writer.Add(StunAttributeType.Nonce, Encoding.UTF8.GetBytes(nonce));
            if (algorithms is not null)
            {
                writer.Add(StunAttributeType.PasswordAlgorithms, algorithms);
            }
        }, isSigned: false);

    public void Grant(byte[] request, uint lifetime = 600) => Answer(request, StunClass.SuccessResponse, (ref StunMessageWriter writer) =>
    {
        writer.AddXorAddress(StunAttributeType.XorRelayedAddress, Relayed);
        writer.AddXorAddress(StunAttributeType.XorMappedAddress, Mapped);
        writer.AddUInt32(StunAttributeType.Lifetime, lifetime);
    });

    public void Succeed(byte[] request) => Answer(request, StunClass.SuccessResponse, (ref StunMessageWriter _) => { });

    public void Refreshed(byte[] request, uint lifetime = 600) => Answer(request, StunClass.SuccessResponse, (ref StunMessageWriter writer) =>
        writer.AddUInt32(StunAttributeType.Lifetime, lifetime));

    public void Refuse(byte[] request, StunErrorCode code) =>
        Answer(request, StunClass.ErrorResponse, (ref StunMessageWriter writer) => writer.AddErrorCode(code));

    public void Answer(byte[] request, StunClass @class, Attributes attributes, bool isSigned = true)
    {
        StunMessage asked = Read(request);
        byte[] bytes = new byte[1_000];
        var writer = new StunMessageWriter(bytes, asked.Method, @class, asked.TransactionId);
        attributes(ref writer);
        if (isSigned && Signing == PasswordAlgorithm.Md5)
        {
            writer.AddMessageIntegrity(_credential.KeyFor(PasswordAlgorithm.Md5));
        }
        else if (isSigned && Signing == PasswordAlgorithm.Sha256)
        {
            writer.AddMessageIntegritySha256(_credential.KeyFor(PasswordAlgorithm.Sha256));
        }

        writer.TryFinish(out int length).ShouldBeTrue();
        Deliver(bytes.AsSpan(0, length)).ShouldBeNull();
    }

    /// <summary>Something reaches the client; answers who sent what, if that is what it was.</summary>
    public (TransportAddress Peer, byte[] Data)? Deliver(ReadOnlySpan<byte> message)
    {
        bool isData = Client.HandleMessage(Now, message, out TransportAddress peer, out ReadOnlySpan<byte> data);
        (TransportAddress, byte[])? delivered = isData ? (peer, data.ToArray()) : null;
        Drain();
        return delivered;
    }

    public (TransportAddress Peer, byte[] Data)? DeliverIndication(TransportAddress peer, byte[] data)
    {
        byte[] bytes = new byte[1_000];
        var writer = new StunMessageWriter(bytes, StunMethod.Data, StunClass.Indication, default);
        writer.AddXorAddress(StunAttributeType.XorPeerAddress, peer);
        writer.Add(StunAttributeType.Data, data);
        writer.TryFinish(out int length).ShouldBeTrue();
        return Deliver(bytes.AsSpan(0, length));
    }

    /// <summary>Lets time pass, and wakes the client whenever it wants to be woken.</summary>
    public void Pass(TimeSpan time)
    {
        Instant until = Now + time;
        int wakes = 0;
        while (Client.NextTimeout is { } next && next <= until)
        {
            (++wakes).ShouldBeLessThan(10_000, $"the client wants to be woken at {next} again and again");
            Now = next > Now ? next : Now;
            Client.HandleTimeout(Now);
            Drain();
        }

        Now = until;
    }

    public void Do(Action<TurnClient, Instant> command)
    {
        command(Client, Now);
        Drain();
    }

    public static StunMessage Read(byte[] bytes)
    {
        StunMessage.TryRead(bytes, out StunMessage message).ShouldBeTrue();
        return message;
    }

    public static string Text(byte[] bytes, StunAttributeType type) =>
        Read(bytes).TryGet(type, out ReadOnlySpan<byte> value) ? Encoding.UTF8.GetString(value) : "(missing)";

    private void Drain()
    {
        while (Client.TryPollEvent(out TurnClientEvent? happened))
        {
            Events.Add(happened);
        }

        while (Client.TryPollTransmit(out ReadOnlySpan<byte> message))
        {
            _received.Enqueue(message.ToArray());
        }
    }

    public delegate void Attributes(ref StunMessageWriter writer);
}
