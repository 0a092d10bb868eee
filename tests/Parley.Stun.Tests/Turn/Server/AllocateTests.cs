using Parley.Core.Addresses;
using Parley.Stun.Credentials;
using Parley.Stun.Messages;
using Parley.Stun.Turn.Server;

namespace Parley.Stun.Tests.Turn.Server;

public sealed class AllocateTests
{
    private readonly TurnWorld _world = new();

    [Fact]
    public void A_client_gets_an_address_that_its_peers_can_reach()
    {
        var world = new TurnWorld(TurnWorld.Defaults with
        {
            RelayAddresses = [new RelayAddress(InternetAddress.Parse("10.0.0.5"), InternetAddress.Parse("45.0.0.9"))],
        });
        Answer answer = world.Client().Allocate();

        answer.Code.ShouldBeNull();
        answer.Relayed.Address.ShouldBe(InternetAddress.Parse("45.0.0.9"));
        answer.Relayed.Port.ShouldBeInRange((ushort)49152, (ushort)65535);
        answer.Mapped.ShouldBe(TransportAddress.Parse("46.0.0.1:5000"));
        answer.Lifetime.ShouldBe(600u);
        world.Last<TurnServerEvent.RelayWanted>().Local.ShouldBe(new TransportAddress(InternetAddress.Parse("10.0.0.5"), answer.Relayed.Port));
        world.Last<TurnServerEvent.AllocationMade>().Relayed.ShouldBe(answer.Relayed);
        world.Server.Counters.Allocations.ShouldBe(1);
    }

    [Fact]
    public void A_server_of_one_family_gives_that_to_who_asks_for_none()
    {
        var world = new TurnWorld(TurnWorld.Defaults with { RelayAddresses = [TurnWorld.Same("2600::45")], DefaultFamily = IpFamily.IPv6 });
        world.Client("[2600::7]:5000").Allocate().Relayed.Address.ShouldBe(InternetAddress.Parse("2600::45"));
    }

    [Theory]
    [InlineData(0u, 600u)]
    [InlineData(60u, 600u)]
    [InlineData(1200u, 1200u)]
    [InlineData(uint.MaxValue, 3600u)]
    public void A_lifetime_lies_between_the_default_and_the_maximum(uint asked, uint granted) =>
        _world.Client().Allocate((ref StunMessageWriter writer) => writer.AddUInt32(StunAttributeType.Lifetime, asked)).Lifetime.ShouldBe(granted);

    [Fact]
    public void The_same_request_again_has_the_same_answer_and_opens_no_second_socket()
    {
        TestClient client = _world.Client();
        client.FetchNonce();
        byte[] request = client.Proved(StunMethod.Allocate, TestClient.NewTransaction(), (ref StunMessageWriter w) => w.AddRequestedTransport(17));

        Answer first = client.Send(request).ShouldNotBeNull();
        _world.Pass(TimeSpan.FromSeconds(3));
        Answer again = client.Send(request).ShouldNotBeNull();

        again.Bytes.ShouldBe(first.Bytes);
        _world.Events.OfType<TurnServerEvent.RelayWanted>().Count().ShouldBe(1);
        client.Allocate().Code.ShouldBe(437);
    }

    [Fact]
    public void While_the_socket_is_being_opened_a_repetition_waits_with_the_first()
    {
        _world.OpensRelays = false;
        TestClient client = _world.Client();
        client.FetchNonce();
        byte[] request = client.Proved(StunMethod.Allocate, TestClient.NewTransaction(), (ref StunMessageWriter w) => w.AddRequestedTransport(17));
        client.Send(request).ShouldBeNull();
        client.Send(request).ShouldBeNull();
        client.Allocate().Code.ShouldBe(437);
        client.Refresh().Code.ShouldBe(437);
        _world.ToClients.Clear();

        _world.Opened(_world.Last<TurnServerEvent.RelayWanted>().Relay);

        new Answer(_world.ToClients.ShouldHaveSingleItem().Payload).Relayed.Port.ShouldBeGreaterThan((ushort)0);
        _world.Events.OfType<TurnServerEvent.RelayWanted>().Count().ShouldBe(1);
        client.Refresh().Code.ShouldBeNull();
    }

