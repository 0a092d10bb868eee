using Parley.Server.Rooms;
using Parley.Server.Tests.Running;

namespace Parley.Server.Tests.Rooms;

public sealed class DoorTests
{
    private static readonly JoinTokenGrant AsHost = new(Role.Host);
    private static readonly JoinTokenGrant AsParticipant = new(Role.Participant);

    private readonly RoomDoor _door = new(options: new RoomOptions { Capacity = 4, MaxWaiting = 2 });
    private readonly Guest _ada;
    private readonly Guest _ben;

    public DoorTests()
    {
        _ada = _door.Enter("Ada");
        _ben = _door.Enter("Ben");
        _ada.Hears.TakeMessages();
    }

    [Fact]
    public void Everybody_hears_of_the_doors_and_a_late_joiner_finds_them()
    {
        Set(RoomDoor.SetPasscode(7));
        Set(new(WaitingRoom: true));
        Set(new(WaitingRoom: false, Passcode: new(null)));
        Set(new(Locked: false));

        _ben.Hears.Messages.OfType<RoomMessage.DoorsChanged>().Select(doors => (doors.Now.Locked, doors.Now.WaitingRoom, doors.Now.Passcode))
            .ShouldBe([(false, false, true), (false, true, true), (false, false, false)]);
        Set(RoomDoor.SetPasscode(8));
        _door.Enter(RoomDoor.WithPasscode(8)).Hears.Admitted!.Doors.ShouldBe(new Doors(Locked: false, WaitingRoom: false, RoomDoor.Code(8)));
    }

    [Fact]
    public void A_locked_room_lets_in_those_who_have_a_seat_and_hosts_by_token_and_nobody_else()
    {
        Set(new(Locked: true));

        _door.Admit(new("Cleo", 1, default)).ShouldBe(Admission.Locked);
        _door.Admit(new("Cleo", 1, default, null, AsParticipant)).ShouldBe(Admission.Locked);
        _door.Admit(new("Dan", 1, default, null, AsHost)).ShouldBe(Admission.Admitted);
        _door.Room.Disconnect(_ben.Tenure);
        _door.Admit(new("Ben", 1, default, _ben.Claim)).ShouldBe(Admission.Returned);

        Set(new(Locked: false));
        _door.Admit(new("Cleo", 1, default)).ShouldBe(Admission.Admitted);
    }

    [Fact]
    public void A_passcode_is_asked_of_those_who_are_new_and_have_no_join_token()
    {
        Set(RoomDoor.SetPasscode(7));

        _door.Admit(RoomDoor.WithPasscode(null)).ShouldBe(Admission.PasscodeRequired);
        _door.Admit(RoomDoor.WithPasscode(8)).ShouldBe(Admission.PasscodeWrong);
        _door.Admit(RoomDoor.WithPasscode(7)).ShouldBe(Admission.Admitted);
        _door.Admit(new("Cleo", 1, default, null, AsParticipant)).ShouldBe(Admission.Admitted);
        _door.Room.Disconnect(_ben.Tenure);
        _door.Admit(new("Ben", 1, default, _ben.Claim)).ShouldBe(Admission.Returned);
    }

    [Fact]
    public void Who_is_new_waits_until_a_host_lets_it_in()
    {
        Set(new(WaitingRoom: true));
        _ada.Hears.TakeMessages();
        _ben.Hears.TakeMessages();

        var cleo = _door.Wait("Cleo");

        var expected = new WaitingPerson(cleo.Waiter!.Id, "Cleo", _door.Time.Now.ToUnixTimeMilliseconds());
        _ada.Hears.TakeMessages().Single().ShouldBeOfType<RoomMessage.Waiting>().People.ShouldBe([expected]);
        _ben.Hears.Messages.ShouldBeEmpty();
        (_door.Register.SeatCount, _door.Room.Snapshot()!.Waiting).ShouldBe((2, 1));

        _door.Room.LetIn(_ada.Tenure, cleo.Waiter.Id).ShouldBe(Outcome.Done);

        cleo.Tenure!.Seat.Id.ShouldBe(cleo.Waiter.Id);
        cleo.Messages.ShouldBeEmpty();
        var heard = _ada.Hears.TakeMessages();
        heard[0].ShouldBeOfType<RoomMessage.Waiting>().People.ShouldBeEmpty();
        heard[1].ShouldBe(new RoomMessage.Welcome(cleo.Tenure.Seat.Participant));
        _ben.Hears.TakeMessages().ShouldBe([heard[1]]);
        _door.Room.LetIn(_ada.Tenure, cleo.Waiter.Id).ShouldBe(Outcome.UnknownParticipant);
        _door.Room.Deny(_ada.Tenure, cleo.Waiter.Id).ShouldBe(Outcome.UnknownParticipant);
        _door.Room.GiveUp(cleo.Waiter).ShouldBeFalse();
    }

