using Parley.Core.Addresses;
using Parley.Net.Streams;
using Parley.Net.Tests.Loops;
using Parley.Net.Tests.Streams;
using Parley.Net.Turn;

namespace Parley.Net.Tests.Turn;

public sealed class StreamTableTests : IAsyncLifetime
{
    private static readonly byte[] Answer = new byte[100];
    private static readonly FiveTuple Client = new(TransportAddress.Parse("46.0.0.1:5000"), TransportAddress.Parse("45.0.0.1:3478"), TransportProtocol.Tcp);

    private readonly RunningLoop _loop = new();
    private readonly SlowStream _client = new();
    private readonly StreamOwner _owner = new();
    private readonly TurnHostCounters _counters = new();
    private readonly StreamTable _table;
    private readonly StreamConnection _connection;
    private Task _running = Task.CompletedTask;

    public StreamTableTests()
    {
        TurnHostOptions options = RunningTurn.Options(null);
        _table = new StreamTable(options, _counters);
        _connection = new StreamConnection(_loop.Loop, _client, Client, _owner, options.BacklogBytes, oldChannels: false);
    }

    public async ValueTask InitializeAsync()
    {
        _running = _connection.RunAsync(TestContext.Current.CancellationToken);
        await Eventually.Is(() => _owner.IsOpen);
        await _loop.Do(now => _table.Add(now, _connection));
    }

    public async ValueTask DisposeAsync()
    {
        await _loop.Do(now => _connection.End(now, "the test is over"));
        await _running.Soon();
        await _loop.DisposeAsync();
    }

    [Fact]
    public async Task Only_with_an_allocation_may_much_wait_for_a_slow_reader()
    {
        await _loop.Do(_ => _table.HandleAllocationMade(Client));
        await _loop.Do(_ => Send(200));

        _counters.BacklogFull.ShouldBe(0);
        _running.IsCompleted.ShouldBeFalse();

        await _loop.Do(now => _table.HandleAllocationEnded(now, Client));

        // What waits is more than a connection may have that relays nothing: it is closed, after a moment for what it was sent.
        _counters.Connections.ShouldBe(0);
        _client.ReadOn();
        await _running.Soon();
        _client.IsDisposed.ShouldBeTrue();
    }

    [Fact]
    public async Task After_its_allocation_a_connection_that_is_read_goes_on()
    {
        await _loop.Do(_ => _table.HandleAllocationMade(Client));
        await _loop.Do(now => _table.HandleAllocationEnded(now, Client));

        _counters.Connections.ShouldBe(1);
        await _loop.Do(_ => Send(200));
        await _running.Soon();
        _owner.Ended.ShouldBe("it reads too slowly");
    }

    private void Send(int count)
    {
        for (int i = 0; i < count; i++)
        {
            _table.Send(Client, Answer, isResponse: true);
        }
    }
}
