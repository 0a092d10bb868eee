using Parley.Core.Addresses;
using Parley.Stun.Messages;
using Parley.Stun.Turn.Client;

namespace Parley.Stun.Tests.Turn.Client;

public sealed class ChannelTests
{
    private static readonly TransportAddress Alice = TransportAddress.Parse("192.0.2.1:1000");
    private static readonly TransportAddress Bob = TransportAddress.Parse("[2001:db8::2]:2000");

    [Fact]
    public void Data_goes_in_indications_until_the_channel_is_bound_and_then_in_it()
    {
        ClientWorld world = new ClientWorld().Allocated();
        byte[] sent = Write(world, Alice, [1, 2, 3]);
        StunMessage indication = ClientWorld.Read(sent);
        indication.Type.ShouldBe(new StunMessageType(StunMethod.Send, StunClass.Indication));
        indication.TryGetXorAddress(StunAttributeType.XorPeerAddress, out TransportAddress peer).ShouldBeTrue();
        peer.ShouldBe(Alice);

        world.Do((client, now) => client.BindChannel(now, Alice));
        byte[] request = world.Next(StunMethod.ChannelBind);
        ushort number = Number(request);
        ChannelData.IsChannel(number).ShouldBeTrue();
        Write(world, Alice, [1, 2, 3]).Length.ShouldBe(sent.Length, "it is not bound yet");
        world.Succeed(request);

        world.NextEvent().ShouldBe(new TurnClientEvent.ChannelBound(Alice, number));
        Convert.ToHexString(Write(world, Alice, [1, 2, 3])).ShouldBe($"{number:X4}0003010203");
        ClientWorld.Read(Write(world, Bob, [1])).Method.ShouldBe(StunMethod.Send);
    }

    [Fact]
    public void Over_a_stream_its_data_is_padded()
    {
        ClientWorld world = new ClientWorld(TransportProtocol.Tcp).Allocated();
        ushort number = Bind(world, Alice);

        Convert.ToHexString(Write(world, Alice, [1, 2, 3])).ShouldBe($"{number:X4}000301020300");
    }

    [Fact]
    public void It_is_bound_again_often_enough_for_its_permission_and_its_number_stays()
    {
        ClientWorld world = new ClientWorld().Allocated(lifetime: 3_600);
        ushort number = Bind(world, Alice);
        for (int round = 0; round < 5; round++)
        {
            world.Pass(TimeSpan.FromMinutes(4) - TimeSpan.FromTicks(1));
            world.NothingIsSent();
            world.Pass(TimeSpan.FromTicks(1));
            byte[] request = world.Next(StunMethod.ChannelBind);
            Number(request).ShouldBe(number);
            Write(world, Alice, [1]).Length.ShouldBe(5, "it is bound all the time");
            world.Succeed(request);
        }

        world.Events.ShouldBeEmpty();
    }

    [Fact]
    public void A_permission_that_a_channel_refreshes_needs_no_request_of_its_own()
    {
        ClientWorld world = new ClientWorld().Allocated(lifetime: 3_600);
        PermissionTests.Permit(world, Alice.Address);
        world.Pass(TimeSpan.FromMinutes(3));
        Bind(world, Alice);

        world.Pass(TimeSpan.FromMinutes(4) - TimeSpan.FromTicks(1));
        world.NothingIsSent();
    }

    [Theory]
    [InlineData(StunErrorCode.BadRequest)]
    [InlineData(StunErrorCode.Forbidden)]
    public void One_that_is_refused_leaves_data_in_indications(StunErrorCode code)
    {
        ClientWorld world = new ClientWorld().Allocated();
        world.Do((client, now) => client.BindChannel(now, Alice));

        world.Refuse(world.Next(StunMethod.ChannelBind), code);

        world.NextEvent().ShouldBe(new TurnClientEvent.ChannelRefused(Alice, code));
        ClientWorld.Read(Write(world, Alice, [1])).Method.ShouldBe(StunMethod.Send);
        world.Pass(TimeSpan.FromMinutes(5));
        world.NothingIsSent();
    }

