using Parley.Server.Rooms;
using Parley.Server.Tests.Running;

namespace Parley.Server.Tests.Rooms;

/// <summary>What the rest of the server may see and do.</summary>
public sealed class RoomsFromOutsideTests
{
    private readonly ManualTime _time = new();
    private readonly RoomDirectory _directory;
    private readonly List<RoomEvent> _events = [];

    public RoomsFromOutsideTests()
    {
        _directory = new(new RoomOptions(), _time);
        _directory.WhenSomethingHappens(_events.Add);
    }

    [Fact]
    public void Who_watches_is_told_of_rooms_and_people_in_order()
    {
        var (ada, _) = Enter("room", "Ada");
        var (ben, _) = Enter("room", "Ben");
        ada.Seat.Room.Leave(ada);
        ben.Seat.Room.Disconnect(ben);
        _time.Advance(_directory.Options.Grace);

        var (start, end) = (_time.Now - _directory.Options.Grace, _time.Now);
        _events.ShouldBe(
        [
            new RoomEvent.Opened("room", start),
            new RoomEvent.Joined("room", start, ada.Seat.Id, "Ada", Role.Host),
            new RoomEvent.Joined("room", start, ben.Seat.Id, "Ben", Role.Participant),
            new RoomEvent.Left("room", start, ada.Seat.Id, "Ada", LeaveReason.Left),
            new RoomEvent.Left("room", end, ben.Seat.Id, "Ben", LeaveReason.Gone),
            new RoomEvent.Ended("room", end),
        ]);
    }

    [Fact]
    public void Who_comes_back_to_its_seat_has_not_joined()
    {
        var (ada, _) = Enter("room", "Ada");
        ada.Seat.Room.Disconnect(ada);

        Enter("room", "Ada", ada.Seat.Claim);

        _events.Count.ShouldBe(2);
    }

    [Fact]
    public void A_participant_that_is_removed_hears_so_and_the_others_too()
    {
        var (_, adaHears) = Enter("room", "Ada");
        var (ben, benHears) = Enter("room", "Ben");
        adaHears.TakeMessages();

        _directory.Remove("room", ben.Seat.Id).ShouldBeTrue();
        _directory.Remove("room", ben.Seat.Id).ShouldBeFalse();
        _directory.Remove("other", ben.Seat.Id).ShouldBeFalse();

        benHears.TakeMessages().ShouldBe([new RoomMessage.Removed(RemovalReason.Removed)]);
        adaHears.TakeMessages()[0].ShouldBe(new RoomMessage.Left(ben.Seat.Id, LeaveReason.Removed));
        ben.IsCurrent.ShouldBeFalse();
        _events[^1].ShouldBe(new RoomEvent.Left("room", _time.Now, ben.Seat.Id, "Ben", LeaveReason.Removed));
    }

    [Fact]
    public void A_room_that_is_ended_ends_for_everybody()
    {
        var (_, adaHears) = Enter("room", "Ada");
        var (ben, benHears) = Enter("room", "Ben");
        ben.Seat.Room.Disconnect(ben);
        adaHears.TakeMessages();
        _events.Clear();

        _directory.End("room").ShouldBeTrue();
        _directory.End("room").ShouldBeFalse();

        adaHears.Messages.ShouldBe([new RoomMessage.Ended()]);
        benHears.Messages.ShouldBeEmpty();
        _events.OfType<RoomEvent.Left>().Select(left => (left.Name, left.Reason)).ShouldBe([("Ada", LeaveReason.Ended), ("Ben", LeaveReason.Ended)]);
        _events[^1].ShouldBe(new RoomEvent.Ended("room", _time.Now));
        (_directory.RoomCount, _directory.ParticipantCount, _directory.AwayCount, _time.TimerCount).ShouldBe((0, 0, 0, 0));
    }

    [Fact]
    public void A_snapshot_shows_each_room_and_who_is_in_it()
    {
        _directory.Snapshot("room").ShouldBeNull();
        var opened = _time.Now;
        var (ada, _) = Enter("room", "Ada");
        _time.Advance(TimeSpan.FromSeconds(1));
        var (ben, _) = Enter("room", "Ben");
        ben.Seat.Room.Disconnect(ben);
        Enter("another", "Cleo");

        _directory.Snapshot().Select(room => room.Name).ShouldBe(["another", "room"]);
        var snapshot = _directory.Snapshot("room").ShouldNotBeNull();
        snapshot.OpenedAt.ShouldBe(opened);
        snapshot.Participants.ShouldBe([ada.Seat.Participant, ben.Seat.Participant]);
    }

    private (Tenure Tenure, RecordingConnection Hears) Enter(string room, string name, SeatClaim? claim = null)
    {
        var hears = new RecordingConnection();
        _directory.Admit(room, new(name, 1, default, claim), hears);
        return (hears.Tenure.ShouldNotBeNull(), hears);
    }
}
