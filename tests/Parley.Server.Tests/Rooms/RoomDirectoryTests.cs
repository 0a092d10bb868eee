using System.Collections.Concurrent;
using Parley.Server.Rooms;
using Parley.Server.Tests.Running;

namespace Parley.Server.Tests.Rooms;

public sealed class RoomDirectoryTests
{
    [Fact]
    public void Rooms_come_with_their_first_and_go_with_their_last()
    {
        var directory = new RoomDirectory(new RoomOptions());
        var ada = Enter(directory, "one").ShouldNotBeNull();
        var ben = Enter(directory, "one").ShouldNotBeNull();
        var cleo = Enter(directory, "two").ShouldNotBeNull();
        (directory.RoomCount, directory.ParticipantCount).ShouldBe((2, 3));

        directory.Leave(ada, LeaveReason.Left).ShouldBeTrue();
        directory.Leave(cleo, LeaveReason.Left).ShouldBeTrue();
        directory.Leave(cleo, LeaveReason.Left).ShouldBeFalse();
        (directory.RoomCount, directory.ParticipantCount).ShouldBe((1, 1));

        directory.Leave(ben, LeaveReason.Gone).ShouldBeTrue();
        (directory.RoomCount, directory.ParticipantCount).ShouldBe((0, 0));
        Enter(directory, "one").ShouldNotBeNull().Order.ShouldBe(1);
    }

    [Fact]
    public void No_more_rooms_begin_than_are_allowed_but_known_ones_go_on()
    {
        var directory = new RoomDirectory(new RoomOptions { MaxRooms = 1 });
        var ada = Enter(directory, "one").ShouldNotBeNull();

        Admit(directory, "two", out _).ShouldBe(Admission.ServerFull);
        Admit(directory, "one", out var ben).ShouldBe(Admission.Admitted);

        directory.Leave(ada, LeaveReason.Left);
        directory.Leave(ben!, LeaveReason.Left);
        Admit(directory, "two", out _).ShouldBe(Admission.Admitted);
    }

    [Fact]
    public void Of_many_who_race_for_the_places_of_a_room_exactly_its_capacity_gets_in()
    {
        for (var round = 0; round < 50; round++)
        {
            var directory = new RoomDirectory(new RoomOptions { Capacity = 5 });
            var admissions = new ConcurrentBag<Admission>();

            Together(20, _ => admissions.Add(Admit(directory, "room", out var _)));

            admissions.Count(admission => admission == Admission.Admitted).ShouldBe(5);
            admissions.Count(admission => admission == Admission.RoomFull).ShouldBe(15);
            directory.ParticipantCount.ShouldBe(5);
        }
    }

    [Fact]
    public void Whoever_joins_while_the_last_one_leaves_is_in_the_room_that_everyone_else_finds()
    {
        for (var round = 0; round < 500; round++)
        {
            var directory = new RoomDirectory(new RoomOptions());
            var last = Enter(directory, "room").ShouldNotBeNull();
            Seat? next = null;

            Together(2, index =>
            {
                if (index == 0)
                {
                    directory.Leave(last, LeaveReason.Left);
                }
                else
                {
                    next = Enter(directory, "room");
                }
            });

            var found = Enter(directory, "room").ShouldNotBeNull();
            found.Room.ShouldBeSameAs(next.ShouldNotBeNull().Room);
            (directory.RoomCount, directory.ParticipantCount).ShouldBe((1, 2));
        }
    }

    [Fact]
    public void Many_who_come_and_go_leave_nothing_behind()
    {
        var directory = new RoomDirectory(new RoomOptions { Capacity = 2 });

        Together(4, index =>
        {
            for (var round = 0; round < 2000; round++)
            {
                if (Enter(directory, $"room-{(round + index) % 3}") is { } seat)
                {
                    directory.Leave(seat, LeaveReason.Left).ShouldBeTrue();
                }
            }
        });

        (directory.RoomCount, directory.ParticipantCount).ShouldBe((0, 0));
    }

    private static Seat? Enter(RoomDirectory directory, string room)
    {
        Admit(directory, room, out var seat);
        return seat;
    }

    private static Admission Admit(RoomDirectory directory, string room, out Seat? seat)
    {
        Seat? given = null;
        var admission = directory.Admit(
            room,
            new Participant(ParticipantId.New(), "Ada", 1, default),
            new RecordingConnection(),
            (admitted, _) => given = admitted);
        seat = given;
        return admission;
    }

    /// <summary>Runs on threads that start at one moment.</summary>
    private static void Together(int count, Action<int> action)
    {
        using var start = new Barrier(count);
        var threads = Enumerable.Range(0, count).Select(index => Task.Factory.StartNew(
            () =>
            {
                start.SignalAndWait();
                action(index);
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default)).ToArray();
        Task.WhenAll(threads).GetAwaiter().GetResult();
    }
}
