using Parley.Core.Addresses;
using Parley.Stun.Messages;
using Parley.Stun.Turn.Client;

namespace Parley.Stun.Tests.Turn.Client;

public sealed class AllocationTests
{
    [Fact]
    public void What_is_asked_for_is_what_the_options_say()
    {
        StunMessage plain = ClientWorld.Read(new ClientWorld().Next(StunMethod.Allocate));
        plain.Has(StunAttributeType.Lifetime).ShouldBeFalse();
        plain.Has(StunAttributeType.RequestedAddressFamily).ShouldBeFalse();
        plain.TryGetUInt32(StunAttributeType.RequestedTransport, out uint transport).ShouldBeTrue();
        transport.ShouldBe(17u << 24);

        StunMessage special = ClientWorld.Read(new ClientWorld(lifetime: TimeSpan.FromHours(1), family: IpFamily.IPv6).Next(StunMethod.Allocate));
        special.TryGetUInt32(StunAttributeType.Lifetime, out uint lifetime).ShouldBeTrue();
        special.TryGetUInt32(StunAttributeType.RequestedAddressFamily, out uint family).ShouldBeTrue();
        (lifetime, family).ShouldBe((3600u, 2u << 24));
    }

    [Fact]
    public void Over_UDP_a_request_is_repeated_unchanged_and_given_up_after_39_and_a_half_seconds()
    {
        var world = new ClientWorld();
        byte[] request = world.Next(StunMethod.Allocate);

        foreach (double wait in new[] { 0.5, 1, 2, 4, 8, 16 })
        {
            world.Pass(TimeSpan.FromSeconds(wait) - TimeSpan.FromTicks(1));
            world.NothingIsSent();
            world.Pass(TimeSpan.FromTicks(1));
            world.Next(StunMethod.Allocate).ShouldBe(request, $"after {wait} s");
        }

        world.Pass(TimeSpan.FromSeconds(8) - TimeSpan.FromTicks(1));
        world.Events.ShouldBeEmpty();
        world.Pass(TimeSpan.FromTicks(1));
        world.NextEvent().ShouldBe(new TurnClientEvent.Failed(null));
        world.NothingIsSent();
        world.Client.NextTimeout.ShouldBeNull();
    }

    [Theory]
    [InlineData(TransportProtocol.Tcp)]
    [InlineData(TransportProtocol.Tls)]
    public void Over_a_stream_a_request_is_sent_once(TransportProtocol transport)
    {
        var world = new ClientWorld(transport);
        world.Next(StunMethod.Allocate);

        world.Pass(TimeSpan.FromSeconds(39.4));
        world.NothingIsSent();
        world.Events.ShouldBeEmpty();
        world.Pass(TimeSpan.FromSeconds(0.1));

        world.NextEvent().ShouldBe(new TurnClientEvent.Failed(null));
    }