    [Fact]
    public void A_driver_that_never_opens_the_socket_is_not_waited_for()
    {
        _world.OpensRelays = false;
        TestClient client = _world.Client();
        client.FetchNonce();
        client.Send(client.Proved(StunMethod.Allocate, TestClient.NewTransaction(), (ref StunMessageWriter w) => w.AddRequestedTransport(17))).ShouldBeNull();
        _world.Pass(TimeSpan.FromSeconds(11));
        new Answer(_world.ToClients.ShouldHaveSingleItem().Payload).Code.ShouldBe(508);
        _world.Last<TurnServerEvent.RelayUnwanted>().Relay.ShouldBe(_world.Last<TurnServerEvent.RelayWanted>().Relay);
        _world.Server.AllocationsAndOpenings.ShouldBe(0);
        _world.Server.NextTimeout.ShouldBeNull();
        _world.Opened(_world.Last<TurnServerEvent.RelayWanted>().Relay);
        _world.Server.Counters.Allocations.ShouldBe(0);
    }

    [Fact]
    public void A_port_that_somebody_else_holds_is_not_tried_again()
    {
        var world = new TurnWorld(TurnWorld.Defaults with { MinRelayPort = 50000, MaxRelayPort = 50003 }) { OpensRelays = false };
        TestClient client = world.Client();
        client.FetchNonce();
        client.Send(client.Proved(StunMethod.Allocate, TestClient.NewTransaction(), (ref StunMessageWriter w) => w.AddRequestedTransport(17))).ShouldBeNull();
        for (int refusal = 0; refusal < 4; refusal++)
        {
            world.ToClients.ShouldBeEmpty();
            world.Refused(world.Last<TurnServerEvent.RelayWanted>().Relay);
        }

        TurnServerEvent.RelayWanted[] wanted = [.. world.Events.OfType<TurnServerEvent.RelayWanted>()];
        wanted.Select(relay => (int)relay.Local.Port).ShouldBe([50000, 50001, 50002, 50003], ignoreOrder: true);
        wanted.Select(relay => relay.Relay).ShouldBeUnique();
        new Answer(world.ToClients.ShouldHaveSingleItem().Payload).Code.ShouldBe(508);
        world.Server.AllocationsAndOpenings.ShouldBe(0);
        world.Events.OfType<TurnServerEvent.RelayUnwanted>().ShouldBeEmpty();
    }

    [Fact]
    public void After_some_ports_it_gives_up()
    {
        _world.OpensRelays = false;
        TestClient client = _world.Client();
        client.FetchNonce();
        client.Send(client.Proved(StunMethod.Allocate, TestClient.NewTransaction(), (ref StunMessageWriter w) => w.AddRequestedTransport(17))).ShouldBeNull();
        int refusals = 0;
        while (_world.ToClients.Count == 0)
        {
            (++refusals).ShouldBeLessThan(20);
            _world.Refused(_world.Last<TurnServerEvent.RelayWanted>().Relay);
        }

        refusals.ShouldBe(8);
        new Answer(_world.ToClients[0].Payload).Code.ShouldBe(508);
    }

    [Fact]
    public void Where_no_port_is_any_better_none_is_tried()
    {
        _world.OpensRelays = false;
        TestClient client = _world.Client();
        client.FetchNonce();
        client.Send(client.Proved(StunMethod.Allocate, TestClient.NewTransaction(), (ref StunMessageWriter w) => w.AddRequestedTransport(17))).ShouldBeNull();

        _world.Refused(_world.Last<TurnServerEvent.RelayWanted>().Relay, tryAnotherPort: false);

        new Answer(_world.ToClients.ShouldHaveSingleItem().Payload).Code.ShouldBe(508);
        _world.Events.OfType<TurnServerEvent.RelayWanted>().Count().ShouldBe(1);
        _world.Server.AllocationsAndOpenings.ShouldBe(0);
    }

