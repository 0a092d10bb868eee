using Parley.SocketIO.Tests.Clients;
using Parley.SocketIO.Tests.Virtual;

namespace Parley.SocketIO.Tests.EngineIO;

/// <summary>Pings and time limits of real connections, on a clock that the test moves.</summary>
public sealed class LivenessTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly RecordingHandler _handler = new();

    [Theory]
    [InlineData(SocketIOTransports.Polling)]
    [InlineData(SocketIOTransports.WebSocket)]
    public async Task A_client_that_answers_its_pings_stays(SocketIOTransports transport)
    {
        await using var server = await StartAsync();
        await using var client = await EchoServer.OpenAsync(server, transport);
        for (var i = 0; i < 5; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(25));
            (await client.ReceiveAsync()).ShouldBe("2");
            _time.Advance(TimeSpan.FromSeconds(19));
            await client.SendAsync("3", "4pong was read");
            (await client.ReceiveAsync()).ShouldBe("4pong was read");
        }

        _handler.Closed.IsEmpty.ShouldBeTrue();
    }

    [Fact]
    public async Task A_polling_client_that_does_not_answer_is_gone_after_interval_and_timeout()
    {
        await using var server = await StartAsync();
        var client = await EchoServer.OpenPollingAsync(server);
        _time.Advance(TimeSpan.FromSeconds(45) - TimeSpan.FromMilliseconds(1));
        _handler.Closed.IsEmpty.ShouldBeTrue();
        _time.Advance(TimeSpan.FromMilliseconds(1));
        (await _handler.Closed.NextAsync()).ShouldBe(DisconnectCause.PingTimeout);
        using var poll = await client.GetAsync();
        await poll.ShouldBeErrorAsync(1, "Session ID unknown");
    }

    [Fact]
    public async Task A_request_that_comes_after_the_end_finds_it_even_if_the_timer_is_late()
    {
        await using var server = await StartAsync();
        var client = await EchoServer.OpenPollingAsync(server);
        _time.Advance(TimeSpan.FromSeconds(25));
        _time.AdvanceWithoutTimers(TimeSpan.FromSeconds(20));
        using var poll = await client.GetAsync();
        await poll.ShouldBeErrorAsync(1, "Session ID unknown");
        (await _handler.Closed.NextAsync()).ShouldBe(DisconnectCause.PingTimeout);
    }

    [Fact]
    public async Task Messages_are_no_pongs()
    {
        await using var server = await StartAsync();
        await using var client = await EchoServer.OpenWebSocketAsync(server);
        _time.Advance(TimeSpan.FromSeconds(25));
        await client.SendAsync("4talk");
        await _handler.Messages.NextAsync();
        _time.Advance(TimeSpan.FromSeconds(20));
        (await _handler.Closed.NextAsync()).ShouldBe(DisconnectCause.PingTimeout);
        (await client.ReceiveToEndAsync()).Count.ShouldBeLessThanOrEqualTo(2);
    }

    [Fact]
    public async Task A_waiting_poll_learns_that_its_client_was_too_slow_to_answer()
    {
        await using var server = await StartAsync();
        var client = await EchoServer.OpenPollingAsync(server);
        _time.Advance(TimeSpan.FromSeconds(25));
        (await client.PollAsync()).ShouldBe(["2"]);
        var poll = client.GetAsync();
        _time.Advance(TimeSpan.FromSeconds(20));
        using var answer = await poll;

        // Which of the two it is depends on whether the poll came before the end.
        (await answer.Content.ReadAsStringAsync()).ShouldBeOneOf("1", """{"code":1,"message":"Session ID unknown"}""");
    }

    [Theory]
    [InlineData(SocketIOTransports.Polling)]
    [InlineData(SocketIOTransports.WebSocket)]
    public async Task A_connection_that_joins_no_namespace_is_closed_in_time(SocketIOTransports transport)
    {
        await using var server = await TestServer.StartAsync(o => o.ConnectTimeout = TimeSpan.FromSeconds(20), time: _time);
        await using var client = await EngineClient.OpenAsync(server, transport);
        await client.SendAsync("40/unknown");
        (await client.ReceiveAsync()).ShouldBe("44/unknown,{\"message\":\"Invalid namespace\"}");
        _time.Advance(TimeSpan.FromSeconds(20));
        (await client.ReceiveToEndAsync()).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(SocketIOTransports.Polling)]
    [InlineData(SocketIOTransports.WebSocket)]
    public async Task A_connection_that_once_joined_a_namespace_may_stay_without_any(SocketIOTransports transport)
    {
        await using var server = await TestServer.StartAsync(o => o.ConnectTimeout = TimeSpan.FromSeconds(20), time: _time);
        await using var client = await EngineClient.OpenAsync(server, transport);
        await client.ConnectAsync();
        await client.SendAsync("41", "40/unknown");
        (await client.ReceiveAsync()).ShouldStartWith("44/unknown,");
        _time.Advance(TimeSpan.FromSeconds(25));
        (await client.ReceiveAsync()).ShouldBe("2");
        await client.SendAsync("3");
        await client.ConnectAsync();
    }

    private Task<TestServer> StartAsync() => EchoServer.StartAsync(handler: _handler, time: _time);
}
