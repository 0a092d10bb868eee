using Parley.Core.Addresses;
using Parley.Core.Randomness;
using Parley.Stun.Turn.Server;
using Parley.Testing.Hosts;
using Parley.Testing.Turn;
using static Parley.Testing.Time.Duration;

namespace Parley.Stun.Tests.Turn.Stories;

/// <summary>The TURN server of a story, through all its restarts.</summary>
internal sealed class StoryServer
{
    private readonly VirtualHost _host;
    private readonly TurnServerOptions _options;
    private readonly Action<TransportAddress, TransportAddress> _relayedToClient;
    private readonly Action<FiveTuple, TransportAddress> _indicated;
    private readonly Tally _tally;

    public StoryServer(
        VirtualWorld world, Tally tally, Action<TransportAddress, TransportAddress> relayedToClient, Action<FiveTuple, TransportAddress> indicated)
    {
        _indicated = indicated;
        _tally = tally;
        _relayedToClient = relayedToClient;
        _host = world.Host("turn");
        Address = new TransportAddress(_host.Address(IpFamily.IPv4), 3478);
        _options = new TurnServerOptions
        {
            NonceKey = world.Random.Bytes(32),
            Listeners = [Address],
            RelayAddresses = [new RelayAddress(Address.Address, Address.Address)],
            // Nonces grow stale within a story, and ports run out now and then.
            NonceLifetime = Minutes(10),
            MinRelayPort = 50_000,
            MaxRelayPort = (ushort)(world.Random.Chance(0.1) ? 50_003 : 59_999),
        };
        Users = new TurnUsers(_options.Realm);
        Driver = Run();
    }

    public TransportAddress Address { get; }

    public TurnUsers Users { get; }

    public TurnServerDriver Driver { get; private set; }

    /// <summary>Somebody has sent from relay to relay.</summary>
    public bool RelaysMeet { get; set; }

    /// <summary>Who has this relayed address, as the server says; null: nobody.</summary>
    public string? OwnerOf(TransportAddress relayed)
    {
        string? owner = null;
        foreach (TurnServerEvent happened in Driver.Events)
        {
            owner = happened switch
            {
                TurnServerEvent.AllocationMade made when made.Relayed == relayed => made.User,
                TurnServerEvent.AllocationEnded ended when ended.Relayed == relayed => null,
                _ => owner,
            };
        }

        return owner;
    }

    /// <summary>Who is this client, as the server says; null: nobody.</summary>
    public string? OwnerOf(FiveTuple client) => Driver.Events.OfType<TurnServerEvent.AllocationMade>().LastOrDefault(made => made.Client == client)?.User;

    /// <summary>The process dies and comes back, and knows nothing but its nonce key.</summary>
    public void Restart()
    {
        CheckBooks();
        _tally.Add("server restarted");
        _host.World.Note("turn", "restarts");
        Driver.Stop();
        Driver = Run();
    }

    /// <summary>One of the relay sockets fails.</summary>
    public void FailRelay(SeededRandom random)
    {
        RelayId[] open = [.. Driver.OpenRelays];
        if (open.Length > 0)
        {
            Driver.FailRelay(random.Pick(open));
        }
    }

    /// <summary>What the engine counts is what it said and did.</summary>
    public void CheckBooks()
    {
        TurnServerCounters counters = Driver.Engine.Counters;
        int made = Driver.Events.OfType<TurnServerEvent.AllocationMade>().Count();
        int ended = Driver.Events.OfType<TurnServerEvent.AllocationEnded>().Count();
        counters.AllocationsMade.ShouldBe(made);
        counters.Allocations.ShouldBe(made - ended);
        // Between two of its own relays, the engine hands data over without a socket.
        counters.PacketsToPeers.ShouldBeGreaterThanOrEqualTo(Driver.SentToPeers);
        if (!RelaysMeet)
        {
            counters.PacketsToPeers.ShouldBe(Driver.SentToPeers);
        }

        counters.PacketsToClients.ShouldBe(Driver.SentToClients);
        Driver.OpenRelays.Count().ShouldBe(made - ended, "a socket for each allocation, and none else");
    }

    /// <summary>Every client is gone and every lifetime over: nothing is left.</summary>
    public void CheckNothingIsLeft()
    {
        CheckBooks();
        Driver.Engine.Counters.Allocations.ShouldBe(0);
        Driver.RelaysAwaited.ShouldBe(0, "relay sockets that are neither open nor given up");
        Driver.OpenStreams.ShouldBe(0, "connections of clients that are gone");
        Driver.Engine.StrangeConnections.ShouldBe(0, "streams that are remembered though they are gone");
        Driver.Engine.NextTimeout.ShouldBeNull();
        _host.OpenSockets.ShouldBe(1, "the listener");
    }

    private TurnServerDriver Run()
    {
        SeededRandom random = _host.World.Random;
        return new TurnServerDriver(_host, _options, Users)
        {
            RelayOpening = random.Chance(0.5) ? TimeSpan.Zero : Milliseconds(random.Next(100)),
            RelayRefusal = random.Chance(0.2) ? 0.3 : 0,
            RelayedToClient = _relayedToClient,
            Indicated = _indicated,
        };
    }
}