    [Fact]
    public void Each_port_is_given_once_and_never_that_of_a_listener()
    {
        var world = new TurnWorld(TurnWorld.Defaults with
        {
            MinRelayPort = 50000,
            MaxRelayPort = 50009,
            Listeners = [TurnWorld.Listener, TransportAddress.Parse("45.0.0.1:50004")],
        });
        ushort[] ports = [.. Enumerable.Range(0, 9).Select(n => world.Client($"46.0.0.1:{6000 + n}").Allocate().Relayed.Port)];
        ports.ShouldBeUnique();
        ports.ShouldNotContain((ushort)50004);
        ports.ShouldAllBe(port => port >= 50000 && port <= 50009);
        ports.ShouldNotBe([.. ports.Order()], "an order that can be foretold is no secret");
        world.Client("46.0.0.1:7000").Allocate().Code.ShouldBe(508);
    }

    [Fact]
    public void Quotas_of_users_and_addresses_are_486_and_those_of_the_server_508()
    {
        TurnWorld World(TurnLimits limits) => new(TurnWorld.Defaults with { Limits = limits });

        TurnWorld byUser = World(new TurnLimits { AllocationsPerUser = 1 });
        TestClient first = byUser.Client();
        first.Allocate().Code.ShouldBeNull();
        byUser.Client("46.0.0.2:1").Allocate().Code.ShouldBe(486);
        byUser.Client("46.0.0.2:1", "bob", "builder").Allocate().Code.ShouldBeNull();
        first.Refresh(0).Code.ShouldBeNull();
        byUser.Client("46.0.0.3:1").Allocate().Code.ShouldBeNull();

        TurnWorld byAddress = World(new TurnLimits { AllocationsPerAddress = 1 });
        byAddress.Client("[2600::1:0:0:0:1]:1").Allocate().Code.ShouldBeNull();
        byAddress.Client("[2600::1:0:0:0:2]:1", "bob", "builder").Allocate().Code.ShouldBe(486);
        byAddress.Client("[2600::2:0:0:0:2]:1", "bob", "builder").Allocate().Code.ShouldBeNull();

        TurnWorld inAll = World(new TurnLimits { Allocations = 1 });
        inAll.Client().Allocate().Code.ShouldBeNull();
        inAll.Client("46.0.0.2:1", "bob", "builder").Allocate().Code.ShouldBe(508);
    }

    [Fact]
    public void Ten_thousand_allocations_end_each_in_its_time()
    {
        var world = new TurnWorld(TurnWorld.Defaults with { Limits = new TurnLimits { AllocationsPerUser = 10_000, AllocationsPerAddress = 10_000 } });
        TestClient first = world.Client();
        first.FetchNonce();
        for (int n = 0; n < 10_000; n++)
        {
            TestClient client = world.Client($"46.0.0.1:{10_000 + n}");
            client.Nonce = first.Nonce;
            client.Allocate().Code.ShouldBeNull();
            world.Now += TimeSpan.FromMilliseconds(10);
        }

        world.Client("46.0.0.2:1").Allocate().Code.ShouldBe(486);
        world.Server.Counters.Allocations.ShouldBe(10_000);
        world.Pass(TimeSpan.FromMinutes(10) - TimeSpan.FromSeconds(50));
        world.Server.Counters.Allocations.ShouldBeInRange(4_990, 5_010);
        world.Pass(TimeSpan.FromSeconds(50));
        world.Server.Counters.Allocations.ShouldBe(0);
    }

    [Fact]
    public void An_expired_credential_keeps_what_it_has_and_gets_nothing_new()
    {
        var users = new ExpiringUsers();
        var world = new TurnWorld(users: users);
        TestClient client = world.Client();
        client.Allocate().Code.ShouldBeNull();
        users.HasExpired = true;

        client.Permit("47.0.0.1:1").Code.ShouldBeNull();
        client.Bind(0x4000, "47.0.0.1:1").Code.ShouldBeNull();
        client.Refresh().Code.ShouldBeNull();
        Answer answer = world.Client("46.0.0.1:5001").Allocate();
        answer.Code.ShouldBe(401);
        answer.Nonce.ShouldNotBeNull();
        client.User = "renamed";
        client.Refresh().Code.ShouldBe(441, "what has expired is good for what was made with it only");
        users.HasExpired = false;
        client.Refresh().Code.ShouldBeNull("a renewed credential of the same user");
    }

    private sealed class ExpiringUsers : ITurnUsers
    {
        public bool HasExpired { get; set; }

        public TurnUser? Find(Core.Time.Instant now, string username) =>
            new("alice", new StunCredential(username, TurnWorld.Realm, "wonderland"), HasExpired);
    }
}
