using Parley.Stun.Turn.Server;

namespace Parley.Stun.Tests.Turn.Server;

/// <summary>What all allocations of a user may send together, whatever becomes of each.</summary>
public sealed class UserRateTests
{
    private const string Peer = "47.0.0.1:7000";
    private const int PerSecond = 10;

    private readonly TurnWorld _world = new(TurnWorld.Defaults with
    {
        Limits = new TurnLimits { PacketsPerSecondPerAllocation = PerSecond, PacketsPerSecondPerUser = PerSecond },
    });

    [Fact]
    public void Who_gives_up_its_last_allocation_and_makes_another_one_does_not_begin_anew()
    {
        TestClient client = _world.Client();
        SendMuch(client);
        _world.ToPeers.Count.ShouldBe(PerSecond);

        for (int time = 0; time < 5; time++)
        {
            client.Refresh(0).Code.ShouldBeNull();
            SendMuch(client);
        }

        _world.ToPeers.Count.ShouldBe(PerSecond, "nothing has dripped in meanwhile");
    }

    [Fact]
    public void The_other_way_it_is_the_same()
    {
        TestClient client = _world.Client();
        for (int time = 0; time < 5; time++)
        {
            client.Allocate().Code.ShouldBeNull();
            client.Permit(Peer).Code.ShouldBeNull();
            for (int packet = 0; packet < 2 * PerSecond; packet++)
            {
                _world.FromPeer(client.Relay, Peer, "x"u8);
            }

            client.Refresh(0).Code.ShouldBeNull();
        }

        _world.Server.Counters.PacketsToClients.ShouldBe(PerSecond);
    }

    [Fact]
    public void After_a_second_all_of_it_is_there_again_and_the_user_forgotten()
    {
        TestClient client = _world.Client();
        SendMuch(client);
        client.Refresh(0).Code.ShouldBeNull();
        _world.Server.RememberedUsers.ShouldBe(1);
        _world.Pass(TimeSpan.FromSeconds(1));

        _world.Client("46.0.0.9:1", "bob", "builder").Allocate().Code.ShouldBeNull();
        _world.Server.RememberedUsers.ShouldBe(1, "bob is there");
        SendMuch(client);
        _world.ToPeers.Count.ShouldBe(2 * PerSecond);
        _world.Server.RememberedUsers.ShouldBe(2);
    }

    [Fact]
    public void A_user_who_has_sent_nothing_is_forgotten_at_once()
    {
        TestClient client = _world.Client();
        client.Allocate().Code.ShouldBeNull();
        client.Refresh(0).Code.ShouldBeNull();

        _world.Client("46.0.0.9:1", "bob", "builder").Allocate().Code.ShouldBeNull();

        _world.Server.RememberedUsers.ShouldBe(1);
    }

    [Fact]
    public void No_more_users_are_remembered_than_there_may_be_allocations()
    {
        const int most = 100;
        var accounts = new Accounts(new TurnLimits { Allocations = most });
        for (int user = 0; user < 3 * most; user++)
        {
            Account account = accounts.Open(_world.Now, $"{user}");
            account.ToPeers.Has(_world.Now, 1).ShouldBeTrue();
            account.ToPeers.Take(1);
            accounts.Release(account);
            accounts.Release(account);
        }

        accounts.Count.ShouldBe(most);
        accounts.Find("0").ShouldBeNull();
        accounts.Find($"{(3 * most) - 1}").ShouldNotBeNull();
        accounts.Forget(_world.Now + TimeSpan.FromSeconds(1));
        accounts.Count.ShouldBe(0);
    }

    private static void SendMuch(TestClient client)
    {
        client.Allocate().Code.ShouldBeNull();
        client.Bind(0x4000, Peer).Code.ShouldBeNull();
        for (int packet = 0; packet < 2 * PerSecond; packet++)
        {
            client.SendOn(0x4000, "x");
        }
    }
}
