using Microsoft.Extensions.DependencyInjection;
using Parley.SocketIO.Tests.Clients;
using Parley.SocketIO.Tests.Virtual;

namespace Parley.SocketIO.Tests.Classes;

public sealed class TypedClientTests
{
    private readonly Recorder<Socket> _sockets = new();

    [Fact]
    public async Task A_method_is_an_event_and_its_parameters_are_the_arguments()
    {
        await using var server = await StartAsync();
        await using var client = await OpenAsync(server);
        var typed = IChatClient.For(await _sockets.NextAsync());
        typed.Said("ann", new Line("hello", 3));
        (await client.ReceiveAsync()).ShouldBe("42[\"said\",\"ann\",{\"text\":\"hello\",\"size\":3}]");
        typed.HowMany(3).ShouldBe(EmitResult.Queued);
        (await client.ReceiveAsync()).ShouldBe("42[\"how many\",3]");
        (await typed.ChunkAsync([1, 2])).ShouldBe(EmitResult.Queued);
        (await client.ReceiveAsync()).ShouldBe("451-[\"chunk\",{\"_placeholder\":true,\"num\":0}]");
        (await client.ReceiveBinaryAsync()).ShouldBe([1, 2]);
    }

    [Fact]
    public async Task A_task_is_the_acknowledgement()
    {
        await using var server = await StartAsync();
        await using var client = await OpenAsync(server);
        var typed = IChatClient.For(await _sockets.NextAsync());

        var age = typed.AskAgeAsync("why not");
        (await client.ReceiveAsync()).ShouldBe("420[\"askAge\",\"why not\"]");
        await client.SendAsync("430[42]");
        (await Deadline.For(age)).ShouldBe(42);

        var nickname = typed.AskNickname();
        (await client.ReceiveAsync()).ShouldBe("421[\"askNickname\"]");
        await client.SendAsync("431[]");
        (await Deadline.For(nickname)).ShouldBeNull();

        var ready = typed.Ready();
        (await client.ReceiveAsync()).ShouldBe("422[\"ready\"]");
        ready.IsCompleted.ShouldBeFalse();
        await client.SendAsync("432[]");
        await Deadline.For(ready);

        var everything = typed.Everything(1, 2, 3, 4, 5, 6, 7, 8, 9);
        (await client.ReceiveAsync()).ShouldBe("423[\"everything\",1,2,3,4,5,6,7,8,9]");
        await client.SendAsync("433[1,\"two\"]");
        (await Deadline.For(everything)).Get<string>(1).ShouldBe("two");
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("[null]")]
    [InlineData("[\"old\"]")]
    [InlineData("[{}]")]
    public async Task An_answer_that_is_something_else_is_an_error_of_that_client(string answer)
    {
        await using var server = await StartAsync();
        await using var client = await OpenAsync(server);
        var age = IChatClient.For(await _sockets.NextAsync()).AskAgeAsync("");
        await client.ReceiveAsync();
        await client.SendAsync("430" + answer);
        (await Should.ThrowAsync<AckException>(Deadline.For(age))).Failure.ShouldBe(AckFailure.InvalidAnswer);
    }

    [Fact]
    public async Task A_wait_ends_with_its_time_with_its_token_and_with_its_socket()
    {
        var time = new FakeTimeProvider();
        await using var server = await StartAsync(time);
        await using var client = await OpenAsync(server);
        var socket = await _sockets.NextAsync();

        var late = IChatClient.For(socket, TimeSpan.FromSeconds(3)).AskAgeAsync("");
        await client.ReceiveAsync();
        time.Advance(TimeSpan.FromSeconds(3));
        (await Should.ThrowAsync<AckException>(Deadline.For(late))).Failure.ShouldBe(AckFailure.TimedOut);

        using var given = new CancellationTokenSource();
        var cancelled = IChatClient.For(socket).AskAgeAsync("", given.Token);
        await client.ReceiveAsync();
        await given.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(Deadline.For(cancelled));

        var left = IChatClient.For(socket).AskAgeAsync("");
        await client.ReceiveAsync();
        socket.Disconnect();
        (await Should.ThrowAsync<AckException>(Deadline.For(left))).Failure.ShouldBe(AckFailure.Disconnected);
        IChatClient.For(socket).HowMany(1).ShouldBe(EmitResult.Closed);
        Should.Throw<ArgumentOutOfRangeException>(() => IChatClient.For(socket, TimeSpan.Zero));
    }

