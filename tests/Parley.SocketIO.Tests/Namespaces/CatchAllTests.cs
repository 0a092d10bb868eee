using Parley.SocketIO.Tests.Clients;
using Parley.SocketIO.Tests.Virtual;

namespace Parley.SocketIO.Tests.Namespaces;

public sealed class CatchAllTests
{
    private readonly Recorder<string> _heard = new();
    private readonly Recorder<Socket> _sockets = new();

    [Fact]
    public async Task A_listener_to_all_hears_every_event_before_its_handler_and_those_without_one()
    {
        await using var server = await StartAsync(s =>
        {
            s.On("known", _ => _heard.Add("handler"));
            s.OnAny(e => _heard.Add($"any {e.Name} {e.Arguments.Count}"));
            s.OnAny(async e =>
            {
                await Task.Yield();
                _heard.Add($"second {e.Name}");
            });
        });
        await using var client = await OpenAsync(server);
        await client.SendAsync("42[\"known\",1,2]", "42[\"unknown\"]");
        (await _heard.TakeAsync(5)).ShouldBe(["any known 2", "second known", "handler", "any unknown 0", "second unknown"]);
    }

    [Fact]
    public async Task A_listener_to_all_may_acknowledge()
    {
        await using var server = await StartAsync(s => s.OnAny(e => { e.Ack(e.Name); }));
        await using var client = await OpenAsync(server);
        await client.SendAsync("427[\"whatever\"]");
        (await client.ReceiveAsync()).ShouldBe("437[\"whatever\"]");
    }

    [Fact]
    public async Task A_listener_that_fails_keeps_neither_the_next_nor_the_handler_from_the_event()
    {
        await using var server = (await StartAsync(s =>
        {
            s.OnAny(_ => throw new InvalidOperationException("on purpose"));
            s.OnAny(_ => _heard.Add("second"));
            s.On("e", _ => _heard.Add("handler"));
        })).ExpectingErrors();
        await using var client = await OpenAsync(server);
        await client.SendAsync("42[\"e\"]");
        (await _heard.TakeAsync(2)).ShouldBe(["second", "handler"]);
    }

    [Fact]
    public async Task A_listener_is_removed_by_the_delegate_that_was_given()
    {
        void First(SocketEvent e) => _heard.Add("first");
        ValueTask Second(SocketEvent e)
        {
            _heard.Add("second");
            return ValueTask.CompletedTask;
        }

        await using var server = await StartAsync(s =>
        {
            s.OnAny(First).OnAny(Second).OnAny(First);
            s.On("one", _ => s.OffAny((Action<SocketEvent>)First));
            s.On("two", _ => s.OffAny((Func<SocketEvent, ValueTask>)Second));
            s.On("all", _ => s.OffAny());
            s.On("end", _ => _heard.Add("end"));
        });
        await using var client = await OpenAsync(server);
        await client.SendAsync("42[\"one\"]", "42[\"two\"]", "42[\"all\"]", "42[\"end\"]");
        (await _heard.TakeAsync(7)).ShouldBe(["first", "second", "first", "second", "first", "first", "end"]);
    }

    [Fact]
    public async Task A_listener_to_all_that_goes_out_hears_what_one_client_is_sent_and_what_all_are()
    {
        await using var server = await StartAsync(s => s.OnAnyOutgoing(e =>
            _heard.Add($"{e.Name} {e.Arguments.Count} {e.Arguments.Attachments.Count}")));
        await using var client = await OpenAsync(server);
        var socket = await _sockets.NextAsync();
        socket.Emit("own", 1, "two");
        server.IO.Of("/").Emit("all", new byte[] { 1, 2 });
        await socket.EmitAsync("waited");
        var answer = socket.EmitWithAckAsync("asked", true);
        (await _heard.TakeAsync(4)).ShouldBe(["own 2 0", "all 1 1", "waited 0 0", "asked 1 0"]);

        await client.SendAsync("430[]", "425[\"ack me\"]");
        await Deadline.For(answer);
        socket.Disconnect();
        socket.Emit("too late").ShouldBe(EmitResult.Closed);
        _heard.IsEmpty.ShouldBeTrue("neither acknowledgements nor what is not sent count as outgoing events");
    }

    [Fact]
    public async Task What_goes_out_can_be_read_as_its_receiver_will_read_it()
    {
        var arguments = new Recorder<EventArguments>();
        await using var server = await StartAsync(s => s.OnAnyOutgoing(e => arguments.Add(e.Arguments)), "/named");
        await using var client = await WebSocketClient.OpenAsync(server);
        await client.ConnectAsync("/named");
        (await _sockets.NextAsync()).Emit("e", "a,b[\"", new { x = new byte[] { 7 } });
        var sent = await arguments.NextAsync();
        sent.Get<string>(0).ShouldBe("a,b[\"");
        sent.GetElement(1).GetProperty("x").GetProperty("num").GetInt32().ShouldBe(0);
        sent.Attachments.ShouldHaveSingleItem().ToArray().ShouldBe([7]);
    }

    [Fact]
    public async Task A_listener_that_fails_at_what_goes_out_does_not_reach_whoever_emits()
    {
        await using var server = (await StartAsync(s =>
        {
            s.OnAnyOutgoing(_ => throw new InvalidOperationException("on purpose"));
            s.OnAnyOutgoing(e => _heard.Add(e.Name));
        })).ExpectingErrors();
        await using var client = await OpenAsync(server);
        (await _sockets.NextAsync()).Emit("e").ShouldBe(EmitResult.Queued);
        (await _heard.NextAsync()).ShouldBe("e");
        (await client.ReceiveAsync()).ShouldBe("42[\"e\"]");
    }

    [Fact]
    public async Task Listeners_to_what_goes_out_are_removed_one_or_all()
    {
        void First(OutgoingEvent e) => _heard.Add("first");
        void Second(OutgoingEvent e) => _heard.Add("second");
        await using var server = await StartAsync(s => s.OnAnyOutgoing(First).OnAnyOutgoing(Second));
        await using var client = await OpenAsync(server);
        var socket = await _sockets.NextAsync();
        socket.OffAnyOutgoing(First).Emit("e");
        (await _heard.NextAsync()).ShouldBe("second");
        socket.OffAnyOutgoing().Emit("e");
        _heard.IsEmpty.ShouldBeTrue();
    }

    private Task<TestServer> StartAsync(Action<Socket> connected, string ns = "/") =>
        TestServer.StartAsync(io: io => io.Of(ns).OnConnection(s =>
        {
            connected(s);
            _sockets.Add(s);
        }));

    private static async Task<WebSocketClient> OpenAsync(TestServer server)
    {
        var client = await WebSocketClient.OpenAsync(server);
        await client.ConnectAsync();
        return client;
    }
}
