using System.Text.Json;
using System.Text.RegularExpressions;
using Parley.SocketIO.Tests.Clients;
using Parley.SocketIO.Tests.Virtual;

namespace Parley.SocketIO.Tests.Namespaces;

public sealed partial class ParentNamespaceTests
{
    private readonly Recorder<Socket> _sockets = new();

    [Fact]
    public async Task A_name_that_fits_the_pattern_becomes_a_namespace_and_no_other_does()
    {
        await using var server = await StartAsync(io => io.Of(Rooms()));
        await using var client = await WebSocketClient.OpenAsync(server);
        await client.ConnectAsync("/room-12");
        var socket = await _sockets.NextAsync();
        socket.Namespace.Name.ShouldBe("/room-12");
        await client.SendAsync("40/room-x,");
        (await client.ReceiveAsync()).ShouldBe("44/room-x,{\"message\":\"Invalid namespace\"}");
        await client.SendAsync("40/room-x,", "42/room-12,1[\"echo\",7]");
        (await client.ReceiveAsync()).ShouldBe("44/room-x,{\"message\":\"Invalid namespace\"}");
        (await client.ReceiveAsync()).ShouldBe("43/room-12,1[7]");
    }

    [Fact]
    public async Task Who_asks_for_the_same_name_is_in_the_same_namespace()
    {
        await using var server = await StartAsync(io => io.Of(Rooms()));
        await using var one = await WebSocketClient.OpenAsync(server);
        await using var two = await WebSocketClient.OpenAsync(server);
        await one.ConnectAsync("/room-1");
        await two.ConnectAsync("/room-1");
        var sockets = await _sockets.TakeAsync(2);
        sockets[0].Namespace.ShouldBeSameAs(sockets[1].Namespace);
        sockets[0].Broadcast.Emit("hello");
        (await two.ReceiveAsync()).ShouldBe("42/room-1,[\"hello\"]");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_predicate_decides_by_name_and_auth(bool takesItsTime)
    {
        static bool Decide(string name, JsonElement auth) =>
            name == "/secret" && auth.TryGetProperty("key", out var key) && key.GetInt32() == 7;
        await using var server = await StartAsync(io => takesItsTime
            ? io.Of(async (name, auth) =>
            {
                await Task.Yield();
                return Decide(name, auth);
            })
            : io.Of(Decide));
        await using var client = await WebSocketClient.OpenAsync(server);
        await client.SendAsync("40/secret,");
        (await client.ReceiveAsync()).ShouldBe("44/secret,{\"message\":\"Invalid namespace\"}");
        await client.ConnectAsync("/secret", "{\"key\":7}");
        (await _sockets.NextAsync()).Handshake.Auth.GetProperty("key").GetInt32().ShouldBe(7);
    }

    [Fact]
    public async Task The_first_parent_that_fits_makes_it_with_its_own_middlewares()
    {
        var parents = new List<ParentNamespace>();
        await using var server = await StartAsync(io =>
        {
            parents.Add(io.Of(Rooms()).Use(_ => new(ConnectResult.Refuse("closed"))));
            parents.Add(io.Of((_, _) => true));
            return parents[1];
        });
        await using var client = await WebSocketClient.OpenAsync(server);
        await client.SendAsync("40/room-1,");
        (await client.ReceiveAsync()).ShouldBe("44/room-1,{\"message\":\"closed\"}");
        await client.ConnectAsync("/other");
        (await _sockets.NextAsync()).Namespace.Parent.ShouldBeSameAs(parents[1]);
    }

    [Fact]
    public async Task A_namespace_goes_with_its_last_socket_and_with_who_was_not_let_in()
    {
        ParentNamespace? parent = null;
        await using var server = await StartAsync(io => parent = io.Of(Rooms()).Use(s =>
            new(s.Handshake.Auth.TryGetProperty("bad", out _) ? ConnectResult.Refuse("no") : ConnectResult.Accept)));
        await using var one = await WebSocketClient.OpenAsync(server);
        await using var two = await WebSocketClient.OpenAsync(server);
        await one.SendAsync("40/room-9,{\"bad\":1}");
        (await one.ReceiveAsync()).ShouldBe("44/room-9,{\"message\":\"no\"}");
        await Deadline.Until(() => parent!.Children.Count == 0);

        await one.ConnectAsync("/room-1");
        await two.ConnectAsync("/room-1");
        await one.SendAsync("41/room-1,", "40");
        (await one.ReceiveAsync()).ShouldStartWith("40{");
        parent!.Children.ShouldHaveSingleItem().Name.ShouldBe("/room-1");
        await two.SendAsync("1");
        await Deadline.Until(() => parent.Children.Count == 0);
        await one.ConnectAsync("/room-1");
        parent.Children.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_namespace_stays_if_the_option_or_the_application_says_so()
    {
        ParentNamespace? parent = null;
        await using var server = await StartAsync(io => parent = io.Of(Rooms()));
        await using var client = await WebSocketClient.OpenAsync(server);
        await client.ConnectAsync("/room-1");
        server.IO.Of("/room-1").ShouldBeSameAs((await _sockets.NextAsync()).Namespace);
        await client.SendAsync("41/room-1,", "40");
        (await client.ReceiveAsync()).ShouldStartWith("40{");
        parent!.Children.Count.ShouldBe(1, "the application has asked for it by name");

        await using var keeping = await StartAsync(io => parent = io.Of(Rooms()), o => o.CleanupEmptyChildNamespaces = false);
        await using var other = await WebSocketClient.OpenAsync(keeping);
        await other.ConnectAsync("/room-1");
        await other.SendAsync("41/room-1,", "40");
        (await other.ReceiveAsync()).ShouldStartWith("40{");
        parent.Children.Count.ShouldBe(1);
        await other.ConnectAsync("/room-1");
    }

    [Fact]
    public async Task Clients_make_no_more_namespaces_than_allowed()
    {
        await using var server = await StartAsync(io => io.Of(Rooms()), o => o.MaxDynamicNamespaces = 2);
        await using var client = await WebSocketClient.OpenAsync(server);
        await client.ConnectAsync("/room-1");
        await client.ConnectAsync("/room-2");
        await client.SendAsync("40/room-3,");
        (await client.ReceiveAsync()).ShouldBe("44/room-3,{\"message\":\"Too many namespaces\"}");
        await client.SendAsync("41/room-1,");
        await client.ConnectAsync("/room-3");
    }

    [Fact]
    public async Task Namespaces_that_are_being_decided_on_count_for_the_connection()
    {
        var decision = new TaskCompletionSource<bool>();
        await using var server = await StartAsync(
            io => io.Of((_, _) => new ValueTask<bool>(decision.Task)), o => o.MaxNamespacesPerConnection = 2);
        await using var client = await WebSocketClient.OpenAsync(server);
        await client.SendAsync("40/a,", "40/b,", "40/c,");
        (await client.ReceiveAsync()).ShouldBe("44/c,{\"message\":\"Too many namespaces\"}");
        decision.SetResult(true);
        var answers = new[] { await client.ReceiveAsync(), await client.ReceiveAsync() };
        answers.Select(a => a[..5]).ShouldBe(["40/a,", "40/b,"], ignoreOrder: true);
    }

    [Fact]
    public async Task Asking_twice_while_it_is_being_decided_closes_the_connection()
    {
        var decision = new TaskCompletionSource<bool>();
        ParentNamespace? parent = null;
        await using var server = await StartAsync(io => parent = io.Of((_, _) => new ValueTask<bool>(decision.Task)));
        await using var client = await WebSocketClient.OpenAsync(server);
        await client.SendAsync("40/a,", "40/a,");
        (await client.ReceiveToEndAsync()).ShouldBeEmpty();
        decision.SetResult(true);
        await Deadline.Until(() => parent!.Children.Count == 0);
    }

    [Fact]
    public async Task Two_who_ask_while_it_is_being_decided_get_one_namespace()
    {
        var asked = new Recorder<TaskCompletionSource<bool>>();
        ParentNamespace? parent = null;
        await using var server = await StartAsync(io => parent = io.Of((_, _) =>
        {
            var decision = new TaskCompletionSource<bool>();
            asked.Add(decision);
            return new ValueTask<bool>(decision.Task);
        }));
        await using var one = await WebSocketClient.OpenAsync(server);
        await using var two = await WebSocketClient.OpenAsync(server);
        await one.SendAsync("40/a,");
        await two.SendAsync("40/a,");
        foreach (var decision in await asked.TakeAsync(2))
        {
            decision.SetResult(true);
        }

        (await one.ReceiveAsync()).ShouldStartWith("40/a,");
        (await two.ReceiveAsync()).ShouldStartWith("40/a,");
        await _sockets.TakeAsync(2);
        parent!.Children.ShouldHaveSingleItem().Sockets.Count.ShouldBe(2);
        server.IO.Of("/a").Emit("both");
        (await one.ReceiveAsync()).ShouldBe("42/a,[\"both\"]");
        (await two.ReceiveAsync()).ShouldBe("42/a,[\"both\"]");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Who_is_refused_takes_no_namespace_from_those_who_are_in(bool cleanup)
    {
        ParentNamespace? parent = null;
        await using var server = await StartAsync(
            io => parent = io.Of(Rooms()).Use(s =>
                new(s.Handshake.Auth.TryGetProperty("bad", out _) ? ConnectResult.Refuse("no") : ConnectResult.Accept)),
            o => o.CleanupEmptyChildNamespaces = cleanup);
        await using var one = await WebSocketClient.OpenAsync(server);
        await using var two = await WebSocketClient.OpenAsync(server);
        await one.ConnectAsync("/room-1");
        await two.SendAsync("40/room-1,{\"bad\":1}");
        (await two.ReceiveAsync()).ShouldBe("44/room-1,{\"message\":\"no\"}");
        parent!.Children.ShouldHaveSingleItem().Sockets.Count.ShouldBe(1);

        await two.SendAsync("40/room-2,{\"bad\":1}");
        (await two.ReceiveAsync()).ShouldBe("44/room-2,{\"message\":\"no\"}");
        parent.Children.Count.ShouldBe(cleanup ? 1 : 2);
    }

    [Fact]
    public async Task A_namespace_that_the_application_names_belongs_to_the_first_parent_whose_pattern_fits()
    {
        ParentNamespace? parent = null;
        await using var server = await StartAsync(io =>
        {
            io.Of((_, _) => true);
            parent = io.Of(Rooms()).Use(_ => new(ConnectResult.Refuse("members only")));
            io.Of(new Regex("^/room-"));
            return parent;
        });

        // Spoken to before anybody has come: the door is the parent's all the same.
        var room = server.IO.Of("room-1");
        room.Parent.ShouldBeSameAs(parent);
        parent!.Children.ShouldBe([room]);
        server.IO.Of("/hall").Parent.ShouldBeNull("only a pattern can be asked without a client");
        await using var client = await WebSocketClient.OpenAsync(server);
        await client.SendAsync("40/room-1,");
        (await client.ReceiveAsync()).ShouldBe("44/room-1,{\"message\":\"members only\"}");
        server.IO.Of("/room-1").ShouldBeSameAs(room, "the application's own stays");
    }

    [Fact]
    public async Task A_name_that_a_pattern_cannot_tell_in_time_is_refused_to_the_application_too()
    {
        var slow = new Regex("^/((?:[a-z])+.)+[A-Z](?:[a-z])+$", RegexOptions.ExplicitCapture, TimeSpan.FromMilliseconds(5));
        await using var server = await StartAsync(io => io.Of(slow));
        var name = "/" + new string('a', 60);

        Should.Throw<RegexMatchTimeoutException>(() => server.IO.Of(name));

        await using var client = await WebSocketClient.OpenAsync(server);
        await client.SendAsync($"40{name},");
        (await client.ReceiveAsync()).ShouldBe($"44{name},{{\"message\":\"Invalid namespace\"}}");
    }

    [Fact]
    public async Task A_namespace_of_the_application_stays_without_anybody_in_it_and_counts_for_no_bound()
    {
        await using var server = await StartAsync(io => io.Of(Rooms()), o => o.MaxDynamicNamespaces = 1);
        var (hall, room) = (server.IO.Of("/hall"), server.IO.Of("/room-1"));
        await using var client = await WebSocketClient.OpenAsync(server);
        foreach (var ns in new[] { hall, room })
        {
            await client.ConnectAsync(ns.Name);
            await client.SendAsync($"41{ns.Name},");
            await client.ConnectAsync("/room-2");
            server.IO.Of(ns.Name).ShouldBeSameAs(ns);
            await client.SendAsync("41/room-2,");
        }
    }

    [Fact]
    public async Task A_predicate_that_fails_refuses_and_does_not_say_why()
    {
        await using var server = (await StartAsync(
            io => io.Of((Func<string, JsonElement, bool>)((_, _) => throw new InvalidOperationException("secret"))))).ExpectingErrors();
        await using var client = await WebSocketClient.OpenAsync(server);
        await client.SendAsync("40/a,");
        (await client.ReceiveAsync()).ShouldBe("44/a,{\"message\":\"Internal error\"}");
        server.Logs.Errors.ShouldHaveSingleItem().Exception!.Message.ShouldBe("secret");
    }

    [Fact]
    public async Task A_pattern_that_takes_too_long_does_not_match()
    {
        await using var server = await StartAsync(io => io.Of(new Regex("^/(a+)+$")));
        await using var client = await WebSocketClient.OpenAsync(server);
        var name = "/" + new string('a', 200) + "!";
        await client.SendAsync($"40{name},");
        (await client.ReceiveAsync()).ShouldBe($"44{name},{{\"message\":\"Invalid namespace\"}}");
    }

    [Fact]
    public async Task What_is_emitted_to_the_parent_reaches_all_children()
    {
        ParentNamespace? parent = null;
        await using var server = await StartAsync(io => parent = io.Of(Rooms()));
        await using var client = await WebSocketClient.OpenAsync(server);
        await client.ConnectAsync("/room-1");
        await client.ConnectAsync("/room-2");
        await client.ConnectAsync();
        parent!.Emit("all", "x").ShouldBe(EmitResult.Queued);
        var packets = new[] { await client.ReceiveAsync(), await client.ReceiveAsync() };
        packets.ShouldBe(["42/room-1,[\"all\",\"x\"]", "42/room-2,[\"all\",\"x\"]"], ignoreOrder: true);

        await client.SendAsync("41/room-2,", "42/room-1,1[\"echo\",1]");
        (await client.ReceiveAsync()).ShouldBe("43/room-1,1[1]");
        (await parent!.EmitAsync("all", new byte[] { 7 })).ShouldBe(EmitResult.Queued);
        (await client.ReceiveAsync()).ShouldBe("451-/room-1,[\"all\",{\"_placeholder\":true,\"num\":0}]");
        (await client.ReceiveBinaryAsync()).ShouldBe([7]);
    }

    [Fact]
    public async Task What_is_emitted_to_a_selection_of_the_parent_reaches_that_selection_of_every_child()
    {
        ParentNamespace? parent = null;
        await using var server = await StartAsync(io => parent = io.Of(Rooms()));
        await using var client = await WebSocketClient.OpenAsync(server);
        List<Socket> sockets = [];
        for (var i = 1; i <= 3; i++)
        {
            await client.ConnectAsync($"/room-{i}");
            sockets.Add(await _sockets.NextAsync());
        }

        sockets[0].Join("red");
        sockets[1].Join("red");
        sockets[1].Join("blue");
        var red = parent!.To("red");
        red.Except("blue").Emit("a", 1).ShouldBe(EmitResult.Queued);
        parent.Except("red").Local.Emit("b");
        parent.In("blue").To("green").Emit("c");
        (await client.ReceiveAsync()).ShouldBe("42/room-1,[\"a\",1]");
        (await client.ReceiveAsync()).ShouldBe("42/room-3,[\"b\"]");
        (await client.ReceiveAsync()).ShouldBe("42/room-2,[\"c\"]");

        (await red.Compress(false).EmitAsync("d")).ShouldBe(EmitResult.Queued);
        var both = new[] { await client.ReceiveAsync(), await client.ReceiveAsync() };
        both.ShouldBe(["42/room-1,[\"d\"]", "42/room-2,[\"d\"]"], ignoreOrder: true);
        Should.Throw<ArgumentException>(() => parent.To(""));
        Should.Throw<ArgumentException>(() => red.Except(""));
    }

    [Fact]
    public async Task A_volatile_event_for_the_parent_says_that_somebody_could_not_take_it()
    {
        ParentNamespace? parent = null;
        await using var server = await StartAsync(io => parent = io.Of(Rooms()));
        var client = await PollingClient.OpenAsync(server);
        await client.ConnectAsync("/room-1");
        await _sockets.NextAsync();
        parent!.Volatile.Emit("lost").ShouldBe(EmitResult.Skipped, "no poll is open");
        (await parent.Volatile.EmitAsync("lost")).ShouldBe(EmitResult.Skipped);
        parent.Emit("kept");
        (await client.ReceiveAsync()).ShouldBe("42/room-1,[\"kept\"]");
    }

    private Task<TestServer> StartAsync(Func<SocketServer, ParentNamespace> make, Action<SocketIOOptions>? options = null) =>
        TestServer.StartAsync(options, io => make(io).OnConnection(s =>
        {
            s.On<int>("echo", (e, n) => { e.Ack(n); });
            _sockets.Add(s);
        }));

    [GeneratedRegex(@"^/room-\d+$")]
    private static partial Regex Rooms();
}
