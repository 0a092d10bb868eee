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
}
