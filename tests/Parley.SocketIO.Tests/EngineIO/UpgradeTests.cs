using System.Net;
using Parley.SocketIO.Tests.Clients;
using Parley.SocketIO.Tests.Virtual;

namespace Parley.SocketIO.Tests.EngineIO;

public sealed class UpgradeTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task A_probed_session_goes_on_by_websocket()
    {
        await using var server = await EchoServer.StartAsync();
        var polling = await EchoServer.OpenPollingAsync(server);
        await polling.SendAsync("4queued for the websocket");
        await using var webSocket = await UpgradeAsync(server, polling);

        (await webSocket.ReceiveAsync()).ShouldBe("4queued for the websocket");
        await webSocket.SendAsync("4hello", new byte[] { 1 });
        (await webSocket.ReceiveAsync()).ShouldBe("4hello");
        (await webSocket.ReceiveBinaryAsync()).ShouldBe([1]);
    }

    [Fact]
    public async Task Polling_is_over_after_the_upgrade()
    {
        await using var server = await EchoServer.StartAsync();
        var polling = await EchoServer.OpenPollingAsync(server);
        await using var webSocket = await UpgradeAsync(server, polling);
        await webSocket.SendAsync("4upgraded");
        (await webSocket.ReceiveAsync()).ShouldBe("4upgraded");

        using var poll = await polling.GetAsync();
        await poll.ShouldBeErrorAsync(3, "Bad request");
        using var post = await polling.PostAsync("4hello");
        await post.ShouldBeErrorAsync(3, "Bad request");
        await webSocket.SendAsync("4still there");
        (await webSocket.ReceiveAsync()).ShouldBe("4still there");
    }

    [Fact]
    public async Task A_second_websocket_is_closed_and_the_first_goes_on()
    {
        await using var server = await EchoServer.StartAsync();
        var polling = await EchoServer.OpenPollingAsync(server);
        await using var first = await EchoServer.ProbeAsync(server, polling);
        await first.SendAsync("2probe");
        (await first.ReceiveAsync()).ShouldBe("3probe");

        await using (var during = await EchoServer.ProbeAsync(server, polling))
        {
            (await during.ReceiveToEndAsync()).ShouldBeEmpty();
            during.CloseCode.ShouldBe(1000);
        }

        await first.SendAsync("5", "4upgraded");
        (await first.ReceiveAsync()).ShouldBe("4upgraded");
        await using (var after = await EchoServer.ProbeAsync(server, polling))
        {
            (await after.ReceiveToEndAsync()).ShouldBeEmpty();
        }

        await first.SendAsync("4still there");
        (await first.ReceiveAsync()).ShouldBe("4still there");
    }

    [Fact]
    public async Task A_websocket_session_cannot_be_upgraded()
    {
        await using var server = await EchoServer.StartAsync();
        await using var client = await EchoServer.OpenWebSocketAsync(server);
        await using var second = await EchoServer.ProbeAsync(server, client);
        (await second.ReceiveToEndAsync()).ShouldBeEmpty();
        await client.SendAsync("4still there");
        (await client.ReceiveAsync()).ShouldBe("4still there");
    }

    [Theory]
    [InlineData("2")]
    [InlineData("2prob")]
    [InlineData("4hello")]
    [InlineData("5")]
    [InlineData("")]
    public async Task A_bad_probe_costs_the_websocket_only(string packet)
    {
        await using var server = await EchoServer.StartAsync();
        var polling = await EchoServer.OpenPollingAsync(server);
        await using var webSocket = await EchoServer.ProbeAsync(server, polling);
        await webSocket.SendAsync(packet);
        (await webSocket.ReceiveToEndAsync()).ShouldBeEmpty();
        await ShouldWorkAsync(server, polling);
    }

    [Fact]
    public async Task Anything_but_the_upgrade_after_the_probe_costs_the_websocket_only()
    {
        await using var server = await EchoServer.StartAsync();
        var polling = await EchoServer.OpenPollingAsync(server);
        await using var webSocket = await EchoServer.ProbeAsync(server, polling);
        await webSocket.SendAsync("2probe", "4too early");
        (await webSocket.ReceiveToEndAsync()).ShouldBe(["3probe"]);
        await ShouldWorkAsync(server, polling);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_websocket_that_breaks_while_probing_costs_itself_only(bool afterTheProbe)
    {
        await using var server = await EchoServer.StartAsync();
        var polling = await EchoServer.OpenPollingAsync(server);
        await using (var webSocket = await EchoServer.ProbeAsync(server, polling))
        {
            if (afterTheProbe)
            {
                await webSocket.SendAsync("2probe");
                (await webSocket.ReceiveAsync()).ShouldBe("3probe");
            }

            webSocket.Socket.Abort();
        }

        await ShouldWorkAsync(server, polling);
    }

    [Fact]
    public async Task An_upgrade_has_its_time()
    {
        await using var server = await EchoServer.StartAsync(time: _time);
        var polling = await EchoServer.OpenPollingAsync(server);
        await using var webSocket = await EchoServer.ProbeAsync(server, polling);
        await webSocket.SendAsync("2probe");
        (await webSocket.ReceiveAsync()).ShouldBe("3probe");
        _time.Advance(TimeSpan.FromSeconds(10));
        (await webSocket.ReceiveToEndAsync()).ShouldBeEmpty();
        await ShouldWorkAsync(server, polling);
    }

    [Fact]
    public async Task Waiting_polls_are_let_go_again_and_again_while_upgrading()
    {
        await using var server = await EchoServer.StartAsync();
        var polling = await EchoServer.OpenPollingAsync(server);
        await using var webSocket = await EchoServer.ProbeAsync(server, polling);
        await webSocket.SendAsync("2probe");
        (await webSocket.ReceiveAsync()).ShouldBe("3probe");
        for (var i = 0; i < 3; i++)
        {
            (await polling.PollAsync()).ShouldBe(["6"]);
        }
    }

    [Fact]
    public async Task A_poll_that_has_something_to_say_is_no_noop_while_upgrading()
    {
        await using var server = await EchoServer.StartAsync(time: _time);
        var polling = await EchoServer.OpenPollingAsync(server);
        await using var webSocket = await EchoServer.ProbeAsync(server, polling);
        await webSocket.SendAsync("2probe");
        (await webSocket.ReceiveAsync()).ShouldBe("3probe");
        await polling.SendAsync("4by polling");
        (await polling.PollAsync()).ShouldBe(["4by polling"]);
        await webSocket.SendAsync("5", "4by websocket");
        (await webSocket.ReceiveAsync()).ShouldBe("4by websocket");
    }

    [Fact]
    public async Task A_ping_that_was_polled_for_is_answered_by_websocket()
    {
        var handler = new RecordingHandler();
        await using var server = await EchoServer.StartAsync(handler: handler, time: _time);
        var polling = await EchoServer.OpenPollingAsync(server);
        _time.Advance(TimeSpan.FromSeconds(25));
        (await polling.PollAsync()).ShouldBe(["2"]);
        await using var webSocket = await UpgradeAsync(server, polling);
        await webSocket.SendAsync("3", "4x");
        (await webSocket.ReceiveAsync()).ShouldBe("4x");
        _time.Advance(TimeSpan.FromSeconds(25));
        (await webSocket.ReceiveAsync()).ShouldBe("2");
        _time.Advance(TimeSpan.FromSeconds(20));
        (await handler.Closed.NextAsync()).ShouldBe(DisconnectCause.PingTimeout);
    }

    [Fact]
    public async Task Nothing_is_lost_doubled_or_reordered_while_both_sides_talk_through_the_upgrade()
    {
        const int Messages = 60;
        await using var server = await TestServer.StartAsync(io: io => io.Of("/").OnConnection(socket =>
        {
            var expected = 0;
            socket.On<int>("up", n =>
            {
                n.ShouldBe(expected++);
                socket.Emit("down", n);
            });
        }));
        for (var round = 0; round < 25; round++)
        {
            var polling = await PollingClient.OpenAsync(server);
            await polling.ConnectAsync();
            await using var webSocket = await WebSocketClient.UpgradeAsync(server, polling);
            var received = new List<string>();

            // As a client does it: poll and post until the probe is answered, let both end, then upgrade.
            var probed = false;
            var polls = Task.Run(async () =>
            {
                while (!Volatile.Read(ref probed))
                {
                    received.AddRange(await polling.PollAsync());
                }
            });
            var sent = 0;
            await webSocket.SendAsync("2probe");
            var probe = webSocket.ReceiveAsync();
            while (!probe.IsCompleted || sent < Messages / 2)
            {
                await polling.SendAsync($"42[\"up\",{sent++}]");
            }

            (await probe).ShouldBe("3probe");
            Volatile.Write(ref probed, true);
            await Deadline.For(polls);
            await webSocket.SendAsync("5");
            while (sent < Messages)
            {
                await webSocket.SendAsync($"42[\"up\",{sent++}]");
            }

            received.RemoveAll(packet => packet == "6");
            while (received.Count < sent)
            {
                received.Add(await webSocket.ReceiveAsync());
            }

            received.ShouldBe(Enumerable.Range(0, sent).Select(n => $"42[\"down\",{n}]"), $"round {round}");
        }
    }

    private static async Task<WebSocketClient> UpgradeAsync(TestServer server, EngineClient polling)
    {
        var webSocket = await EchoServer.ProbeAsync(server, polling);
        await webSocket.SendAsync("2probe");
        (await webSocket.ReceiveAsync()).ShouldBe("3probe");
        await webSocket.SendAsync("5");
        return webSocket;
    }

    private static async Task ShouldWorkAsync(TestServer server, PollingClient polling)
    {
        await polling.SendAsync("4still polling");
        (await polling.PollAsync()).ShouldBe(["4still polling"]);

        // And may try again.
        WebSocketClient again;
        while (true)
        {
            again = await EchoServer.ProbeAsync(server, polling);
            await again.SendAsync("2probe");
            if (await again.TryReceiveAsync() is { } answer)
            {
                answer.ShouldBe("3probe");
                break;
            }
        }

        await again.SendAsync("5", "4upgraded");
        (await again.ReceiveAsync()).ShouldBe("4upgraded");
        await again.DisposeAsync();
        using var poll = await polling.GetAsync();
        poll.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }
}