    [Fact]
    public async Task Everybody_answers_a_broadcast_and_one_who_answers_nonsense_is_missing()
    {
        await using var server = await StartAsync();
        await using var one = await OpenAsync(server);
        await using var two = await OpenAsync(server);
        var ids = (await _sockets.TakeAsync(2)).Select(s => s.Id).ToList();
        var all = IChatClient.For(server.IO.Of("/"));

        var votes = all.Vote("tea?");
        (await one.ReceiveAsync()).ShouldBe("420[\"vote\",\"tea?\"]");
        await one.SendAsync("430[true]");
        (await two.ReceiveAsync()).ShouldBe("420[\"vote\",\"tea?\"]");
        await two.SendAsync("430[false]");
        (await Deadline.For(votes)).ShouldBe([new(ids[0], true), new(ids[1], false)], ignoreOrder: true);

        var spoilt = all.Vote("coffee?");
        await one.ReceiveAsync();
        await one.SendAsync("431[\"perhaps\"]");
        await two.ReceiveAsync();
        await two.SendAsync("431[true]");
        var failure = await Should.ThrowAsync<BroadcastAckException>(Deadline.For(spoilt));
        failure.Missing.ShouldBe(1);
        failure.Answers.ShouldHaveSingleItem().SocketId.ShouldBe(ids[1]);
        (await IChatClient.For(server.IO.Of("/").To("nobody")).Vote("?")).ShouldBeEmpty();
    }

    [Fact]
    public async Task One_answer_is_not_asked_of_many()
    {
        await using var server = await StartAsync();
        await using var client = await OpenAsync(server);
        var ns = server.IO.Of("/");
        var socket = await _sockets.NextAsync();
        IEventEmitter[] many = [ns, ns.To("red"), socket.Broadcast, server.Services.GetRequiredService<NamespaceContext>()];
        foreach (var receivers in many)
        {
            (await Should.ThrowAsync<InvalidOperationException>(async () => await IChatClient.For(receivers).AskAgeAsync("")))
                .Message.ShouldContain("askAge");
        }

        await Should.ThrowAsync<InvalidOperationException>(async () => await IChatClient.For(server.IO.Of((_, _) => false)).Vote(""));
        var age = IChatClient.For((await ns.FetchSocketsAsync())[0]).AskAgeAsync("one");
        (await client.ReceiveAsync()).ShouldBe("420[\"askAge\",\"one\"]");
        await client.SendAsync("430[1]");
        (await Deadline.For(age)).ShouldBe(1);
    }

    [Fact]
    public async Task One_client_may_be_asked_in_another_way_than_usual()
    {
        await using var server = await StartAsync();
        await using var client = await OpenAsync(server);
        var typed = IChatClient.For((await _sockets.NextAsync()).Compress(false));
        var age = typed.AskAgeAsync("one");
        (await client.ReceiveAsync()).ShouldBe("420[\"askAge\",\"one\"]");
        await client.SendAsync("430[1]");
        (await Deadline.For(age)).ShouldBe(1);
        var votes = typed.Vote("tea?");
        (await client.ReceiveAsync()).ShouldBe("421[\"vote\",\"tea?\"]");
        await client.SendAsync("431[true]");
        (await Deadline.For(votes)).ShouldHaveSingleItem().Value.ShouldBeTrue();
    }

