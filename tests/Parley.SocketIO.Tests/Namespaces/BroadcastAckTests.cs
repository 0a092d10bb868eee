using Parley.SocketIO.Tests.Clients;
using Parley.SocketIO.Tests.Virtual;

namespace Parley.SocketIO.Tests.Namespaces;

public sealed class BroadcastAckTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new();
    private readonly List<(WebSocketClient Client, Socket Socket)> _people = [];
    private TestServer _server = null!;

    private SocketNamespace Io => _server.IO.Of("/");

    public async ValueTask InitializeAsync()
    {
        var sockets = new Recorder<Socket>();
        _server = await TestServer.StartAsync(
            o => o.MaxPendingAcks = 2, io => io.Of("/").OnConnection(sockets.Add), _time);
        for (var i = 0; i < 3; i++)
        {
            var client = await WebSocketClient.OpenAsync(_server);
            await client.ConnectAsync();
            _people.Add((client, await sockets.NextAsync()));
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var (client, _) in _people)
        {
            await client.DisposeAsync();
        }

        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Everybody_is_asked_under_one_number_and_every_answer_is_told_with_who_gave_it()
    {
        var asking = Io.All.EmitWithAckAsync("q", 1, "two");
        for (var i = 0; i < 3; i++)
        {
            (await _people[i].Client.ReceiveAsync()).ShouldBe("420[\"q\",1,\"two\"]");
        }

        asking.IsCompleted.ShouldBeFalse();
        for (var i = 0; i < 3; i++)
        {
            await _people[i].Client.SendAsync($"430[{i},\"more\"]");
        }

        var answers = await Deadline.For(asking);
        answers.Select(a => (a.SocketId, a.Arguments.Get<int>(0), a.Arguments.Count)).ShouldBe(
            [.. _people.Select((p, i) => (p.Socket.Id, i, 2))], ignoreOrder: true);
    }

    [Fact]
    public async Task Only_those_who_are_meant_are_asked()
    {
        _people[0].Socket.Join("r");
        _people[1].Socket.Join("r");
        var asking = _people[0].Socket.To("r").Timeout(TimeSpan.FromSeconds(1)).EmitWithAckAsync("q");
        (await _people[1].Client.ReceiveAsync()).ShouldBe("420[\"q\"]");
        await _people[1].Client.SendAsync("430[]");
        (await Deadline.For(asking)).ShouldHaveSingleItem().SocketId.ShouldBe(_people[1].Socket.Id);
    }

    [Fact]
    public async Task Nobody_answers_at_once() =>
        (await Deadline.For(Io.To("empty").EmitWithAckAsync("q"))).ShouldBeEmpty();

    [Fact]
    public async Task When_time_is_up_the_error_has_the_answers_that_came_and_how_many_did_not()
    {
        var asking = Io.All.Timeout(TimeSpan.FromSeconds(5)).EmitWithAckAsync("q");
        await _people[1].Client.ReceiveAsync();
        await _people[1].Client.SendAsync("430[\"here\"]", "42[\"sync\"]");
        await Deadline.Until(() => _people[1].Socket.PendingAckCount == 0);
        asking.IsCompleted.ShouldBeFalse();
        _time.Advance(TimeSpan.FromSeconds(5));
        var error = await Should.ThrowAsync<BroadcastAckException>(Deadline.For(asking));
        error.Missing.ShouldBe(2);
        error.Message.ShouldBe("2 of 3 acknowledgements did not arrive.");
        var answer = error.Answers.ShouldHaveSingleItem();
        (answer.SocketId, answer.Arguments.Get<string>(0)).ShouldBe((_people[1].Socket.Id, "here"));
        _people.ShouldAllBe(p => p.Socket.PendingAckCount == 0, "what came too late is not waited for");
    }

    [Fact]
    public async Task The_usual_limit_holds_when_none_is_given()
    {
        var asking = Io.All.EmitWithAckAsync("q");
        _time.Advance(TimeSpan.FromSeconds(20));
        (await Should.ThrowAsync<BroadcastAckException>(Deadline.For(asking))).Missing.ShouldBe(3);
    }

    [Fact]
    public async Task Who_leaves_is_missing_at_once()
    {
        var asking = Io.All.EmitWithAckAsync("q");
        await _people[0].Client.SendAsync("430[]");
        await _people[1].Client.SendAsync("430[]");
        _people[2].Socket.Disconnect();
        var error = await Should.ThrowAsync<BroadcastAckException>(Deadline.For(asking));
        (error.Answers.Count, error.Missing).ShouldBe((2, 1));
    }

    [Fact]
    public async Task Who_owes_too_much_is_not_asked_and_missing()
    {
        var owed = new[] { _people[0].Socket.EmitWithAckAsync("q"), _people[0].Socket.EmitWithAckAsync("q") };
        var asking = Io.All.EmitWithAckAsync("last");
        foreach (var (client, _) in _people.Skip(1))
        {
            (await client.ReceiveAsync()).ShouldBe("422[\"last\"]");
            await client.SendAsync("432[]");
        }

        (await Should.ThrowAsync<BroadcastAckException>(Deadline.For(asking))).Missing.ShouldBe(1);
        await _people[0].Client.SendAsync("430[]", "431[]");
        await Deadline.For(Task.WhenAll(owed));
    }

    [Fact]
    public async Task Whoever_asks_may_give_up()
    {
        using var giveUp = new CancellationTokenSource();
        var asking = Io.All.EmitWithAckAsync("q", giveUp.Token);
        await giveUp.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(Deadline.For(asking));
        _people.ShouldAllBe(p => p.Socket.PendingAckCount == 0);
    }

    [Fact]
    public void A_limit_is_longer_than_nothing() =>
        Should.Throw<ArgumentOutOfRangeException>(() => Io.All.Timeout(TimeSpan.Zero));
}
