using Parley.Core.Addresses;
using Parley.Net.Streams;
using Parley.Net.Tests.Loops;
using Parley.Net.Tests.Turn;

namespace Parley.Net.Tests.Streams;

public sealed class StreamConnectionTests : IAsyncLifetime
{
    private const int BacklogBytes = 64 * 1024;

    private static readonly byte[] Answer = new byte[100];
    private static readonly FiveTuple Client = new(TransportAddress.Parse("46.0.0.1:5000"), TransportAddress.Parse("45.0.0.1:3478"), TransportProtocol.Tcp);

    private readonly RunningLoop _loop = new();
    private readonly SlowStream _client = new();
    private readonly StreamOwner _owner = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly StreamConnection _connection;
    private Task _running = Task.CompletedTask;

    public StreamConnectionTests() => _connection = new StreamConnection(_loop.Loop, _client, Client, _owner, BacklogBytes, oldChannels: false);

    public async ValueTask InitializeAsync()
    {
        _running = _connection.RunAsync(_stopping.Token);
        await Eventually.Is(() => _owner.IsOpen);
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _running.Soon();
        await _loop.DisposeAsync();
        _stopping.Dispose();
    }

    [Fact]
    public async Task Who_reads_no_answers_and_has_no_allocation_loses_the_connection_at_a_few_kilobytes()
    {
        int taken = await _loop.Do(_ => Fill(isResponse: true));

        taken.ShouldBe(StreamBacklog.UntrustedLimit / Answer.Length);
        await _running.Soon();
        _owner.Ended.ShouldBe("it reads too slowly");
        _client.IsDisposed.ShouldBeTrue();
    }

    [Fact]
    public async Task Who_has_an_allocation_may_read_more_slowly()
    {
        await _loop.Do(_ => _connection.Trust());

        (await _loop.Do(_ => Fill(isResponse: false))).ShouldBe(BacklogBytes / Answer.Length);
        (await _loop.Do(_ => Fill(isResponse: true))).ShouldBe(BacklogBytes / Answer.Length, "what is answered has room of its own");
        await _running.Soon();
        _owner.Ended.ShouldBe("it reads too slowly");
    }

    [Fact]
    public async Task After_the_allocation_little_may_wait_again()
    {
        await _loop.Do(_ => _connection.Trust());
        (await _loop.Do(_ => _connection.TryDistrust())).ShouldBeTrue();

        (await _loop.Do(_ => Fill(isResponse: true))).ShouldBe(StreamBacklog.UntrustedLimit / Answer.Length);
        await _running.Soon();
    }

    [Fact]
    public async Task What_waits_at_the_end_of_the_allocation_is_not_kept_without_one()
    {
        await _loop.Do(_ => _connection.Trust());
        await _loop.Do(_ => Fill(isResponse: false));

        (await _loop.Do(_ => _connection.TryDistrust())).ShouldBeFalse();
    }

    [Fact]
    public async Task Memory_that_only_an_allocation_justifies_is_given_back()
    {
        await _loop.Do(_ => _connection.Trust());
        await _loop.Do(_ => Fill(isResponse: false));
        _connection.BacklogCapacity.ShouldBeGreaterThan(BacklogBytes / 2);
        _client.ReadOn();
        await Eventually.Is(() => _connection.BacklogIsEmpty);

        (await _loop.Do(_ => _connection.TryDistrust())).ShouldBeTrue();

        _connection.BacklogCapacity.ShouldBe(0);
        (await _loop.Do(_ => _connection.TrySend(Answer, isResponse: true))).ShouldBeTrue();
    }

    /// <summary>Sends until no more is taken; so many were.</summary>
    private int Fill(bool isResponse)
    {
        int taken = 0;
        while (_connection.TrySend(Answer, isResponse))
        {
            (++taken).ShouldBeLessThan(1_000_000);
        }

        return taken;
    }
}
