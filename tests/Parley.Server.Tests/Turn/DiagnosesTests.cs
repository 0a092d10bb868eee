using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using Parley.Server.IceServers;
using Parley.Server.Rooms;
using Parley.Server.Tests.Running;
using Parley.Server.Turn;

namespace Parley.Server.Tests.Turn;

public sealed class DiagnosesTests
{
    private static readonly PageAddress Page = TurnServiceTests.Page("localhost");

    private readonly ManualTime _time = new();
    private readonly TurnAccounts _accounts;
    private readonly Diagnoses _diagnoses;

    public DiagnosesTests()
    {
        var options = new TurnOptions { Enabled = false };
        _accounts = new(options, _time);
        var environment = new TurnEnvironment(WebIsThisMachineOnly: true, HasProxies: false, HasIPv6: false, [], null, () => []);
        var relay = new TurnRelay(options, environment, (_, _) => throw new InvalidOperationException("It is off."), _time, NullLogger<TurnRelay>.Instance);
        _diagnoses = new(new(new IceServerIssuer([], _time), relay, _accounts, options, new RoomDirectory(new(), _time), _time), _time);
    }

    [Fact]
    public void An_account_lasts_as_long_as_what_it_was_lent_to()
    {
        var diagnosis = Begin("192.0.2.1").ShouldNotBeNull();
        _accounts.Count.ShouldBe(1);
        _accounts.TryGet(diagnosis.Holder.Value, out var account).ShouldBeTrue();
        account!.MaxAllocations.ShouldBe(Diagnoses.MaxAllocations);

        _diagnoses.End(diagnosis);

        _accounts.Count.ShouldBe(0);
    }

    [Fact]
    public void One_address_may_look_so_often_in_a_minute_and_others_are_not_disturbed()
    {
        for (var round = 0; round < Diagnoses.MaxPerAddress; round++)
        {
            Begin("2001:db8::1").ShouldNotBeNull();
        }

        // The same customer: one /64.
        Outcome("2001:db8::2").ShouldBe(DiagnosisOutcome.Rate);
        Outcome("2001:db8:0:1::1").ShouldBe(DiagnosisOutcome.Ready);
        Outcome("192.0.2.1").ShouldBe(DiagnosisOutcome.Ready);
        _time.Advance(Diagnoses.Window);
        Outcome("2001:db8::2").ShouldBe(DiagnosisOutcome.Ready);
    }

    [Fact]
    public void There_is_room_for_so_many_at_one_time()
    {
        var first = Begin("10.0.0.1").ShouldNotBeNull();
        for (var number = 1; number < Diagnoses.MaxOpen; number++)
        {
            Begin($"10.1.{number / 256}.{number % 256}").ShouldNotBeNull();
        }

        Outcome("10.2.0.1").ShouldBe(DiagnosisOutcome.Full);

        // Who has its place already asks again.
        _diagnoses.Begin(IPAddress.Parse("10.0.0.1"), Page, first, out var again).ShouldBe(DiagnosisOutcome.Ready);
        again!.Holder.ShouldBe(first.Holder);
        _diagnoses.End(again);
        Outcome("10.2.0.2").ShouldBe(DiagnosisOutcome.Ready);
        _accounts.Count.ShouldBe(Diagnoses.MaxOpen);
    }

    [Fact]
    public void An_IPv4_address_in_its_IPv6_form_is_itself_and_none_is_one_too()
    {
        for (var round = 0; round < Diagnoses.MaxPerAddress; round++)
        {
            Begin("::ffff:192.0.2.1").ShouldNotBeNull();
        }

        Outcome("192.0.2.1").ShouldBe(DiagnosisOutcome.Rate);
        Outcome("192.0.2.2").ShouldBe(DiagnosisOutcome.Ready);
        _diagnoses.Begin(null, Page, null, out _).ShouldBe(DiagnosisOutcome.Ready);
    }

    private Diagnosis? Begin(string address)
    {
        _diagnoses.Begin(IPAddress.Parse(address), Page, null, out var diagnosis).ShouldBe(DiagnosisOutcome.Ready);
        return diagnosis;
    }

    private DiagnosisOutcome Outcome(string address) => _diagnoses.Begin(IPAddress.Parse(address), Page, null, out _);
}
