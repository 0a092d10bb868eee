using Parley.SocketIO.Adapters;
using Parley.SocketIO.Adapters.Recovery;
using Parley.SocketIO.Packets;
using Parley.SocketIO.Tests.Virtual;

namespace Parley.SocketIO.Tests.Adapters;

/// <summary>What all namespaces of a server keep together for those who are away.</summary>
public sealed class RecoveryBudgetTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly ConnectionStateRecoveryOptions _settings = new() { MaxTotalBytes = 4096, MaxTotalSessions = 4 };
    private readonly RecoveryBudget _budget;
    private int _released;

    public RecoveryBudgetTests() => _budget = new RecoveryBudget(_settings);

    [Fact]
    public async Task Who_keeps_most_gives_its_oldest_events_and_the_others_keep_theirs()
    {
        var (loud, quiet) = (Create("/loud"), Create("/quiet"));
        var (lost, kept) = (loud.Leave("a"), quiet.Leave("b"));
        quiet.Send("1");
        for (var i = 0; i < 100; i++)
        {
            loud.Send("noise");
            _budget.Total.Bytes.ShouldBeLessThanOrEqualTo(4096);
        }

        _budget.Total.Bytes.ShouldBeGreaterThan(3500);
        (await loud.ClaimAsync(lost)).ShouldBeNull();
        var late = loud.Leave("c");
        loud.Send("2");
        (await loud.ClaimAsync(late)).ShouldNotBeNull("what is new is kept");
        (await quiet.ClaimAsync(kept)).ShouldNotBeNull();
    }

    [Fact]
    public async Task Who_keeps_most_gives_up_whoever_has_been_away_longest()
    {
        var (full, small) = (Create("/full"), Create("/small"));
        RecoverySession[] away = [full.Leave("a"), full.Leave("b"), full.Leave("c"), full.Leave("d")];
        _budget.Total.Away.ShouldBe(4);
        var other = small.Leave("e");
        _budget.Total.Away.ShouldBe(4);
        _released.ShouldBe(1);
        (await full.ClaimAsync(away[0])).ShouldBeNull();
        (await small.ClaimAsync(other)).ShouldNotBeNull();
        foreach (var session in away[1..])
        {
            (await full.ClaimAsync(session)).ShouldNotBeNull();
        }

        _budget.Total.Away.ShouldBe(0);
    }

    [Fact]
    public async Task A_namespace_that_is_held_back_is_not_waited_for_and_who_needs_room_makes_it_itself()
    {
        var (busy, other) = (Create("/busy"), Create("/other"));
        var (kept, lost) = (busy.Leave("a"), other.Leave("b"));
        for (var i = 0; i < 20; i++)
        {
            busy.Send("1");
        }

        using var release = new ManualResetEventSlim();
        var held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var holding = Task.Run(() => busy.Recovery.HoldBackAnd(_ =>
        {
            held.SetResult();
            release.Wait(Deadline.Token());
        }));
        await Deadline.For(held.Task);
        for (var i = 0; i < 20; i++)
        {
            other.Send("2");
            _budget.Total.Bytes.ShouldBeLessThanOrEqualTo(4096);
        }

        release.Set();
        await Deadline.For(holding);
        (await busy.ClaimAsync(kept)).ShouldNotBeNull();
        (await other.ClaimAsync(lost)).ShouldBeNull();
    }

    [Fact]
    public async Task Nothing_is_counted_any_more_when_all_are_back_gone_or_forgotten()
    {
        var (first, second) = (Create("/first"), Create("/second"));
        var (a, b) = (first.Leave("a"), second.Leave("b"));
        var live = first.Enter("c");
        first.Send("1");
        second.Send("2");
        var claim = await first.ClaimAsync(a);
        first.Recovery.HoldBackAnd(r =>
        {
            r.TakeMissed(claim!);
            r.Resume(claim!);
            r.Drop(a);
            r.Drop(live);
        });
        _budget.Total.Away.ShouldBe(1);
        _time.Advance(_settings.MaxDisconnectionDuration * 3);
        (await second.ClaimAsync(b)).ShouldBeNull();
        _budget.Total.ShouldBe((0, 0));
    }

    [Fact]
    public async Task Who_came_back_and_did_not_get_in_is_forgotten_in_time()
    {
        var keeper = Create("/");
        var claim = (await keeper.ClaimAsync(keeper.Leave("a"))).ShouldNotBeNull();
        // On its way in for longer than anybody may be away, so that nothing is left to be looked after meanwhile.
        _time.Advance(_settings.MaxDisconnectionDuration * 3);
        keeper.Recovery.HoldBackAnd(r => r.Return(claim));
        _budget.Total.Away.ShouldBe(1);
        _time.Advance(_settings.MaxDisconnectionDuration * 3);
        _budget.Total.ShouldBe((0, 0));
        _released.ShouldBe(1);
    }

    [Fact]
    public void What_a_busy_minute_took_is_given_back()
    {
        var log = new PacketLog(10_000, int.MaxValue, TimeSpan.FromMinutes(2), _time);
        var options = new SocketIOOptions();
        var encoder = new PacketEncoder(options, new ArgumentSerializer(options));
        var packet = encoder.Event("/", "noise", null, 0, static (_, _) => { });
        for (var i = 0; i < 10_000; i++)
        {
            log.Append(packet, BroadcastTargets.All);
        }

        log.Capacity.ShouldBeGreaterThanOrEqualTo(10_000);
        _time.Advance(TimeSpan.FromMinutes(3));
        log.Append(packet, BroadcastTargets.All);
        (log.Count, log.Capacity).ShouldBe((1, 16));
        log.After(log.Last - 1).Single().Number.ShouldBe(10_001);
    }

    [Fact]
    public async Task Many_that_make_room_at_once_do_not_wait_for_each_other()
    {
        Keeper[] all = [.. Enumerable.Range(0, 6).Select(n => Create($"/{n}"))];
        await Deadline.For(Task.WhenAll(all.Select((keeper, n) => Task.Run(() =>
        {
            for (var i = 0; i < 300; i++)
            {
                keeper.Leave($"{n}-{i}");
                keeper.Send(new string('x', i % 100));
            }
        }))));
        all[0].Send("last");
        all[0].Leave("last");
        _budget.Total.Bytes.ShouldBeLessThanOrEqualTo(4096);
        _budget.Total.Away.ShouldBeLessThanOrEqualTo(4);
        _budget.Total.ShouldBe((all.Sum(k => k.Recovery.Holdings.Bytes), all.Sum(k => k.Recovery.Holdings.Away)));
    }

    private Keeper Create(string ns) => new(ns, _budget, _settings, _time, () => Interlocked.Increment(ref _released));

    /// <summary>One namespace.</summary>
    private sealed class Keeper
    {
        private readonly string _ns;
        private readonly LocalSockets _sockets = new();
        private readonly PacketEncoder _encoder;
        private readonly InMemoryAdapter _adapter;

        public Keeper(string ns, RecoveryBudget budget, ConnectionStateRecoveryOptions settings, TimeProvider time, Action released)
        {
            _ns = ns;
            var options = new SocketIOOptions { ConnectionStateRecovery = settings };
            _encoder = new PacketEncoder(options, new ArgumentSerializer(options));
            Recovery = new SessionRecovery(budget, options, time, _encoder, ns, released);
            _adapter = new InMemoryAdapter(_sockets, time, Recovery);
        }

        public SessionRecovery Recovery { get; }

        public RecoverySession Enter(string id)
        {
            RecoverySession? session = null;
            Recovery.HoldBackAnd(r => session = r.Open(
                SessionRecovery.NewPid(), new FakeSocket(id, _sockets), null, new Dictionary<string, object?>(StringComparer.Ordinal), []));
            return session!;
        }

        /// <summary>A client comes, and its connection breaks.</summary>
        public RecoverySession Leave(string id)
        {
            var session = Enter(id);
            Recovery.HoldBackAnd(r => r.Suspend(session, Task.CompletedTask));
            return session;
        }

        public void Send(string name) =>
            _adapter.Send(_encoder.Event(_ns, name, null, 0, static (_, _) => { }), BroadcastTargets.All).ShouldBe(EmitResult.Queued);

        public Task<RecoveryClaim?> ClaimAsync(RecoverySession session) => Recovery.ClaimAsync(session.Pid, null, null, default);
    }
}
