using Parley.Testing.Hosts;
using Parley.Testing.Routing;
using static Parley.Testing.Time.Duration;

namespace Parley.Testing.Tests;

public sealed class LinkTests
{
    private const int Sent = 10_000;

    private readonly VirtualWorld _world = VirtualWorld.Seeded(2026);

    [Theory]
    [InlineData(0)]
    [InlineData(0.01)]
    [InlineData(0.3)]
    [InlineData(1)]
    public void Loses_as_many_as_it_was_told(double loss)
    {
        UdpSocket bob = Send(new LinkConditions { Loss = loss });

        ((double)(Sent - bob.Inbox.Count) / Sent).ShouldBe(loss, tolerance: 0.02);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.1)]
    [InlineData(1)]
    public void Doubles_as_many_as_it_was_told(double duplication)
    {
        UdpSocket bob = Send(new LinkConditions { Duplication = duplication });

        ((double)(bob.Inbox.Count - Sent) / Sent).ShouldBe(duplication, tolerance: 0.02);
    }

    [Fact]
    public void Without_jitter_everything_comes_in_order_after_the_delay()
    {
        UdpSocket bob = Send(new LinkConditions { Delay = Milliseconds(250) });

        Numbers(bob).ShouldBe(Enumerable.Range(0, Sent));
        _world.Timeline.Entries[0].Fate.ShouldBe("260 ms");
    }

    [Fact]
    public void With_jitter_packets_overtake_each_other_but_none_is_lost()
    {
        UdpSocket bob = Send(new LinkConditions { Jitter = Milliseconds(20) });

        Numbers(bob).ShouldBe(Enumerable.Range(0, Sent), ignoreOrder: true);
        Numbers(bob).Zip(Numbers(bob).Skip(1), (a, b) => a > b).Count(overtaken => overtaken).ShouldBeGreaterThan(Sent / 10);
    }

    [Fact]
    public void With_jitter_that_keeps_the_order_nothing_overtakes()
    {
        UdpSocket bob = Send(new LinkConditions { Jitter = Milliseconds(20), KeepsOrder = true });

        Numbers(bob).ShouldBe(Enumerable.Range(0, Sent));
    }

    [Fact]
    public void A_cut_link_carries_nothing_in_either_direction_until_it_is_mended()
    {
        (VirtualHost alice, VirtualHost bob) = (_world.Host("alice"), _world.Host("bob"));
        (UdpSocket a, UdpSocket b) = (alice.OpenUdp(), bob.OpenUdp());
        alice.Link.IsCut = true;
        a.Send(b.Local, "out"u8);
        b.Send(a.Local, "in"u8);
        _world.RunFor(Seconds(10));
        b.Inbox.ShouldBeEmpty();
        a.Inbox.ShouldBeEmpty();

        alice.Link.IsCut = false;
        a.Send(b.Local, "out"u8);
        _world.RunFor(Seconds(1));
        b.Inbox.ShouldHaveSingleItem();
    }

    [Fact]
    public void Two_hosts_can_be_cut_off_from_each_other_alone()
    {
        (VirtualHost alice, VirtualHost bob, VirtualHost carol) = (_world.Host("alice"), _world.Host("bob"), _world.Host("carol"));
        (UdpSocket a, UdpSocket b, UdpSocket c) = (alice.OpenUdp(), bob.OpenUdp(), carol.OpenUdp());
        _world.Cut(alice, bob);
        a.Send(b.Local, "to bob"u8);
        b.Send(a.Local, "to alice"u8);
        a.Send(c.Local, "to carol"u8);
        _world.RunFor(Seconds(1));
        (a.Inbox.Count, b.Inbox.Count, c.Inbox.Count).ShouldBe((0, 0, 1));

        _world.Heal(alice, bob);
        a.Send(b.Local, "to bob"u8);
        _world.RunFor(Seconds(1));
        b.Inbox.ShouldHaveSingleItem();
    }

    private static IEnumerable<int> Numbers(UdpSocket socket) => socket.Inbox.Select(d => BitConverter.ToInt32(d.Payload.Span));

    /// <summary>Alice sends numbers to Bob, one each millisecond, over a link like this.</summary>
    private UdpSocket Send(LinkConditions conditions)
    {
        VirtualHost alice = _world.Host("alice");
        UdpSocket bob = _world.Host("bob").OpenUdp();
        UdpSocket socket = alice.OpenUdp();
        alice.Link.Conditions = conditions;
        for (int number = 0; number < Sent; number++)
        {
            socket.Send(bob.Local, BitConverter.GetBytes(number));
            _world.RunFor(Milliseconds(1));
        }

        _world.RunFor(Seconds(10));
        return bob;
    }
}
