using System.Text.Json;
using Parley.SocketIO.Tests.Clients;
using Parley.SocketIO.Tests.Virtual;

namespace Parley.SocketIO.Tests.Namespaces;

public sealed class AcknowledgementTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly Recorder<Socket> _sockets = new();

    [Fact]
    public async Task A_client_is_answered_with_as_many_arguments_as_wanted()
    {
        await using var server = await StartAsync(s => s
            .On("0", e => { e.Ack(); })
            .On("1", e => { e.Ack("a"); })
            .On("2", e => { e.Ack("a", 2); })
            .On("3", e => { e.Ack("a", 2, true); })
            .On("4", e => { e.Ack("a", 2, true, new { x = 1 }); })
            .On("same", e => { e.Ack(e.Arguments); }));
        await using var client = await OpenAsync(server);
        foreach (var (name, answer) in new[]
        {
            ("0", "[]"), ("1", "[\"a\"]"), ("2", "[\"a\",2]"), ("3", "[\"a\",2,true]"), ("4", "[\"a\",2,true,{\"x\":1}]"),
        })
        {
            await client.SendAsync($"427{name}[\"{name}\"]");
            (await client.ReceiveAsync()).ShouldBe($"437{name}{answer}");
        }

        await client.SendAsync("420[\"same\",1,\"2\",{\"3\":[false]}]");
        (await client.ReceiveAsync()).ShouldBe("430[1,\"2\",{\"3\":[false]}]");
        await client.SendAsync("4218446744073709551615[\"0\"]");
        (await client.ReceiveAsync()).ShouldBe("4318446744073709551615[]");
    }

    [Fact]
    public async Task A_client_is_answered_once_and_only_if_it_asked()
    {
        var results = new Recorder<(bool, EmitResult, EmitResult)>();
        await using var server = await StartAsync(s => s.On("e", e => results.Add((e.HasAck, e.Ack(1), e.Ack(2)))));
        await using var client = await OpenAsync(server);
        await client.SendAsync("42[\"e\"]", "425[\"e\"]", "426[\"e\"]");
        (await client.ReceiveAsync()).ShouldBe("435[1]");
        (await client.ReceiveAsync()).ShouldBe("436[1]");
        (await results.NextAsync()).ShouldBe((false, EmitResult.Dropped, EmitResult.Dropped));
        (await results.NextAsync()).ShouldBe((true, EmitResult.Queued, EmitResult.Dropped));
    }

    [Theory]
    [InlineData(SocketIOTransports.Polling)]
    [InlineData(SocketIOTransports.WebSocket)]
    public async Task The_server_is_answered(SocketIOTransports transport)
    {
        await using var server = await StartAsync();
        await using var client = await EngineClient.OpenAsync(server, transport);
        await client.ConnectAsync();
        var socket = await _sockets.NextAsync();
        var first = socket.EmitWithAckAsync("q", 1);
        var second = socket.EmitWithAckAsync("q", 1, "two", true, new { x = 4 });
        (await client.ReceiveAsync()).ShouldBe("420[\"q\",1]");
        (await client.ReceiveAsync()).ShouldBe("421[\"q\",1,\"two\",true,{\"x\":4}]");

        await client.SendAsync("431[\"second\"]", "430[\"first\",7,{\"y\":8}]");

        (await Deadline.For(second)).Get<string>(0).ShouldBe("second");
        var answer = await Deadline.For(first);
        answer.Count.ShouldBe(3);
        answer.Get<string>(0).ShouldBe("first");
        answer.Get<int>(1).ShouldBe(7);
        answer.GetElement(2).GetProperty("y").GetInt32().ShouldBe(8);
        Should.Throw<JsonException>(() => answer.Get<int>(0));
    }

    [Fact]
    public async Task An_answer_is_not_held_up_by_the_handler_that_waits_for_it()
    {
        await using var server = await StartAsync(s => s.On("e", async (SocketEvent e) =>
        {
            var answer = await s.EmitWithAckAsync("q");
            e.Ack(answer.Get<int>(0));
        }));
        await using var client = await OpenAsync(server);
        await client.SendAsync("427[\"e\"]");
        (await client.ReceiveAsync()).ShouldBe("420[\"q\"]");
        await client.SendAsync("430[42]");
        (await client.ReceiveAsync()).ShouldBe("437[42]");
    }

    [Fact]
    public async Task A_question_may_be_passed_on_and_its_answer_back()
    {
        await using var server = await StartAsync(
            s => s.On("ask", async (SocketEvent e) => e.Ack(await s.EmitWithAckAsync("asked", e.Arguments))));
        await using var client = await OpenAsync(server);
        await client.SendAsync("427[\"ask\",1,{\"a\":2}]");
        (await client.ReceiveAsync()).ShouldBe("420[\"asked\",1,{\"a\":2}]");
        await client.SendAsync("430[3]");
        (await client.ReceiveAsync()).ShouldBe("437[3]");
    }

    [Fact]
    public async Task An_answer_that_does_not_come_in_time_is_an_error_and_is_ignored_later()
    {
        await using var server = await StartAsync();
        await using var client = await OpenAsync(server);
        var socket = await _sockets.NextAsync();
        var byDefault = socket.EmitWithAckAsync("q");
        var shorter = socket.Timeout(TimeSpan.FromSeconds(1)).EmitWithAckAsync("q");
        _time.Advance(TimeSpan.FromSeconds(1));
        (await Should.ThrowAsync<AckException>(Deadline.For(shorter))).Failure.ShouldBe(AckFailure.TimedOut);
        byDefault.IsCompleted.ShouldBeFalse();
        _time.Advance(TimeSpan.FromSeconds(19));
        (await Should.ThrowAsync<AckException>(Deadline.For(byDefault))).Failure.ShouldBe(AckFailure.TimedOut);

        await client.SendAsync("430[]", "431[]", "4399[]", "421[\"alive\"]");
        await client.ReceiveAsync();
        await client.ReceiveAsync();
        (await client.ReceiveAsync()).ShouldBe("431[]");
        Should.Throw<ArgumentOutOfRangeException>(() => socket.Timeout(TimeSpan.Zero));
    }

    [Theory]
    [InlineData("41")]
    [InlineData("1")]
    public async Task An_answer_that_cannot_come_any_more_is_an_error_at_once(string goodbye)
    {
        await using var server = await StartAsync();
        await using var client = await OpenAsync(server);
        var socket = await _sockets.NextAsync();
        var question = socket.EmitWithAckAsync("q");
        await client.SendAsync(goodbye);
        (await Should.ThrowAsync<AckException>(Deadline.For(question))).Failure.ShouldBe(AckFailure.Disconnected);
        (await Should.ThrowAsync<AckException>(socket.EmitWithAckAsync("q"))).Failure.ShouldBe(AckFailure.Disconnected);
    }

    [Fact]
    public async Task A_caller_may_give_up_waiting()
    {
        await using var server = await StartAsync();
        await using var client = await OpenAsync(server);
        var socket = await _sockets.NextAsync();
        using var giveUp = new CancellationTokenSource();
        var question = socket.EmitWithAckAsync("q", giveUp.Token);
        await giveUp.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(Deadline.For(question));
    }

    [Fact]
    public async Task A_client_that_owes_too_many_answers_is_asked_no_more()
    {
        await using var server = await StartAsync(options: o => o.MaxPendingAcks = 2);
        await using var client = await OpenAsync(server);
        var socket = await _sockets.NextAsync();
        var first = socket.EmitWithAckAsync("q");
        _ = socket.EmitWithAckAsync("q");
        (await Should.ThrowAsync<AckException>(socket.EmitWithAckAsync("q"))).Failure.ShouldBe(AckFailure.TooManyPending);
        (await client.ReceiveAsync()).ShouldBe("420[\"q\"]");
        (await client.ReceiveAsync()).ShouldBe("421[\"q\"]");
        await client.SendAsync("430[]");
        await Deadline.For(first);
        _ = socket.EmitWithAckAsync("again");
        (await client.ReceiveAsync()).ShouldBe("423[\"again\"]");
    }

    [Fact]
    public async Task Numbers_are_counted_by_namespace_so_that_nobody_can_answer_for_another()
    {
        await using var server = await StartAsync();
        await using var alice = await OpenAsync(server);
        await using var mallory = await OpenAsync(server);
        var socket = await _sockets.NextAsync();
        var question = socket.EmitWithAckAsync("q");
        (await alice.ReceiveAsync()).ShouldBe("420[\"q\"]");
        await mallory.SendAsync("430[\"forged\"]", "421[\"alive\"]");
        (await mallory.ReceiveAsync()).ShouldBe("431[]");
        question.IsCompleted.ShouldBeFalse();
        await alice.SendAsync("430[\"true\"]");
        (await Deadline.For(question)).Get<string>(0).ShouldBe("true");
    }

    private Task<TestServer> StartAsync(Action<Socket>? onConnection = null, Action<SocketIOOptions>? options = null) =>
        TestServer.StartAsync(options, time: _time, io: io => io.Of("/").OnConnection(s =>
        {
            s.On("alive", e => { e.Ack(); });
            onConnection?.Invoke(s);
            _sockets.Add(s);
        }));

    private static async Task<WebSocketClient> OpenAsync(TestServer server)
    {
        var client = await WebSocketClient.OpenAsync(server);
        await client.ConnectAsync();
        return client;
    }
}
