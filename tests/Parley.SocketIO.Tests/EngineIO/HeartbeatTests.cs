using Parley.SocketIO.EngineIO;
using Parley.SocketIO.Tests.Virtual;

namespace Parley.SocketIO.Tests.EngineIO;

public sealed class HeartbeatTests
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan PingTimeout = TimeSpan.FromMilliseconds(200);

    private readonly FakeTimeProvider _time = new();
    private readonly Heartbeat _heartbeat;

    public HeartbeatTests() =>
        _heartbeat = new Heartbeat(_time, new SocketIOOptions { PingInterval = Interval, PingTimeout = PingTimeout });

    [Fact]
    public void A_ping_is_due_after_the_interval_and_not_before()
    {
        _heartbeat.NextDue.ShouldBe(Interval);
        Pass(299);
        _heartbeat.Check().ShouldBe(HeartbeatDue.Nothing);
        Pass(1);
        _heartbeat.NextDue.ShouldBe(TimeSpan.Zero);
        _heartbeat.Check().ShouldBe(HeartbeatDue.Ping);
        _heartbeat.NextDue.ShouldBe(PingTimeout);
        _heartbeat.Check().ShouldBe(HeartbeatDue.Nothing);
    }

    [Fact]
    public void Without_a_pong_the_client_is_lost_exactly_after_interval_and_timeout()
    {
        Pass(300);
        _heartbeat.Check();
        Pass(199);
        _heartbeat.Check().ShouldBe(HeartbeatDue.Nothing);
        Pass(1);
        _heartbeat.Check().ShouldBe(HeartbeatDue.Timeout);
    }

    [Fact]
    public void In_version_3_the_client_pings_and_is_lost_exactly_an_interval_and_a_timeout_after_its_last_ping()
    {
        var options = new SocketIOOptions { PingInterval = Interval, PingTimeout = PingTimeout };
        var heartbeat = new Heartbeat(_time, options, EngineProtocol.V3);
        Pass(499);
        heartbeat.Check().ShouldBe(HeartbeatDue.Nothing);
        heartbeat.HandlePing();
        heartbeat.NextDue.ShouldBe(Interval + PingTimeout);
        Pass(499);
        heartbeat.Check().ShouldBe(HeartbeatDue.Nothing);
        Pass(1);
        heartbeat.Check().ShouldBe(HeartbeatDue.Timeout);
    }

    [Theory]
    [InlineData(20)]
    [InlineData(100)]
    public void A_late_timer_does_not_move_the_end(int lateness)
    {
        Pass(300 + lateness);
        _heartbeat.Check().ShouldBe(HeartbeatDue.Ping);
        Pass(199 - lateness);
        _heartbeat.Check().ShouldBe(HeartbeatDue.Nothing);
        Pass(1);
        _heartbeat.Check().ShouldBe(HeartbeatDue.Timeout);
    }

    [Fact]
    public void A_very_late_timer_leaves_the_client_half_of_its_time()
    {
        Pass(5000);
        _heartbeat.Check().ShouldBe(HeartbeatDue.Ping);
        _heartbeat.NextDue.ShouldBe(PingTimeout / 2);
    }

    [Fact]
    public void A_pong_begins_the_next_interval()
    {
        Pass(300);
        _heartbeat.Check();
        Pass(50);
        _heartbeat.HandlePong().ShouldBeTrue();
        _heartbeat.NextDue.ShouldBe(Interval);
        Pass(299);
        _heartbeat.Check().ShouldBe(HeartbeatDue.Nothing);
        Pass(1);
        _heartbeat.Check().ShouldBe(HeartbeatDue.Ping);
    }

    [Fact]
    public void A_pong_that_nobody_asked_for_changes_nothing()
    {
        Pass(100);
        _heartbeat.HandlePong().ShouldBeFalse();
        _heartbeat.NextDue.ShouldBe(TimeSpan.FromMilliseconds(200));

        Pass(200);
        _heartbeat.Check();
        _heartbeat.HandlePong().ShouldBeTrue();
        Pass(100);
        _heartbeat.HandlePong().ShouldBeFalse();
        _heartbeat.NextDue.ShouldBe(TimeSpan.FromMilliseconds(200));
    }

    [Fact]
    public void A_client_that_was_not_read_gets_its_time_again()
    {
        Pass(300);
        _heartbeat.Check();
        Pass(200);
        _heartbeat.Extend();
        _heartbeat.Check().ShouldBe(HeartbeatDue.Nothing);
        _heartbeat.NextDue.ShouldBe(PingTimeout);
    }

    [Fact]
    public void Waits_are_rounded_up_to_whole_milliseconds()
    {
        _time.AdvanceWithoutTimers(TimeSpan.FromTicks(1));
        _heartbeat.NextDue.ShouldBe(Interval);
    }

    private void Pass(int milliseconds) => _time.AdvanceWithoutTimers(TimeSpan.FromMilliseconds(milliseconds));
}
