using Microsoft.Extensions.Logging;
using Parley.Server.Signalling;
using Parley.Server.Tests.Running;
using SocketIOClient.Transport;

namespace Parley.Server.Tests.Signalling;

public sealed class PollingWatchTests : ILogger<PollingWatch>
{
    private readonly ManualTime _time = new();
    private readonly List<string> _said = [];
    private readonly PollingWatch _watch;

    public PollingWatchTests() => _watch = new(_time, this);

    [Fact]
    public void A_connection_that_still_polls_after_ten_seconds_is_told_of_once()
    {
        using var watching = _watch.Watch(() => true);
        _time.Advance(TimeSpan.FromSeconds(9.9));
        _said.ShouldBeEmpty();

        _time.Advance(TimeSpan.FromHours(1));

        _said.Single().ShouldStartWith("Warning: A connection still uses HTTP long-polling 10 s after it joined");
    }

    [Fact]
    public void A_connection_that_has_upgraded_or_ended_is_not_told_of()
    {
        var polls = true;
        using var upgraded = _watch.Watch(() => polls);
        _watch.Watch(() => true).Dispose();
        polls = false;

        _time.Advance(TimeSpan.FromMinutes(1));

        _said.ShouldBeEmpty();
        _time.TimerCount.ShouldBe(0);
    }

    [Fact]
    public void Of_many_connections_one_in_ten_minutes_is_told_of()
    {
        // One every second, for half an hour.
        for (var second = 0; second < 1800; second++)
        {
            _watch.Watch(() => true);
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        _said.Count.ShouldBe(3);
    }

    [Fact]
    public async Task A_server_whose_clients_cannot_upgrade_says_so_and_names_nobody()
    {
        using var folder = new TestFolder();
        await using var server = await MortalServer.StartAsync(folder);
        await using var byWebSocket = await server.JoinAsync("secret-room", "Ada");
        using var byPolling = new SocketIOClient.SocketIO(
            server.Address,
            new SocketIOClient.SocketIOOptions { Transport = TransportProtocol.Polling, AutoUpgrade = false, Reconnection = false });
        // It says that it has connected before it can send (OtherClientTests).
        var connected = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        byPolling.OnConnected += (_, _) => connected.TrySetResult();
        await byPolling.ConnectAsync().WaitAsync(TestContext.Current.CancellationToken);
        await connected.Task.WaitAsync(TestContext.Current.CancellationToken);
        await byPolling.EmitAsync("join", new
        {
            protocol = 3,
            room = "secret-room",
            name = "Ben",
            incarnation = 1,
            media = new { microphone = true, camera = true, screen = false },
        });

        var line = await server.ReadLineAsync(TimeSpan.FromSeconds(30));

        line.ShouldContain("long-polling");
        line.ShouldContain("warn");
        line.ShouldNotContain("secret-room");
        line.ShouldNotContain("127.0.0.1");
    }

    IDisposable? ILogger.BeginScope<TState>(TState state) => null;

    bool ILogger.IsEnabled(LogLevel logLevel) => true;

    void ILogger.Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _said.Add($"{logLevel}: {formatter(state, exception)}");
}
