using Parley.Server.Rooms;

namespace Parley.Server.Tests.Rooms;

public sealed class RemovalTests
{
    private readonly RoomDoor _door = new();
    private readonly Guest _ada;
    private readonly Guest _eve;

    public RemovalTests()
    {
        _ada = _door.Enter("Ada");
        _eve = _door.Enter("Eve");
        _ada.Hears.TakeMessages();
    }

    [Fact]
    public void Who_is_removed_hears_so_and_can_do_nothing_any_more()
    {
        _door.Room.Remove(_ada.Tenure, _eve.Seat.Id).ShouldBe(Outcome.Done);

        _eve.Hears.Messages.ShouldBe([new RoomMessage.Removed(RemovalReason.Removed)]);
        _ada.Hears.Messages.ShouldBe([new RoomMessage.Left(_eve.Seat.Id, LeaveReason.Removed)]);
        _door.ShouldBeOver(_eve.Tenure, other: _ada.Seat);
        _door.Register.SeatCount.ShouldBe(1);
        _door.Room.Remove(_ada.Tenure, _eve.Seat.Id).ShouldBe(Outcome.UnknownParticipant);
    }

    [Fact]
    public void Somebody_who_is_away_is_removed_too_and_its_grace_time_ends_nothing()
    {
        _door.Room.Disconnect(_eve.Tenure);

        _door.Room.Remove(_ada.Tenure, _eve.Seat.Id).ShouldBe(Outcome.Done);

        (_door.Register.SeatCount, _door.Register.AwayCount, _door.Time.TimerCount).ShouldBe((1, 0, 0));
        _door.Admit(new("Eve", 1, default, _eve.Claim)).ShouldBe(Admission.Removed);
        _door.Time.Advance(TimeSpan.FromMinutes(1));
        _ada.Hears.Messages.Count.ShouldBe(2);
    }

    [Fact]
    public void The_token_of_who_was_removed_is_not_honoured_as_long_as_the_room_lasts()
    {
        var earlier = _eve.Claim;
        _door.Room.ChangeDoors(_ada.Tenure, new(WaitingRoom: true));
        _door.Room.Remove(_ada.Tenure, _eve.Seat.Id);

        _door.Admit(new("Eve", 1, default, _eve.Claim)).ShouldBe(Admission.Removed);
        _door.Admit(new("Eve", 99, default, earlier)).ShouldBe(Admission.Removed);
        _door.Time.Advance(TimeSpan.FromDays(1));
        _door.Admit(new("Eve", 1, default, _eve.Claim)).ShouldBe(Admission.Removed);

        // As somebody new it stands before the doors.
        _door.Admit(new("Eve", 1, default)).ShouldBe(Admission.Waiting);
    }

    [Fact]
    public void A_join_token_that_is_made_for_one_person_goes_with_it_and_one_for_many_does_not()
    {
        JoinTokenGrant own = new(Role.Host, Id: "jti-1"), shared = new(Role.Participant);
        var mallory = _door.Enter(new Arrival("Mallory", 1, default, null, own));
        var dan = _door.Enter(new Arrival("Dan", 1, default, null, shared));
        _door.Room.Remove(_ada.Tenure, mallory.Seat.Id);
        _door.Room.Remove(_ada.Tenure, dan.Seat.Id);

        _door.Admit(new("Mallory", 1, default, null, own)).ShouldBe(Admission.Removed);
        _door.Admit(new("Mallory", 1, default, null, own with { Id = "jti-2" })).ShouldBe(Admission.Admitted);
        _door.Admit(new("Eve", 1, default, null, shared)).ShouldBe(Admission.Admitted);
    }

    [Fact]
    public void Everybody_else_has_a_token_of_after_the_removal_and_who_was_removed_has_none()
    {
        var (ada, eve) = (_ada.Claim, _eve.Claim);

        _door.Room.Remove(_ada.Tenure, _eve.Seat.Id);

        _ada.Claim.Room.Edition.IsLaterThan(ada.Room.Edition).ShouldBeTrue();
        _eve.Claim.ShouldBeSameAs(eve);
    }

    [Fact]
    public void A_host_may_remove_another_host()
    {
        var dan = _door.Enter(new Arrival("Dan", 1, default, null, new(Role.Host)));

        _door.Room.Remove(dan.Tenure, _ada.Seat.Id).ShouldBe(Outcome.Done);

        _door.Room.Remove(_ada.Tenure, dan.Seat.Id).ShouldBe(Outcome.NotSeated);
    }

    [Fact]
    public void How_many_removals_a_room_remembers_is_bounded_and_who_is_forgotten_stands_before_the_doors()
    {
        _door.Room.Remove(_ada.Tenure, _eve.Seat.Id);
        for (var round = 0; round < Removals.Max; round++)
        {
            _door.Room.Remove(_ada.Tenure, _door.Enter("Somebody").Seat.Id).ShouldBe(Outcome.Done);
        }

        _door.Room.ChangeDoors(_ada.Tenure, new(WaitingRoom: true));

        _door.Admit(new("Eve", 1, default, _eve.Claim)).ShouldBe(Admission.Waiting);
    }

    [Fact]
    public void The_server_itself_removes_the_last_host_and_another_one_follows()
    {
        _door.Room.Remove(_ada.Seat.Id).ShouldBeTrue();

        _eve.Role.ShouldBe(Role.Host);
        _eve.Hears.Messages[^1].ShouldBe(new RoomMessage.RoleChanged(_eve.Seat.Id, Role.Host));
    }

    [Fact]
    public void When_a_host_ends_the_room_everybody_hears_so_and_nothing_is_left()
    {
        var dan = _door.Enter("Dan");
        _door.Room.Disconnect(dan.Tenure);
        _eve.Hears.TakeMessages();

        _door.Room.End(_ada.Tenure).ShouldBe(Outcome.Done);

        _ada.Hears.Messages[^1].ShouldBe(new RoomMessage.Ended());
        _eve.Hears.Messages.ShouldBe([new RoomMessage.Ended()]);
        dan.Hears.Messages.ShouldBeEmpty();
        (_door.RoomsEnded, _door.Register.SeatCount, _door.Register.AwayCount, _door.Time.TimerCount).ShouldBe((1, 0, 0, 0));
        _door.ShouldBeOver(_ada.Tenure, other: _eve.Seat);
        _door.Admit(new("Eve", 1, default, _eve.Claim)).ShouldBe(Admission.RoomEnded);
    }
}
