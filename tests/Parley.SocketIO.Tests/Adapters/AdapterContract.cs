using Parley.SocketIO.Adapters;
using Parley.SocketIO.Packets;
using Parley.SocketIO.Tests.Virtual;

namespace Parley.SocketIO.Tests.Adapters;

/// <summary>
/// What every adapter must do. The sockets are spread over as many servers as the adapter joins, and whatever is asked of the
/// first one holds for all of them.
/// </summary>
public abstract class AdapterContract
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    private readonly PacketEncoder _encoder;
    private readonly Dictionary<string, FakeSocket> _sockets = new(StringComparer.Ordinal);
    private IReadOnlyList<AdapterNode>? _nodes;

    protected AdapterContract()
    {
        var options = new SocketIOOptions();
        _encoder = new PacketEncoder(options, new ArgumentSerializer(options));
    }

    private protected FakeTimeProvider Time { get; } = new();

    private IReadOnlyList<AdapterNode> Nodes => _nodes ??= CreateNodes();

    private IAdapter Adapter => Nodes[0].Adapter;

    [Fact]
    public async Task A_packet_reaches_those_in_any_room_but_in_no_other_each_once()
    {
        Add("a", "red", "blue");
        Add("b", "blue", "green");
        Add("c", "red");
        Add("d");
        Send(new(["red", "blue"], ["green"])).ShouldBe(EmitResult.Queued);
        await ShouldHaveReceivedAsync("a", "c");
        Send(BroadcastTargets.All);
        await ShouldHaveReceivedAsync("a", "b", "c", "d");
        Send(new([], ["red"], Sender: "d"));
        await ShouldHaveReceivedAsync("b");
        Send(new(["d"], []));
        await ShouldHaveReceivedAsync("d");
        Send(new(["nobody"], []));
        await ShouldHaveReceivedAsync();
    }

    [Fact]
    public async Task Who_is_still_being_let_in_is_reached_by_nothing()
    {
        Add("a", "red");
        Add("b", "red").Connected = false;
        Send(new(["red"], []));
        await ShouldHaveReceivedAsync("a");
        (await Deadline.For(Adapter.FetchAsync(new(["red"], []), default))).Select(s => s.Id).ShouldBe(["a"]);
    }

    [Fact]
    public async Task What_is_volatile_is_so_for_everybody_and_waits_for_nobody()
    {
        Add("a", new FakeSocketState(Room: new TaskCompletionSource()));
        Send(BroadcastTargets.All with { IsVolatile = true });
        await Deadline.For(Adapter.SendAsync(Event(), BroadcastTargets.All with { IsVolatile = true }, default).AsTask());
        await Deadline.Until(() => _sockets["a"].Received.Count == 2);
        _sockets["a"].Received.ShouldAllBe(p => p.StartsWith("volatile ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_worst_result_of_the_servers_own_sockets_is_told()
    {
        var local = BroadcastTargets.All with { IsLocal = true };
        AddLocal("a", new FakeSocketState(EmitResult.Closed));
        Send(local).ShouldBe(EmitResult.Queued, "who has ended meanwhile is no receiver");
        AddLocal("b", new FakeSocketState(EmitResult.Skipped));
        Send(local).ShouldBe(EmitResult.Skipped);
        AddLocal("c", new FakeSocketState(EmitResult.Dropped));
        AddLocal("d", new FakeSocketState());
        Send(local).ShouldBe(EmitResult.Dropped);
        (await Adapter.SendAsync(Event(), local, default)).ShouldBe(EmitResult.Dropped);
    }

    [Fact]
    public async Task A_slow_receiver_delays_the_caller_and_no_other_receiver()
    {
        var room = new TaskCompletionSource();
        AddLocal("slow", new FakeSocketState(Room: room));
        AddLocal("quick", new FakeSocketState());
        var sending = Adapter.SendAsync(Event(), BroadcastTargets.All, default).AsTask();
        await Deadline.Until(() => _sockets["quick"].Received.Count == 1);
        sending.IsCompleted.ShouldBeFalse();
        room.SetResult();
        (await Deadline.For(sending)).ShouldBe(EmitResult.Queued);
        _sockets["slow"].Received.Count.ShouldBe(1);
    }

    [Fact]
    public async Task All_answers_are_collected()
    {
        Add("a", "red");
        Add("b", "red");
        Add("c");
        var asking = AskAsync(new(["red"], []));
        await AnswerAsync("a");
        asking.IsCompleted.ShouldBeFalse();
        await AnswerAsync("b");
        var result = await Deadline.For(asking);
        result.Answers.Select(a => a.SocketId).ShouldBe(["a", "b"], ignoreOrder: true);
        result.Missing.ShouldBe(0);
        _sockets["c"].Received.ShouldBeEmpty();
    }

    [Fact]
    public async Task Answers_that_cannot_come_any_more_or_do_not_come_in_time_are_counted_and_not_waited_for()
    {
        Add("a");
        Add("b");
        Add("c");
        AddLocal("dropped", new FakeSocketState(EmitResult.Dropped));
        var asking = AskAsync(BroadcastTargets.All);
        await AnswerAsync("a");
        await Deadline.Until(() => _sockets["b"].AskedCount == 1);
        _sockets["b"].Fail();
        asking.IsCompleted.ShouldBeFalse();
        Time.Advance(Limit);
        var result = await Deadline.For(asking);
        result.Answers.ShouldHaveSingleItem().SocketId.ShouldBe("a");
        result.Missing.ShouldBe(3);
        await Deadline.Until(() => _sockets.Values.All(s => s.AskedCount == 0));
    }

    [Fact]
    public async Task Asking_nobody_ends_at_once()
    {
        var result = await Deadline.For(AskAsync(BroadcastTargets.All));
        (result.Answers.Count, result.Missing).ShouldBe((0, 0));
    }

    [Fact]
    public async Task Whoever_asks_may_give_up()
    {
        Add("a");
        using var giveUp = new CancellationTokenSource();
        var asking = AskAsync(BroadcastTargets.All, giveUp.Token);
        await Deadline.Until(() => _sockets["a"].AskedCount == 1);
        await giveUp.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(Deadline.For(asking));
        await Deadline.Until(() => _sockets["a"].AskedCount == 0);
    }

    [Fact]
    public async Task Sockets_are_fetched_with_their_rooms()
    {
        Add("a", "red");
        Add("b", "red", "blue");
        Add("c");
        var fetched = await Deadline.For(Adapter.FetchAsync(new(["red"], []), default));
        fetched.Select(s => s.Id).ShouldBe(["a", "b"], ignoreOrder: true);
        fetched.Single(s => s.Id == "b").Rooms.ShouldBe(["b", "red", "blue"], ignoreOrder: true);
        (await Deadline.For(Adapter.FetchAsync(BroadcastTargets.All, default))).Count.ShouldBe(3);
    }

    [Fact]
    public async Task Sockets_join_and_leave_rooms_together()
    {
        Add("a", "red");
        Add("b", "red");
        Add("c");
        await Adapter.JoinAsync(new(["red"], []), ["x", "y"], default);
        await ShouldBeInAsync("x", "a", "b");
        await ShouldBeInAsync("y", "a", "b");
        await Adapter.LeaveAsync(new(["a"], []), ["x", "red"], default);
        await ShouldBeInAsync("x", "b");
        await ShouldBeInAsync("red", "b");
        await ShouldBeInAsync("y", "a", "b");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Sockets_are_disconnected_together(bool closeConnection)
    {
        Add("a", "red");
        Add("b", "red");
        Add("c");
        await Adapter.DisconnectAsync(new(["red"], []), closeConnection, default);
        await Deadline.Until(() => _sockets["a"].ClosedConnection == closeConnection && _sockets["b"].ClosedConnection == closeConnection);
        _sockets["c"].ClosedConnection.ShouldBeNull();
    }

    [Fact]
    public async Task What_is_told_to_other_servers_reaches_no_client()
    {
        Add("a");
        await Adapter.ServerSideEmitAsync(Event(), default);
        await ShouldHaveReceivedAsync();
    }

    /// <summary>One namespace on each of the servers that the adapter joins.</summary>
    private protected abstract IReadOnlyList<AdapterNode> CreateNodes();

    private FakeSocket Add(string id, params string[] rooms) => Add(Nodes[_sockets.Count % Nodes.Count], id, new(), rooms);

    private FakeSocket Add(string id, FakeSocketState state) => Add(Nodes[_sockets.Count % Nodes.Count], id, state);

    private FakeSocket AddLocal(string id, FakeSocketState state) => Add(Nodes[0], id, state);

    private FakeSocket Add(AdapterNode node, string id, FakeSocketState state, params string[] rooms)
    {
        var socket = new FakeSocket(id, node.Sockets) { Result = state.Result, Room = state.Room };
        node.Sockets.Add(socket);
        foreach (var room in rooms)
        {
            socket.Join(room);
        }

        return _sockets[id] = socket;
    }

    private EncodedPacket Event(ulong? ackId = null) => _encoder.Event("/", "e", ackId, 0, static (_, _) => { });

    private EmitResult Send(BroadcastTargets targets) => Adapter.Send(Event(), targets);

    private Task<BroadcastAnswers> AskAsync(BroadcastTargets targets, CancellationToken cancellationToken = default) =>
        Adapter.AskAsync(Event(7), 7, targets, Limit, cancellationToken);

    private async Task AnswerAsync(string id)
    {
        await Deadline.Until(() => _sockets[id].AskedCount == 1);
        _sockets[id].Answer(_encoder.ReadArguments(Event()));
    }

    private async Task ShouldBeInAsync(string room, params string[] ids)
    {
        var fetched = await Deadline.For(Adapter.FetchAsync(new([room], []), default));
        fetched.Select(s => s.Id).ShouldBe(ids, ignoreOrder: true);
    }

    /// <summary>What was sent has reached these and nobody else; an end mark that goes to all tells when.</summary>
    private async Task ShouldHaveReceivedAsync(params string[] ids)
    {
        Adapter.Send(_encoder.Event("/", "end", null, 0, static (_, _) => { }), BroadcastTargets.All);
        var connected = _sockets.Values.Where(s => s.Connected).ToList();
        await Deadline.Until(() => connected.TrueForAll(s => s.Received.Contains("42[\"end\"]")));
        connected.Where(s => s.Received[0] == "42[\"e\"]").Select(s => s.Id).ShouldBe(ids, ignoreOrder: true);
        foreach (var socket in _sockets.Values)
        {
            socket.Received.Count.ShouldBeLessThanOrEqualTo(2);
            socket.Received.Clear();
        }
    }
}

internal sealed record AdapterNode(IAdapter Adapter, LocalSockets Sockets);

internal sealed record FakeSocketState(
    EmitResult Result = EmitResult.Queued, TaskCompletionSource? Room = null, Task? Finished = null);
