using System.Net;
using Parley.Server.Limits;
using Parley.Server.Rooms;

namespace Parley.Server.Tests.Rooms;

/// <summary>Guessing a passcode takes too long, and shuts out nobody who knows it.</summary>
public sealed class PasscodeTests
{
    private const int Right = 7;
    private const int Wrong = 8;

    private readonly RoomDoor _door = new(capacity: 8);
    private readonly Guest _ada;
    private readonly Guest _ben;

    public PasscodeTests()
    {
        _ada = _door.Enter("Ada");
        _ben = _door.Enter("Ben");
        Set(RoomDoor.SetPasscode(Right));
    }

    [Fact]
    public void After_too_many_wrong_passcodes_from_an_address_the_right_one_is_not_looked_at_either()
    {
        for (var guess = 0; guess < 5; guess++)
        {
            _door.Admit(RoomDoor.WithPasscode(100 + guess)).ShouldBe(Admission.PasscodeWrong);
        }

        _door.Admit(RoomDoor.WithPasscode(Right)).ShouldBe(Admission.Rate);
        _door.Admit(RoomDoor.WithPasscode(Wrong)).ShouldBe(Admission.Rate);
        _door.Admit(RoomDoor.WithPasscode(null)).ShouldBe(Admission.PasscodeRequired);
        _door.Admit(RoomDoor.WithPasscode(Right, "192.0.2.2")).ShouldBe(Admission.Admitted);

        _door.Time.Advance(TimeSpan.FromSeconds(29));
        _door.Admit(RoomDoor.WithPasscode(Right)).ShouldBe(Admission.Rate);
        _door.Time.Advance(TimeSpan.FromSeconds(1.1));
        _door.Admit(RoomDoor.WithPasscode(Right)).ShouldBe(Admission.Admitted);
    }

    [Fact]
    public void The_address_of_a_guess_is_counted_by_its_block()
    {
        for (var guess = 0; guess < 5; guess++)
        {
            _door.Admit(RoomDoor.WithPasscode(Wrong, $"2001:db8::{guess}")).ShouldBe(Admission.PasscodeWrong);
        }

        _door.Admit(RoomDoor.WithPasscode(Right, "2001:db8::99")).ShouldBe(Admission.Rate);
        AddressBlock.Of(IPAddress.Parse("2001:db8::1")).ShouldBe(AddressBlock.Of(IPAddress.Parse("2001:db8::2:3:4:5")));
    }

    [Fact]
    public void Who_has_a_whole_network_of_version_6_is_held_up_by_the_bound_of_the_network()
    {
        for (var guess = 0; guess < 20; guess++)
        {
            _door.Admit(RoomDoor.WithPasscode(Wrong, $"2001:db8:0:{guess:x}::1")).ShouldBe(Admission.PasscodeWrong);
        }

        _door.Admit(RoomDoor.WithPasscode(Right, "2001:db8:0:ffff::1")).ShouldBe(Admission.Rate);
        _door.Admit(RoomDoor.WithPasscode(Wrong, "2001:db8:1::1")).ShouldBe(Admission.PasscodeWrong);

        _door.Time.Advance(TimeSpan.FromSeconds(15.1));
        _door.Admit(RoomDoor.WithPasscode(Right, "2001:db8:0:ffff::1")).ShouldBe(Admission.Admitted);
    }

    [Fact]
    public void While_many_guess_who_has_not_guessed_gets_in_by_the_right_passcode_and_even_after_one_mistake()
    {
        GuessFromEverywhere();

        _door.Admit(RoomDoor.WithPasscode(Right, "198.51.100.1")).ShouldBe(Admission.Admitted);
        _door.Admit(RoomDoor.WithPasscode(Wrong, "2001:db8:1::1")).ShouldBe(Admission.PasscodeWrong);
        _door.Admit(RoomDoor.WithPasscode(Right, "2001:db8:1::1")).ShouldBe(Admission.Admitted);
    }