    [Fact]
    public void A_number_is_not_given_to_another_peer_before_the_old_binding_is_forgotten_everywhere()
    {
        ClientWorld world = new ClientWorld().Allocated(lifetime: 1_000_000);
        ushort number = Lose(world, Alice);
        for (int bound = 1; bound < ChannelTable.MaxChannels; bound++)
        {
            world.Client.BindChannel(world.Now, new TransportAddress(Bob.Address, (ushort)bound));
        }

        world.Do((client, now) => client.BindChannel(now, Bob));
        world.NextEvent().ShouldBe(new TurnClientEvent.ChannelRefused(Bob, StunErrorCode.InsufficientCapacity));
        for (int bound = 1; bound < ChannelTable.MaxChannels; bound++)
        {
            byte[] request = world.Next(StunMethod.ChannelBind);
            Number(request).ShouldNotBe(number);
        }

        // The same peer has to have its old number as long as the server may know it.
        world.Do((client, now) => client.BindChannel(now, Alice));
        Number(world.Next(StunMethod.ChannelBind)).ShouldBe(number);
    }

    [Fact]
    public void A_number_rests_for_its_lifetime_and_five_minutes_more()
    {
        var table = new ChannelTable();
        ClientWorld clock = new ClientWorld().Allocated(lifetime: 1_000_000);
        table.TryAdd(clock.Now, Alice).ShouldBeTrue();
        TurnRequest.ChannelBind first = table.TakeDue(clock.Now).ShouldNotBeNull();
        table.HandleSuccess(clock.Now, first).ShouldBeTrue();
        table.HandleFailure(first);
        for (int drawn = 1; drawn < 0x1000; drawn++)
        {
            var peer = new TransportAddress(Bob.Address, (ushort)drawn);
            table.TryAdd(clock.Now, peer).ShouldBeTrue();
            TurnRequest.ChannelBind request = table.TakeDue(clock.Now).ShouldNotBeNull();
            request.Channel.ShouldNotBe(first.Channel);
            table.HandleFailure(request);
            clock.Pass(TimeSpan.FromSeconds(5));
        }

        clock.Pass(TimeSpan.FromMinutes(15));
        table.TryAdd(clock.Now, Bob).ShouldBeTrue();
        table.TakeDue(clock.Now).ShouldNotBeNull().Channel.ShouldBe(first.Channel, "the first number comes again after the last one");
    }

    [Fact]
    public void Data_of_a_channel_is_handed_out_even_when_it_overtakes_the_answer()
    {
        ClientWorld world = new ClientWorld().Allocated();
        world.Deliver([0x40, 0, 0, 1, 9]).ShouldBeNull("no channel is bound");
        world.Do((client, now) => client.BindChannel(now, Alice));
        byte[] request = world.Next(StunMethod.ChannelBind);
        byte[] bytes = new byte[7];
        ChannelData.Write(bytes, Number(request), [1, 2, 3], padded: false);

        world.Deliver(bytes).ShouldNotBeNull().Peer.ShouldBe(Alice);
        world.Succeed(request);
        world.Deliver(bytes).ShouldNotBeNull().Data.ShouldBe([1, 2, 3]);
        world.Deliver(bytes.AsSpan(0, 6)).ShouldBeNull("it is cut");
        world.Deliver([0x4F, 0xFF, 0, 0]).ShouldBeNull("another channel");
    }

