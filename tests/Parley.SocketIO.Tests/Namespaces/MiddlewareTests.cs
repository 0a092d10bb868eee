using System.Text.Json;
using Parley.SocketIO.Tests.Clients;
using Parley.SocketIO.Tests.Virtual;

namespace Parley.SocketIO.Tests.Namespaces;

public sealed class MiddlewareTests
{
    [Fact]
    public async Task Middlewares_run_in_order_until_one_refuses()
    {
        var ran = new Recorder<string>();
        await using var server = await TestServer.StartAsync(io: io => io.Of("/")
            .Use(s =>
            {
                ran.Add("first");
                s.Connected.ShouldBeFalse();
                s.Emit("too early").ShouldBe(EmitResult.Closed);
                return ValueTask.FromResult(ConnectResult.Accept);
            })
            .Use(async s =>
            {
                ran.Add("second");
                await Task.Yield();
                return s.Handshake.Auth.TryGetProperty("token", out _)
                    ? ConnectResult.Accept
                    : ConnectResult.Refuse("unauthorized", JsonElement.Parse("""{"code":401}"""));
            })
            .Use(_ =>
            {
                ran.Add("third");
                return ValueTask.FromResult(ConnectResult.Accept);
            })
            .OnConnection(_ => ran.Add("connected")));
        await using var client = await WebSocketClient.OpenAsync(server);
        await client.SendAsync("40");
        (await client.ReceiveAsync()).ShouldBe("""44{"message":"unauthorized","data":{"code":401}}""");
        (await ran.TakeAsync(2)).ShouldBe(["first", "second"]);
        ran.IsEmpty.ShouldBeTrue();

        await client.ConnectAsync("/", """{"token":1}""");
        (await ran.TakeAsync(4)).ShouldBe(["first", "second", "third", "connected"]);
    }

