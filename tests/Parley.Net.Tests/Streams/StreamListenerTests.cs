using System.Net;
using System.Net.Sockets;
using Parley.Net.Streams;
using Parley.Net.Tests.Turn;

namespace Parley.Net.Tests.Streams;

public sealed class StreamListenerTests : IDisposable
{
    private readonly StandingTime _time = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly List<string> _failures = [];
    private readonly List<Socket> _accepted = [];
    private int _asked;

    public void Dispose() => _stopping.Dispose();

    [Fact]
    public async Task Without_file_handles_it_does_not_ask_again_and_again()
    {
        using var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        Task running = RunAsync(attempt => attempt <= 3 ? throw new SocketException((int)SocketError.TooManyOpenSockets) : ValueTask.FromResult(client), attempts: 4);

        for (int attempt = 1; attempt <= 3; attempt++)
        {
            // It waits for time to pass, and for nothing else.
            await Eventually.Is(() => _time.Timers == 1);
            _asked.ShouldBe(attempt);
            _accepted.ShouldBeEmpty();
            _time.Advance(TimeSpan.FromMilliseconds(100));
        }

        await Eventually.Is(() => _accepted.Count == 1);
        _failures.Count.ShouldBe(1, "the log is told once, not at every attempt");
        await _stopping.CancelAsync();
        await running.Soon();
    }

    [Fact]
    public async Task Where_every_second_attempt_fails_the_log_is_told_every_ten_seconds()
    {
        using var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        Task running = RunAsync(
            attempt => attempt % 2 == 1 ? throw new SocketException((int)SocketError.TooManyOpenSockets) : ValueTask.FromResult(client), attempts: 400);

        for (int failure = 1; failure <= 200; failure++)
        {
            await Eventually.Is(() => _time.Timers == 1);
            _time.Advance(TimeSpan.FromMilliseconds(100));
        }

        await Eventually.Is(() => _accepted.Count == 200);
        _failures.Count.ShouldBe(2, "in twenty seconds");
        await _stopping.CancelAsync();
        await running.Soon();
    }

    [Fact]
    public async Task A_client_that_is_gone_before_it_is_accepted_keeps_nobody_waiting()
    {
        using var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        Task running = RunAsync(attempt => attempt <= 100 ? throw new SocketException((int)SocketError.ConnectionAborted) : ValueTask.FromResult(client), attempts: 101);

        await Eventually.Is(() => _accepted.Count == 1);

        _time.Timers.ShouldBe(0);
        _failures.ShouldBeEmpty();
        await _stopping.CancelAsync();
        await running.Soon();
    }

    [Fact]
    public async Task It_accepts_at_its_address_until_it_is_stopped()
    {
        using var listener = new StreamListener(new IPEndPoint(IPAddress.Loopback, 0), TimeProvider.System);
        Task running = listener.RunAsync(_accepted.Add, _failures.Add, _stopping.Token);
        using var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

        await client.ConnectAsync(listener.Address, TestContext.Current.CancellationToken);

        await Eventually.Is(() => _accepted.Count == 1);
        await _stopping.CancelAsync();
        await running.Soon();
        _accepted.ForEach(socket => socket.Dispose());
    }

    private Task RunAsync(Func<int, ValueTask<Socket>> accept, int attempts) => StreamListener.AcceptAllAsync(
        async stopping =>
        {
            if (++_asked > attempts)
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stopping);
            }

            return await accept(_asked);
        },
        _time,
        _accepted.Add,
        _failures.Add,
        _stopping.Token);
}
