using Parley.Core.Addresses;
using Parley.Core.Randomness;
using Parley.Core.Time;
using Parley.Stun.Turn.Server;
using Parley.Stun.Turn.Server.Users;

namespace Parley.Stun.Tests.Turn.Server;

/// <summary>A TURN server, its driver and the time, all in one test's hands.</summary>
internal sealed class TurnWorld
{
    public const string Realm = "parley";

    public static readonly TransportAddress Listener = TransportAddress.Parse("45.0.0.1:3478");
    public static readonly TransportAddress Listener6 = TransportAddress.Parse("[2600::45]:3478");

    private readonly List<Instant> _wakes = [];

    public TurnWorld(TurnServerOptions? options = null, ITurnUsers? users = null, int seed = 1)
    {
        Options = options ?? Defaults;
        Server = new TurnServer(
            Options,
            users ?? new StaticUsers(Realm, new Dictionary<string, string>(StringComparer.Ordinal) { ["alice"] = "wonderland", ["bob"] = "builder" }),
            new SeededRandom(seed));
    }

    public static TurnServerOptions Defaults { get; } = new()
    {
        NonceKey = new byte[32],
        Listeners = [Listener, Listener6],
        RelayAddresses = [Same("45.0.0.1"), Same("2600::45")],
    };

    public TurnServerOptions Options { get; }

    public TurnServer Server { get; }

    public Instant Now { get; set; } = Instant.FromOrigin(TimeSpan.FromSeconds(1));

    /// <summary>The driver opens a socket as soon as it is told to.</summary>
    public bool OpensRelays { get; set; } = true;

    public List<TurnServerEvent> Events { get; } = [];

    /// <summary>What went to clients and was not looked at yet.</summary>
    public List<(FiveTuple Client, byte[] Payload, bool IsResponse)> ToClients { get; } = [];

    /// <summary>What went to peers and was not looked at yet.</summary>
    public List<(RelayId Relay, TransportAddress Peer, byte[] Payload)> ToPeers { get; } = [];

    public static RelayAddress Same(string address) => new(InternetAddress.Parse(address), InternetAddress.Parse(address));

    public TestClient Client(
        string address = "46.0.0.1:5000", string user = "alice", string password = "wonderland", TransportProtocol protocol = TransportProtocol.Udp) =>
        new(this, new FiveTuple(TransportAddress.Parse(address), address.StartsWith('[') ? Listener6 : Listener, protocol), user, password);

    public void Message(in FiveTuple client, ReadOnlySpan<byte> message)
    {
        Server.HandleMessage(Now, client, message);
        Drain();
    }

    public void FromPeer(RelayId relay, string peer, ReadOnlySpan<byte> data)
    {
        Server.HandleRelayed(Now, relay, TransportAddress.Parse(peer), data);
        Drain();
    }

    public void Opened(RelayId relay)
    {
        Server.HandleRelayOpened(Now, relay);
        Drain();
    }

    public void Refused(RelayId relay, bool tryAnotherPort = true)
    {
        Server.HandleRelayRefused(Now, relay, tryAnotherPort);
        Drain();
    }

    /// <summary>Time passes, and the server is woken whenever it wants to be.</summary>
    public void Pass(TimeSpan time)
    {
        Instant end = Now + time;
        while (Server.NextTimeout is { } next && next <= end)
        {
            Now = next > Now ? next : Now;
            _wakes.Add(Now);
            Server.HandleTimeout(Now);
            Drain();
            (Server.NextTimeout is not { } again || again > Now).ShouldBeTrue("a time-out that stays would wake the server for ever");
        }

        Now = end;
    }

    public void Drain()
    {
        var wanted = new List<RelayId>();
        do
        {
            wanted.Clear();
            while (Server.TryPollEvent(out TurnServerEvent? happened))
            {
                Events.Add(happened);
                if (happened is TurnServerEvent.RelayWanted relay)
                {
                    wanted.Add(relay.Relay);
                }
            }

            while (Server.TryPollTransmit(out TurnTransmit transmit))
            {
                if (transmit.IsForPeer)
                {
                    ToPeers.Add((transmit.Relay, transmit.Peer, transmit.Payload.ToArray()));
                }
                else
                {
                    ToClients.Add((transmit.Client, transmit.Payload.ToArray(), transmit.IsResponse));
                }
            }

            foreach (RelayId relay in OpensRelays ? wanted : [])
            {
                Server.HandleRelayOpened(Now, relay);
            }
        }
        while (OpensRelays && wanted.Count > 0);
    }

    public T Last<T>()
        where T : TurnServerEvent => Events.OfType<T>().Last();
}

/// <summary>The same numbers for the same seed.</summary>
internal sealed class SeededRandom(int seed) : IRandomSource
{
    private readonly Random _random = new(seed);

    public void Fill(Span<byte> destination) => _random.NextBytes(destination);
}