    [Fact]
    public async Task A_refusal_without_data_has_no_data()
    {
        await using var server = await TestServer.StartAsync(
            io: io => io.Of("/no").Use(_ => ValueTask.FromResult(ConnectResult.Refuse("never"))));
        await using var client = await WebSocketClient.OpenAsync(server);
        await client.SendAsync("40/no,");
        (await client.ReceiveAsync()).ShouldBe("""44/no,{"message":"never"}""");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_middleware_that_throws_refuses_and_tells_no_secrets(bool later)
    {
        await using var server = (await TestServer.StartAsync(io: io => io.Of("/").Use(async _ =>
        {
            if (later)
            {
                await Task.Yield();
            }

            throw new InvalidOperationException("the database's password is hunter2");
        }))).ExpectingErrors();
        await using var client = await WebSocketClient.OpenAsync(server);
        await client.SendAsync("40");
        (await client.ReceiveAsync()).ShouldBe("""44{"message":"Internal error"}""");
        server.Logs.Errors.Single().Exception!.Message.ShouldContain("hunter2");
    }

    [Fact]
    public async Task Rooms_joined_in_a_middleware_are_kept_and_those_of_the_refused_are_left()
    {
        await using var server = await TestServer.StartAsync(io: io => io.Of("/").Use(s =>
        {
            s.Join("team");
            s.Items["name"] = "x";
            return ValueTask.FromResult(
                s.Handshake.Auth.TryGetProperty("no", out _) ? ConnectResult.Refuse("no") : ConnectResult.Accept);
        }));
        await using var refused = await WebSocketClient.OpenAsync(server);
        await refused.SendAsync("""40{"no":1}""");
        await refused.ReceiveAsync();
        await using var client = await WebSocketClient.OpenAsync(server);
        await client.ConnectAsync();

        server.IO.Of("/").To("team").Emit("hi");

        (await client.ReceiveAsync()).ShouldBe("42[\"hi\"]");
        server.IO.Of("/").Sockets.Single().Items["name"].ShouldBe("x");
        server.IO.Of("/").LocalSockets.Rooms.MembersOf("team").Length.ShouldBe(1);
    }

    [Fact]
    public async Task A_middleware_is_asked_for_its_own_namespace_only()
    {
        await using var server = await TestServer.StartAsync(io: io =>
        {
            io.Of("/").Use(_ => ValueTask.FromResult(ConnectResult.Refuse("never")));
            io.Of("/chat");
        });
        await using var client = await WebSocketClient.OpenAsync(server);
        await client.ConnectAsync("/chat");
        await client.SendAsync("40");
        (await client.ReceiveAsync()).ShouldBe("""44{"message":"never"}""");
    }

    [Fact]
    public async Task A_client_that_leaves_while_a_middleware_runs_never_connects()
    {
        var entered = new Recorder<Socket>();
        var release = new TaskCompletionSource();
        var connected = new Recorder<Socket>();
        await using var server = await TestServer.StartAsync(io: io => io.Of("/")
            .Use(async s =>
            {
                s.Join("waiting");
                entered.Add(s);
                await release.Task;
                return ConnectResult.Accept;
            })
            .OnConnection(connected.Add));
        await using (var client = await WebSocketClient.OpenAsync(server))
        {
            await client.SendAsync("40");
            await entered.NextAsync();
            client.Socket.Abort();
        }

        await using var other = await WebSocketClient.OpenAsync(server);
        await other.SendAsync("40");
        await entered.NextAsync();
        await Deadline.Until(() => server.Logs.Entries.Any(e => e.Message.Contains("TransportFailed", StringComparison.Ordinal)));
        release.SetResult();
        (await other.ReceiveAsync()).ShouldStartWith("40{\"sid\"");

        (await connected.NextAsync()).Id.ShouldBe(server.IO.Of("/").Sockets.Single().Id);
        connected.IsEmpty.ShouldBeTrue();
        server.IO.Of("/").Sockets.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("42[\"e\"]")]
    [InlineData("40")]
    [InlineData("41")]
    public async Task A_client_must_wait_until_it_is_in(string packet)
    {
        var release = new TaskCompletionSource();
        await using var server = await TestServer.StartAsync(io: io => io.Of("/").Use(async _ =>
        {
            await release.Task;
            return ConnectResult.Accept;
        }));
        await using var client = await WebSocketClient.OpenAsync(server);
        await client.SendAsync("40", packet);
        (await client.ReceiveToEndAsync()).ShouldBeEmpty();
        release.SetResult();
        server.IO.Of("/").Sockets.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_slow_middleware_of_one_namespace_does_not_hold_up_another()
    {
        var release = new TaskCompletionSource();
        await using var server = await TestServer.StartAsync(io: io =>
        {
            io.Of("/slow").Use(async _ =>
            {
                await release.Task;
                return ConnectResult.Accept;
            });
            io.Of("/").OnConnection(s => s.On("ping", e => { e.Ack("pong"); }));
        });
        await using var client = await WebSocketClient.OpenAsync(server);
        await client.SendAsync("40/slow,");
        await client.ConnectAsync();
        await client.SendAsync("427[\"ping\"]");
        (await client.ReceiveAsync()).ShouldBe("437[\"pong\"]");
        release.SetResult();
        (await client.ReceiveAsync()).ShouldStartWith("40/slow,{\"sid\"");
    }

    [Fact]
    public async Task A_quick_client_may_speak_the_moment_it_is_in()
    {
        await using var server = await TestServer.StartAsync(io: io => io.Of("/")
            .Use(async _ =>
            {
                await Task.Yield();
                return ConnectResult.Accept;
            })
            .OnConnection(s => s.On("e", e => { e.Ack(); })));
        for (var i = 0; i < 200; i++)
        {
            await using var client = await WebSocketClient.OpenAsync(server);
            await client.ConnectAsync();
            await client.SendAsync("421[\"e\"]");
            (await client.ReceiveAsync()).ShouldBe("431[]");
        }
    }

    [Fact]
    public async Task A_socket_that_a_middleware_disconnects_is_refused()
    {
        await using var server = await TestServer.StartAsync(io: io => io.Of("/").Use(s =>
        {
            s.Disconnect();
            return ValueTask.FromResult(ConnectResult.Accept);
        }));
        await using var client = await WebSocketClient.OpenAsync(server);
        await client.SendAsync("40");
        (await client.ReceiveAsync()).ShouldBe("""44{"message":"Disconnected"}""");
        server.IO.Of("/").Sockets.ShouldBeEmpty();
    }
}