    [Fact]
    public void Who_is_denied_hears_so_and_may_ask_again()
    {
        Set(new(WaitingRoom: true));
        var cleo = _door.Wait("Cleo");

        _door.Room.Deny(_ada.Tenure, cleo.Waiter!.Id).ShouldBe(Outcome.Done);

        cleo.Messages.ShouldBe([new RoomMessage.Refused(Admission.Denied)]);
        _door.Room.IsWaiting(cleo.Waiter).ShouldBeFalse();
        _door.Wait("Cleo");
    }

    [Fact]
    public void Who_gives_up_waiting_is_out_of_the_line()
    {
        Set(new(WaitingRoom: true));
        var cleo = _door.Wait("Cleo");
        _ada.Hears.TakeMessages();

        _door.Room.GiveUp(cleo.Waiter!).ShouldBeTrue();
        _door.Room.GiveUp(cleo.Waiter!).ShouldBeFalse();

        _ada.Hears.TakeMessages().Single().ShouldBeOfType<RoomMessage.Waiting>().People.ShouldBeEmpty();
        _door.Room.LetIn(_ada.Tenure, cleo.Waiter!.Id).ShouldBe(Outcome.UnknownParticipant);
        cleo.Tenure.ShouldBeNull();
    }

    [Fact]
    public void A_full_room_lets_nobody_in_and_who_waits_goes_on_waiting()
    {
        _door.Enter("Cleo");
        var dan = _door.Enter("Dan");
        Set(new(WaitingRoom: true));
        var eve = _door.Wait("Eve");

        _door.Room.LetIn(_ada.Tenure, eve.Waiter!.Id).ShouldBe(Outcome.RoomFull);
        eve.Messages.ShouldBeEmpty();

        _door.Room.Leave(dan.Tenure);
        _door.Room.LetIn(_ada.Tenure, eve.Waiter.Id).ShouldBe(Outcome.Done);
    }

    [Fact]
    public void When_the_waiting_room_is_opened_those_who_wait_come_in_as_far_as_there_is_place()
    {
        _door.Enter("Cleo");
        Set(new(WaitingRoom: true));
        var (dan, eve) = (_door.Wait("Dan"), _door.Wait("Eve"));
        _ada.Hears.TakeMessages();

        Set(new(WaitingRoom: false));

        dan.Tenure.ShouldNotBeNull();
        eve.Messages.ShouldBe([new RoomMessage.Refused(Admission.RoomFull)]);
        _ada.Hears.Messages[^1].ShouldBeOfType<RoomMessage.Waiting>().People.ShouldBeEmpty();
    }

    [Fact]
    public void Who_waits_when_the_room_is_locked_goes_on_waiting_and_may_be_let_in()
    {
        Set(new(WaitingRoom: true));
        var cleo = _door.Wait("Cleo");

        Set(new(Locked: true));
        _door.Admit(new("Dan", 1, default)).ShouldBe(Admission.Locked);

        _door.Room.LetIn(_ada.Tenure, cleo.Waiter!.Id).ShouldBe(Outcome.Done);
    }

    [Fact]
    public void Hosts_by_token_do_not_wait_and_participants_by_token_do()
    {
        Set(new(WaitingRoom: true));

        _door.Admit(new("Cleo", 1, default, null, AsHost)).ShouldBe(Admission.Admitted);
        var dan = _door.Wait("Dan", grant: AsParticipant);

        _door.Room.LetIn(_ada.Tenure, dan.Waiter!.Id).ShouldBe(Outcome.Done);
        dan.Tenure!.Seat.Participant.Role.ShouldBe(Role.Participant);
    }

    [Fact]
    public void When_the_room_ends_those_who_wait_hear_so()
    {
        Set(new(WaitingRoom: true));
        var cleo = _door.Wait("Cleo");

        _door.Room.Leave(_ben.Tenure);
        cleo.Messages.ShouldBeEmpty();
        _door.Room.Leave(_ada.Tenure);

        cleo.Messages.ShouldBe([new RoomMessage.Refused(Admission.RoomEnded)]);
        _door.Room.GiveUp(cleo.Waiter!).ShouldBeFalse();
    }

