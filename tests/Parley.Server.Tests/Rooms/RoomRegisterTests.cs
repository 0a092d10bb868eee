using System.Collections.Concurrent;
using Parley.Server.Rooms;
using Parley.Server.Tests.Running;

namespace Parley.Server.Tests.Rooms;

public sealed class RoomRegisterTests
{
    private readonly ManualTime _time = new();
    private readonly RoomRegister _register;

    public RoomRegisterTests() => _register = new(_time);

    [Fact]
    public void The_order_is_the_time_in_milliseconds_and_counts_on_within_one()
    {
        var now = _time.Now.ToUnixTimeMilliseconds();

        _register.NextOrder().ShouldBe(now);
        _register.NextOrder().ShouldBe(now + 1);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        _register.NextOrder().ShouldBe(now + 2);
        _time.Advance(TimeSpan.FromSeconds(1));
        _register.NextOrder().ShouldBe(now + 1001);
    }

    [Fact]
    public void An_order_that_was_seen_is_never_reached_again_from_below()
    {
        var now = _time.Now.ToUnixTimeMilliseconds();

        _register.SeeOrder(now + 50);
        _register.SeeOrder(3);

        _register.NextOrder().ShouldBe(now + 51);
    }

    [Fact]
    public async Task Nobody_gets_the_place_of_another()
    {
        var given = new ConcurrentBag<long>();

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < 1000; i++)
            {
                _register.SeeOrder(_time.Now.ToUnixTimeMilliseconds() + i);
                given.Add(_register.NextOrder());
            }
        })));

        given.Distinct().Count().ShouldBe(4000);
    }
}
