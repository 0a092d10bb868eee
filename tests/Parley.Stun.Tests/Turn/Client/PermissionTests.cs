using Parley.Core.Addresses;
using Parley.Stun.Messages;
using Parley.Stun.Turn.Client;

namespace Parley.Stun.Tests.Turn.Client;

public sealed class PermissionTests
{
    private static readonly InternetAddress Alice = InternetAddress.Parse("192.0.2.1");
    private static readonly InternetAddress Bob = InternetAddress.Parse("192.0.2.2");
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(4);

    [Fact]
    public void What_is_wanted_before_the_allocation_goes_into_one_request_after_it()
    {
        var world = new ClientWorld();
        world.Do((client, now) => client.AddPermission(now, Alice));
        world.Do((client, now) => client.AddPermission(now, Bob));
        world.Do((client, now) => client.AddPermission(now, Alice));
        world.Challenge(world.Next(StunMethod.Allocate));
        world.Grant(world.Next(StunMethod.Allocate));

        byte[] request = world.Next(StunMethod.CreatePermission);
        Peers(request).ShouldBe([Alice, Bob]);
        world.Succeed(request);

        world.NextEvent().ShouldBeOfType<TurnClientEvent.Allocated>();
        world.NextEvent().ShouldBe(new TurnClientEvent.Permitted(Alice));
        world.NextEvent().ShouldBe(new TurnClientEvent.Permitted(Bob));
        world.NothingIsSent();
    }

    [Fact]
    public void They_are_refreshed_together_every_four_minutes_until_they_are_removed()
    {
        ClientWorld world = new ClientWorld().Allocated(lifetime: 3_600);
        Permit(world, Alice);
        world.Pass(TimeSpan.FromSeconds(10));
        Permit(world, Bob);

        world.Pass(Interval - TimeSpan.FromSeconds(10));
        byte[] refresh = world.Next(StunMethod.CreatePermission);
        Peers(refresh).ShouldBe([Alice, Bob]);
        world.Succeed(refresh);
        world.Events.ShouldBeEmpty("they were known");

        world.Client.RemovePermission(Alice);
        world.Pass(Interval);
        Peers(world.Next(StunMethod.CreatePermission)).ShouldBe([Bob]);
    }

    [Fact]
    public void One_that_is_refused_does_not_spoil_the_others()
    {
        ClientWorld world = new ClientWorld().Allocated();
        world.Client.AddPermission(world.Now, Alice);
        world.Do((client, now) => client.AddPermission(now, Bob));
        world.Refuse(world.Next(StunMethod.CreatePermission), StunErrorCode.Forbidden);

        byte[] first = world.Next(StunMethod.CreatePermission);
        byte[] second = world.Next(StunMethod.CreatePermission);
        (Peers(first).Single(), Peers(second).Single()).ShouldBe((Alice, Bob));
        world.Refuse(first, StunErrorCode.Forbidden);
        world.Succeed(second);

        world.NextEvent().ShouldBe(new TurnClientEvent.PermissionRefused(Alice, StunErrorCode.Forbidden));
        world.NextEvent().ShouldBe(new TurnClientEvent.Permitted(Bob));
        world.NothingIsSent();
    }

    [Theory]
    [InlineData(StunErrorCode.PeerAddressFamilyMismatch)]
    [InlineData(StunErrorCode.InsufficientCapacity)]
    [InlineData(StunErrorCode.WrongCredentials)]
    public void A_refusal_is_said_and_the_client_lives_on(StunErrorCode code)
    {
        ClientWorld world = new ClientWorld().Allocated();
        world.Do((client, now) => client.AddPermission(now, Alice));

        world.Refuse(world.Next(StunMethod.CreatePermission), code);

        world.NextEvent().ShouldBe(new TurnClientEvent.PermissionRefused(Alice, code));
        Permit(world, Bob);
    }

    [Fact]
    public void Without_an_answer_it_is_refused_and_without_an_allocation_it_is_over()
    {
        ClientWorld silent = new ClientWorld().Allocated();
        silent.Client.AddPermission(silent.Now, Alice);
        silent.Do((client, now) => client.AddPermission(now, Bob));
        silent.Pass(TimeSpan.FromSeconds(39.5));
        silent.NextEvent().ShouldBe(new TurnClientEvent.PermissionRefused(Alice, null));
        silent.NextEvent().ShouldBe(new TurnClientEvent.PermissionRefused(Bob, null));

        ClientWorld restarted = new ClientWorld().Allocated();
        restarted.Do((client, now) => client.AddPermission(now, Alice));
        restarted.Refuse(restarted.Next(StunMethod.CreatePermission), StunErrorCode.AllocationMismatch);
        restarted.NextEvent().ShouldBe(new TurnClientEvent.Failed(StunErrorCode.AllocationMismatch));
    }

    [Fact]
    public void There_are_so_many_and_no_more_in_requests_that_fit_into_a_packet()
    {
        ClientWorld world = new ClientWorld().Allocated();
        for (uint host = 0; host < PermissionTable.MaxPermissions; host++)
        {
            world.Client.AddPermission(world.Now, InternetAddress.FromIPv6(host + 1));
        }

        world.Do((client, now) => client.AddPermission(now, Alice));

        world.NextEvent().ShouldBe(new TurnClientEvent.PermissionRefused(Alice, StunErrorCode.InsufficientCapacity));
        int peers = 0;
        while (peers < PermissionTable.MaxPermissions)
        {
            byte[] request = world.Next(StunMethod.CreatePermission);
            request.Length.ShouldBeLessThanOrEqualTo(548);
            peers += Peers(request).Count;
            world.Succeed(request);
        }

        world.NothingIsSent();
    }

    internal static void Permit(ClientWorld world, InternetAddress peer)
    {
        world.Do((client, now) => client.AddPermission(now, peer));
        world.Succeed(world.Next(StunMethod.CreatePermission));
        world.NextEvent().ShouldBe(new TurnClientEvent.Permitted(peer));
    }

    private static List<InternetAddress> Peers(byte[] request)
    {
        StunMessage message = ClientWorld.Read(request);
        List<InternetAddress> peers = [];
        foreach (StunAttribute attribute in message.Attributes)
        {
            if (attribute.Type == StunAttributeType.XorPeerAddress)
            {
                message.TryReadXorAddress(attribute.Value, out TransportAddress peer).ShouldBeTrue();
                peers.Add(peer.Address);
            }
        }

        return peers;
    }
}
