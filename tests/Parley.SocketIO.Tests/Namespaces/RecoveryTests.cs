using System.Text.Json;
using Parley.SocketIO.Tests.Clients;
using Parley.SocketIO.Tests.Virtual;

namespace Parley.SocketIO.Tests.Namespaces;

/// <summary>Connection state recovery as a client sees it on the wire, and the application in its sockets.</summary>
public sealed class RecoveryTests
{
    private readonly Recorder<Socket> _connected = new();
    private readonly Recorder<DisconnectReason> _ended = new();

    [Fact]
    public async Task Without_the_option_there_is_no_secret_and_no_offset()
    {
        await using var server = await TestServer.StartAsync(io: io => io.Of("/").OnConnection(s => { s.Emit("hello", "you"); }));
        await using var client = await WebSocketClient.OpenAsync(server);
        await client.SendAsync("""40{"pid":"x","offset":"y"}""");
        JsonDocument.Parse((await client.ReceiveAsync())[2..]).RootElement.EnumerateObject().Select(p => p.Name).ShouldBe(["sid"]);
        (await client.ReceiveAsync()).ShouldBe("42[\"hello\",\"you\"]");
    }

    [Fact]
    public async Task The_secret_is_as_long_as_an_id_and_none()
    {
        await using var server = await StartAsync();
        await using var client = await WebSocketClient.OpenAsync(server);
        var answer = await ConnectAsync(client);
        answer.Pid.ShouldMatch("^[A-Za-z0-9_-]{20}$");
        new[] { answer.Pid, answer.Sid, client.Sid }.Distinct(StringComparer.Ordinal).Count().ShouldBe(3);
        (await _connected.NextAsync()).Recovered.ShouldBeFalse();
    }

    [Fact]
    public async Task Events_bear_offsets_and_acknowledgements_do_not()
    {
        await using var server = await StartAsync();
        await using var client = await WebSocketClient.OpenAsync(server);
        await ConnectAsync(client);
        var socket = await _connected.NextAsync();
        Recorder<string> listened = new();
        socket.OnAnyOutgoing(e => listened.Add($"{e.Name} {e.Arguments.Count}"));

        socket.Emit("one", 1);
        OffsetOf(await client.ReceiveAsync(), "one", "1").ShouldNotBeEmpty();
        await socket.EmitAsync("bytes", new byte[] { 7 });
        (await client.ReceiveAsync()).ShouldStartWith("""451-["bytes",{"_placeholder":true,"num":0},""");
        (await client.ReceiveBinaryAsync()).ShouldBe([7]);
        var asking = socket.EmitWithAckAsync("ask", "text");
        (await client.ReceiveAsync()).ShouldBe("420[\"ask\",\"text\"]");
        await client.SendAsync("430[]", "425[\"echo\",\"x\"]");
        await Deadline.For(asking);
        (await client.ReceiveAsync()).ShouldBe("435[\"x\"]");
        (await listened.TakeAsync(3)).ShouldBe(["one 1", "bytes 1", "ask 1"]);
    }

