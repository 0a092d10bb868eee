using Parley.Core.Addresses;
using Parley.Testing.Hosts;
using Parley.Testing.Nats;
using Parley.Testing.Routing;
using Parley.Testing.Streams;
using static Parley.Testing.Time.Duration;

namespace Parley.Testing.Tests;

public sealed class StreamTests
{
    private readonly VirtualWorld _world = VirtualWorld.Seeded(9293);
    private readonly VirtualHost _alice;
    private readonly VirtualHost _server;
    private readonly TransportAddress _door;
    private VirtualStream? _accepted;

    public StreamTests()
    {
        _world.Conditions = new LinkConditions { Jitter = Milliseconds(50), Loss = 0.2, Duplication = 0.2 };
        _alice = _world.HostBehind(Nat.Symmetric, "alice");
        _server = _world.Host("server");
        _door = new TransportAddress(_server.Address(IpFamily.IPv4), 443);
        _server.Listen(_door, stream => _accepted = stream);
    }

    [Fact]
    public void Over_a_bad_link_every_byte_arrives_once_and_in_order_but_not_in_the_pieces_that_were_sent()
    {
        VirtualStream stream = _alice.Connect(_door);
        List<int> pieces = [];
        List<byte> arrived = [];
        _world.RunUntil(() => stream.IsOpen, within: Seconds(10));
        _accepted!.Received = bytes =>
        {
            pieces.Add(bytes.Length);
            arrived.AddRange(bytes);
        };
        byte[] sent = _world.Random.Bytes(100 * 100);
        for (int at = 0; at < sent.Length; at += 100)
        {
            stream.Send(sent.AsSpan(at, 100));
            _world.RunFor(Milliseconds(10));
        }

        _world.RunFor(Seconds(60));

        arrived.ShouldBe(sent);
        pieces.ShouldContain(size => size < 100);
        pieces.ShouldContain(size => size > 100);
    }

    [Fact]
    public void What_is_sent_before_the_connection_is_made_waits_for_it()
    {
        VirtualStream stream = _alice.Connect(_door);
        stream.Send("early"u8);
        _world.RunUntil(() => _accepted?.Unread.Count == 5, within: Seconds(10));
        _accepted!.Send("answer"u8);

        _world.RunUntil(() => stream.Unread.Count == 6, within: Seconds(10));
    }

    [Fact]
    public void Closing_is_learnt_after_everything_that_was_sent_before()
    {
        VirtualStream stream = Connected();
        string story = "";
        _accepted!.Received = bytes => story += $"{bytes.Length} ";
        _accepted.Ended = () => story += "end";
        stream.Send(new byte[7]);
        stream.Close();
        stream.Send("after the end"u8);
        _world.RunFor(Seconds(30));

        story.Split(' ')[..^1].Sum(int.Parse).ShouldBe(7);
        story.ShouldEndWith("end");
    }

    [Fact]
    public void A_vanished_end_is_learnt_by_sending_to_it()
    {
        VirtualStream stream = Connected();
        stream.Vanish();
        _world.RunFor(Minutes(10));
        _accepted!.IsOpen.ShouldBeTrue();

        _accepted.Send("are you there?"u8);
        _world.RunUntil(() => _accepted.HasEnded, within: Seconds(30));
    }

    [Fact]
    public void A_short_cut_costs_time_and_a_long_one_the_connection()
    {
        VirtualStream stream = Connected();
        _alice.Link.IsCut = true;
        stream.Send("patience"u8);
        _world.RunFor(Seconds(20));
        _accepted!.Unread.ShouldBeEmpty();
        _alice.Link.IsCut = false;
        _world.RunUntil(() => _accepted.Unread.Count == 8, within: Seconds(30));

        _alice.Link.IsCut = true;
        stream.Send("in vain"u8);
        _world.RunUntil(() => stream.HasEnded, within: Seconds(35));
        _accepted.Unread.Count.ShouldBe(8);
    }

    [Fact]
    public void Where_nobody_listens_or_nobody_is_the_connection_ends_before_it_began()
    {
        VirtualStream refused = _alice.Connect(_door with { Port = 444 });
        VirtualStream unanswered = _alice.Connect(TransportAddress.Parse("25.9.9.9:443"));
        VirtualStream inwards = _server.Connect(new TransportAddress(_alice.Router!.OutsideAddress, 443));
        int ended = 0;
        refused.Ended = unanswered.Ended = inwards.Ended = () => ended++;

        _world.RunUntil(() => ended == 3, within: Seconds(30));
        new[] { refused, unanswered, inwards }.ShouldAllBe(stream => !stream.IsOpen && stream.HasEnded);
    }

    private VirtualStream Connected()
    {
        VirtualStream stream = _alice.Connect(_door);
        _world.RunUntil(() => stream.IsOpen, within: Seconds(10));
        return stream;
    }
}