    [Fact]
    public void Data_in_an_indication_is_handed_out_if_its_sender_may_send()
    {
        ClientWorld world = new ClientWorld().Allocated();
        world.DeliverIndication(Alice, [1]).ShouldBeNull("nobody may send");
        PermissionTests.Permit(world, Alice.Address);
        (TransportAddress peer, byte[] data) = world.DeliverIndication(Alice with { Port = 7 }, [1, 2]).ShouldNotBeNull();
        (peer.Port, data.Length).ShouldBe(((ushort)7, 2));
        world.DeliverIndication(Alice, []).ShouldNotBeNull().Data.ShouldBeEmpty();
        world.DeliverIndication(Bob, [1]).ShouldBeNull();

        Bind(world, Bob);
        world.DeliverIndication(Bob with { Port = 1 }, [1]).ShouldNotBeNull("a channel brings a permission for its host");
        world.Client.RemovePermission(Alice.Address);
        world.DeliverIndication(Alice, [1]).ShouldBeNull();
    }

    [Fact]
    public void What_does_not_fit_or_has_no_allocation_is_not_written()
    {
        var world = new ClientWorld();
        world.Client.WriteData(world.Now, Alice, [1], new byte[100]).ShouldBe(0);
        world.Allocated();
        world.Client.WriteData(world.Now, Alice, new byte[10], new byte[47]).ShouldBe(0);
        world.Client.WriteData(world.Now, Alice, new byte[10], new byte[48]).ShouldBe(48);
        world.Client.WriteData(world.Now, Alice, new byte[70_000], new byte[100_000]).ShouldBe(0);
        Bind(world, Alice);
        world.Client.WriteData(world.Now, Alice, new byte[10], new byte[13]).ShouldBe(0);
        world.Client.WriteData(world.Now, Alice, new byte[10], new byte[14]).ShouldBe(14);
        world.Client.WriteData(world.Now, Alice, new byte[70_000], new byte[100_000]).ShouldBe(0);
    }

    [Fact]
    public void Data_is_written_and_read_without_allocation()
    {
        ClientWorld world = new ClientWorld().Allocated();
        ushort number = Bind(world, Alice);
        PermissionTests.Permit(world, Bob.Address);
        byte[] buffer = new byte[1_500];
        byte[] data = new byte[1_000];
        byte[] incoming = new byte[1_004];
        ChannelData.Write(incoming, number, data, padded: false);
        Send(10).ShouldBe(10);

        long before = GC.GetAllocatedBytesForCurrentThread();
        int sent = Send(1_000);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
        sent.ShouldBe(1_000);

        int Send(int packets)
        {
            int done = 0;
            for (int packet = 0; packet < packets; packet++)
            {
                done += world.Client.WriteData(world.Now, Alice, data, buffer) == 1_004
                    && world.Client.WriteData(world.Now, Bob, data, buffer) > 1_004
                    && world.Client.HandleMessage(world.Now, incoming, out _, out _) ? 1 : 0;
            }

            return done;
        }
    }

    private static ushort Bind(ClientWorld world, TransportAddress peer)
    {
        world.Do((client, now) => client.BindChannel(now, peer));
        byte[] request = world.Next(StunMethod.ChannelBind);
        world.Succeed(request);
        world.NextEvent().ShouldBe(new TurnClientEvent.ChannelBound(peer, Number(request)));
        return Number(request);
    }

    private static ushort Lose(ClientWorld world, TransportAddress peer)
    {
        ushort number = Bind(world, peer);
        world.Pass(TimeSpan.FromMinutes(4));
        world.Refuse(world.Next(StunMethod.ChannelBind), StunErrorCode.InsufficientCapacity);
        world.NextEvent().ShouldBe(new TurnClientEvent.ChannelRefused(peer, StunErrorCode.InsufficientCapacity));
        return number;
    }

    private static byte[] Write(ClientWorld world, TransportAddress peer, byte[] data)
    {
        byte[] bytes = new byte[1_500];
        int length = world.Client.WriteData(world.Now, peer, data, bytes);
        length.ShouldBeGreaterThan(0);
        return bytes[..length];
    }

    private static ushort Number(byte[] request)
    {
        ClientWorld.Read(request).TryGetChannelNumber(out ushort number).ShouldBeTrue();
        return number;
    }
}
