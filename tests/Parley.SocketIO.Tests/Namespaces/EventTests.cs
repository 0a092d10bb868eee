using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Parley.SocketIO.Tests.Clients;
using Parley.SocketIO.Tests.Virtual;

namespace Parley.SocketIO.Tests.Namespaces;

public sealed class EventTests
{
    public static TheoryData<SocketIOTransports> Transports => [SocketIOTransports.Polling, SocketIOTransports.WebSocket];

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task Arguments_come_back_byte_for_byte_when_forwarded(SocketIOTransports transport)
    {
        await using var server = await StartAsync(s => s.On("e", e => { e.Socket.Emit("back", e.Arguments); }));
        await using var client = await EngineClient.OpenAsync(server, transport);
        await client.ConnectAsync();
        const string Arguments = """1,"2",{"3":[true,null,1.50,1e3]},"é\u00e9\ud83d","😀" """;
        await client.SendAsync($"42[\"e\",{Arguments}]");
        (await client.ReceiveAsync()).ShouldBe($"42[\"back\",{Arguments.TrimEnd()}]");
    }

    [Fact]
    public async Task Null_is_an_argument_like_any_other()
    {
        await using var server = await StartAsync(s => s.On<string?, int?>("e", (e, text, number) =>
        {
            e.Ack(text, number);
            s.Emit("back", text, number);
        }));
        await using var client = await OpenAsync(server);
        await client.SendAsync("421[\"e\",null,null]");
        (await client.ReceiveAsync()).ShouldBe("431[null,null]");
        (await client.ReceiveAsync()).ShouldBe("42[\"back\",null,null]");
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task Much_text_and_many_bytes_come_back_whole_with_no_settings(SocketIOTransports transport)
    {
        await using var server = await StartAsync(s => s.On("e", e => { e.Ack(e.Arguments); }));
        await using var client = await EngineClient.OpenAsync(server, transport);
        await client.ConnectAsync();

        // As much as one message may hold; over polling bytes are written as text, a third longer.
        var list = "[" + string.Join(',', Enumerable.Range(0, 20_000).Select(n => $"{{\"id\":{n},\"name\":\"é{n}\"}}")) + "]";
        await client.SendAsync($"421[\"e\",{list}]");
        (await client.ReceiveAsync()).ShouldBe($"431[{list}]");
        var bytes = new byte[700_000];
        new Random(3).NextBytes(bytes);
        await client.SendAsync("451-2[\"e\",{\"image\":{\"_placeholder\":true,\"num\":0}}]", bytes);
        (await client.ReceiveAsync()).ShouldBe("461-2[{\"image\":{\"_placeholder\":true,\"num\":0}}]");
        (await client.ReceiveBinaryAsync()).AsSpan().SequenceEqual(bytes).ShouldBeTrue();
    }

    [Theory]
    [InlineData("disconnect")]
    [InlineData("disconnecting")]
    [InlineData("connect")]
    public async Task A_handler_that_could_never_be_called_is_refused_with_the_one_to_use(string name)
    {
        var refused = new Recorder<string>();
        await using var server = await StartAsync(s =>
            refused.Add(Should.Throw<ArgumentException>(() => s.On(name, _ => { })).Message));
        await using var client = await OpenAsync(server);
        (await refused.NextAsync()).ShouldContain("OnDisconnected");
    }

    [Fact]
    public async Task Handlers_take_up_to_four_typed_arguments_with_or_without_the_event()
    {
        var got = new Recorder<string>();
        await using var server = await StartAsync(s => s
            .On("1", (string a) => got.Add(a))
            .On("2", (string a, int b) => got.Add($"{a} {b}"))
            .On("3", (SocketEvent e, string a, int b, bool c) => got.Add($"{e.Name} {a} {b} {c}"))
            .On("4", async (SocketEvent e, string a, int b, bool c, Point d) =>
            {
                await Task.Yield();
                got.Add($"{e.Name} {a} {b} {c} {d}");
            })
            .On("json", (JsonElement a) => got.Add(a.GetRawText())));
        await using var client = await OpenAsync(server);
        await client.SendAsync(
            """42["1","x"]""",
            """42["2","x",7]""",
            """42["3","x",7,true]""",
            """42["4","x",7,true,{"x":1,"y":2}]""",
            """42["json",{"a": 1}]""",
            """42[4,"x",8,false,{"x":3,"y":4},"one more"]""");
        (await got.TakeAsync(6)).ShouldBe(
            ["x", "x 7", "3 x 7 True", "4 x 7 True Point { X = 1, Y = 2 }", """{"a": 1}""", "4 x 8 False Point { X = 3, Y = 4 }"]);
    }

    [Fact]
    public async Task Up_to_five_arguments_are_emitted_in_their_order_with_or_without_waiting_for_room()
    {
        await using var server = await StartAsync(s => s.On("go", async _ =>
        {
            s.Emit("e", "x", 7, true, new { x = 1 }, 1.5);
            await s.EmitAsync("e", "x", 7, true, new { x = 1 }, 2.5);
        }));
        await using var client = await OpenAsync(server);
        await client.SendAsync("""42["go"]""");
        (await client.ReceiveAsync()).ShouldBe("""42["e","x",7,true,{"x":1},1.5]""");
        (await client.ReceiveAsync()).ShouldBe("""42["e","x",7,true,{"x":1},2.5]""");
    }

    [Fact]
    public async Task An_argument_of_another_type_keeps_its_handler_from_being_called_and_nothing_else()
    {
        var got = new Recorder<int>();
        await using var server = await StartAsync(s => s.On<int>("e", got.Add));
        await using var client = await OpenAsync(server);
        await client.SendAsync("42[\"e\",\"seven\"]", "42[\"e\",{}]", "42[\"e\",1.5]", "42[\"e\",7]", "42[\"e\"]");
        (await got.TakeAsync(2)).ShouldBe([7, 0]);
    }

    [Fact]
    public async Task An_event_that_nobody_handles_is_ignored()
    {
        await using var server = await StartAsync(s => s.On("known", e => { e.Ack(); }));
        await using var client = await OpenAsync(server);
        await client.SendAsync("421[\"unknown\"]", "422[\"known\"]");
        (await client.ReceiveAsync()).ShouldBe("432[]");
    }

    [Fact]
    public async Task An_event_may_have_several_handlers()
    {
        var got = new Recorder<int>();
        await using var server = await StartAsync(s =>
        {
            s.On("e", _ => got.Add(1));
            s.On("e", _ => throw new InvalidOperationException("first"));
            s.On("e", _ => got.Add(2));
        });
        await using var client = await OpenAsync(server.ExpectingErrors());
        await client.SendAsync("42[\"e\"]");
        (await got.TakeAsync(2)).ShouldBe([1, 2]);
    }

    [Fact]
    public async Task Handlers_run_one_after_another_in_the_order_of_arrival()
    {
        var got = new Recorder<int>();
        var running = 0;
        await using var server = await StartAsync(s => s.On("e", async (int n) =>
        {
            Interlocked.Increment(ref running).ShouldBe(1);
            await Task.Yield();
            got.Add(n);
            Interlocked.Decrement(ref running);
        }));
        await using var client = await OpenAsync(server);
        await client.SendAsync([.. Enumerable.Range(0, 500).Select(n => (Frame)$"42[\"e\",{n}]")]);
        (await got.TakeAsync(500)).ShouldBe(Enumerable.Range(0, 500));
    }

    [Fact]
    public async Task Events_wait_for_the_connection_handlers()
    {
        var release = new TaskCompletionSource();
        var got = new Recorder<string>();
        await using var server = await TestServer.StartAsync(io: io => io.Of("/").OnConnection(async s =>
        {
            await release.Task;
            got.Add("connection");
            s.On("e", _ => got.Add("event"));
        }));
        await using var client = await OpenAsync(server);
        await client.SendAsync("42[\"e\"]");
        got.IsEmpty.ShouldBeTrue();
        release.SetResult();
        (await got.TakeAsync(2)).ShouldBe(["connection", "event"]);
    }

    [Fact]
    public async Task An_exception_in_a_handler_is_logged_and_costs_nothing_else()
    {
        await using var server = (await StartAsync(s =>
        {
            s.On("sync", _ => throw new InvalidOperationException("sync"));
            s.On("async", async (SocketEvent _) =>
            {
                await Task.Yield();
                throw new InvalidOperationException("async");
            });
            s.On("fine", e => { e.Ack(); });
        })).ExpectingErrors();
        await using var client = await OpenAsync(server);
        await client.SendAsync("42[\"sync\"]", "42[\"async\"]", "421[\"fine\"]");
        (await client.ReceiveAsync()).ShouldBe("431[]");
        server.Logs.Errors.Select(e => e.Exception!.Message).ShouldBe(["sync", "async"]);
    }

    [Fact]
    public async Task An_exception_in_a_connection_handler_is_logged_and_costs_nothing_else()
    {
        await using var server = (await TestServer.StartAsync(io: io => io.Of("/")
            .OnConnection(_ => throw new InvalidOperationException("broken"))
            .OnConnection(s => s.On("e", e => { e.Ack(); })))).ExpectingErrors();
        await using var client = await OpenAsync(server);
        await client.SendAsync("421[\"e\"]");
        (await client.ReceiveAsync()).ShouldBe("431[]");
        server.Logs.Errors.Single().Exception!.Message.ShouldBe("broken");
    }

    [Fact]
    public async Task Every_event_has_services_of_its_own_that_end_with_it()
    {
        var disposed = new Recorder<int>();
        var made = 0;
        await using var server = await TestServer.StartAsync(
            services: services => services.AddScoped(_ => new Scoped(Interlocked.Increment(ref made), disposed.Add)),
            io: io => io.Of("/").OnConnection(s => s.On("e", async (SocketEvent e) =>
            {
                var first = e.Services.GetRequiredService<Scoped>();
                await Task.Yield();
                disposed.IsEmpty.ShouldBeTrue();
                e.Services.GetRequiredService<Scoped>().ShouldBeSameAs(first);
            })));
        await using var client = await OpenAsync(server);
        await client.SendAsync("42[\"e\"]");
        (await disposed.NextAsync()).ShouldBe(1);
        await client.SendAsync("42[\"e\"]");
        (await disposed.NextAsync()).ShouldBe(2);
    }

    [Fact]
    public async Task A_service_that_fails_to_be_disposed_costs_nothing_else()
    {
        await using var server = (await TestServer.StartAsync(
            services: services => services.AddScoped(_ => new Scoped(0, _ => throw new InvalidOperationException("dispose"))),
            io: io => io.Of("/").OnConnection(s => s.On("e", e =>
            {
                e.Services.GetRequiredService<Scoped>();
                e.Ack();
            })))).ExpectingErrors();
        await using var client = await OpenAsync(server);
        await client.SendAsync("421[\"e\"]", "422[\"e\"]");
        (await client.ReceiveAsync()).ShouldBe("431[]");
        (await client.ReceiveAsync()).ShouldBe("432[]");
        server.Logs.Errors.First().Exception!.Message.ShouldBe("dispose");
    }

    [Fact]
    public async Task Reading_pauses_while_too_many_events_wait_and_nothing_is_lost()
    {
        var steps = new SemaphoreSlim(0);
        var got = new Recorder<int>();
        await using var server = await TestServer.StartAsync(
            o => o.MaxQueuedEvents = 2,
            io => io.Of("/").OnConnection(s => s.On("e", async (int n) =>
            {
                await steps.WaitAsync();
                got.Add(n);
            })));
        var client = await PollingClient.OpenAsync(server);
        await client.ConnectAsync();
        using var content = new StringContent(string.Join('\u001e', Enumerable.Range(0, 10).Select(n => $"42[\"e\",{n}]")));
        var post = client.PostAsync(content);
        for (var i = 0; i < 6; i++)
        {
            post.IsCompleted.ShouldBeFalse();
            steps.Release();
            (await got.NextAsync()).ShouldBe(i);
        }

        steps.Release(4);
        (await got.TakeAsync(4)).ShouldBe([6, 7, 8, 9]);
        await (await post).ShouldBeAsync(System.Net.HttpStatusCode.OK, "ok");
    }

    [Fact]
    public async Task Handlers_may_be_added_while_events_come()
    {
        await using var server = await StartAsync(s => s.On("add", e =>
        {
            s.On("added", a => { a.Ack("yes"); });
            e.Ack();
        }));
        await using var client = await OpenAsync(server);
        await client.SendAsync("421[\"add\"]", "422[\"added\"]");
        (await client.ReceiveAsync()).ShouldBe("431[]");
        (await client.ReceiveAsync()).ShouldBe("432[\"yes\"]");
    }

    private static Task<TestServer> StartAsync(Action<Socket> onConnection) =>
        TestServer.StartAsync(io: io => io.Of("/").OnConnection(onConnection));

    private static async Task<WebSocketClient> OpenAsync(TestServer server)
    {
        var client = await WebSocketClient.OpenAsync(server);
        await client.ConnectAsync();
        return client;
    }

    private sealed record Point(int X, int Y);

    private sealed class Scoped(int number, Action<int> disposed) : IDisposable
    {
        public void Dispose() => disposed(number);
    }
}
