using System.Collections.Concurrent;
using Parley.Server.Rooms;
using Parley.Server.Tests.Rooms.Model;
using Parley.Server.Tests.Running;

namespace Parley.Server.Tests.Rooms;

public sealed class RoomDirectoryTests
{
    private readonly ManualTime _time = new();

    [Fact]
    public void Rooms_come_with_their_first_and_go_with_their_last()
    {
        var directory = NewDirectory();
        var ada = Enter(directory, "one").ShouldNotBeNull();
        var ben = Enter(directory, "one").ShouldNotBeNull();
        var cleo = Enter(directory, "two").ShouldNotBeNull();
        (directory.RoomCount, directory.ParticipantCount).ShouldBe((2, 3));

        Leave(ada).ShouldBeTrue();
        Leave(cleo).ShouldBeTrue();
        Leave(cleo).ShouldBeFalse();
        (directory.RoomCount, directory.ParticipantCount).ShouldBe((1, 1));

        Disconnect(ben).ShouldBeTrue();
        (directory.RoomCount, directory.ParticipantCount, directory.AwayCount).ShouldBe((1, 1, 1));
        _time.Advance(directory.Options.Grace);
        (directory.RoomCount, directory.ParticipantCount, directory.AwayCount).ShouldBe((0, 0, 0));
    }

    [Fact]
    public void No_more_rooms_begin_than_are_allowed_but_known_ones_go_on()
    {
        var directory = NewDirectory(maxRooms: 1);
        var ada = Enter(directory, "one").ShouldNotBeNull();

        Admit(directory, "two", out _).ShouldBe(Admission.ServerFull);
        Admit(directory, "two", out _, ada.Seat.Claim).ShouldBe(Admission.ServerFull);
        Admit(directory, "one", out var ben).ShouldBe(Admission.Admitted);

        Leave(ada);
        Leave(ben!);
        Admit(directory, "two", out _).ShouldBe(Admission.Admitted);
    }

    [Fact]
    public void A_room_in_which_everyone_is_away_gives_way_when_the_server_is_full()
    {
        var directory = NewDirectory(maxRooms: 2);
        Enter(directory, "one").ShouldNotBeNull();
        Disconnect(Enter(directory, "one").ShouldNotBeNull());
        Disconnect(Enter(directory, "two").ShouldNotBeNull());
        Disconnect(Enter(directory, "two").ShouldNotBeNull());

        Admit(directory, "three", out _).ShouldBe(Admission.Admitted);

        directory.RoomCount.ShouldBe(2);
        directory.ParticipantCount.ShouldBe(3);
        directory.AwayCount.ShouldBe(1);
        _time.TimerCount.ShouldBe(1);
        Admit(directory, "two", out _).ShouldBe(Admission.ServerFull);
    }

    [Fact]
    public void Of_many_who_race_for_the_places_of_a_room_exactly_its_capacity_gets_in()
    {
        for (var round = 0; round < 50; round++)
        {
            var directory = NewDirectory(capacity: 5);
            var admissions = new ConcurrentBag<Admission>();

            Threads.Together(20, _ => admissions.Add(Admit(directory, "room", out var _)));

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
            var directory = NewDirectory();
            var last = Enter(directory, "room").ShouldNotBeNull();
            Tenure? next = null;

            Threads.Together(2, index =>
            {
                if (index == 0)
                {
                    Leave(last);
                }
                else
                {
                    next = Enter(directory, "room");
                }
            });

            var found = Enter(directory, "room").ShouldNotBeNull();
            found.Seat.Room.ShouldBeSameAs(next.ShouldNotBeNull().Seat.Room);
            (directory.RoomCount, directory.ParticipantCount).ShouldBe((1, 2));
        }
    }

    [Fact]
    public void Of_many_who_show_one_token_at_once_one_has_the_seat_and_the_others_are_displaced()
    {
        for (var round = 0; round < 100; round++)
        {
            var directory = NewDirectory();
            var first = Enter(directory, "room").ShouldNotBeNull();
            var tenures = new ConcurrentBag<Tenure>();

            Threads.Together(8, index =>
            {
                if (index == 0)
                {
                    // The old connection's end is noticed just now.
                    Disconnect(first);
                }
                else
                {
                    Admit(directory, "room", out var tenure, first.Seat.Claim).ShouldBe(Admission.Returned);
                    tenures.Add(tenure!);
                }
            });

            tenures.Count.ShouldBe(7);
            var holder = tenures.Where(tenure => tenure.IsCurrent).ShouldHaveSingleItem();
            foreach (var tenure in tenures)
            {
                var displaced = ((RecordingConnection)tenure.Connection).Messages.OfType<RoomMessage.Displaced>().Count();
                displaced.ShouldBe(tenure == holder ? 0 : 1);
            }

            (directory.ParticipantCount, directory.AwayCount, _time.TimerCount).ShouldBe((1, 0, 0));
        }
    }