    [Theory]
    [InlineData(StunErrorCode.BadRequest)]
    [InlineData(StunErrorCode.Forbidden)]
    [InlineData(StunErrorCode.AllocationMismatch)]
    [InlineData(StunErrorCode.AddressFamilyNotSupported)]
    [InlineData(StunErrorCode.WrongCredentials)]
    [InlineData(StunErrorCode.UnsupportedTransportProtocol)]
    [InlineData(StunErrorCode.AllocationQuotaReached)]
    [InlineData(StunErrorCode.InsufficientCapacity)]
    public void A_refusal_ends_the_client_with_its_code(StunErrorCode code)
    {
        var world = new ClientWorld();
        world.Challenge(world.Next(StunMethod.Allocate));

        world.Refuse(world.Next(StunMethod.Allocate), code);

        world.NextEvent().ShouldBe(new TurnClientEvent.Failed(code));
        world.Client.NextTimeout.ShouldBeNull();
        world.Pass(TimeSpan.FromHours(1));
        world.NothingIsSent();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_server_may_name_another_one(bool isSigned)
    {
        var other = TransportAddress.Parse("192.0.2.9:3478");
        var world = new ClientWorld();
        byte[] request = world.Next(StunMethod.Allocate);
        if (isSigned)
        {
            world.Challenge(request);
            request = world.Next(StunMethod.Allocate);
        }

        world.Answer(request, StunClass.ErrorResponse, (ref StunMessageWriter writer) =>
        {
            writer.AddErrorCode(StunErrorCode.TryAlternate);
            writer.AddAddress(StunAttributeType.AlternateServer, other);
        }, isSigned);

        world.NextEvent().ShouldBe(new TurnClientEvent.Failed(StunErrorCode.TryAlternate, other));
    }

    [Theory]
    [InlineData(StunAttributeType.XorRelayedAddress)]
    [InlineData(StunAttributeType.XorMappedAddress)]
    [InlineData(StunAttributeType.Lifetime)]
    public void A_success_that_does_not_say_everything_is_none(StunAttributeType missing)
    {
        var world = new ClientWorld();
        world.Challenge(world.Next(StunMethod.Allocate));

        world.Answer(world.Next(StunMethod.Allocate), StunClass.SuccessResponse, (ref StunMessageWriter writer) =>
        {
            foreach (StunAttributeType type in new[] { StunAttributeType.XorRelayedAddress, StunAttributeType.XorMappedAddress })
            {
                if (type != missing)
                {
                    writer.AddXorAddress(type, ClientWorld.Mapped);
                }
            }

            if (missing != StunAttributeType.Lifetime)
            {
                writer.AddUInt32(StunAttributeType.Lifetime, 600);
            }
        });

        world.NextEvent().ShouldBe(new TurnClientEvent.Failed(null));
    }

    [Theory]
    [InlineData(600, 540)]
    [InlineData(120, 60)]
    [InlineData(60, 30)]
    [InlineData(86_400, 3_600)]
    public void It_is_refreshed_before_it_ends_again_and_again(uint lifetime, int seconds)
    {
        ClientWorld world = new ClientWorld().Allocated(lifetime);
        for (int round = 0; round < 3; round++)
        {
            world.Pass(TimeSpan.FromSeconds(seconds) - TimeSpan.FromTicks(1));
            world.NothingIsSent();
            world.Pass(TimeSpan.FromTicks(1));
            world.Refreshed(world.Next(StunMethod.Refresh), lifetime);
        }

        world.Events.ShouldBeEmpty();
    }

    [Fact]
    public void A_refresh_that_nobody_answers_ends_it_before_the_server_forgets_it()
    {
        ClientWorld world = new ClientWorld().Allocated();
        world.Pass(TimeSpan.FromSeconds(540 + 39.5));
        world.NextEvent().ShouldBe(new TurnClientEvent.Failed(null));

        ClientWorld brief = new ClientWorld().Allocated(lifetime: 20);
        brief.Pass(TimeSpan.FromSeconds(20));
        brief.NextEvent().ShouldBe(new TurnClientEvent.Failed(null));
        brief.Client.NextTimeout.ShouldBeNull();
    }

    [Theory]
    [InlineData(StunErrorCode.AllocationMismatch)]
    [InlineData(StunErrorCode.WrongCredentials)]
    public void A_refresh_that_is_refused_ends_it(StunErrorCode code)
    {
        ClientWorld world = new ClientWorld().Allocated();
        world.Pass(TimeSpan.FromSeconds(540));

        world.Refuse(world.Next(StunMethod.Refresh), code);

        world.NextEvent().ShouldBe(new TurnClientEvent.Failed(code));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Closing_gives_it_up_and_a_server_that_knows_of_none_is_content(bool isForgotten)
    {
        ClientWorld world = new ClientWorld().Allocated();
        world.Do((client, now) => client.AddPermission(now, InternetAddress.Parse("192.0.2.1")));
        world.Next(StunMethod.CreatePermission);

        world.Do((client, now) => client.Close(now));

        byte[] request = world.Next(StunMethod.Refresh);
        ClientWorld.Read(request).TryGetUInt32(StunAttributeType.Lifetime, out uint lifetime).ShouldBeTrue();
        lifetime.ShouldBe(0u);
        world.Client.WriteData(world.Now, TransportAddress.Parse("192.0.2.1:1"), [1], new byte[100]).ShouldBe(0);
        if (isForgotten)
        {
            world.Refuse(request, StunErrorCode.AllocationMismatch);
        }
        else
        {
            world.Refreshed(request, lifetime: 0);
        }

        world.NextEvent().ShouldBe(new TurnClientEvent.Closed());
        world.Client.NextTimeout.ShouldBeNull();
        world.Do((client, now) => client.Close(now));
        world.Events.ShouldBeEmpty();
        world.NothingIsSent();
    }

    [Fact]
    public void Closing_waits_for_a_stale_nonce_and_not_for_ever()
    {
        ClientWorld world = new ClientWorld().Allocated();
        world.Do((client, now) => client.Close(now));
        world.Challenge(world.Next(StunMethod.Refresh), StunErrorCode.StaleNonce, "second");
        ClientWorld.Text(world.Next(StunMethod.Refresh), StunAttributeType.Nonce).ShouldBe("second");

        world.Pass(TimeSpan.FromSeconds(39.5));

        world.NextEvent().ShouldBe(new TurnClientEvent.Closed());
    }

    [Fact]
    public void Closing_before_there_is_an_allocation_gives_back_the_one_that_comes()
    {
        var early = new ClientWorld();
        early.Do((client, now) => client.Close(now));
        early.NextEvent().ShouldBe(new TurnClientEvent.Closed());

        var world = new ClientWorld();
        world.Challenge(world.Next(StunMethod.Allocate));
        byte[] request = world.Next(StunMethod.Allocate);
        world.Do((client, now) => client.Close(now));
        world.Events.ShouldBeEmpty();
        world.Grant(request);
        world.Refreshed(world.Next(StunMethod.Refresh), lifetime: 0);
        world.NextEvent().ShouldBe(new TurnClientEvent.Closed());
    }

    [Fact]
    public void Mistakes_of_the_owner_are_said()
    {
        var world = new ClientWorld();
        Should.Throw<InvalidOperationException>(() => world.Client.Start(world.Now));
        foreach (string username in new[] { "", new string('x', 509) })
        {
            Should.Throw<ArgumentException>(() => new TurnClient(
                new TurnClientOptions { Transport = TransportProtocol.Udp, Username = username, Password = "" }, new SeededRandom(1)));
        }
    }
}
