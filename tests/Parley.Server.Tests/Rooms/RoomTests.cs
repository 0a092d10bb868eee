using Parley.Server.Rooms;
using Parley.Server.Tests.Running;

namespace Parley.Server.Tests.Rooms;

public sealed class RoomTests
{
    private readonly Room _room = new("room", capacity: 3);

    [Fact]
    public void A_newcomer_is_told_who_is_there_before_anyone_is_told_of_it()
    {
        var (ada, adaHears) = Enter("Ada");
        var heardByAda = -1;

        Enter("Ben", onAdmitted: others =>
        {
            others.ShouldBe([ada.Participant]);
            heardByAda = adaHears.Messages.Count;
        });

        heardByAda.ShouldBe(0);
        adaHears.Messages.Single().ShouldBeOfType<RoomMessage.Welcome>().Participant.Name.ShouldBe("Ben");
    }

    [Fact]
    public void Order_counts_arrivals_and_never_goes_back()
    {
        var (ada, _) = Enter("Ada");
        var (ben, _) = Enter("Ben");
        _room.Leave(ben, LeaveReason.Left).ShouldBe(Departure.Left);
        var (cleo, _) = Enter("Cleo");

        new[] { ada.Order, ben.Order, cleo.Order }.ShouldBe([1, 2, 3]);
    }

    [Fact]
    public void A_full_room_tells_nobody_of_who_did_not_get_in()
    {
        var (_, hears) = Enter("Ada");
        Enter("Ben");
        Enter("Cleo");

        var admission = _room.Admit(Person("Dan"), new RecordingConnection(), static (_, _) => Assert.Fail("admitted"));

        admission.ShouldBe(Admission.RoomFull);
        hears.Messages.Count.ShouldBe(2);
    }

    [Fact]
    public void The_others_hear_who_left_and_why_and_the_last_ends_the_room()
    {
        var (ada, adaHears) = Enter("Ada");
        var (ben, benHears) = Enter("Ben");

        _room.Leave(ben, LeaveReason.Gone).ShouldBe(Departure.Left);
        _room.Leave(ben, LeaveReason.Gone).ShouldBe(Departure.NotSeated);
        adaHears.Messages[^1].ShouldBe(new RoomMessage.Left(ben.Id, LeaveReason.Gone));
        adaHears.Messages.Count.ShouldBe(2);
        _room.Leave(ada, LeaveReason.Left).ShouldBe(Departure.Last);
        benHears.Messages.ShouldBeEmpty();

        _room.Admit(Person("Cleo"), new RecordingConnection(), static (_, _) => Assert.Fail("admitted")).ShouldBe(Admission.RoomEnded);
    }

    [Fact]
    public void Media_is_told_to_the_others_and_kept_for_those_who_come_later()
    {
        var (_, adaHears) = Enter("Ada");
        var (ben, benHears) = Enter("Ben");
        var media = new MediaState(Microphone: false, Camera: true, Screen: true);

        _room.SetMedia(ben, media).ShouldBeTrue();

        adaHears.Messages[^1].ShouldBe(new RoomMessage.Media(ben.Id, media));
        benHears.Messages.ShouldBeEmpty();
        Enter("Cleo", onAdmitted: others => others[1].Media.ShouldBe(media));
    }

    [Fact]
    public void An_ended_seat_can_do_nothing()
    {
        var (ada, adaHears) = Enter("Ada");
        var (ben, _) = Enter("Ben");
        _room.Leave(ben, LeaveReason.Left);
        var heard = adaHears.Messages.Count;

        _room.SetMedia(ben, default).ShouldBeFalse();
        _room.Relay(ben, ada.Id, new(1, 1), new RoomMessage.Left(ben.Id, LeaveReason.Left)).ShouldBe(Relay.NotSeated);

        adaHears.Messages.Count.ShouldBe(heard);
    }

    private (Seat Seat, RecordingConnection Hears) Enter(string name, Action<IReadOnlyList<Participant>>? onAdmitted = null)
    {
        Seat? seat = null;
        var connection = new RecordingConnection();
        var admission = _room.Admit(Person(name), connection, (given, others) =>
        {
            seat = given;
            onAdmitted?.Invoke(others);
        });
        admission.ShouldBe(Admission.Admitted);
        return (seat.ShouldNotBeNull(), connection);
    }

    private static Participant Person(string name) => new(ParticipantId.New(), name, 1, default);
}
