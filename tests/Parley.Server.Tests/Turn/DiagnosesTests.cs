using Microsoft.Extensions.Logging.Abstractions;
using Parley.Server.IceServers;
using Parley.Server.Rooms;
using Parley.Server.Tests.Running;
using Parley.Server.Turn;

namespace Parley.Server.Tests.Turn;

public sealed class DiagnosesTests
{
    private readonly ManualTime _time;
    private readonly TurnAccounts _accounts;
    private readonly Diagnoses _diagnoses;

    public DiagnosesTests()
        : this(new())
    {
    }

    private DiagnosesTests(ManualTime time, params IceServerOptions[] iceServers)
    {
        _time = time;
        var options = new TurnOptions { Enabled = false };
        _accounts = new(options, _time);
        var environment = new TurnEnvironment(WebIsThisMachineOnly: true, HasProxies: false, HasIPv6: false, [], null, () => []);
        var relay = new TurnRelay(options, environment, (_, _) => throw new InvalidOperationException("It is off."), _time, NullLogger<TurnRelay>.Instance);
        _diagnoses = new(new(new IceServerIssuer(iceServers, _time), relay, _accounts, options, new RoomDirectory(new(), _time), _time), _time);
    }

    [Fact]
    public void An_account_lasts_as_long_as_what_it_was_lent_to()
    {
        var diagnosis = Begin("192.0.2.1");
        _accounts.Count.ShouldBe(1);
        _accounts.TryGet(diagnosis.Holder.Value, out var account).ShouldBeTrue();
        account!.MaxAllocations.ShouldBe(Diagnoses.MaxAllocations);

        _diagnoses.End(diagnosis);
        _diagnoses.End(diagnosis);

        ShouldHoldNothing();
    }

    [Fact]
    public void And_no_longer_than_its_credentials()
    {
        var diagnosis = Begin("192.0.2.1");

        _time.Advance(Diagnoses.Lifetime - TimeSpan.FromTicks(1));
        _accounts.Count.ShouldBe(1);
        _time.Advance(TimeSpan.FromTicks(1));

        ShouldHoldNothing();
        _diagnoses.End(diagnosis);
        _diagnoses.Count.ShouldBe(0);
    }

    [Fact]
    public void Who_asks_again_has_the_same_account_for_longer()
    {
        var first = Begin("192.0.2.1");
        _time.Advance(Diagnoses.Lifetime / 2);

        var again = Begin("192.0.2.1", first);

        again.Holder.ShouldBe(first.Holder);
        _time.Advance(Diagnoses.Lifetime / 2);
        _accounts.Count.ShouldBe(1);
        _time.Advance(Diagnoses.Lifetime / 2);
        ShouldHoldNothing();
    }

    [Fact]
    public void Who_asks_again_after_the_end_has_another_account()
    {
        var first = Begin("192.0.2.1");
        _time.Advance(Diagnoses.Lifetime);

        var second = Begin("192.0.2.1", first);

        second.Holder.ShouldNotBe(first.Holder);
        _accounts.Count.ShouldBe(1);
        _diagnoses.End(first);
        _accounts.Count.ShouldBe(1);
        _diagnoses.End(second);
        ShouldHoldNothing();
    }

    [Fact]
    public void From_one_address_so_many_look_at_one_time_and_others_are_not_disturbed()
    {
        var open = Enumerable.Range(0, Diagnoses.MaxOpenPerAddress).Select(number => Begin($"2001:db8::{number:x}")).ToList();

        // The same customer: one /64.
        Outcome("2001:db8::ffff").ShouldBe(DiagnosisOutcome.Address);
        Outcome("2001:db8:0:1::1").ShouldBe(DiagnosisOutcome.Ready);
        Outcome("192.0.2.1").ShouldBe(DiagnosisOutcome.Ready);
        _accounts.Count.ShouldBe(Diagnoses.MaxOpenPerAddress + 2);

        // Who has its place already asks again.
        Begin("2001:db8::1", open[1]).Holder.ShouldBe(open[1].Holder);
        _diagnoses.End(open[0]);
        Outcome("2001:db8::ffff").ShouldBe(DiagnosisOutcome.Ready);
        Outcome("2001:db8::ffff").ShouldBe(DiagnosisOutcome.Address);
    }

