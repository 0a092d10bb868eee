using Parley.Core.Addresses;
using Parley.Core.Randomness;
using Parley.Core.Time;
using Parley.Testing.Hosts;
using Parley.Testing.Nats;
using Parley.Testing.Routing;
using static Parley.Testing.Time.Duration;

namespace Parley.Testing.Tests;

public sealed class VirtualWorldTests
{
    [Fact]
    public void The_same_seed_tells_the_same_story_and_another_seed_another()
    {
        string once = Live(42);

        once.Split('\n').Length.ShouldBeGreaterThan(200);
        Live(42).ShouldBe(once);
        string.Equals(Live(43), once, StringComparison.Ordinal).ShouldBeFalse();
    }

    [Fact]
    public void Time_passes_only_while_the_world_runs_and_things_happen_when_they_are_due()
    {
        VirtualWorld world = VirtualWorld.Seeded(1);
        List<string> happened = [];
        world.After(Seconds(2), () => happened.Add($"second {world.Now}"));
        world.After(Seconds(1), () => happened.Add($"first {world.Now}"));
        world.After(Seconds(1), () => happened.Add($"next {world.Now}"));

        world.RunFor(Seconds(1.5));
        happened.ShouldBe(["first +1.000 s", "next +1.000 s"]);
        world.Now.ShouldBe(Instant.FromOrigin(Seconds(1.5)));
        world.RunFor(Seconds(1.5));
        happened[^1].ShouldBe("second +2.000 s");
    }

    [Fact]
    public void A_failure_says_what_did_not_come_about_and_the_seed_and_what_happened()
    {
        StoryFailedException failure = Should.Throw<StoryFailedException>(() => VirtualWorld.Tell(42, world =>
        {
            VirtualHost alice = world.Host("alice");
            VirtualHost bob = world.Host("bob");
            UdpSocket socket = bob.OpenUdp(3478);
            alice.Link.IsCut = true;
            world.RunFor(Seconds(12.35));
            // A Binding request without attributes.
            alice.OpenUdp().Send(socket.Local, [0, 1, 0, 0, 0x21, 0x12, 0xA4, 0x42, .. new byte[12]]);
            world.RunUntil(() => socket.Inbox.Count == 1, within: Seconds(30));
        }));

        failure.Message.ShouldContain("Within 30 s, this did not come about: () => socket.Inbox.Count == 1");
        failure.Message.ShouldContain("PARLEY_SEED=42");
        failure.Message.ShouldContain("+12.350 s  alice → bob:3478  STUN Binding Request, 20 bytes  cut");
    }

    [Fact]
    public void Whatever_a_story_throws_comes_out_with_the_seed()
    {
        Should.Throw<StoryFailedException>(() => VirtualWorld.Tell(7, world =>
        {
            world.Note("alice", "hopes for the best");
            1.ShouldBe(2);
        })).Message.ShouldSatisfyAllConditions(
            message => message.ShouldContain("should be"),
            message => message.ShouldContain("Seed 7"),
            message => message.ShouldContain("alice  hopes for the best"));
    }

    [Fact]
    public void A_world_that_turns_in_a_circle_is_a_failure()
    {
        VirtualWorld world = VirtualWorld.Seeded(1);
        void Again() => world.After(TimeSpan.Zero, Again);
        Again();

        Should.Throw<StoryFailedException>(() => world.RunFor(Seconds(1))).Message.ShouldContain("does not come to rest");
    }

    [Fact]
    public void A_driver_wakes_its_engine_when_it_wants_to_be_woken_and_not_when_it_has_changed_its_mind()
    {
        VirtualWorld world = VirtualWorld.Seeded(1);
        AlarmClock clock = new(world.Host("alice"));
        clock.Set(Instant.FromOrigin(Seconds(10)));
        clock.Set(Instant.FromOrigin(Seconds(5)));
        world.RunFor(Seconds(7));
        clock.Set(Instant.FromOrigin(Seconds(20)));
        clock.Set(Instant.FromOrigin(Seconds(30)));
        world.RunFor(Seconds(60));

        clock.Rang.ShouldBe([Instant.FromOrigin(Seconds(5)), Instant.FromOrigin(Seconds(30))]);
    }

    [Fact]
    public void An_engine_that_is_woken_and_still_wants_to_have_been_is_a_failure()
    {
        VirtualWorld world = VirtualWorld.Seeded(1);
        AlarmClock clock = new(world.Host("alice")) { NeverSatisfied = true };
        clock.Set(Instant.FromOrigin(Seconds(5)));

        Should.Throw<StoryFailedException>(() => world.RunFor(Seconds(7))).Message.ShouldContain("AlarmClock at alice was woken 100 times");
    }

    [Fact]
    public void A_stopped_engine_is_not_woken()
    {
        VirtualWorld world = VirtualWorld.Seeded(1);
        AlarmClock clock = new(world.Host("alice"));
        clock.Set(Instant.FromOrigin(Seconds(5)));
        clock.Stop();
        world.RunFor(Seconds(7));

        clock.Rang.ShouldBeEmpty();
    }

    /// <summary>Five hosts behind all kinds of NATs send to each other over bad links, by datagrams and streams.</summary>
    private static string Live(int seed)
    {
        VirtualWorld world = VirtualWorld.Seeded(seed);
        world.Conditions = new LinkConditions { Jitter = Milliseconds(30), Loss = 0.1, Duplication = 0.05 };
        VirtualHost server = world.Host("server");
        UdpSocket echo = server.OpenUdp(7);
        echo.Received = (from, payload) => echo.Send(from, payload);
        TransportAddress door = new(server.Address(IpFamily.IPv4), 7);
        server.Listen(door, stream => stream.Received = stream.Send);
        foreach (Nat nat in new[] { Nat.OneToOne, Nat.FullCone, Nat.AddressRestricted, Nat.PortRestricted, Nat.Symmetric })
        {
            VirtualHost host = world.HostBehind(nat, $"host {world.Random.Next(1000)}");
            UdpSocket socket = host.OpenUdp();
            var stream = host.Connect(door);
            for (int times = 0; times < 20; times++)
            {
                world.After(world.Random.Between(TimeSpan.Zero, Seconds(10)), () => socket.Send(echo.Local, world.Random.Bytes(10)));
                world.After(world.Random.Between(TimeSpan.Zero, Seconds(10)), () => stream.Send(world.Random.Bytes(10)));
            }
        }

        world.RunFor(Seconds(30));
        return world.Timeline.ToString();
    }

    /// <summary>The smallest engine: it has a timer and nothing else.</summary>
    private sealed class AlarmClock(VirtualHost host) : EngineDriver(host)
    {
        private Instant? _next;

        public bool NeverSatisfied { get; init; }

        public List<Instant> Rang { get; } = [];

        protected override Instant? NextTimeout => _next;

        public void Set(Instant when)
        {
            _next = when;
            Drive();
        }

        protected override void HandleTimeout(Instant now)
        {
            Rang.Add(now);
            _next = NeverSatisfied ? _next : null;
        }

        protected override void Drain()
        {
        }
    }
}