    [Fact]
    public async Task A_context_speaks_to_the_clients_of_its_namespace_from_anywhere()
    {
        var time = new FakeTimeProvider();
        await using var server = await TestServer.StartAsync(
            time: time, services: s => s.AddSocketIO().AddNamespace<GreetingNamespace>());
        await using var red = await WebSocketClient.OpenAsync(server);
        await using var blue = await WebSocketClient.OpenAsync(server);
        var redId = await red.ConnectAsync("/greeting", "{\"room\":\"red\"}");
        (await red.ReceiveAsync()).ShouldBe("42/greeting,[\"how many\",1]");
        await blue.ConnectAsync("/greeting", "{\"room\":\"blue\"}");
        (await blue.ReceiveAsync()).ShouldBe("42/greeting,[\"how many\",2]");
        (await red.ReceiveAsync()).ShouldBe("42/greeting,[\"how many\",2]");
        var clients = server.Services.GetRequiredService<NamespaceContext<IChatClient>>();
        clients.ShouldBeSameAs(server.Services.GetRequiredKeyedService<NamespaceContext<IChatClient>>("/greeting"));

        clients.To("red").HowMany(11);
        clients.Except("red").HowMany(12);
        clients.To("red", "blue").HowMany(13);
        clients.All.HowMany(14);
        clients.Of(clients.Untyped.To("red").Except("blue")).HowMany(15);
        clients.Socket(redId).HowMany(16);
        foreach (var expected in new[] { 11, 13, 14, 15, 16 })
        {
            (await red.ReceiveAsync()).ShouldBe($"42/greeting,[\"how many\",{expected}]");
        }

        foreach (var expected in new[] { 12, 13, 14 })
        {
            (await blue.ReceiveAsync()).ShouldBe($"42/greeting,[\"how many\",{expected}]");
        }

        var age = clients.Socket(redId).AskAgeAsync("");
        (await red.ReceiveAsync()).ShouldBe("42/greeting,0[\"askAge\",\"\"]");
        await red.SendAsync("43/greeting,0[5]");
        (await Deadline.For(age)).ShouldBe(5);
        (await Should.ThrowAsync<AckException>(clients.Socket("nobody").AskAgeAsync(""))).Failure.ShouldBe(AckFailure.Disconnected);
        var late = clients.Timeout(TimeSpan.FromSeconds(2)).Socket(redId).AskAgeAsync("");
        await red.ReceiveAsync();
        time.Advance(TimeSpan.FromSeconds(2));
        (await Should.ThrowAsync<AckException>(Deadline.For(late))).Failure.ShouldBe(AckFailure.TimedOut);
        Should.Throw<ArgumentException>(() => clients.To());
        Should.Throw<ArgumentException>(() => clients.Except(""));
        Should.Throw<ArgumentOutOfRangeException>(() => clients.Timeout(TimeSpan.Zero));
    }

    [Fact]
    public void A_context_without_a_key_is_only_there_without_a_choice()
    {
        var services = new ServiceCollection().AddLogging();
        services.AddSocketIO().AddNamespace<GreetingNamespace>().AddNamespace<OtherGreetingNamespace>();
        using var provider = services.BuildServiceProvider();
        Should.Throw<InvalidOperationException>(() => provider.GetRequiredService<NamespaceContext<IChatClient>>()).Message
            .ShouldContain("/greeting, /other");
        provider.GetRequiredKeyedService<NamespaceContext<IChatClient>>("/other").Untyped.Name.ShouldBe("/other");
    }

    private Task<TestServer> StartAsync(TimeProvider? time = null) =>
        TestServer.StartAsync(io: io => io.Of("/").OnConnection(s => _sockets.Add(s)), time: time);

    private static async Task<WebSocketClient> OpenAsync(TestServer server)
    {
        var client = await WebSocketClient.OpenAsync(server);
        await client.ConnectAsync();
        return client;
    }
}

/// <summary>Tells everybody how many there are, itself last.</summary>
[Namespace("/greeting")]
internal partial class GreetingNamespace : NamespaceHandler<IChatClient>
{
    protected override ValueTask OnConnectedAsync()
    {
        Socket.Join(Socket.Handshake.Auth.GetProperty("room").GetString()!);
        var count = Socket.Namespace.Sockets.Count;
        Others.HowMany(count);
        Client.HowMany(count);
        return ValueTask.CompletedTask;
    }
}

[Namespace("/other")]
internal sealed partial class OtherGreetingNamespace : GreetingNamespace;
