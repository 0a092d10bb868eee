using Parley.Server.Rooms;

namespace Parley.Server.Tests.Rooms;

/// <summary>What a room makes of join tokens, once somebody has judged them.</summary>
public sealed class JoinTokenTests
{
    private static readonly JoinTokenGrant AsHost = new(Role.Host);
    private static readonly JoinTokenGrant AsParticipant = new(Role.Participant);

    private readonly RoomDoor _door = new();

    [Fact]
    public void Who_opens_a_room_with_a_join_token_is_what_the_token_says()
    {
        _door.Enter(Of("Ada", AsParticipant)).Role.ShouldBe(Role.Participant);
        _door.Enter(Of("Ben", AsHost)).Role.ShouldBe(Role.Host);
        _door.Enter(new Arrival("Cleo", 1, default)).Role.ShouldBe(Role.Participant);
    }

    [Fact]
    public void Where_a_join_token_was_used_nobody_becomes_host_by_order_of_arrival()
    {
        var ada = _door.Enter("Ada");
        var ben = _door.Enter(Of("Ben", AsParticipant));
        var cleo = _door.Enter("Cleo");
        ben.Claim.Room.TokensUsed.ShouldBeTrue();
        ada.Claim.Room.TokensUsed.ShouldBeTrue();

        _door.Room.Leave(ada.Tenure);

        (ben.Role, cleo.Role).ShouldBe((Role.Participant, Role.Participant));
        _door.Enter(Of("Dan", AsHost)).Role.ShouldBe(Role.Host);
    }

    [Fact]
    public void The_name_of_a_join_token_stays_with_the_seat()
    {
        _door.Enter("Ada");
        var ben = _door.Enter(Of("Ben", AsParticipant with { Name = "Ben" }));
        ben.Claim.GivenName.ShouldBe("Ben");
        _door.Room.Disconnect(ben.Tenure);

        // Whatever it calls itself when it comes back without the join token.
        var again = _door.Enter("Teacher", 2, ben.Claim with { GivenName = SeatClaim.UnprovenName });

        (again.Seat.Id, again.Participant.Name).ShouldBe((ben.Seat.Id, "Ben"));
    }

    [Fact]
    public void A_seat_that_has_ended_begins_again_under_its_given_name_only()
    {
        _door.Enter("Ada");
        var ben = _door.Enter(Of("Ben", AsParticipant with { Name = "Ben" }));
        _door.Room.Leave(ben.Tenure);

        var stranger = _door.Enter("Teacher", 1, ben.Claim with { GivenName = SeatClaim.UnprovenName });
        var again = _door.Enter("Ben", 1, ben.Claim);

        stranger.Seat.Id.ShouldNotBe(ben.Seat.Id);
        (again.Seat.Id, again.Participant.Name, again.Claim.GivenName).ShouldBe((ben.Seat.Id, "Ben", "Ben"));
    }

    [Fact]
    public void The_token_that_somebody_entered_with_does_not_take_back_a_hand_over_when_its_connection_is_lost()
    {
        var ada = _door.Enter(Of("Ada", AsHost));
        var ben = _door.Enter(Of("Ben", AsParticipant));
        _door.Room.HandOver(ada.Tenure, ben.Seat.Id);

        _door.Enter(Of("Ada", AsHost) with { Claim = ada.Claim }).Role.ShouldBe(Role.Participant);

        ben.Role.ShouldBe(Role.Host);
    }

    [Fact]
    public void Another_token_than_the_one_somebody_entered_with_counts_at_once()
    {
        var ada = _door.Enter(Of("Ada", AsHost));
        var ben = _door.Enter(Of("Ben", AsParticipant));
        ada.Hears.TakeMessages();

        var again = _door.Enter(Of("Ben", AsHost) with { Claim = ben.Claim });

        (again.Seat, again.Role).ShouldBe((ben.Seat, Role.Host));
        ada.Hears.Messages.Single().ShouldBeOfType<RoomMessage.Welcome>().Participant.Role.ShouldBe(Role.Host);

        // The token of before says participant, and has to be outdated.
        ben.Claim.Room.Edition.ShouldNotBe(again.Claim.Room.Edition);
    }

    [Fact]
    public void Where_tokens_are_required_nobody_enters_without_one()
    {
        _door.Admit(new Arrival("Ada", 1, default) { NeedsToken = true }).ShouldBe(Admission.TokenRequired);
        _door.RoomsEnded.ShouldBe(1);
        _door.BeginAgain();

        _door.Admit(Of("Ada", AsParticipant) with { NeedsToken = true }).ShouldBe(Admission.Admitted);
        _door.Admit(new Arrival("Ben", 1, default) { NeedsToken = true }).ShouldBe(Admission.TokenRequired);
    }

    [Fact]
    public void A_token_that_does_not_hold_is_refused_also_where_none_is_required()
    {
        _door.Enter("Ada");

        _door.Admit(new Arrival("Ben", 1, default) { HasBadToken = true }).ShouldBe(Admission.TokenInvalid);
    }

    [Fact]
    public void Who_has_a_seat_does_not_need_a_token_any_more_not_even_a_good_one()
    {
        var ada = _door.Enter(Of("Ada", AsHost) with { NeedsToken = true });
        _door.Enter(Of("Ben", AsParticipant) with { NeedsToken = true });
        _door.Room.Disconnect(ada.Tenure);

        var again = _door.Enter(new Arrival("Ada", 1, default, ada.Claim) { NeedsToken = true, HasBadToken = true });
        (again.Seat, again.Role).ShouldBe((ada.Seat, Role.Host));

        // Also when it has left and nothing has changed since.
        _door.Room.Leave(again.Tenure);
        _door.Enter(new Arrival("Ada", 1, default, again.Claim) { NeedsToken = true, HasBadToken = true }).Role.ShouldBe(Role.Host);
    }

    [Fact]
    public void Where_tokens_are_required_an_ended_room_is_not_opened_with_the_token_of_a_seat_in_it()
    {
        var ada = _door.Enter(Of("Ada", AsHost) with { NeedsToken = true });
        _door.Room.End(ada.Tenure);
        _door.BeginAgain();

        _door.Admit(new Arrival("Ada", 1, default, ada.Claim) { NeedsToken = true }).ShouldBe(Admission.TokenRequired);
    }

    [Fact]
    public void Where_tokens_are_required_those_whom_a_restart_has_thrown_out_come_back_without_for_five_minutes()
    {
        var ada = _door.Enter(Of("Ada", AsHost) with { NeedsToken = true });
        var ben = _door.Enter(Of("Ben", AsParticipant) with { NeedsToken = true });
        var cleo = _door.Enter(Of("Cleo", AsParticipant) with { NeedsToken = true });

        // Expired meanwhile.
        var returning = new Arrival("Somebody", 1, default) { NeedsToken = true, HasBadToken = true };
        _door.Restart();
        _door.Enter(returning with { Claim = ben.Claim }).Role.ShouldBe(Role.Participant);
        _door.Enter(returning with { Claim = ada.Claim }).Role.ShouldBe(Role.Host);

        _door.Time.Advance(TimeSpan.FromMinutes(5));
        _door.Admit(returning with { Claim = cleo.Claim }).ShouldBe(Admission.TokenInvalid);
        _door.Admit(returning with { Claim = cleo.Claim, HasBadToken = false }).ShouldBe(Admission.TokenRequired);
    }

    private static Arrival Of(string name, JoinTokenGrant grant) => new(name, 1, default, Claim: null, grant);
}