    [Fact]
    public void Whoever_becomes_host_is_told_who_waits()
    {
        Set(new(WaitingRoom: true));
        var cleo = _door.Wait("Cleo");
        _ben.Hears.TakeMessages();

        _door.Room.Leave(_ada.Tenure);

        _ben.Hears.Messages.Count.ShouldBe(3);
        _ben.Hears.Messages[1].ShouldBe(new RoomMessage.RoleChanged(_ben.Seat.Id, Role.Host));
        _ben.Hears.Messages[2].ShouldBeOfType<RoomMessage.Waiting>().People.Single().Id.ShouldBe(cleo.Waiter!.Id);
        _door.Room.LetIn(_ada.Tenure, cleo.Waiter.Id).ShouldBe(Outcome.NotSeated);
        _door.Room.LetIn(_ben.Tenure, cleo.Waiter.Id).ShouldBe(Outcome.Done);
    }

    [Fact]
    public void A_host_that_comes_back_finds_who_waits()
    {
        Set(new(WaitingRoom: true));
        var cleo = _door.Wait("Cleo");
        _door.Room.Disconnect(_ada.Tenure);

        var ada = _door.Enter("Ada", 1, _ada.Claim);

        ada.Hears.Admitted!.Line.Single().Id.ShouldBe(cleo.Waiter!.Id);
        _door.Room.Disconnect(_ben.Tenure);
        _door.Enter("Ben", 1, _ben.Claim).Hears.Admitted!.Line.ShouldBeEmpty();
    }

    [Fact]
    public void Who_waits_with_the_token_of_a_seat_that_has_ended_is_who_it_was_once_it_is_in()
    {
        var before = _ben.Claim;
        _door.Room.Leave(_ben.Tenure);
        Set(new(WaitingRoom: true));

        var ben = _door.Wait("Ben", before);
        var twin = _door.Wait("Ben", before);

        ben.Waiter!.Id.ShouldBe(_ben.Seat.Id);
        twin.Waiter!.Id.ShouldNotBe(_ben.Seat.Id);
        _door.Room.LetIn(_ada.Tenure, ben.Waiter.Id);
        (ben.Tenure!.Seat.Id, ben.Tenure.Seat.Order).ShouldBe((_ben.Seat.Id, _ben.Seat.Order));
    }

    [Fact]
    public void A_seat_that_has_ended_is_no_way_around_doors_that_were_closed_since()
    {
        var before = _ben.Claim;
        _door.Room.Leave(_ben.Tenure);
        _door.Admit(new("Ben", 1, default, before), out var ben).ShouldBe(Admission.Returned);
        _door.Room.Leave(ben!.Tenure);

        Set(new(Locked: true));

        _door.Admit(new("Ben", 1, default, before)).ShouldBe(Admission.Locked);
        Set(new(Locked: false, WaitingRoom: true));
        _door.Admit(new("Ben", 1, default, before)).ShouldBe(Admission.Waiting);
    }

    [Fact]
    public void Who_leaves_and_comes_back_through_doors_that_were_closed_already_has_its_seat()
    {
        Set(new(Locked: true));
        _door.Room.Leave(_ben.Tenure);

        _door.Admit(new("Ben", 1, default, _ben.Claim)).ShouldBe(Admission.Returned);
    }

    [Fact]
    public void Everybody_has_a_token_that_tells_of_the_doors_and_nobody_a_new_one_when_nothing_has_changed()
    {
        Set(new(Locked: true, WaitingRoom: true, new(RoomDoor.Code(7))));

        foreach (var guest in (Guest[])[_ada, _ben])
        {
            guest.Claim.Room.Doors.ShouldBe(new Doors(Locked: true, WaitingRoom: true, RoomDoor.Code(7)));
            guest.Claim.ShouldBe(guest.Seat.Claim);
        }

        var before = _ben.Claim;
        Set(new(Locked: true, WaitingRoom: true, new(RoomDoor.Code(7))));
        Set(new());
        _ben.Claim.ShouldBeSameAs(before);
        _ben.Hears.Messages.Count.ShouldBe(1);
    }

    [Fact]
    public void A_connection_that_is_refused_hears_nothing_of_the_room()
    {
        Set(new(Locked: true));
        var cleo = new RecordingConnection();

        _door.Room.Admit(new Arrival("Cleo", 1, default), cleo).ShouldBe(Admission.Locked);
        Set(new(Locked: false));

        (cleo.Admitted, cleo.Waiter, cleo.Messages.Count).ShouldBe((null, null, 0));
    }

    private void Set(DoorChange change) => _door.Room.ChangeDoors(_ada.Tenure, change).ShouldBe(Outcome.Done);
}
