using Parley.Server.Rooms;
using Parley.Server.Tests.Running;

namespace Parley.Server.Tests.Rooms;

/// <summary>How many wait from one network, in all rooms of a server.</summary>
public sealed class WaitingPlacesTests
{
    private const string Crowd = "192.0.2.1";

    private readonly RoomDirectory _directory = new(new RoomOptions { MaxWaiting = 2, MaxWaitingPerNetwork = 2 }, new ManualTime());
    private readonly Tenure _one;

    public WaitingPlacesTests()
    {
        _one = Open("one");
        Open("two");
    }

    [Fact]
    public void From_one_network_so_many_wait_as_may_in_all_rooms_together()
    {
        Come("one", "2001:db8:0:1::1").ShouldBe(Admission.Waiting);
        Come("two", "2001:db8:0:2::1").ShouldBe(Admission.Waiting);

        Come("one", "2001:db8:0:3::1").ShouldBe(Admission.TooManyWait);
        Come("two", "2001:db8:0:1::1").ShouldBe(Admission.TooManyWait);
        Come("two", "2001:db8:1::1").ShouldBe(Admission.Waiting);
    }

    [Theory]
    [InlineData("gives up")]
    [InlineData("is let in")]
    [InlineData("is denied")]
    [InlineData("comes in when the waiting room is opened")]
    [InlineData("hears that the room has ended")]
    [InlineData("gives way")]
    public void A_place_is_free_again_when_who_had_it(string what)
    {
        Come("one", Crowd).ShouldBe(Admission.Waiting);
        Come("one", Crowd, out var hears).ShouldBe(Admission.Waiting);
        Come("two", Crowd).ShouldBe(Admission.TooManyWait);

        var room = _one.Seat.Room;
        _ = what switch
        {
            "gives up" => room.GiveUp(hears.Waiter!),
            "is let in" => room.LetIn(_one, hears.Waiter!.Id) == Outcome.Done,
            "is denied" => room.Deny(_one, hears.Waiter!.Id) == Outcome.Done,
            "comes in when the waiting room is opened" => room.ChangeDoors(_one, new(WaitingRoom: false)) == Outcome.Done,
            "hears that the room has ended" => room.End(),
            _ => Come("one", "192.0.2.2") == Admission.Waiting,
        };

        room.IsWaiting(hears.Waiter!).ShouldBeFalse();
        Come("two", Crowd).ShouldBe(Admission.Waiting);
        if (what is not ("comes in when the waiting room is opened" or "hears that the room has ended"))
        {
            Come("two", Crowd).ShouldBe(Admission.TooManyWait);
        }
    }

    private Tenure Open(string room)
    {
        var hears = new RecordingConnection();
        _directory.Admit(room, new("Ada", 1, default), hears).ShouldBe(Admission.Admitted);
        hears.Tenure!.Seat.Room.ChangeDoors(hears.Tenure, new(WaitingRoom: true)).ShouldBe(Outcome.Done);
        return hears.Tenure;
    }

    private Admission Come(string room, string address) => Come(room, address, out _);

    private Admission Come(string room, string address, out RecordingConnection hears)
    {
        hears = new RecordingConnection();
        return _directory.Admit(room, RoomDoor.From(address), hears);
    }
}
