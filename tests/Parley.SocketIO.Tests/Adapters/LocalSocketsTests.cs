using Parley.SocketIO.Adapters;

namespace Parley.SocketIO.Tests.Adapters;

public sealed class LocalSocketsTests
{
    [Fact]
    public void A_socket_that_goes_late_does_not_take_the_next_with_its_id_along()
    {
        var sockets = new LocalSockets();
        var (old, next) = (new FakeSocket("a", sockets), new FakeSocket("a", sockets));
        sockets.Add(old);
        sockets.Add(next);
        sockets.Remove(old);
        sockets.All.ShouldHaveSingleItem().ShouldBeSameAs(next);
        sockets.Remove(next);
        sockets.All.ShouldBeEmpty();
    }

    [Fact]
    public void Of_one_room_neither_the_sender_is_selected_nor_who_is_still_being_let_in()
    {
        var sockets = new LocalSockets();
        var (sender, member, newcomer) = (new FakeSocket("a", sockets), new FakeSocket("b", sockets), new FakeSocket("c", sockets));
        newcomer.Connected = false;
        foreach (var socket in new[] { sender, member, newcomer })
        {
            sockets.Add(socket);
            sockets.Rooms.Join(socket, "room");
        }

        sockets.Add(new FakeSocket("d", sockets));
        sockets.Select(new BroadcastTargets(["room"], [], Sender: "a")).ShouldHaveSingleItem().ShouldBeSameAs(member);
        sockets.Select(new BroadcastTargets(["nobody's"], [])).ShouldBeEmpty();
    }

    [Fact]
    public void A_room_with_the_name_of_a_sockets_id_has_that_socket_too_once()
    {
        var sockets = new LocalSockets();
        var (named, other) = (new FakeSocket("a", sockets), new FakeSocket("b", sockets));
        foreach (var socket in new[] { named, other })
        {
            sockets.Add(socket);
            sockets.Rooms.Join(socket, "a");
        }

        sockets.Select(new BroadcastTargets(["a"], [])).ShouldBe([named, other], ignoreOrder: true);
        sockets.Rooms.LeaveAll(named);
        sockets.Select(new BroadcastTargets(["a"], [])).ShouldBe([named, other], ignoreOrder: true);
    }
}
