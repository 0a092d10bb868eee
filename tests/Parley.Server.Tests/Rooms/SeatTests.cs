using Parley.Server.Rooms;

namespace Parley.Server.Tests.Rooms;

public sealed class SeatTests
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(30);

    private readonly RoomDoor _door = new(capacity: 3);
    private readonly Guest _ada;
    private readonly Guest _ben;

    public SeatTests()
    {
        _ada = _door.Enter("Ada");
        _ben = _door.Enter("Ben");
        _ada.Hears.TakeMessages();
    }

    [Fact]
    public void Whose_connection_ends_is_away_at_once_and_gone_after_the_grace_time()
    {
        _door.Room.Disconnect(_ben.Tenure).ShouldBeTrue();

        _ada.Hears.TakeMessages().ShouldBe([new RoomMessage.Away(_ben.Seat.Id)]);
        _ben.Participant.Away.ShouldBeTrue();
        (_door.Register.SeatCount, _door.Register.AwayCount).ShouldBe((2, 1));

        _door.Time.Advance(Grace - TimeSpan.FromTicks(1));
        _ada.Hears.Messages.ShouldBeEmpty();

        _door.Time.Advance(TimeSpan.FromTicks(1));
        _ada.Hears.TakeMessages().ShouldBe([new RoomMessage.Left(_ben.Seat.Id, LeaveReason.Gone)]);
        (_door.Register.SeatCount, _door.Register.AwayCount).ShouldBe((1, 0));
        _door.ShouldBeOver(_ben.Tenure, other: _ada.Seat);
    }

    [Fact]
    public void Who_comes_back_has_the_same_id_and_place_and_is_what_it_says_now()
    {
        _door.Room.Disconnect(_ada.Tenure);
        _door.Time.Advance(Grace / 2);
        _ben.Hears.TakeMessages();

        var again = _door.Enter("Ada Lovelace", incarnation: 2, _ada.Seat.Claim);

        again.Seat.ShouldBeSameAs(_ada.Seat);
        again.Participant.ShouldBe(new Participant(_ada.Seat.Id, "Ada Lovelace", 2, default, Away: false, Role.Host, Hand: null));
        again.Found.ShouldBe([_ben.Participant]);
        _ben.Hears.TakeMessages().ShouldBe([new RoomMessage.Welcome(again.Participant)]);
        _door.Enter("Cleo").Found.Select(other => other.Name).ShouldBe(["Ada Lovelace", "Ben"]);

        // The grace time of the absence that is over ends nothing.
        _door.Time.TimerCount.ShouldBe(0);
        _door.Time.Advance(10 * Grace);
        _door.Room.Holds(again.Tenure).ShouldBeTrue();
    }

    [Fact]
    public void Every_absence_has_its_own_grace_time()
    {
        _door.Room.Disconnect(_ben.Tenure);
        _door.Time.Advance(Grace - TimeSpan.FromSeconds(1));
        var again = _door.Enter("Ben", 1, _ben.Seat.Claim);
        _door.Room.Disconnect(again.Tenure);

        _door.Time.Advance(Grace - TimeSpan.FromSeconds(1));
        _ben.Participant.Away.ShouldBeTrue();
        _door.Register.SeatCount.ShouldBe(2);

        _door.Time.Advance(TimeSpan.FromSeconds(1));
        _door.Register.SeatCount.ShouldBe(1);
    }

    [Fact]
    public void A_return_displaces_the_connection_that_still_has_the_seat()
    {
        var again = _door.Enter("Ben", incarnation: 1, _ben.Seat.Claim);

        again.Seat.ShouldBeSameAs(_ben.Seat);
        _ben.Hears.TakeMessages().ShouldBe([new RoomMessage.Displaced()]);
        _ada.Hears.TakeMessages().ShouldBe([new RoomMessage.Welcome(again.Participant)]);
        _door.Register.SeatCount.ShouldBe(2);

        // Its end, when it is noticed at last, is nothing to anybody.
        _door.ShouldBeOver(_ben.Tenure, other: _ada.Seat);
        _ada.Hears.Messages.ShouldBeEmpty();
        _door.Room.SetMedia(_ada.Tenure, default);
        _ben.Hears.Messages.ShouldBeEmpty();
        again.Hears.Messages.Count.ShouldBe(1);
        _door.Time.TimerCount.ShouldBe(0);
    }

    [Fact]
    public void A_smaller_incarnation_than_the_seat_has_seen_makes_a_newcomer_and_the_seat_stays()
    {
        var again = _door.Enter("Ben", incarnation: 5, _ben.Seat.Claim);

        var other = _door.Enter("Ben", incarnation: 4, _ben.Seat.Claim);

        other.Seat.Id.ShouldNotBe(_ben.Seat.Id);
        other.Found.Select(participant => participant.Id).ShouldBe([_ada.Seat.Id, _ben.Seat.Id]);
        again.Hears.Messages.ShouldBe([new RoomMessage.Welcome(other.Participant)]);
        _door.Room.Holds(again.Tenure).ShouldBeTrue();
    }

    [Fact]
    public void A_seat_that_has_ended_begins_again_with_its_id_and_place()
    {
        _door.Room.Disconnect(_ada.Tenure);
        _door.Time.Advance(Grace);
        _door.Enter("Cleo");
        _ben.Hears.TakeMessages();

        var again = _door.Enter("Ada", 1, _ada.Seat.Claim);

        (again.Seat.Id, again.Seat.Order).ShouldBe((_ada.Seat.Id, _ada.Seat.Order));
        _ben.Hears.TakeMessages().ShouldBe([new RoomMessage.Welcome(again.Participant)]);
        _door.Room.Leave(_ben.Tenure);
        _door.Enter("Dan").Found.Select(other => other.Name).ShouldBe(["Ada", "Cleo"]);
    }

    [Fact]
    public void An_away_seat_keeps_its_place_in_a_full_room_and_an_ended_one_has_none()
    {
        _door.Room.Disconnect(_ben.Tenure);
        _door.Enter("Cleo");
        _door.Admit(new("Dan", 1, default)).ShouldBe(Admission.RoomFull);

        _door.Admit(new("Ben", 1, default, _ben.Seat.Claim), out var ben).ShouldBe(Admission.Returned);

        _door.Room.Leave(ben!.Tenure);
        _door.Enter("Dan");
        _door.Admit(new("Ben", 2, default, _ben.Seat.Claim)).ShouldBe(Admission.RoomFull);
    }

    [Fact]
    public void Nothing_is_relayed_to_who_is_away_and_what_is_stale_is_said_first()
    {
        var message = new RoomMessage.Left(_ada.Seat.Id, LeaveReason.Left);
        _door.Room.Disconnect(_ben.Tenure);

        _door.Room.Relay(_ada.Tenure, _ben.Seat.Id, new(1, 1), message).ShouldBe(Relay.Away);
        _door.Room.Relay(_ada.Tenure, _ben.Seat.Id, new(1, 2), message).ShouldBe(Relay.Stale);

        var again = _door.Enter("Ben", 1, _ben.Seat.Claim);
        again.Hears.Messages.ShouldBeEmpty();
        _door.Room.Relay(_ada.Tenure, _ben.Seat.Id, new(1, 1), message).ShouldBe(Relay.Delivered);
        again.Hears.Messages.ShouldBe([message]);
        _ben.Hears.Messages.ShouldBeEmpty();
    }

    [Fact]
    public void Who_was_away_finds_the_media_that_changed_meanwhile()
    {
        var media = new MediaState(Microphone: true, Camera: false, Screen: true);
        _door.Room.Disconnect(_ben.Tenure);

        _door.Room.SetMedia(_ada.Tenure, media).ShouldBeTrue();

        _door.Enter("Ben", 1, _ben.Seat.Claim).Found.Single().Media.ShouldBe(media);
    }

    [Fact]
    public void A_room_in_which_everyone_is_away_goes_on_until_the_last_grace_time_is_over()
    {
        _door.Room.Disconnect(_ada.Tenure);
        _door.Time.Advance(Grace / 2);
        _door.Room.Disconnect(_ben.Tenure);
        _door.Time.Advance(Grace / 2);
        _door.RoomsEnded.ShouldBe(0);

        _door.Time.Advance(Grace / 2);

        _door.RoomsEnded.ShouldBe(1);
        (_door.Register.SeatCount, _door.Register.AwayCount, _door.Time.TimerCount).ShouldBe((0, 0, 0));
        _door.Admit(new("Ada", 1, default, _ada.Seat.Claim)).ShouldBe(Admission.RoomEnded);
    }

    [Fact]
    public void Newcomers_come_after_all_who_return_after_a_restart()
    {
        var restarted = new RoomDoor();
        restarted.Time.Advance(TimeSpan.FromSeconds(1));

        restarted.Enter("Dan");
        restarted.Enter("Ben", 1, _ben.Seat.Claim);
        restarted.Enter("Eve");
        restarted.Enter("Ada", 1, _ada.Seat.Claim);

        restarted.Enter("Fay").Found.Select(other => other.Name).ShouldBe(["Ada", "Ben", "Dan", "Eve"]);
    }

    [Fact]
    public void Two_with_the_same_place_stand_in_one_order_whoever_comes_first()
    {
        var (one, other) = (_ada.Seat.Claim, _ben.Seat.Claim with { Order = _ada.Seat.Order });

        var orders = ((SeatClaim[][])[[one, other], [other, one]]).Select(claims =>
        {
            var restarted = new RoomDoor();
            Array.ForEach(claims, claim => restarted.Enter("Somebody", 1, claim));
            return string.Join(' ', restarted.Enter("Eve").Found.Select(found => found.Id));
        });

        orders.Distinct(StringComparer.Ordinal).ShouldHaveSingleItem();
    }

    [Fact]
    public void A_newcomer_comes_after_those_of_the_future_too_when_the_clock_was_set_back()
    {
        var restarted = new RoomDoor();
        var future = _ben.Seat.Claim with { Order = _ben.Seat.Order + 1_000_000 };

        restarted.Enter("Ben", 1, future);
        restarted.Enter("Cleo").Seat.Order.ShouldBe(future.Order + 1);

        restarted.Enter("Dan").Found.Select(other => other.Name).ShouldBe(["Ben", "Cleo"]);
    }
}
