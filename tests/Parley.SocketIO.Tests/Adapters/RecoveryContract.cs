using System.Text.Json;
using Parley.SocketIO.Adapters;
using Parley.SocketIO.Adapters.Recovery;
using Parley.SocketIO.Packets;
using Parley.SocketIO.Tests.Virtual;

namespace Parley.SocketIO.Tests.Adapters;

/// <summary>What every adapter that recovers sockets must do: whoever comes back gets what it missed, neither less nor more.</summary>
public abstract class RecoveryContract
{
    private readonly SocketIOOptions _options = new() { ConnectionStateRecovery = new() };
    private readonly PacketEncoder _encoder;
    private AdapterNode? _node;
    private int _released;

    protected RecoveryContract() => _encoder = new PacketEncoder(_options, new ArgumentSerializer(_options));

    private protected FakeTimeProvider Time { get; } = new();

    private protected SocketIOOptions Options => _options;

    private protected PacketEncoder Encoder => _encoder;

    private ConnectionStateRecoveryOptions Settings => _options.ConnectionStateRecovery!;

    private AdapterNode Node => _node ??= CreateNode(() => _released++);

    private SessionRecovery Recovery => Node.Adapter.Recovery!;

    [Fact]
    public async Task What_was_sent_meanwhile_is_missed_and_nothing_else()
    {
        var socket = Connect("a", "red");
        Send("before");
        var offset = OffsetOf(socket.Received[^1]);
        Break(socket);
        Send("all");
        Send("room", new(["red"], []));
        Send("other room", new(["blue"], []));
        Send("itself", new(["a"], []));
        Send("not in red", new([], ["red"]));
        Send("from itself", new([], [], Sender: "a"));
        Send("volatile", BroadcastTargets.All with { IsVolatile = true });
        (await MissedAsync(socket, offset)).ShouldBe(["all", "room", "itself"]);
    }

    [Fact]
    public async Task What_was_on_its_way_when_the_connection_broke_is_missed_too()
    {
        var socket = Connect("a");
        Send("1");
        var offset = OffsetOf(socket.Received[^1]);
        Send("2");
        Break(socket);
        Send("3");
        (await MissedAsync(socket, offset)).ShouldBe(["2", "3"]);
    }

    [Fact]
    public async Task Rooms_count_as_they_were_when_each_event_was_sent()
    {
        var socket = Connect("a");
        Send("before joining", new(["red"], []));
        Join(socket, "red");
        Send("in", new(["red"], []));
        Leave(socket, "red");
        Send("after leaving", new(["red"], []));
        Send("not in red", new([], ["red"]));
        Break(socket);
        (await MissedAsync(socket)).ShouldBe(["in", "not in red"]);
    }

    [Fact]
    public async Task Whoever_has_received_nothing_yet_gets_everything_since_the_beginning()
    {
        Connect("other");
        Send("before");
        var socket = Connect("a");
        Send("1");
        Break(socket);
        Send("2");
        (await MissedAsync(socket)).ShouldBe(["1", "2"]);
    }

    [Fact]
    public async Task An_offset_of_an_earlier_session_counts_as_none()
    {
        var other = Connect("other");
        Send("before");
        var offset = OffsetOf(other.Received[^1]);
        Send("between");
        var socket = Connect("a");
        Send("1");
        Break(socket);
        (await MissedAsync(socket, offset)).ShouldBe(["1"]);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("00000000-1")]
    public async Task An_offset_of_another_server_counts_as_none(string offset)
    {
        var socket = Connect("a");
        Send("1");
        Break(socket);
        (await MissedAsync(socket, offset)).ShouldBe(["1"]);
    }

    [Theory]
    [InlineData("ff")]
    [InlineData("ffffffffffffffff")]
    [InlineData("7fffffffffffffff")]
    [InlineData("-1")]
    [InlineData(" 1")]
    [InlineData("1x")]
    [InlineData("")]
    [InlineData("11111111111111111")]
    public async Task An_offset_that_was_never_given_counts_as_none(string number)
    {
        var socket = Connect("a");
        Send("1");
        var given = OffsetOf(socket.Received[^1]);
        Break(socket);
        (await MissedAsync(socket, given[..^1] + number)).ShouldBe(["1"]);
    }

    [Fact]
    public async Task A_volatile_text_comes_with_an_offset_that_loses_nothing()
    {
        var socket = Connect("a");
        Send("1");
        var all = BroadcastTargets.All with { IsVolatile = true };
        Node.Adapter.Send(_encoder.Event("/", "position", null, "x", static (w, a) => w.Write(a)), all);
        var offset = OffsetOf(socket.Received[^1]);
        Node.Adapter.Send(_encoder.Event("/", "position", null, 1, static (w, a) => w.Write(a)), all);
        socket.Received[^1].ShouldBe("volatile 42[\"position\",1]");
        Send("2");
        Break(socket);
        (await MissedAsync(socket, offset)).ShouldBe(["2"]);
    }

