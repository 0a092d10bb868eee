using System.Text.Json;
using Parley.SocketIO.Tests.Clients;
using Parley.SocketIO.Tests.Virtual;

namespace Parley.SocketIO.Tests.Namespaces;

public sealed class EventFilterTests
{
    private readonly Recorder<string> _heard = new();

    [Fact]
    public async Task Filters_run_in_order_before_every_listener_and_may_take_their_time()
    {
        await using var server = await StartAsync(s =>
        {
            s.On("e", _ => _heard.Add("handler"));
            s.OnAny(_ => _heard.Add("any"));
            s.Use(async e =>
            {
                await Task.Yield();
                _heard.Add($"one {e.Name}");
                return EventResult.Accept;
            });
            s.Use(_ =>
            {
                _heard.Add("two");
                return new(EventResult.Accept);
            });
        });
        await using var client = await OpenAsync(server);
        await client.SendAsync("42[\"e\"]");
        (await _heard.TakeAsync(4)).ShouldBe(["one e", "two", "any", "handler"]);
    }

    [Fact]
    public async Task A_refusal_is_the_acknowledgement_and_nothing_after_the_filter_hears_of_the_event()
    {
        await using var server = await StartAsync(s =>
        {
            s.Use(e => new(e.Name == "forbidden"
                ? EventResult.Refuse("not you", JsonElement.Parse("{\"code\":7}"))
                : EventResult.Accept));
            s.Use(e =>
            {
                _heard.Add($"second {e.Name}");
                return new(e.Name == "plain" ? EventResult.Refuse("no") : EventResult.Accept);
            });
            s.OnAny(e => _heard.Add($"any {e.Name}"));
            s.OnError((_, _) => _heard.Add("error"));
            s.On("end", e => { e.Ack("fine"); });
        });
        await using var client = await OpenAsync(server);
        await client.SendAsync("421[\"forbidden\"]", "422[\"plain\"]", "423[\"end\"]");
        (await client.ReceiveAsync()).ShouldBe("431[{\"error\":{\"message\":\"not you\",\"data\":{\"code\":7}}}]");
        (await client.ReceiveAsync()).ShouldBe("432[{\"error\":{\"message\":\"no\"}}]");
        (await client.ReceiveAsync()).ShouldBe("433[\"fine\"]");
        (await _heard.TakeAsync(3)).ShouldBe(["second plain", "second end", "any end"]);
    }

    [Fact]
    public async Task A_refusal_that_nobody_waits_for_is_told_to_the_error_handlers()
    {
        await using var server = (await StartAsync(s =>
        {
            s.Use(_ => new(EventResult.Refuse("no")));
            s.OnError((_, _) => throw new InvalidOperationException("on purpose"));
            s.OnError((e, result) => _heard.Add($"{e.Name}: {result.Message}"));
            s.On("e", _ => _heard.Add("handler"));
        })).ExpectingErrors();
        await using var client = await OpenAsync(server);
        await client.SendAsync("42[\"e\"]", "42[\"f\"]");
        (await _heard.TakeAsync(2)).ShouldBe(["e: no", "f: no"]);
    }

    [Fact]
    public async Task A_filter_that_fails_refuses_and_does_not_say_why()
    {
        await using var server = (await StartAsync(s =>
        {
            s.Use(_ => throw new InvalidOperationException("secret"));
            s.On("e", _ => _heard.Add("handler"));
        })).ExpectingErrors();
        await using var client = await OpenAsync(server);
        await client.SendAsync("421[\"e\"]");
        (await client.ReceiveAsync()).ShouldBe("431[{\"error\":{\"message\":\"Internal error\"}}]");
        server.Logs.Errors.ShouldHaveSingleItem().Exception!.Message.ShouldBe("secret");
        _heard.IsEmpty.ShouldBeTrue();
    }

    [Fact]
    public async Task A_handler_and_a_filter_may_refuse_from_deep_inside_and_that_is_no_failure()
    {
        await using var server = await StartAsync(s =>
        {
            s.Use(e => e.Name == "filtered" ? throw new EventRefusedException("by the filter") : new(EventResult.Accept));
            s.OnError((e, refused) => _heard.Add($"{e.Name}: {refused.Message}"));
            s.On("handled", _ => throw new EventRefusedException("by the handler", JsonElement.Parse("[1]")));
        });
        await using var client = await OpenAsync(server);
        await client.SendAsync("421[\"filtered\"]", "422[\"handled\"]", "42[\"filtered\"]", "42[\"handled\"]");
        (await client.ReceiveAsync()).ShouldBe("431[{\"error\":{\"message\":\"by the filter\"}}]");
        (await client.ReceiveAsync()).ShouldBe("432[{\"error\":{\"message\":\"by the handler\",\"data\":[1]}}]");
        (await _heard.TakeAsync(2)).ShouldBe(["filtered: by the filter", "handled: by the handler"]);
    }

    [Fact]
    public async Task The_order_of_events_holds_while_a_filter_thinks()
    {
        var gate = new TaskCompletionSource();
        await using var server = await StartAsync(s =>
        {
            s.Use(async e =>
            {
                if (e.Name == "slow")
                {
                    await gate.Task;
                }

                return EventResult.Accept;
            });
            s.OnAny(e => _heard.Add(e.Name));
        });
        await using var client = await OpenAsync(server);
        await client.SendAsync("42[\"slow\"]", "42[\"quick\"]");
        gate.SetResult();
        (await _heard.TakeAsync(2)).ShouldBe(["slow", "quick"]);
    }

    private static Task<TestServer> StartAsync(Action<Socket> connected) =>
        TestServer.StartAsync(io: io => io.Of("/").OnConnection(connected));

    private static async Task<WebSocketClient> OpenAsync(TestServer server)
    {
        var client = await WebSocketClient.OpenAsync(server);
        await client.ConnectAsync();
        return client;
    }
}
