using Parley.Server.Rooms;

namespace Parley.Server.Tests.Rooms;

/// <summary>A room that comes back from the tokens of those who come back.</summary>
public sealed class RestorationTests
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(30);

    private readonly RoomDoor _door = new();
    private readonly Guest _ada;
    private readonly Guest _ben;
    private readonly Guest _cleo;

    public RestorationTests()
    {
        _ada = _door.Enter("Ada");
        _ben = _door.Enter("Ben");
        _cleo = _door.Enter("Cleo");
    }

    [Fact]
    public void Whatever_the_order_of_return_the_room_is_as_it_was()
    {
        Change(new(Locked: true, WaitingRoom: true, new(RoomDoor.Code(7))));
        _door.Room.HandOver(_ada.Tenure, _cleo.Seat.Id);
        Guest[] before = [_ada, _ben, _cleo];

        foreach (var order in (int[][])[[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]])
        {
            _door.Restart();
            var after = order.Select(index => _door.Enter(before[index].Participant.Name, 1, before[index].Claim)).ToArray();

            var snapshot = _door.Room.Snapshot().ShouldNotBeNull();
            snapshot.Doors.ShouldBe(new Doors(Locked: true, WaitingRoom: true, RoomDoor.Code(7)));
            snapshot.Participants.Select(participant => (participant.Name, participant.Role)).ShouldBe(
                [("Ada", Role.Participant), ("Ben", Role.Participant), ("Cleo", Role.Host)]);
            snapshot.Participants.Select(participant => participant.Id).ShouldBe(before.Select(guest => guest.Seat.Id));
            _door.Admit(new("Dan", 1, default)).ShouldBe(Admission.Locked);
            Array.ForEach(after, guest => guest.Claim.ShouldBe(guest.Seat.Claim));
        }
    }

    [Fact]
    public void Old_tokens_and_new_ones_in_any_order_end_in_the_newest_state()
    {
        var (asHost, ofBen) = (_ada.Claim, _ben.Claim);
        _door.Room.HandOver(_ada.Tenure, _cleo.Seat.Id);
        Change(new(Locked: true), by: _cleo);
        SeatClaim[] claims = [asHost, ofBen, _cleo.Claim];

        foreach (var order in (int[][])[[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]])
        {
            _door.Restart();
            foreach (var index in order)
            {
                _door.Admit(new("Somebody", 1, default, claims[index]));
            }

            // Those who came with what was true before the room was locked are out again, or never got in.
            _door.Room.Snapshot()!.Participants.Select(participant => (participant.Id, participant.Role)).ShouldBe([(_cleo.Seat.Id, Role.Host)]);
            _door.Room.Snapshot()!.Doors.Locked.ShouldBeTrue();
        }
    }

    [Fact]
    public void An_old_token_of_a_host_does_not_make_a_host_of_who_has_handed_over()
    {
        var asHost = _ada.Claim;
        _door.Room.HandOver(_ada.Tenure, _cleo.Seat.Id);
        _door.Restart();

        var ada = _door.Enter("Ada", 1, asHost);
        ada.Role.ShouldBe(Role.Host);
        var cleo = _door.Enter("Cleo", 1, _cleo.Claim);

        (ada.Role, cleo.Role).ShouldBe((Role.Participant, Role.Host));
        ada.Hears.Messages[0].ShouldBe(new RoomMessage.RoleChanged(ada.Seat.Id, Role.Participant));
        _door.Room.ChangeDoors(ada.Tenure, new(Locked: true)).ShouldBe(Outcome.Forbidden);

        // Shown again it is worth no more.
        _door.Room.Leave(ada.Tenure);
        _door.Enter("Ada", 1, asHost).Role.ShouldBe(Role.Participant);
    }

    [Fact]
    public void Who_was_removed_does_not_slip_back_in_whether_it_comes_first_or_last()
    {
        Change(new(WaitingRoom: true));
        _door.Room.Remove(_ada.Tenure, _ben.Seat.Id);

        _door.Restart();
        _door.Enter("Ada", 1, _ada.Claim);
        _door.Admit(new("Ben", 1, default, _ben.Claim)).ShouldBe(Admission.Waiting);

        _door.Restart();
        var ben = _door.Enter("Ben", 1, _ben.Claim);
        var ada = _door.Enter("Ada", 1, _ada.Claim);
        ben.Hears.Messages[^1].ShouldBe(new RoomMessage.Removed(RemovalReason.Restored));
        _door.ShouldBeOver(ben.Tenure, other: ada.Seat);
        ada.Found.ShouldBeEmpty();
        _door.Admit(new("Ben", 1, default, ben.Claim)).ShouldBe(Admission.Waiting);
    }

    [Fact]
    public void A_stranger_who_comes_first_after_a_restart_does_not_get_the_room()
    {
        Change(RoomDoor.SetPasscode(7));
        _door.Restart();
        var eve = _door.Enter("Eve");
        eve.Role.ShouldBe(Role.Host);
        for (var round = 0; round < 50; round++)
        {
            // However often it changes things, what was before the restart is what counts.
            _door.Room.ChangeDoors(eve.Tenure, new(Locked: round % 2 == 0));
        }

        _door.Room.ChangeDoors(eve.Tenure, new(Locked: true));
        var ben = _door.Enter("Ben", 1, _ben.Claim);

        ben.Found.ShouldBeEmpty();
        eve.Hears.Messages[^1].ShouldBe(new RoomMessage.Removed(RemovalReason.Restored));
        _door.Room.Snapshot()!.Doors.ShouldBe(new Doors(Locked: false, WaitingRoom: false, RoomDoor.Code(7)));
        _door.Enter("Ada", 1, _ada.Claim).Role.ShouldBe(Role.Host);
        _door.Admit(new("Eve", 1, default, eve.Claim)).ShouldBe(Admission.PasscodeRequired);
    }

    [Fact]
    public void A_stranger_who_would_have_been_let_in_stays_as_participant()
    {
        _door.Restart();
        var eve = _door.Enter("Eve");

        var ada = _door.Enter("Ada", 1, _ada.Claim);

        (ada.Role, eve.Role).ShouldBe((Role.Host, Role.Participant));
        ada.Found.ShouldBe([eve.Participant]);
        eve.Claim.ShouldBe(eve.Seat.Claim);
    }

    [Fact]
    public void A_host_by_join_token_stays_host_when_the_room_comes_back()
    {
        Change(new(Locked: true));
        _door.Restart();
        var teacher = _door.Enter(new Arrival("Teacher", 1, default, null, new(Role.Host)));
        var pupil = _door.Enter(new Arrival("Pupil", 1, default, null, new(Role.Participant)));

        _door.Enter("Ben", 1, _ben.Claim);

        teacher.Role.ShouldBe(Role.Host);
        pupil.Hears.Messages.ShouldContain(new RoomMessage.Removed(RemovalReason.Restored));
    }

    [Fact]
    public void Those_who_wait_before_a_room_that_comes_back_are_judged_by_its_doors()
    {
        _door.Restart();
        var eve = _door.Enter("Eve");
        Change(new(WaitingRoom: true), by: eve);
        var dan = _door.Wait("Dan");

        // Its doors were open.
        _door.Enter("Ada", 1, _ada.Claim);
        dan.Tenure.ShouldNotBeNull();

        Change(new(Locked: true), by: _door.Enter("Ada", 1, _ada.Claim));
    }

    [Fact]
    public void Who_waited_before_a_room_that_comes_back_locked_is_refused()
    {
        Change(new(Locked: true));
        _door.Restart();
        var eve = _door.Enter("Eve");
        Change(new(WaitingRoom: true), by: eve);
        var dan = _door.Wait("Dan");

        _door.Enter("Ada", 1, _ada.Claim);

        dan.Messages.ShouldBe([new RoomMessage.Refused(Admission.Locked)]);
    }

    [Fact]
    public void When_no_host_comes_back_in_time_somebody_follows()
    {
        _door.Restart();
        var cleo = _door.Enter("Cleo", 1, _cleo.Claim);
        var ben = _door.Enter("Ben", 1, _ben.Claim);

        _door.Time.Advance(Grace - TimeSpan.FromTicks(1));
        (ben.Role, cleo.Role).ShouldBe((Role.Participant, Role.Participant));
        _door.Time.Advance(TimeSpan.FromTicks(1));

        (ben.Role, cleo.Role).ShouldBe((Role.Host, Role.Participant));
        cleo.Claim.ShouldBe(cleo.Seat.Claim);

        // Who was host comes too late and is what everybody is who was away when something changed.
        _door.Enter("Ada", 1, _ada.Claim).Role.ShouldBe(Role.Participant);
    }

    [Fact]
    public void When_the_host_comes_back_in_time_nobody_follows()
    {
        _door.Restart();
        _door.Enter("Ben", 1, _ben.Claim);
        var ada = _door.Enter("Ada", 1, _ada.Claim);

        _door.Time.TimerCount.ShouldBe(0);
        _door.Time.Advance(Grace);

        _door.Room.Snapshot()!.Participants.Select(participant => participant.Role).ShouldBe([Role.Host, Role.Participant]);
        ada.Hears.Messages.ShouldBeEmpty();
    }

    [Fact]
    public void Where_a_join_token_was_used_nobody_follows_after_a_restart_either()
    {
        var dan = _door.Enter(new Arrival("Dan", 1, default, null, new(Role.Participant)));
        _door.Restart();
        var again = _door.Enter("Dan", 1, dan.Claim);

        _door.Time.TimerCount.ShouldBe(0);
        _door.Time.Advance(Grace);

        again.Role.ShouldBe(Role.Participant);
        again.Claim.Room.TokensUsed.ShouldBeTrue();
    }

    [Fact]
    public void A_token_of_last_week_does_not_change_the_room_of_those_who_meet_today()
    {
        var asHost = _ada.Claim;
        _door.Room.End(_ada.Tenure);
        _door.Time.Advance(TimeSpan.FromDays(6));
        _door.BeginAgain();
        var eve = _door.Enter("Eve");
        Change(new(WaitingRoom: true), by: eve);

        _door.Admit(new("Ada", 1, default, asHost)).ShouldBe(Admission.Waiting);

        eve.Role.ShouldBe(Role.Host);
    }

    [Fact]
    public void A_token_from_before_a_restart_does_not_change_a_room_that_has_begun_without_it_long_after()
    {
        _door.Restart();
        _door.Time.Advance(TimeSpan.FromMinutes(5));
        var eve = _door.Enter("Eve");

        _door.Enter("Ada", 1, _ada.Claim).Role.ShouldBe(Role.Participant);

        eve.Role.ShouldBe(Role.Host);
    }

    [Fact]
    public void A_room_that_has_ended_by_itself_comes_back_with_its_doors_for_who_has_a_token_of_it()
    {
        Change(RoomDoor.SetPasscode(7));
        Array.ForEach([_ada, _ben, _cleo], guest => _door.Room.Leave(guest.Tenure));
        _door.Time.Advance(TimeSpan.FromDays(1));
        _door.BeginAgain();

        var ben = _door.Enter("Ben", 1, _ben.Claim);

        ben.Hears.Admitted!.Doors.Passcode.ShouldBeTrue();
        _door.Admit(RoomDoor.WithPasscode(8)).ShouldBe(Admission.PasscodeWrong);
    }

    [Fact]
    public void Of_a_room_that_has_ended_the_later_state_counts_whoever_comes_first()
    {
        // Cleo leaves before the room is locked, Ben after.
        var early = _cleo.Claim;
        _door.Room.Leave(_cleo.Tenure);
        Change(new(Locked: true));
        Array.ForEach([_ada, _ben], guest => _door.Room.Leave(guest.Tenure));
        _door.BeginAgain();
        var cleo = _door.Enter("Cleo", 1, early);

        _door.Enter("Ben", 1, _ben.Claim);

        cleo.Hears.Messages.ShouldContain(new RoomMessage.Removed(RemovalReason.Restored));
        _door.Room.Snapshot()!.Doors.Locked.ShouldBeTrue();
    }

    [Fact]
    public void Who_was_host_at_the_end_of_yesterday_does_not_take_the_room_from_who_has_opened_it_today()
    {
        var asHost = _ada.Claim;
        _door.Room.Leave(_ada.Tenure);
        _ben.Role.ShouldBe(Role.Host);
        Array.ForEach([_ben, _cleo], guest => _door.Room.Leave(guest.Tenure));
        _door.Time.Advance(TimeSpan.FromDays(1));
        _door.BeginAgain();
        var ada = _door.Enter("Ada", 1, asHost);
        _door.Time.Advance(TimeSpan.FromMinutes(5));

        _door.Enter("Ben", 1, _ben.Claim).Role.ShouldBe(Role.Participant);

        ada.Role.ShouldBe(Role.Host);
    }

    [Fact]
    public void Who_returns_after_another_restart_has_the_token_of_the_second_life()
    {
        _door.Restart();
        var ada = _door.Enter("Ada", 1, _ada.Claim);
        Change(new(Locked: true), by: ada);
        _door.Restart();

        var again = _door.Enter("Ada", 1, ada.Claim);

        again.Role.ShouldBe(Role.Host);
        _door.Room.Snapshot()!.Doors.Locked.ShouldBeTrue();

        // Ben was not there between, so he knows of the first life only.
        _door.Admit(new("Ben", 1, default, _ben.Claim)).ShouldBe(Admission.Locked);
    }

    private void Change(DoorChange change, Guest? by = null) => _door.Room.ChangeDoors((by ?? _ada).Tenure, change).ShouldBe(Outcome.Done);
}