    [Fact]
    public void One_address_may_look_so_often_in_a_minute()
    {
        for (var round = 0; round < VisitRate.Max; round++)
        {
            _diagnoses.End(Begin("192.0.2.1"));
        }

        Outcome("::ffff:192.0.2.1").ShouldBe(DiagnosisOutcome.Rate);
        _time.Advance(VisitRate.Window);
        Outcome("192.0.2.1").ShouldBe(DiagnosisOutcome.Ready);
    }

    [Fact]
    public void Connections_without_an_address_are_one_customer()
    {
        for (var round = 0; round < Diagnoses.MaxOpenPerAddress; round++)
        {
            Begin(null);
        }

        Outcome(null).ShouldBe(DiagnosisOutcome.Address);
    }

    [Fact]
    public void There_is_room_for_so_many_at_one_time()
    {
        var first = Begin("10.0.0.1");
        for (var number = 1; number < Diagnoses.MaxOpen; number++)
        {
            Begin($"10.1.{number / 256}.{number % 256}");
        }

        Outcome("10.2.0.1").ShouldBe(DiagnosisOutcome.Full);

        // Who has its place already asks again.
        var again = Begin("10.0.0.1", first);
        _diagnoses.End(again);
        Outcome("10.2.0.2").ShouldBe(DiagnosisOutcome.Ready);
        _accounts.Count.ShouldBe(Diagnoses.MaxOpen);
    }

    [Fact]
    public void Who_is_refused_has_opened_nothing()
    {
        for (var round = 0; round < Diagnoses.MaxOpenPerAddress; round++)
        {
            Begin("192.0.2.1");
        }

        for (var round = Diagnoses.MaxOpenPerAddress; round < VisitRate.Max; round++)
        {
            Outcome("192.0.2.1").ShouldBe(DiagnosisOutcome.Address);
        }

        Outcome("192.0.2.1").ShouldBe(DiagnosisOutcome.Rate);
        (_accounts.Count, _diagnoses.Count, _time.TimerCount).ShouldBe(
            (Diagnoses.MaxOpenPerAddress, Diagnoses.MaxOpenPerAddress, Diagnoses.MaxOpenPerAddress));
    }

    [Fact]
    public void What_fails_in_between_leaves_nothing_behind()
    {
        // A clock at its end: credentials that are good until later cannot be made.
        var minted = new IceServerOptions(["turn:turn.example.org"], new TurnCredentials.Minted("secret", TimeSpan.FromHours(1)));
        var broken = new DiagnosesTests(new(DateTimeOffset.MaxValue - TimeSpan.FromSeconds(1)), minted);

        Should.Throw<ArgumentOutOfRangeException>(() => broken.Outcome("192.0.2.1"));

        broken.ShouldHoldNothing();
    }

    [Fact]
    public void What_fails_when_it_is_renewed_ends_as_it_would_have()
    {
        var minted = new IceServerOptions(["turn:turn.example.org"], new TurnCredentials.Minted("secret", TimeSpan.FromHours(1)));
        var late = new DiagnosesTests(new(DateTimeOffset.MaxValue - Diagnoses.Lifetime - TimeSpan.FromSeconds(1)), minted);
        var diagnosis = late.Begin("192.0.2.1");
        late._time.Advance(TimeSpan.FromSeconds(2));

        Should.Throw<ArgumentOutOfRangeException>(() => late.Begin("192.0.2.1", diagnosis));

        late._accounts.Count.ShouldBe(1);
        late._diagnoses.End(diagnosis);
        late.ShouldHoldNothing();
    }

    private void ShouldHoldNothing() => (_accounts.Count, _diagnoses.Count, _time.TimerCount).ShouldBe((0, 0, 0));

    private Diagnosis Begin(string? address, Diagnosis? current = null)
    {
        _diagnoses.Begin(TurnServiceTests.Page("localhost", client: address), current, out var diagnosis).ShouldBe(DiagnosisOutcome.Ready);
        return diagnosis.ShouldNotBeNull();
    }

    private DiagnosisOutcome Outcome(string? address) => _diagnoses.Begin(TurnServiceTests.Page("localhost", client: address), null, out _);
}