    [Fact]
    public async Task A_client_comes_back_as_the_same_socket_and_gets_what_it_missed_before_the_answer()
    {
        await using var server = await StartAsync();
        var client = await WebSocketClient.OpenAsync(server);
        var first = await ConnectAsync(client);
        var socket = await _connected.NextAsync();
        socket.Join("room");
        socket.Items["name"] = "Ada";
        socket.Emit("before");
        var offset = OffsetOf(await client.ReceiveAsync(), "before");
        (await BreakAsync(client)).Name.ShouldBe("transport error");

        server.IO.Of("/").To("room").Emit("to the room");
        server.IO.Of("/").To("another").Emit("elsewhere");
        server.IO.Of("/").Volatile.Emit("volatile");
        socket.Emit("to the socket that is no more", new byte[] { 9 }).ShouldBe(EmitResult.Queued);
        socket.Volatile.Emit("volatile").ShouldBe(EmitResult.Closed);
        server.IO.Of("/").To(socket.Id).Emit("to its id");

        await using var next = await WebSocketClient.OpenAsync(server);
        await next.SendAsync(Resume(first, offset));
        var missed = await next.ReceiveAsync();
        OffsetOf(missed, "to the room").ShouldNotBe(offset, StringComparer.Ordinal);
        (await next.ReceiveAsync()).ShouldStartWith("451-[\"to the socket that is no more\",");
        (await next.ReceiveBinaryAsync()).ShouldBe([9]);
        OffsetOf(await next.ReceiveAsync(), "to its id").ShouldNotBeEmpty();
        ReadAnswer(await next.ReceiveAsync()).ShouldBe(first);

        var recovered = await _connected.NextAsync();
        recovered.ShouldNotBeSameAs(socket);
        (recovered.Recovered, recovered.Id, recovered.Connected).ShouldBe((true, socket.Id, true));
        recovered.Rooms.ShouldBe([socket.Id, "room"], ignoreOrder: true);
        recovered.Items["name"].ShouldBe("Ada");
        server.IO.Of("/").Sockets.ShouldBe([recovered]);

        socket.Emit("by the old object").ShouldBe(EmitResult.Queued);
        OffsetOf(await next.ReceiveAsync(), "by the old object").ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Over_polling_what_was_missed_and_the_answer_come_in_one_payload()
    {
        await using var server = await StartAsync();
        var client = await WebSocketClient.OpenAsync(server);
        var first = await ConnectAsync(client);
        await BreakAsync(client);
        for (var i = 0; i < 3; i++)
        {
            server.IO.Of("/").Emit("missed", i);
        }

        var next = await PollingClient.OpenAsync(server);
        await next.SendAsync(Resume(first, null));
        await _connected.TakeAsync(2);
        var packets = await next.PollAsync();
        packets.Length.ShouldBe(4);
        for (var i = 0; i < 3; i++)
        {
            OffsetOf(packets[i], "missed", $"{i}").ShouldNotBeEmpty();
        }

        ReadAnswer(packets[3]).ShouldBe(first);
    }

    [Fact]
    public async Task What_was_replayed_is_not_replayed_again()
    {
        await using var server = await StartAsync();
        var client = await WebSocketClient.OpenAsync(server);
        var first = await ConnectAsync(client);
        await BreakAsync(client);
        server.IO.Of("/").Emit("1");
        client = await WebSocketClient.OpenAsync(server);
        await client.SendAsync(Resume(first, null));
        var offset = OffsetOf(await client.ReceiveAsync(), "1");
        ReadAnswer(await client.ReceiveAsync()).ShouldBe(first);
        await _connected.TakeAsync(2);
        await BreakAsync(client);
        server.IO.Of("/").Emit("2");
        await using var last = await WebSocketClient.OpenAsync(server);
        await last.SendAsync(Resume(first, offset));
        OffsetOf(await last.ReceiveAsync(), "2").ShouldNotBeEmpty();
        ReadAnswer(await last.ReceiveAsync()).ShouldBe(first);
    }

    [Fact]
    public async Task A_connection_that_still_seems_to_live_gives_way_again_and_again()
    {
        List<string> order = [];
        await using var server = await StartAsync(io: io => io.Of("/").OnConnection(s =>
        {
            lock (order)
            {
                order.Add("in");
            }

            s.OnDisconnected(_ =>
            {
                lock (order)
                {
                    order.Add("out");
                }
            });
        }));
        await using var client = await WebSocketClient.OpenAsync(server);
        var first = await ConnectAsync(client);
        WebSocketClient[] others = [await WebSocketClient.OpenAsync(server), await WebSocketClient.OpenAsync(server)];
        foreach (var other in others)
        {
            await other.SendAsync(Resume(first, null));
            ReadAnswer(await other.ReceiveAsync()).ShouldBe(first);
            (await _ended.NextAsync()).ShouldBe(new DisconnectReason("transport close", DisconnectCause.Superseded));
        }

        (await client.ReceiveToEndAsync()).ShouldBeEmpty();
        server.IO.Of("/").Sockets.Count.ShouldBe(1);
        await _connected.TakeAsync(3);
        order.ShouldBe(["in", "out", "in", "out", "in"], "the end of one is over before the next begins");
        foreach (var other in others)
        {
            await other.DisposeAsync();
        }
    }

    [Theory]
    [InlineData("leaves")]
    [InlineData("is thrown out")]
    [InlineData("is thrown out with its connection")]
    [InlineData("breaks the protocol")]
    public async Task Whoever_goes_for_good_comes_back_as_somebody_new(string how)
    {
        await using var server = await StartAsync();
        var client = await WebSocketClient.OpenAsync(server);
        var first = await ConnectAsync(client);
        var socket = await _connected.NextAsync();
        switch (how)
        {
            case "leaves":
                await client.SendAsync("41");
                break;

            case "is thrown out":
                socket.Disconnect();
                break;

            case "is thrown out with its connection":
                socket.Disconnect(closeConnection: true);
                break;

            default:
                await client.SendAsync("4nonsense");
                break;
        }

        await _ended.NextAsync();
        socket.Emit("late").ShouldBe(EmitResult.Closed);
        await ShouldBeNewAsync(server, Resume(first, null));
    }

    [Fact]
    public async Task A_secret_is_good_in_its_own_namespace_only_and_nothing_else_is_one()
    {
        await using var server = await StartAsync(io: io => io.Of("/other"));
        var client = await WebSocketClient.OpenAsync(server);
        var first = await ConnectAsync(client);
        await using (var elsewhere = await WebSocketClient.OpenAsync(server))
        {
            await elsewhere.SendAsync($$"""40/other,{"pid":"{{first.Pid}}"}""");
            (await elsewhere.ReceiveAsync()).ShouldNotContain(first.Sid);
        }

        foreach (var auth in new[]
        {
            """{"pid":"unknown"}""", """{"pid":""}""", """{"pid":7,"offset":[]}""", """{"pid":null}""", """{"pid":"\ud83d"}""",
            $$"""{"pid":"{{new string('x', 5000)}}"}""", $$"""{"pid":"{{first.Sid}}"}""", """{"offset":"x"}""",
        })
        {
            await ShouldBeNewAsync(server, "40" + auth);
        }

        await using var next = await WebSocketClient.OpenAsync(server);
        await next.SendAsync($$"""40{"pid":"{{first.Pid}}","offset":"\ud83d"}""");
        ReadAnswer(await next.ReceiveAsync()).ShouldBe(first);
    }

    [Theory]
    [InlineData("123")]
    [InlineData("{}")]
    [InlineData("false")]
    public async Task Whose_offset_is_no_text_is_new(string offset)
    {
        await using var server = await StartAsync();
        var client = await WebSocketClient.OpenAsync(server);
        var first = await ConnectAsync(client);
        (await _connected.NextAsync()).Join("room");
        await BreakAsync(client);
        await ShouldBeNewAsync(server, $$"""40{"pid":"{{first.Pid}}","offset":{{offset}}}""");
        (await _connected.NextAsync()).Id.ShouldNotBe(first.Sid, StringComparer.Ordinal);

        // That was no client of socket.io, and the one that may still come loses nothing by it.
        await using var next = await WebSocketClient.OpenAsync(server);
        await next.SendAsync($$"""40{"pid":"{{first.Pid}}","offset":null}""");
        ReadAnswer(await next.ReceiveAsync()).ShouldBe(first);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Middlewares_are_asked_again_only_if_they_are_to_be(bool skip)
    {
        var asked = new Recorder<(bool Recovered, int Rooms)>();
        var refuse = false;
        await using var server = await StartAsync(o => o.SkipMiddlewares = skip, io => io.Of("/").Use(s =>
        {
            asked.Add((s.Recovered, s.Rooms.Count));
            return new(refuse ? ConnectResult.Refuse("not now") : ConnectResult.Accept);
        }));
        var client = await WebSocketClient.OpenAsync(server);
        var first = await ConnectAsync(client);
        (await _connected.NextAsync()).Join("room");
        (await asked.NextAsync()).ShouldBe((false, 1));
        await BreakAsync(client);
        server.IO.Of("/").Emit("missed");
        refuse = true;
        await using var next = await WebSocketClient.OpenAsync(server);
        await next.SendAsync(Resume(first, null));
        if (!skip)
        {
            (await asked.NextAsync()).ShouldBe((true, 2));
            (await next.ReceiveAsync()).ShouldBe("44{\"message\":\"not now\"}");
            refuse = false;
            await next.SendAsync(Resume(first, null));
            (await asked.NextAsync()).ShouldBe((true, 2));
        }

        OffsetOf(await next.ReceiveAsync(), "missed").ShouldNotBeEmpty();
        ReadAnswer(await next.ReceiveAsync()).ShouldBe(first);
        asked.IsEmpty.ShouldBeTrue();
    }

    [Fact]
    public async Task Whoever_comes_back_while_a_middleware_still_thinks_about_him_gives_way_to_himself()
    {
        var thinking = new Recorder<TaskCompletionSource>();
        await using var server = await StartAsync(o => o.SkipMiddlewares = false, io => io.Of("/").Use(async s =>
        {
            if (s.Recovered)
            {
                var source = new TaskCompletionSource();
                thinking.Add(source);
                await source.Task;
            }

            return ConnectResult.Accept;
        }));
        var client = await WebSocketClient.OpenAsync(server);
        var first = await ConnectAsync(client);
        await BreakAsync(client);
        server.IO.Of("/").Emit("missed");
        await using var second = await WebSocketClient.OpenAsync(server);
        await second.SendAsync(Resume(first, null));
        var thought = await thinking.NextAsync();
        await using var third = await WebSocketClient.OpenAsync(server);
        await third.SendAsync(Resume(first, null));
        (await second.ReceiveToEndAsync()).ShouldBeEmpty();
        thought.SetResult();
        (await thinking.NextAsync()).SetResult();
        OffsetOf(await third.ReceiveAsync(), "missed").ShouldNotBeEmpty();
        ReadAnswer(await third.ReceiveAsync()).ShouldBe(first);
    }

    [Fact]
    public async Task A_namespace_that_clients_made_waits_for_those_who_are_away()
    {
        var time = new FakeTimeProvider();
        await using var server = await StartAsync(
            io: io => io.Of((name, _) => name == "/made").OnConnection(Listen), time: time);
        var client = await WebSocketClient.OpenAsync(server);
        var first = await ConnectAsync(client, "/made,");
        var ns = (await _connected.NextAsync()).Namespace;
        await BreakAsync(client);
        ns.Emit("missed");
        client = await WebSocketClient.OpenAsync(server);
        await client.SendAsync($$"""40/made,{"pid":"{{first.Pid}}"}""");
        (await client.ReceiveAsync()).ShouldStartWith("42/made,[\"missed\",");
        ReadAnswer(await client.ReceiveAsync(), "/made,").ShouldBe(first);
        (await _connected.NextAsync()).Namespace.ShouldBeSameAs(ns);
        ns.Parent!.Children.ShouldBe([ns]);

        await BreakAsync(client);
        ns.Parent.Children.ShouldBe([ns]);
        time.Advance(TimeSpan.FromMinutes(10));
        ns.Parent.Children.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_a_slow_handler_does_after_the_break_is_recovered_too()
    {
        var (begun, goOn) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var server = await StartAsync(io: io => io.Of("/").OnConnection(s => s.On("join", async (SocketEvent e) =>
        {
            begun.SetResult();
            await goOn.Task;
            e.Socket.Join("late");
        })));
        var client = await WebSocketClient.OpenAsync(server);
        var first = await ConnectAsync(client);
        await client.SendAsync("42[\"join\"]");
        await Deadline.For(begun.Task);
        var socket = await _connected.NextAsync();
        client.Socket.Abort();
        await Deadline.Until(() => !socket.Connected);
        await using var next = await WebSocketClient.OpenAsync(server);
        await next.SendAsync(Resume(first, null));
        _connected.IsEmpty.ShouldBeTrue();
        goOn.SetResult();
        ReadAnswer(await next.ReceiveAsync()).ShouldBe(first);
        (await _connected.NextAsync()).Rooms.ShouldBe([first.Sid, "late"], ignoreOrder: true);
    }

    [Fact]
    public async Task Whatever_breaks_whenever_there_is_no_gap_and_nothing_comes_twice()
    {
        const int Count = 300;
        await using var server = await StartAsync();
        var io = server.IO.Of("/");
        var client = await WebSocketClient.OpenAsync(server);
        var first = await ConnectAsync(client);
        (await _connected.NextAsync()).Join("room");
        using var connected = new SemaphoreSlim(0);
        var emitting = Task.WhenAll(Enumerable.Range(0, 3).Select(emitter => Task.Run(async () =>
        {
            for (var i = 0; i < Count; i++)
            {
                _ = (i % 3) switch
                {
                    0 => io.To("room").Emit("e", emitter, i),
                    1 => await io.EmitAsync("e", emitter, i),
                    _ => io.To(first.Sid).Emit("e", emitter, i),
                };
                io.Volatile.Emit("volatile", "text");
                await Task.Yield();
            }
        })));

        var received = new int[3];
        var random = new Random(7);
        string? offset = null;
        while (received.Sum() < 3 * Count)
        {
            for (var left = random.Next(1, 40); left > 0 && received.Sum() < 3 * Count; left--)
            {
                var packet = await client.ReceiveAsync();
                if (packet.StartsWith("40", StringComparison.Ordinal))
                {
                    ReadAnswer(packet).ShouldBe(first);
                    continue;
                }

                var arguments = JsonSerializer.Deserialize<JsonElement[]>(packet[2..])!;
                offset = arguments[^1].GetString();
                if (arguments[0].ValueEquals("e"))
                {
                    arguments[2].GetInt32().ShouldBe(received[arguments[1].GetInt32()]++);
                }
            }

            // Sometimes the server knows that it broke, mostly it does not.
            client.Socket.Abort();
            client = await WebSocketClient.OpenAsync(server);
            await client.SendAsync(Resume(first, offset));
        }

        await Deadline.For(emitting);
        await client.DisposeAsync();
    }

    private async Task<TestServer> StartAsync(
        Action<ConnectionStateRecoveryOptions>? options = null, Action<SocketServer>? io = null, TimeProvider? time = null)
    {
        var recovery = new ConnectionStateRecoveryOptions();
        options?.Invoke(recovery);
        return await TestServer.StartAsync(o => o.ConnectionStateRecovery = recovery, server =>
        {
            io?.Invoke(server);
            server.Of("/").OnConnection(Listen);
        }, time);
    }

    private void Listen(Socket socket)
    {
        socket.On("echo", e => { e.Ack(e.Arguments); });
        socket.OnDisconnected(_ended.Add);
        _connected.Add(socket);
    }

    private static async Task<Answer> ConnectAsync(EngineClient client, string ns = "")
    {
        await client.SendAsync("40" + ns);
        return ReadAnswer(await client.ReceiveAsync(), ns);
    }

    private static Answer ReadAnswer(string packet, string ns = "")
    {
        packet.ShouldStartWith($"40{ns}{{\"sid\":");
        var answer = JsonDocument.Parse(packet[(2 + ns.Length)..]).RootElement;
        return new(answer.GetProperty("sid").GetString()!, answer.GetProperty("pid").GetString()!);
    }

    private static string Resume(Answer answer, string? offset) =>
        offset is null ? $$"""40{"pid":"{{answer.Pid}}"}""" : $$"""40{"pid":"{{answer.Pid}}","offset":"{{offset}}"}""";

    /// <summary>The offset of an event with this name and these arguments, as JSON.</summary>
    private static string OffsetOf(string packet, string name, params string[] arguments)
    {
        packet.ShouldStartWith("42[");
        var all = JsonSerializer.Deserialize<JsonElement[]>(packet[2..])!;
        all[..^1].Select(a => a.GetRawText()).ShouldBe([$"\"{name}\"", .. arguments]);
        return all[^1].GetString()!;
    }

    /// <summary>Breaks a connection, and waits until the server knows.</summary>
    private async Task<DisconnectReason> BreakAsync(WebSocketClient client)
    {
        client.Socket.Abort();
        return await _ended.NextAsync();
    }

    private static async Task ShouldBeNewAsync(TestServer server, string connect)
    {
        await using var client = await WebSocketClient.OpenAsync(server);
        var pid = connect.Contains("\"pid\":\"", StringComparison.Ordinal) ? connect.Split('"')[3] : "";
        await client.SendAsync(connect);
        var answer = ReadAnswer(await client.ReceiveAsync());
        answer.Pid.ShouldNotBe(pid, StringComparer.Ordinal);
        await Deadline.Until(() => server.IO.Of("/").Sockets.Any(s => s.Id == answer.Sid && !s.Recovered));
    }

    private sealed record Answer(string Sid, string Pid);
}
