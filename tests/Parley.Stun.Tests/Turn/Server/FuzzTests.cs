using Parley.Core.Addresses;
using Parley.Stun.Messages;
using Parley.Stun.Turn.Server;

namespace Parley.Stun.Tests.Turn.Server;

public sealed class FuzzTests
{
    private const int Steps = 20_000;

    private static readonly StunAttributeType[] Types = Enum.GetValues<StunAttributeType>();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Whatever_comes_nothing_throws_and_nothing_stays(int seed)
    {
        var random = new Random(seed);
        var world = new TurnWorld(
            TurnWorld.Defaults with { MinRelayPort = 50000, MaxRelayPort = 50030, Limits = new TurnLimits { AllocationsPerUser = 6, PermissionsPerAllocation = 4, ChannelsPerAllocation = 3 } },
            seed: seed);
        TestClient[] clients = [.. Enumerable.Range(0, 12).Select(n => world.Client(
            n % 4 == 3 ? $"[2600::{n}]:{1000 + n}" : $"46.0.0.{n % 3}:{1000 + n}",
            n % 2 == 0 ? "alice" : "bob", n % 2 == 0 ? "wonderland" : "builder", (TransportProtocol)(n % 3)))];

        for (int step = 0; step < Steps; step++)
        {
            Step(world, clients[random.Next(clients.Length)], random);
            CheckInvariants(world, $"seed {seed}, step {step}");
        }

        world.OpensRelays = true;
        world.Pass(TimeSpan.FromHours(2));
        foreach (TestClient client in clients)
        {
            world.Server.HandleDisconnect(world.Now, client.Tuple);
        }

        world.Drain();
        CheckInvariants(world, $"seed {seed}, at the end");
        world.Server.AllocationsAndOpenings.ShouldBe(0, $"seed {seed}");
        world.Server.Counters.Allocations.ShouldBe(0);
        world.Server.Counters.AllocationsMade.ShouldBeGreaterThan(0);
        world.Server.NextTimeout.ShouldBeNull();
        world.Server.StrangeConnections.ShouldBe(0);
        world.Events.OfType<TurnServerEvent.AllocationMade>().Count().ShouldBe(world.Events.OfType<TurnServerEvent.AllocationEnded>().Count());
    }

    private static void Step(TurnWorld world, TestClient client, Random random)
    {
        world.ToClients.Clear();
        world.ToPeers.Clear();
        world.OpensRelays = random.Next(4) > 0;
        switch (random.Next(10))
        {
            case 0:
                byte[] noise = new byte[random.Next(80)];
                random.NextBytes(noise);
                world.Message(client.Tuple, noise);
                break;
            case 1:
                client.Nonce = random.Next(20) == 0 ? null : client.Nonce;
                world.Pass(TimeSpan.FromSeconds(random.Next(400)));
                break;
            case 2:
                var relay = new RelayId(random.Next(40));
                if (random.Next(3) > 0)
                {
                    world.Opened(relay);
                }
                else
                {
                    world.Refused(relay, tryAnotherPort: random.Next(2) == 0);
                }

                break;
            case 3:
                world.FromPeer(new RelayId(random.Next(1, 400)), Peer(random).ToString(), new byte[random.Next(2000)]);
                break;
            case 4 when random.Next(10) == 0:
                world.Server.HandleDisconnect(world.Now, client.Tuple);
                world.Server.Revoke(world.Now, random.Next(2) == 0 ? "alice" : "bob");
                world.Drain();
                break;
            default:
                byte[] message = Valid(client, random);
                for (int change = random.Next(3) == 0 ? random.Next(4) : 0; change > 0; change--)
                {
                    message[random.Next(message.Length)] = (byte)random.Next(256);
                }

                if (random.Next(20) == 0)
                {
                    message = message[..random.Next(message.Length)];
                }

                world.Message(client.Tuple, message);
                break;
        }
    }

    private static byte[] Valid(TestClient client, Random random)
    {
        if (client.Nonce is null)
        {
            byte[] plain = TestClient.Plain(StunMethod.Allocate, StunClass.Request, TestClient.NewTransaction());
            client.Nonce = client.Send(plain)?.Nonce;
        }

        StunMethod[] methods = [StunMethod.Allocate, StunMethod.Allocate, StunMethod.Refresh, StunMethod.CreatePermission, StunMethod.ChannelBind];
        Fill fill = (ref StunMessageWriter writer) =>
        {
            writer.AddRequestedTransport(17);
            writer.AddChannelNumber((ushort)random.Next(0x3FFE, 0x4004));
            writer.AddXorAddress(StunAttributeType.XorPeerAddress, Peer(random));
            if (random.Next(3) == 0)
            {
                writer.AddUInt32(StunAttributeType.Lifetime, (uint)random.Next(3) * 700);
            }

            if (random.Next(6) == 0)
            {
                byte[] value = new byte[random.Next(12)];
                random.NextBytes(value);
                writer.Add(Types[random.Next(Types.Length)], value);
            }
        };
        return random.Next(5) switch
        {
            0 => TestClient.ChannelMessage((ushort)random.Next(0x4000, 0x4004), new string('x', random.Next(50))),
            1 => TestClient.Indication(Peer(random).ToString(), new string('x', random.Next(50))),
            2 => TestClient.Plain((StunMethod)random.Next(16), (StunClass)random.Next(4), TestClient.NewTransaction(), fill, random.Next(2) == 0),
            _ => client.Proved(methods[random.Next(methods.Length)], TestClient.NewTransaction(), fill),
        };
    }

    /// <summary>Hosts of the internet, of this machine, its own relays, and what no one may reach.</summary>
    private static TransportAddress Peer(Random random)
    {
        string[] hosts = ["47.0.0.1", "47.0.0.2", "47.0.0.3", "47.0.0.4", "47.0.0.5", "45.0.0.1", "10.0.0.1", "2600::7", "2600::45", "::ffff:127.0.0.1"];
        return new TransportAddress(InternetAddress.Parse(hosts[random.Next(hosts.Length)]), (ushort)(50000 + random.Next(31)));
    }

    private static void CheckInvariants(TurnWorld world, string when)
    {
        TurnServerCounters counters = world.Server.Counters;
        counters.Allocations.ShouldBeLessThanOrEqualTo(world.Server.AllocationsAndOpenings, when);
        world.Server.AllocationsAndOpenings.ShouldBeLessThanOrEqualTo(12, when);
        (world.Server.NextTimeout is not null).ShouldBe(world.Server.AllocationsAndOpenings > 0, when);
        foreach ((RelayId _, TransportAddress peer, byte[] _) in world.ToPeers)
        {
            peer.Address.ToString().ShouldMatch("^(47\\.|2600::7$)", when);
        }
    }
}