    [Fact]
    public async Task What_asks_for_acknowledgements_bears_no_offset_and_is_not_missed()
    {
        var socket = Connect("a");
        _ = Node.Adapter.AskAsync(
            _encoder.Event("/", "ask", 7, 0, static (_, _) => { }), 7, BroadcastTargets.All, TimeSpan.FromSeconds(1), default);
        socket.Received.ShouldBe(["427[\"ask\"]"]);
        Break(socket);
        (await MissedAsync(socket)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_quiet_client_is_recovered_however_long_ago_it_was_sent_something()
    {
        Settings.MaxPackets = 3;
        var socket = Connect("a", "red");
        Send("1");
        var offset = OffsetOf(socket.Received[^1]);
        Time.Advance(Settings.MaxDisconnectionDuration * 3);
        for (var i = 0; i < 10; i++)
        {
            Send("elsewhere", new(["blue"], []));
        }

        Break(socket);
        Send("2");
        (await MissedAsync(socket, offset)).ShouldBe(["2"]);
    }

    [Fact]
    public async Task A_quiet_client_is_recovered_again_and_again()
    {
        Settings.MaxPackets = 3;
        var socket = Connect("a", "red");
        Send("1");
        var offset = OffsetOf(socket.Received[^1]);
        for (var i = 0; i < 3; i++)
        {
            Break(socket);
            Send("elsewhere", new(["blue"], []));
            var claim = await ClaimAsync(socket, offset);
            claim.ShouldNotBeNull();
            Recovery.HoldBackAnd(r =>
            {
                r.TakeMissed(claim)!.ShouldBeEmpty();
                r.Resume(claim);
                Node.Sockets.Add(socket);
            });
            for (var j = 0; j < 5; j++)
            {
                Send("elsewhere", new(["blue"], []));
            }
        }
    }

    [Fact]
    public async Task Whoever_may_have_missed_what_is_no_longer_kept_is_not_recovered()
    {
        Settings.MaxPackets = 3;
        var socket = Connect("a", "red");
        Send("1");
        var offset = OffsetOf(socket.Received[^1]);
        Send("2");
        Break(socket);
        for (var i = 0; i < 3; i++)
        {
            Send("elsewhere", new(["blue"], []));
        }

        (await ClaimAsync(socket, offset)).ShouldBeNull();
        Recovery.Holdings.ShouldBe(default);
        _released.ShouldBe(1);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public async Task Bytes_have_a_bound(int missing, bool isRecovered)
    {
        // Each event costs its bytes, with an offset and without, and 128 more.
        var cost = 128 + 400 + "42[\"\",\"00000000-1\"]".Length + 400 + "42[\"\"]".Length;
        Settings.MaxBytes = (2 * cost) - missing;
        var socket = Connect("a");
        Break(socket);
        Send(new string('x', 400));
        Send(new string('y', 400));
        (await ClaimAsync(socket) is not null).ShouldBe(isRecovered);
    }

    [Fact]
    public async Task What_is_more_than_one_connection_may_be_sent_is_not_replayed()
    {
        _options.MaxOutboundPackets = 16;
        var (some, many) = (Connect("a"), Connect("b"));
        Break(some);
        Break(many);
        for (var i = 0; i < 8; i++)
        {
            Send("e");
        }

        (await ClaimAsync(some)).ShouldNotBeNull();
        Send("e");
        (await ClaimAsync(many)).ShouldBeNull();
    }

    [Fact]
    public async Task Time_has_a_bound_and_nothing_is_kept_beyond_it()
    {
        var (early, late) = (Connect("a"), Connect("b"));
        Break(early);
        Break(late);
        Send("1");
        Time.Advance(Settings.MaxDisconnectionDuration);
        (await MissedAsync(early)).ShouldBe(["1"]);
        Recovery.HoldBackAnd(r => r.Drop(early.Session!));
        Time.AdvanceWithoutTimers(TimeSpan.FromMilliseconds(1));
        (await ClaimAsync(late)).ShouldBeNull();
        Connect("c");
        Send("2");
        Time.Advance(Settings.MaxDisconnectionDuration * 3);
        Recovery.Holdings.ShouldBe(default);
    }

    [Fact]
    public async Task Those_who_never_come_back_are_forgotten()
    {
        var socket = Connect("a");
        Break(socket);
        Send("1");
        (Recovery.Holdings.Packets, Recovery.Holdings.Away).ShouldBe((1, 1));
        Time.Advance(Settings.MaxDisconnectionDuration * 2);
        Recovery.Holdings.ShouldBe(default);
        _released.ShouldBe(1);
        (await ClaimAsync(socket)).ShouldBeNull();
    }

    [Fact]
    public async Task The_number_of_those_who_are_away_has_a_bound()
    {
        Settings.MaxSessions = 2;
        var sockets = new[] { Connect("a"), Connect("b"), Connect("c") };
        foreach (var socket in sockets)
        {
            Break(socket);
        }

        Recovery.Holdings.Away.ShouldBe(2);
        (await ClaimAsync(sockets[0])).ShouldBeNull("it has been away longest");
        (await ClaimAsync(sockets[1])).ShouldNotBeNull();
        (await ClaimAsync(sockets[2])).ShouldNotBeNull();
    }

    [Fact]
    public async Task So_much_coming_and_going_that_it_is_forgotten_is_not_guessed()
    {
        var (socket, quiet) = (Connect("a"), Connect("b"));
        Send("0");
        var offset = OffsetOf(socket.Received[^1]);
        for (var i = 0; i < 300; i++)
        {
            Join(socket, "red");
            Send("e", new(["red"], []));
            Leave(socket, "red");
        }

        Break(socket);
        Break(quiet);
        (await ClaimAsync(socket, offset)).ShouldBeNull();
        (await ClaimAsync(quiet, offset)).ShouldNotBeNull();
    }

    [Fact]
    public async Task A_session_is_handed_over_once()
    {
        var socket = Connect("a");
        Break(socket);
        var claim = await ClaimAsync(socket);
        claim.ShouldNotBeNull();
        (await ClaimAsync(socket)).ShouldBeNull();
        Recovery.HoldBackAnd(r => r.Return(claim));
        (await ClaimAsync(socket)).ShouldNotBeNull("the first did not arrive");
        _released.ShouldBe(0);
    }

    [Fact]
    public async Task Nobody_gets_the_session_of_another_user()
    {
        var socket = Connect("a", new FakeSocketState(), user: "alice");
        Break(socket);
        var pid = socket.Session!.Pid;
        (await Recovery.ClaimAsync(pid, null, "bob", default)).ShouldBeNull();
        (await Recovery.ClaimAsync(pid, null, null, default)).ShouldBeNull();
        (await Recovery.ClaimAsync(pid, null, "alice", default)).ShouldNotBeNull();
    }

    [Fact]
    public async Task A_socket_that_seems_to_live_is_ended_before_it_is_handed_over()
    {
        var finished = new TaskCompletionSource();
        var socket = Connect("a", new FakeSocketState(Finished: finished.Task));
        var claiming = ClaimAsync(socket);
        socket.IsSuperseded.ShouldBeTrue();
        claiming.IsCompleted.ShouldBeFalse("it may be ending at this moment, for another reason");
        Break(socket);
        finished.SetResult();
        (await Deadline.For(claiming)).ShouldNotBeNull();
        (await ClaimAsync(Connect("b"))).ShouldBeNull("it did not end");
    }

    [Fact]
    public async Task Nothing_is_handed_over_before_the_last_handlers_have_ended()
    {
        var socket = Connect("a");
        var ended = new TaskCompletionSource();
        Break(socket, ended.Task);
        var claiming = ClaimAsync(socket);
        claiming.IsCompleted.ShouldBeFalse();
        ended.SetResult();
        (await Deadline.For(claiming)).ShouldNotBeNull();

        var stuck = Connect("b");
        Break(stuck, new TaskCompletionSource().Task);
        claiming = ClaimAsync(stuck);
        Time.Advance(TimeSpan.FromSeconds(5));
        (await Deadline.For(claiming)).ShouldBeNull("its handlers run on and on");
    }

    [Fact]
    public async Task What_is_done_with_sockets_is_done_with_those_who_are_away()
    {
        var (a, b, c) = (Connect("a", "red"), Connect("b", "red"), Connect("c"));
        Break(a);
        Break(b);
        Break(c);
        await Node.Adapter.JoinAsync(new(["red"], []), ["blue"], default);
        await Node.Adapter.LeaveAsync(new(["b"], []), ["red"], default);
        await Node.Adapter.DisconnectAsync(new(["c"], []), closeConnection: false, default);
        (await ClaimAsync(a))!.Rooms.ShouldBe(["red", "blue"], ignoreOrder: true);
        (await ClaimAsync(b))!.Rooms.ShouldBe(["blue"]);
        (await ClaimAsync(c)).ShouldBeNull();
    }

    [Fact]
    public async Task A_slow_receiver_delays_the_caller_but_neither_the_order_nor_others()
    {
        var room = new TaskCompletionSource();
        var slow = Connect("slow", new FakeSocketState(Room: room));
        var quick = Connect("quick");
        var sending = Node.Adapter.SendAsync(Event("1"), BroadcastTargets.All, default).AsTask();
        Send("2");
        sending.IsCompleted.ShouldBeFalse();
        room.SetResult();
        (await Deadline.For(sending)).ShouldBe(EmitResult.Queued);
        foreach (var socket in new[] { slow, quick })
        {
            socket.Received.Select(NameOf).ShouldBe(["1", "2"]);
        }
    }

    [Fact]
    public void The_applications_listeners_see_no_offset()
    {
        var socket = Connect("a");
        Send("1");
        socket.Received.ShouldHaveSingleItem().ShouldStartWith("42[\"1\",\"");
        socket.Announced.ShouldBe(["42[\"1\"]"]);
    }

    [Fact]
    public void Without_anybody_to_recover_nothing_is_kept()
    {
        var socket = Connect("a");
        Send("1");
        Recovery.Holdings.Packets.ShouldBe(1);
        Recovery.HoldBackAnd(r => r.Drop(socket.Session!));
        Node.Sockets.Remove(socket);
        Recovery.Holdings.Packets.ShouldBe(0);
        Send("2");
        Recovery.Holdings.Packets.ShouldBe(0);
    }

    /// <summary>The namespace <c>/</c> on one server, recovered as <see cref="Options"/> say.</summary>
    private protected abstract AdapterNode CreateNode(Action released);

    private static string NameOf(string received) => Parse(received)[0].GetString()!;

    private static string OffsetOf(string received) => Parse(received)[^1].GetString()!;

    private static JsonElement[] Parse(string received) =>
        JsonSerializer.Deserialize<JsonElement[]>(received[(received.IndexOf("42", StringComparison.Ordinal) + 2)..])!;

    private FakeSocket Connect(string id, params string[] rooms) => Connect(id, new FakeSocketState(), null, rooms);

    private FakeSocket Connect(string id, FakeSocketState state, string? user = null, params string[] rooms)
    {
        var socket = new FakeSocket(id, Node.Sockets) { Result = state.Result, Room = state.Room, Finished = state.Finished ?? Task.CompletedTask };
        foreach (var room in rooms)
        {
            socket.Join(room);
        }

        Recovery.HoldBackAnd(r =>
        {
            var items = new Dictionary<string, object?>(StringComparer.Ordinal);
            socket.Session = r.Open(SessionRecovery.NewPid(), socket, user, items, rooms);
            Node.Sockets.Add(socket);
        });
        return socket;
    }

    private void Join(FakeSocket socket, string room)
    {
        socket.Join(room);
        Recovery.HoldBackAnd(r => r.Join(socket.Session!, room));
    }

    private void Leave(FakeSocket socket, string room)
    {
        socket.Leave(room);
        Recovery.HoldBackAnd(r => r.Leave(socket.Session!, room));
    }

    private void Break(FakeSocket socket, Task? ended = null) => Recovery.HoldBackAnd(r =>
    {
        Node.Sockets.Remove(socket);
        r.Suspend(socket.Session!, ended ?? Task.CompletedTask);
    });

    private EncodedPacket Event(string name) => _encoder.Event("/", name, null, 0, static (_, _) => { });

    private void Send(string name) => Send(name, BroadcastTargets.All);

    private void Send(string name, BroadcastTargets targets) =>
        Node.Adapter.Send(Event(name), targets).ShouldBe(EmitResult.Queued);

    private Task<RecoveryClaim?> ClaimAsync(FakeSocket socket, string? offset = null) =>
        Recovery.ClaimAsync(socket.Session!.Pid, offset, socket.Session.User, default);

    private async Task<List<string>> MissedAsync(FakeSocket socket, string? offset = null)
    {
        var claim = await Deadline.For(ClaimAsync(socket, offset));
        claim.ShouldNotBeNull();
        List<string> missed = [];
        Recovery.HoldBackAnd(r =>
            missed = [.. r.TakeMissed(claim)!.Select(packet => NameOf(System.Text.Encoding.UTF8.GetString(packet.Message.Span)))]);
        return missed;
    }
}

internal static class HeldBack
{
    public static void HoldBackAnd(this SessionRecovery recovery, Action<SessionRecovery> act)
    {
        using (recovery.HoldBack())
        {
            act(recovery);
        }
    }
}
