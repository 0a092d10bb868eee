using Parley.Core.Addresses;
using Parley.Stun.Messages;
using Parley.Stun.Turn.Server;

namespace Parley.Stun.Tests.Turn.Server;

public sealed class StreamTests
{
    private readonly TurnWorld _world = new();

    [Fact]
    public void A_connection_that_ends_takes_its_allocation_with_it()
    {
        TestClient client = _world.Client(protocol: TransportProtocol.Tls);
        client.Allocate().Code.ShouldBeNull();
        _world.Server.HandleDisconnect(_world.Now, client.Tuple);
        _world.Drain();
        _world.Last<TurnServerEvent.AllocationEnded>().Reason.ShouldBe(AllocationEnd.Disconnected);
        _world.Last<TurnServerEvent.RelayUnwanted>().Relay.ShouldBe(client.Relay);
        _world.Server.AllocationsAndOpenings.ShouldBe(0);
    }

    [Fact]
    public void A_connection_that_ends_while_its_socket_is_opened_is_not_answered()
    {
        _world.OpensRelays = false;
        TestClient client = _world.Client(protocol: TransportProtocol.Tcp);
        client.FetchNonce();
        client.Send(client.Proved(StunMethod.Allocate, TestClient.NewTransaction(), (ref StunMessageWriter w) => w.AddRequestedTransport(17))).ShouldBeNull();
        _world.Server.HandleDisconnect(_world.Now, client.Tuple);
        _world.Drain();
        _world.Opened(_world.Last<TurnServerEvent.RelayWanted>().Relay);
        _world.ToClients.ShouldBeEmpty();
        _world.Events.OfType<TurnServerEvent.AllocationEnded>().ShouldBeEmpty();
        _world.Events.OfType<TurnServerEvent.RelayUnwanted>().ShouldHaveSingleItem();
        _world.Server.NextTimeout.ShouldBeNull();
    }

    [Fact]
    public void Udp_and_tcp_from_one_address_and_port_are_two_clients()
    {
        _world.Client().Allocate().Code.ShouldBeNull();
        _world.Client(protocol: TransportProtocol.Tcp).Allocate().Code.ShouldBeNull();
        _world.Server.Counters.Allocations.ShouldBe(2);
    }

    [Fact]
    public void Who_sends_rubbish_over_a_stream_is_closed()
    {
        TestClient client = _world.Client(protocol: TransportProtocol.Tcp);
        client.Allocate().Code.ShouldBeNull();
        _world.Message(client.Tuple, [0, 1, 0, 4, 0x21, 0x12, 0xA4, 0x42, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 0, 6, 0, 9]);
        _world.Events.OfType<TurnServerEvent.ConnectionUnwanted>().ShouldHaveSingleItem().Client.ShouldBe(client.Tuple);
        _world.Server.Counters.Allocations.ShouldBe(0);
    }

    [Fact]
    public void Who_only_guesses_passwords_over_a_stream_is_closed_and_forgotten()
    {
        TestClient client = _world.Client(password: "wrong", protocol: TransportProtocol.Tcp);
        int asked = 0;
        while (!_world.Events.OfType<TurnServerEvent.ConnectionUnwanted>().Any())
        {
            client.Refresh().Code.ShouldBe(401);
            (++asked).ShouldBeLessThan(100);
        }

        asked.ShouldBe(20);
        _world.Server.StrangeConnections.ShouldBe(0);
    }

    [Fact]
    public void Who_has_proved_itself_begins_at_nothing_again()
    {
        TestClient client = _world.Client(protocol: TransportProtocol.Tcp);
        for (int time = 0; time < 50; time++)
        {
            client.Nonce = null;
            client.Refresh().Code.ShouldBe(437);
        }

        _world.Events.ShouldBeEmpty();
        _world.Server.StrangeConnections.ShouldBe(0);
    }

    [Theory]
    [InlineData(TransportProtocol.Tcp)]
    [InlineData(TransportProtocol.Tls)]
    public void Who_only_asks_for_its_address_over_a_stream_is_closed_and_forgotten(TransportProtocol protocol)
    {
        TestClient client = _world.Client(protocol: protocol);
        int answered = 0;
        while (!_world.Events.OfType<TurnServerEvent.ConnectionUnwanted>().Any())
        {
            client.Send(Binding()).ShouldNotBeNull().Code.ShouldBeNull();
            (++answered).ShouldBeLessThan(100);
        }

        answered.ShouldBe(21);
        _world.Server.StrangeConnections.ShouldBe(0);
    }

    [Fact]
    public void Who_has_an_allocation_may_ask_for_its_address_as_often_as_it_likes()
    {
        TestClient client = _world.Client(protocol: TransportProtocol.Tcp);
        client.Allocate().Code.ShouldBeNull();
        for (int time = 0; time < 100; time++)
        {
            client.Send(Binding()).ShouldNotBeNull().Code.ShouldBeNull();
        }

        _world.Events.OfType<TurnServerEvent.ConnectionUnwanted>().ShouldBeEmpty();
        _world.Server.StrangeConnections.ShouldBe(0);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Whose_allocation_ends_is_forgotten_with_it(bool revoked)
    {
        TestClient client = _world.Client(protocol: TransportProtocol.Tcp);
        client.Allocate().Code.ShouldBeNull();
        client.Send(TestClient.Plain(StunMethod.Refresh, StunClass.Request, TestClient.NewTransaction())).ShouldNotBeNull().Code.ShouldBe(401);
        _world.Server.StrangeConnections.ShouldBe(1);

        if (revoked)
        {
            _world.Server.Revoke(_world.Now, "alice");
            _world.Drain();
        }
        else
        {
            _world.Pass(TimeSpan.FromHours(2));
        }

        _world.Server.Counters.Allocations.ShouldBe(0);
        _world.Server.StrangeConnections.ShouldBe(0);
    }

    [Fact]
    public void Over_udp_nobody_is_closed_for_asking()
    {
        TestClient client = _world.Client();
        for (int time = 0; time < 100; time++)
        {
            client.Send(Binding()).ShouldNotBeNull();
        }

        _world.Events.ShouldBeEmpty();
        _world.Server.StrangeConnections.ShouldBe(0);
    }

    private static byte[] Binding() => TestClient.Plain(StunMethod.Binding, StunClass.Request, TestClient.NewTransaction());
}
