using Parley.Server.Rooms;
using Parley.Server.Tests.Running;

namespace Parley.Server.Tests.Rooms;

/// <summary>The line before a room is bounded, and nobody fills it alone.</summary>
public sealed class WaitingLineTests
{
    private const string Crowd = "192.0.2.1";

    private readonly RoomDoor _door = new(options: new RoomOptions { MaxWaiting = 4 });
    private readonly Guest _ada;

    public WaitingLineTests()
    {
        _ada = _door.Enter("Ada");
        _door.Room.ChangeDoors(_ada.Tenure, new(WaitingRoom: true)).ShouldBe(Outcome.Done);
    }

    [Fact]
    public void The_line_is_bounded()
    {
        _door.Wait("Ben");
        _door.Wait("Ben");
        _door.Wait("Cleo");
        var dan = _door.Wait("Dan");

        _door.Admit(new("Eve", 1, default)).ShouldBe(Admission.RoomFull);

        _door.Room.GiveUp(dan.Waiter!);
        _door.Wait("Eve");
    }

    [Fact]
    public void One_address_that_fills_the_line_shuts_out_nobody_else()
    {
        var crowd = Fill(Crowd, Crowd, Crowd, Crowd);

        var cleo = _door.Wait(RoomDoor.From("192.0.2.2", "Cleo"));

        crowd[3].Messages.ShouldBe([new RoomMessage.Refused(Admission.RoomFull)]);
        _door.Room.IsWaiting(crowd[3].Waiter!).ShouldBeFalse();
        Line().ShouldBe([.. crowd[..3].Select(IdOf), IdOf(cleo)]);
        _door.Room.LetIn(_ada.Tenure, IdOf(cleo)).ShouldBe(Outcome.Done);
        crowd[..3].ShouldAllBe(one => one.Messages.Count == 0);
    }

    [Fact]
    public void Two_addresses_share_a_full_line_and_do_not_drive_each_other_out_for_ever()
    {
        Fill(Crowd, Crowd, Crowd, Crowd);
        Fill("192.0.2.2", "192.0.2.2");

        _door.Admit(RoomDoor.From("192.0.2.2")).ShouldBe(Admission.RoomFull);
        _door.Admit(RoomDoor.From(Crowd)).ShouldBe(Admission.RoomFull);
        _door.Wait(RoomDoor.From("192.0.2.3"));
        _door.Admit(RoomDoor.From(Crowd)).ShouldBe(Admission.RoomFull);
        Line().Count.ShouldBe(4);
    }

    [Fact]
    public void A_line_of_those_who_have_one_place_each_is_full()
    {
        var all = Fill("192.0.2.1", "192.0.2.2", "192.0.2.3", "2001:db8::1");

        _door.Admit(RoomDoor.From("192.0.2.5")).ShouldBe(Admission.RoomFull);

        all.ShouldAllBe(one => one.Messages.Count == 0);
    }

    [Fact]
    public void The_addresses_of_one_network_of_version_6_are_one_crowd()
    {
        var crowd = Fill("2001:db8:0:1::1", "2001:db8:0:2::1", "2001:db8:0:3::1", "2001:db8:0:4::1");

        _door.Wait(RoomDoor.From("2001:db8:1::1"));

        crowd[3].Messages.ShouldBe([new RoomMessage.Refused(Admission.RoomFull)]);
    }

    [Fact]
    public void Within_a_network_of_version_6_one_address_shuts_out_no_other_one()
    {
        var all = Fill("2001:db8:0:1::1", "2001:db8:0:2::1", "2001:db8:0:2::2", "2001:db8:0:1::1");

        _door.Wait(RoomDoor.From("2001:db8:0:3::1"));
        _door.Admit(RoomDoor.From("2001:db8:0:3::1")).ShouldBe(Admission.RoomFull);

        all.Select(one => one.Messages.Count).ShouldBe([0, 0, 0, 1]);
    }

    [Fact]
    public void A_class_of_thirty_behind_one_address_may_wait_for_one_room()
    {
        var door = new RoomDoor();
        var host = door.Enter("Ada");
        door.Room.ChangeDoors(host.Tenure, new(WaitingRoom: true)).ShouldBe(Outcome.Done);

        for (var pupil = 0; pupil < 30; pupil++)
        {
            door.Wait(RoomDoor.From(Crowd, $"Pupil {pupil}"));
        }

        door.Room.Snapshot()!.Waiting.ShouldBe(30);
    }

    [Fact]
    public void A_flood_makes_no_host_look_at_more_than_the_line_may_hold()
    {
        for (var flood = 0; flood < 500; flood++)
        {
            _door.Room.Admit(RoomDoor.From($"192.0.2.{flood / 100}"), new RecordingConnection()).ShouldBeOneOf(Admission.Waiting, Admission.RoomFull);
        }

        _ada.Hears.Messages.OfType<RoomMessage.Waiting>().ShouldAllBe(waiting => waiting.People.Count <= 4);
        _ada.Hears.Messages.Count.ShouldBeLessThan(20);
    }

    private static ParticipantId IdOf(RecordingConnection waiting) => waiting.Waiter!.Id;

    private RecordingConnection[] Fill(params string[] addresses) => [.. addresses.Select(address => _door.Wait(RoomDoor.From(address)))];

    private IReadOnlyList<ParticipantId> Line() => [.. _ada.Hears.Messages.OfType<RoomMessage.Waiting>().Last().People.Select(person => person.Id)];
}