    [Fact]
    public void Many_who_come_and_go_leave_nothing_behind()
    {
        var directory = NewDirectory(capacity: 2);

        Threads.Together(4, index =>
        {
            var random = new Random(index);
            SeatClaim? claim = null;
            for (var round = 0; round < 2000; round++)
            {
                if (Enter(directory, $"room-{(round + index) % 3}", claim) is not { } tenure)
                {
                    continue;
                }

                claim = tenure.Seat.Claim;
                (random.Next(2) == 0 ? Leave(tenure) : Disconnect(tenure)).ShouldBeTrue();
            }
        });

        directory.AwayCount.ShouldBe(directory.ParticipantCount);

        // One for each who is away, and one for each room that waits for its host.
        _time.TimerCount.ShouldBeInRange(directory.AwayCount, directory.AwayCount + directory.RoomCount);
        _time.Advance(directory.Options.Grace);
        (directory.RoomCount, directory.ParticipantCount, directory.AwayCount, _time.TimerCount).ShouldBe((0, 0, 0, 0));
    }

    [Fact]
    public void What_everyone_was_told_adds_up_to_the_truth_when_everything_happens_at_once()
    {
        for (var round = 0; round < 20; round++)
        {
            var directory = NewDirectory(capacity: 50);
            var members = new ConcurrentBag<Member>();
            var claims = new SeatClaim?[4];

            Threads.Together(6, index =>
            {
                var random = new Random((100 * round) + index);
                for (var step = 0; step < 200; step++)
                {
                    // Whoever wants to be somebody may be: tokens are shown again and again, by several at once.
                    var slot = random.Next(claims.Length);
                    var member = new Member();
                    var arrival = new Arrival("Ada", 1, default, Volatile.Read(ref claims[slot]));
                    directory.Admit("room", arrival, member).ShouldBeOneOf(Admission.Admitted, Admission.Returned);
                    members.Add(member);
                    Volatile.Write(ref claims[slot], member.Tenure.Seat.Claim);
                    member.Tenure.Seat.Room.SetMedia(member.Tenure, new(random.Next(2) == 0, random.Next(2) == 0, random.Next(2) == 0));
                    _ = random.Next(3) switch
                    {
                        0 => Leave(member.Tenure),
                        1 => Disconnect(member.Tenure),
                        _ => true,
                    };
                    if (random.Next(20) == 0)
                    {
                        _time.Advance(directory.Options.Grace);
                    }
                }
            });

            var last = new Member();
            directory.Admit("room", new("Eve", 1, default), last).ShouldBe(Admission.Admitted);
            Participant[] truth = [last.Tenure.Seat.Participant, .. last.View.Others];
            foreach (var member in members)
            {
                if (member.Tenure.IsCurrent)
                {
                    member.View.Others.ShouldBe(truth.Where(other => other.Id != member.Tenure.Seat.Id), ignoreOrder: true);
                }
            }

            (directory.RoomCount, directory.ParticipantCount).ShouldBe((1, truth.Length));
            directory.AwayCount.ShouldBe(truth.Count(participant => participant.Away));
            _time.TimerCount.ShouldBeInRange(directory.AwayCount, directory.AwayCount + 1);
            _time.Advance(directory.Options.Grace);
        }
    }

    private static bool Leave(Tenure tenure) => tenure.Seat.Room.Leave(tenure);

    private static bool Disconnect(Tenure tenure) => tenure.Seat.Room.Disconnect(tenure);

    private static Tenure? Enter(RoomDirectory directory, string room, SeatClaim? claim = null)
    {
        Admit(directory, room, out var tenure, claim);
        return tenure;
    }

    private static Admission Admit(RoomDirectory directory, string room, out Tenure? tenure, SeatClaim? claim = null)
    {
        var connection = new RecordingConnection();
        var admission = directory.Admit(room, new Arrival("Ada", 1, default, claim), connection);
        tenure = connection.Tenure;
        return admission;
    }

    private RoomDirectory NewDirectory(int capacity = 8, int maxRooms = 10_000) =>
        new(new RoomOptions { Capacity = capacity, MaxRooms = maxRooms }, _time);
}
