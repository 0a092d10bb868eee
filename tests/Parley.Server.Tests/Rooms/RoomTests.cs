using Parley.Server.Rooms;

namespace Parley.Server.Tests.Rooms;

public sealed class RoomTests
{
    private readonly RoomDoor _door = new(capacity: 3);

    [Fact]
    public void A_newcomer_is_told_who_is_there_before_anyone_is_told_of_it()
    {
        var ada = _door.Enter("Ada");
        var heardByAda = -1;

        _door.Enter("Ben", onAdmitted: others =>
        {
            others.ShouldBe([ada.Participant]);
            heardByAda = ada.Hears.Messages.Count;
        });

        heardByAda.ShouldBe(0);
        ada.Hears.Messages.Single().ShouldBeOfType<RoomMessage.Welcome>().Participant.Name.ShouldBe("Ben");
    }

    [Fact]
    public void The_order_of_arrival_is_told_to_who_comes_and_never_goes_back()
    {
        var ada = _door.Enter("Ada");
        var ben = _door.Enter("Ben");
        _door.Room.Leave(ben.Tenure).ShouldBeTrue();
        var cleo = _door.Enter("Cleo");

        var dan = _door.Enter("Dan");

        dan.Found.Select(other => other.Name).ShouldBe(["Ada", "Cleo"]);
        new[] { ada.Seat.Order, ben.Seat.Order, cleo.Seat.Order, dan.Seat.Order }.ShouldBeInOrder();
    }

    [Fact]
    public void A_full_room_tells_nobody_of_who_did_not_get_in()
    {
        var ada = _door.Enter("Ada");
        _door.Enter("Ben");
        _door.Enter("Cleo");

        _door.Admit(new("Dan", 1, default)).ShouldBe(Admission.RoomFull);

        ada.Hears.Messages.Count.ShouldBe(2);
    }

    [Fact]
    public void The_others_hear_who_left_and_the_last_ends_the_room()
    {
        var ada = _door.Enter("Ada");
        var ben = _door.Enter("Ben");

        _door.Room.Leave(ben.Tenure).ShouldBeTrue();
        _door.Room.Leave(ben.Tenure).ShouldBeFalse();
        ada.Hears.Messages[^1].ShouldBe(new RoomMessage.Left(ben.Seat.Id, LeaveReason.Left));
        ada.Hears.Messages.Count.ShouldBe(2);
        _door.RoomsEnded.ShouldBe(0);
        _door.Room.Leave(ada.Tenure).ShouldBeTrue();
        _door.RoomsEnded.ShouldBe(1);
        ben.Hears.Messages.ShouldBeEmpty();

        _door.Admit(new("Cleo", 1, default)).ShouldBe(Admission.RoomEnded);
    }

    [Fact]
    public void Media_is_told_to_the_others_and_kept_for_those_who_come_later()
    {
        var ada = _door.Enter("Ada");
        var ben = _door.Enter("Ben");
        var media = new MediaState(Microphone: false, Camera: true, Screen: true);

        _door.Room.SetMedia(ben.Tenure, media).ShouldBeTrue();

        ada.Hears.Messages[^1].ShouldBe(new RoomMessage.Media(ben.Seat.Id, media));
        ben.Hears.Messages.ShouldBeEmpty();
        _door.Enter("Cleo").Found[1].Media.ShouldBe(media);
    }

    [Fact]
    public void Who_has_left_can_do_nothing()
    {
        var ada = _door.Enter("Ada");
        var ben = _door.Enter("Ben");
        _door.Room.Leave(ben.Tenure);
        ada.Hears.TakeMessages();

        _door.ShouldBeOver(ben.Tenure, other: ada.Seat);

        ada.Hears.Messages.ShouldBeEmpty();
    }
}
