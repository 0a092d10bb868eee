using Parley.Server.Rooms;

namespace Parley.Server.Tests.Rooms;

public sealed class RoleTests
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(30);

    private readonly RoomDoor _door = new();
    private readonly Guest _ada;
    private readonly Guest _ben;
    private readonly Guest _cleo;

    public RoleTests()
    {
        _ada = _door.Enter("Ada");
        _ben = _door.Enter("Ben");
        _cleo = _door.Enter("Cleo");
        Forget();
    }

    [Fact]
    public void Who_opens_a_room_is_its_host_and_who_comes_later_is_not()
    {
        (_ada.Role, _ben.Role, _cleo.Role).ShouldBe((Role.Host, Role.Participant, Role.Participant));
        _cleo.Found.Select(other => other.Role).ShouldBe([Role.Host, Role.Participant]);
    }

    [Fact]
    public void What_only_a_host_may_do_is_forbidden_to_everybody_else_and_changes_nothing()
    {
        foreach (var act in RoomDoor.HostActs(_ben.Tenure, _cleo.Seat.Id))
        {
            act(_door.Room).ShouldBe(Outcome.Forbidden);
        }

        (_ada.Hears.Messages, _ben.Hears.Messages, _cleo.Hears.Messages).ShouldSatisfyAllConditions(
            heard => heard.Item1.ShouldBeEmpty(), heard => heard.Item2.ShouldBeEmpty(), heard => heard.Item3.ShouldBeEmpty());
        var snapshot = _door.Room.Snapshot().ShouldNotBeNull();
        snapshot.Doors.ShouldBe(Doors.Open);
        snapshot.Participants.Count.ShouldBe(3);
    }

    [Fact]
    public void When_the_last_host_leaves_whoever_arrived_first_of_those_present_follows()
    {
        _door.Room.Disconnect(_ben.Tenure);
        Forget();

        _door.Room.Leave(_ada.Tenure);

        _cleo.Hears.TakeMessages().ShouldBe(
            [new RoomMessage.Left(_ada.Seat.Id, LeaveReason.Left), new RoomMessage.RoleChanged(_cleo.Seat.Id, Role.Host)]);
        _cleo.Claim.Role.ShouldBe(Role.Host);
        (_ben.Role, _cleo.Role).ShouldBe((Role.Participant, Role.Host));
    }

    [Fact]
    public void A_host_that_is_away_is_still_the_host_until_its_seat_ends()
    {
        _door.Room.Disconnect(_ada.Tenure);
        _door.Time.Advance(Grace - TimeSpan.FromTicks(1));
        (_ada.Role, _ben.Role).ShouldBe((Role.Host, Role.Participant));

        _door.Time.Advance(TimeSpan.FromTicks(1));

        _ben.Role.ShouldBe(Role.Host);
    }

    [Fact]
    public void Where_nobody_is_present_when_the_last_host_goes_whoever_comes_back_first_follows()
    {
        foreach (var guest in (Guest[])[_ben, _cleo])
        {
            _door.Room.Disconnect(guest.Tenure);
        }

        _door.Room.Leave(_ada.Tenure);
        (_ben.Role, _cleo.Role).ShouldBe((Role.Participant, Role.Participant));

        var cleo = _door.Enter("Cleo", 1, _cleo.Claim);
        _door.Enter("Ben", 1, _ben.Claim).Role.ShouldBe(Role.Participant);

        cleo.Role.ShouldBe(Role.Host);
        cleo.Hears.Messages[0].ShouldBe(new RoomMessage.RoleChanged(cleo.Seat.Id, Role.Host));
    }

    [Fact]
    public void Who_was_host_and_left_comes_back_as_participant_when_another_has_followed()
    {
        _door.Room.Leave(_ada.Tenure);

        var ada = _door.Enter("Ada", 1, _ada.Claim);

        (ada.Seat.Id, ada.Role, _ben.Role).ShouldBe((_ada.Seat.Id, Role.Participant, Role.Host));
    }

    [Fact]
    public void A_host_returns_to_its_held_seat_as_host()
    {
        _door.Room.Disconnect(_ada.Tenure);

        _door.Enter("Ada", 2, _ada.Claim).Role.ShouldBe(Role.Host);

        _ben.Role.ShouldBe(Role.Participant);
    }

    [Fact]
    public void A_hand_over_exchanges_the_roles_and_everybody_hears_so()
    {
        _door.Room.HandOver(_ada.Tenure, _cleo.Seat.Id).ShouldBe(Outcome.Done);

        (_ada.Role, _ben.Role, _cleo.Role).ShouldBe((Role.Participant, Role.Participant, Role.Host));
        foreach (var guest in (Guest[])[_ada, _ben, _cleo])
        {
            guest.Hears.TakeMessages().ShouldBe(
                [new RoomMessage.RoleChanged(_cleo.Seat.Id, Role.Host), new RoomMessage.RoleChanged(_ada.Seat.Id, Role.Participant)]);
            guest.Claim.ShouldBe(guest.Seat.Claim);
        }

        _door.Room.HandOver(_ada.Tenure, _ben.Seat.Id).ShouldBe(Outcome.Forbidden);
        _door.Room.HandOver(_cleo.Tenure, _ada.Seat.Id).ShouldBe(Outcome.Done);
    }

    [Fact]
    public void A_room_is_handed_over_to_who_is_there_only()
    {
        _door.Room.Disconnect(_cleo.Tenure);
        _door.Room.HandOver(_ada.Tenure, _cleo.Seat.Id).ShouldBe(Outcome.Away);
        _door.Room.HandOver(_ada.Tenure, ParticipantId.New()).ShouldBe(Outcome.UnknownParticipant);

        (_ada.Role, _cleo.Role).ShouldBe((Role.Host, Role.Participant));
    }

    [Fact]
    public void An_old_token_of_a_host_does_not_bring_back_what_was_handed_over()
    {
        var asHost = _ada.Claim;
        _door.Room.HandOver(_ada.Tenure, _ben.Seat.Id);

        // To the seat that it still has.
        var ada = _door.Enter("Ada", 1, asHost);
        ada.Role.ShouldBe(Role.Participant);

        // And to the seat that it has not any more.
        _door.Room.Leave(ada.Tenure);
        _door.Enter("Ada", 1, asHost).Role.ShouldBe(Role.Participant);
        _ben.Role.ShouldBe(Role.Host);
    }

    [Fact]
    public void Two_hosts_that_hand_over_to_each_other_leave_one_host()
    {
        var dan = _door.Enter(new Arrival("Dan", 1, default, Claim: null, new(Role.Host)));

        _door.Room.HandOver(_ada.Tenure, dan.Seat.Id).ShouldBe(Outcome.Done);
        _door.Room.HandOver(dan.Tenure, _ada.Seat.Id).ShouldBe(Outcome.Done);

        (_ada.Role, dan.Role).ShouldBe((Role.Host, Role.Participant));
    }

    [Fact]
    public void Two_hosts_that_hand_over_to_the_same_one_both_step_down()
    {
        var dan = _door.Enter(new Arrival("Dan", 1, default, Claim: null, new(Role.Host)));

        _door.Room.HandOver(_ada.Tenure, _ben.Seat.Id).ShouldBe(Outcome.Done);
        _door.Room.HandOver(dan.Tenure, _ben.Seat.Id).ShouldBe(Outcome.Done);

        (_ada.Role, dan.Role, _ben.Role).ShouldBe((Role.Participant, Role.Participant, Role.Host));
    }

    [Fact]
    public void Hands_stand_in_the_order_in_which_they_were_raised_and_late_joiners_see_it()
    {
        _door.Room.SetHand(_cleo.Tenure, raised: true).ShouldBeTrue();
        _door.Room.SetHand(_ben.Tenure, raised: true).ShouldBeTrue();
        _door.Room.SetHand(_cleo.Tenure, raised: true).ShouldBeTrue();

        var dan = _door.Enter("Dan");
        dan.Found.Where(other => other.Hand is not null).OrderBy(other => other.Hand).Select(other => other.Name).ShouldBe(["Cleo", "Ben"]);
        _ada.Hears.TakeMessages().OfType<RoomMessage.Hand>().Select(hand => (hand.Id, hand.Place)).ShouldBe([(_cleo.Seat.Id, 1), (_ben.Seat.Id, 2)]);

        _door.Room.SetHand(_cleo.Tenure, raised: false);
        _door.Room.SetHand(_cleo.Tenure, raised: true);
        _cleo.Participant.Hand.ShouldBe(3);
        _cleo.Hears.Messages[^1].ShouldBe(new RoomMessage.Hand(_cleo.Seat.Id, 3));
    }

    [Fact]
    public void A_hand_stays_raised_while_its_participant_is_away_and_ends_with_the_seat()
    {
        _door.Room.SetHand(_ben.Tenure, raised: true);
        _door.Room.Disconnect(_ben.Tenure);
        var ben = _door.Enter("Ben", 2, _ben.Claim);
        ben.Participant.Hand.ShouldBe(1);

        _door.Room.Leave(ben.Tenure);

        _door.Enter("Ben", 2, ben.Claim).Participant.Hand.ShouldBeNull();
    }

    [Fact]
    public void A_host_lowers_a_hand()
    {
        _door.Room.SetHand(_ben.Tenure, raised: true);
        Forget();

        _door.Room.LowerHand(_ada.Tenure, _ben.Seat.Id).ShouldBe(Outcome.Done);
        _door.Room.LowerHand(_ada.Tenure, _ben.Seat.Id).ShouldBe(Outcome.Done);
        _door.Room.LowerHand(_ada.Tenure, ParticipantId.New()).ShouldBe(Outcome.UnknownParticipant);

        _ben.Participant.Hand.ShouldBeNull();
        _ben.Hears.Messages.ShouldBe([new RoomMessage.Hand(_ben.Seat.Id, Place: null)]);
    }

    [Fact]
    public void A_host_asks_somebody_or_everybody_but_hosts_to_mute_and_mutes_nobody()
    {
        var dan = _door.Enter(new Arrival("Dan", 1, new(Microphone: true, Camera: false, Screen: false), Claim: null, new(Role.Host)));
        _door.Room.SetMedia(_ben.Tenure, new(Microphone: true, Camera: false, Screen: false));
        _door.Room.Disconnect(_cleo.Tenure);
        Forget();
        dan.Hears.TakeMessages();

        _door.Room.AskToMute(_ada.Tenure, _ben.Seat.Id).ShouldBe(Outcome.Done);
        _door.Room.AskToMute(_ada.Tenure, to: null).ShouldBe(Outcome.Done);
        _door.Room.AskToMute(_ada.Tenure, _cleo.Seat.Id).ShouldBe(Outcome.Away);
        _door.Room.AskToMute(_ada.Tenure, ParticipantId.New()).ShouldBe(Outcome.UnknownParticipant);

        _ben.Hears.Messages.ShouldBe([new RoomMessage.MuteAsked(_ada.Seat.Id), new RoomMessage.MuteAsked(_ada.Seat.Id)]);
        dan.Hears.Messages.ShouldBeEmpty();
        (_ben.Participant.Media.Microphone, dan.Participant.Media.Microphone).ShouldBe((true, true));
    }

    private void Forget()
    {
        foreach (var guest in (Guest[])[_ada, _ben, _cleo])
        {
            guest.Hears.TakeMessages();
        }
    }
}