    [Fact]
    public void While_many_guess_who_has_guessed_is_held_up_by_the_bound_of_the_room()
    {
        GuessFromEverywhere();
        for (var guess = 0; guess < 2; guess++)
        {
            _door.Admit(RoomDoor.WithPasscode(Wrong, $"2001:db8:1:{guess}::1")).ShouldBe(Admission.PasscodeWrong);
        }

        // A network of version 6 has its first tries once, whatever addresses are in it.
        _door.Admit(RoomDoor.WithPasscode(Right, "2001:db8:1:3::1")).ShouldBe(Admission.Rate);
        _door.Admit(new("Cleo", 1, default, null, new(Role.Participant))).ShouldBe(Admission.Admitted);

        _door.Time.Advance(TimeSpan.FromSeconds(3.1));
        _door.Admit(RoomDoor.WithPasscode(Right, "2001:db8:1:3::1")).ShouldBe(Admission.Admitted);
    }

    [Fact]
    public void However_many_addresses_guess_a_room_looks_at_a_bounded_number()
    {
        var looked = Enumerable.Range(0, 1 << 14).Sum(network => Enumerable.Range(0, 3).Count(_ =>
            _door.Admit(RoomDoor.WithPasscode(Wrong, $"{network >> 8}.{network & 255}.0.1")) == Admission.PasscodeWrong));

        looked.ShouldBeInRange(6_000, 100 + 8_192);
    }

    [Fact]
    public void A_provider_of_version_6_has_few_of_the_first_tries()
    {
        var looked = Enumerable.Range(0, 1 << 12).Sum(network => Enumerable.Range(0, 3).Count(_ =>
            _door.Admit(RoomDoor.WithPasscode(Wrong, $"2001:db8:{network:x}::1")) == Admission.PasscodeWrong));

        looked.ShouldBeInRange(101, 100 + 128);
        _door.Admit(RoomDoor.WithPasscode(Right, "2001:db9::1")).ShouldBe(Admission.Admitted);
    }

    [Fact]
    public void Who_has_sat_in_the_room_is_looked_at_whoever_guesses_and_from_wherever_it_comes()
    {
        var ben = _ben.Claim;
        _door.Room.Leave(_ben.Tenure);
        Set(new(Locked: true));
        Set(new(Locked: false));
        GuessFromEverywhere();
        while (_door.Admit(RoomDoor.WithPasscode(Wrong)) == Admission.PasscodeWrong)
        {
            // So its own address has nothing left either.
        }

        _door.Admit(RoomDoor.WithPasscode(Wrong) with { Claim = ben }).ShouldBe(Admission.PasscodeWrong);
        _door.Admit(RoomDoor.WithPasscode(Right) with { Claim = ben }).ShouldBe(Admission.Returned);
    }

    [Fact]
    public void A_seat_is_good_for_five_mistakes()
    {
        var ben = _ben.Claim;
        _door.Room.Leave(_ben.Tenure);
        Set(new(Locked: true));
        Set(new(Locked: false));
        while (_door.Admit(RoomDoor.WithPasscode(Wrong)) == Admission.PasscodeWrong)
        {
            // Its address has nothing left.
        }

        for (var guess = 0; guess < 5; guess++)
        {
            _door.Admit(RoomDoor.WithPasscode(Wrong) with { Claim = ben }).ShouldBe(Admission.PasscodeWrong);
        }

        _door.Admit(RoomDoor.WithPasscode(Right) with { Claim = ben }).ShouldBe(Admission.Rate);
    }

    [Fact]
    public void A_seat_in_an_earlier_room_of_this_name_is_none_of_those()
    {
        var ben = _ben.Claim;
        _door.Room.Leave(_ben.Tenure);
        _door.Room.Leave(_ada.Tenure);
        _door.BeginAgain();
        var cleo = _door.Enter("Cleo");
        _door.Room.ChangeDoors(cleo.Tenure, RoomDoor.SetPasscode(Right)).ShouldBe(Outcome.Done);
        while (_door.Admit(RoomDoor.WithPasscode(Wrong)) == Admission.PasscodeWrong)
        {
            // Its address has nothing left.
        }

        _door.Admit(RoomDoor.WithPasscode(Right) with { Claim = ben }).ShouldBe(Admission.Rate);
    }

    /// <summary>So many addresses, in networks and of providers of their own, that the room's bound is used up.</summary>
    private void GuessFromEverywhere()
    {
        for (var guess = 0; guess < 100; guess++)
        {
            _door.Admit(RoomDoor.WithPasscode(Wrong, $"10.{guess}.0.1")).ShouldBe(Admission.PasscodeWrong);
        }
    }

    private void Set(DoorChange change) => _door.Room.ChangeDoors(_ada.Tenure, change).ShouldBe(Outcome.Done);
}
