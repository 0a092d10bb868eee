using Parley.SocketIO.Adapters;

namespace Parley.SocketIO.Tests.Adapters;

public sealed class RoomTableTests
{
    private readonly RoomTable<object> _table = new();
    private readonly object _a = new();
    private readonly object _b = new();

    [Fact]
    public void A_member_is_in_a_room_once_however_often_it_joins()
    {
        _table.Join(_a, "r");
        _table.Join(_a, "r");
        _table.RoomsOf(_a).ShouldBe(["r"]);
        _table.Leave(_a, "r");
        _table.RoomsOf(_a).ShouldBeEmpty();
        Members("r").ShouldBeEmpty();
    }

    [Fact]
    public void Rooms_know_their_members_and_members_their_rooms()
    {
        _table.Join(_a, "x");
        _table.Join(_b, "x");
        _table.Join(_b, "y");
        Members("x").ShouldBe([_a, _b], ignoreOrder: true);
        Members("y").ShouldBe([_b]);
        Members("X").ShouldBeEmpty();
        _table.RoomsOf(_b).ShouldBe(["x", "y"], ignoreOrder: true);
    }

    [Fact]
    public void Leaving_what_one_is_not_in_changes_nothing()
    {
        _table.Join(_a, "r");
        _table.Leave(_b, "r");
        _table.Leave(_a, "s");
        _table.LeaveAll(_b);
        Members("r").ShouldBe([_a]);
    }

    [Fact]
    public void Leaving_all_leaves_nobody_else()
    {
        _table.Join(_a, "x");
        _table.Join(_a, "y");
        _table.Join(_b, "y");
        _table.LeaveAll(_a);
        Members("x").ShouldBeEmpty();
        Members("y").ShouldBe([_b]);
        _table.RoomsOf(_a).ShouldBeEmpty();
    }

    [Fact]
    public void A_snapshot_does_not_change_afterwards()
    {
        _table.Join(_a, "x");
        var rooms = _table.RoomsOf(_a);
        _table.Join(_a, "y");
        rooms.ShouldBe(["x"]);
    }

    [Fact]
    public void Many_threads_leave_an_empty_table()
    {
        Parallel.For(0, 8, i =>
        {
            var member = new object();
            for (var round = 0; round < 500; round++)
            {
                _table.Join(member, "shared");
                _table.Join(member, $"own {i}");
                if (round % 2 == 0)
                {
                    _table.Leave(member, "shared");
                }

                _table.LeaveAll(member);
            }
        });
        Members("shared").ShouldBeEmpty();
    }

    private HashSet<object> Members(string room)
    {
        var members = new HashSet<object>(ReferenceEqualityComparer.Instance);
        _table.CollectInto(members, room);
        return members;
    }
}
