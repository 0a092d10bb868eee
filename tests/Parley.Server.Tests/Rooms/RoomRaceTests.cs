using System.Collections.Concurrent;
using Parley.Server.Rooms;
using Parley.Server.Tests.Rooms.Model;
using Parley.Server.Tests.Running;

namespace Parley.Server.Tests.Rooms;

/// <summary>Hosts, guests and strangers on threads of their own.</summary>
public sealed class RoomRaceTests
{
    [Fact]
    public void Of_letting_in_denying_and_giving_up_at_once_exactly_one_happens()
    {
        for (var round = 0; round < 300; round++)
        {
            var door = new RoomDoor();
            var ada = door.Enter("Ada");
            door.Room.ChangeDoors(ada.Tenure, new(WaitingRoom: true));
            var cleo = door.Wait("Cleo");
            var done = new ConcurrentBag<string>();

            Threads.Together(3, index =>
            {
                var happened = index switch
                {
                    0 => door.Room.LetIn(ada.Tenure, cleo.Waiter!.Id) == Outcome.Done ? "let in" : null,
                    1 => door.Room.Deny(ada.Tenure, cleo.Waiter!.Id) == Outcome.Done ? "denied" : null,
                    _ => door.Room.GiveUp(cleo.Waiter!) ? "given up" : null,
                };
                if (happened is not null)
                {
                    done.Add(happened);
                }
            });

            var what = done.ShouldHaveSingleItem();
            (cleo.Tenure is not null).ShouldBe(what == "let in");
            cleo.Messages.OfType<RoomMessage.Refused>().Count().ShouldBe(what == "denied" ? 1 : 0);
            door.Register.SeatCount.ShouldBe(what == "let in" ? 2 : 1);
        }
    }

    [Fact]
    public void A_host_that_leaves_while_it_admits_has_done_it_or_not_and_another_host_can_go_on()
    {
        for (var round = 0; round < 300; round++)
        {
            var door = new RoomDoor();
            var (ada, ben) = (door.Enter("Ada"), door.Enter("Ben"));
            door.Room.ChangeDoors(ada.Tenure, new(WaitingRoom: true));
            var cleo = door.Wait("Cleo");
            var outcome = Outcome.Done;

            Threads.Together(2, index =>
            {
                if (index == 0)
                {
                    outcome = door.Room.LetIn(ada.Tenure, cleo.Waiter!.Id);
                }
                else
                {
                    door.Room.Leave(ada.Tenure);
                }
            });

            outcome.ShouldBeOneOf(Outcome.Done, Outcome.NotSeated);
            (cleo.Tenure is not null).ShouldBe(outcome == Outcome.Done);
            ben.Role.ShouldBe(Role.Host);
            door.Room.LetIn(ben.Tenure, cleo.Waiter!.Id).ShouldBe(outcome == Outcome.Done ? Outcome.UnknownParticipant : Outcome.Done);
        }
    }

    [Fact]
    public void Two_hosts_that_hand_over_at_once_leave_a_host_and_everybody_knows_who()
    {
        for (var round = 0; round < 300; round++)
        {
            var door = new RoomDoor();
            var ada = door.Enter("Ada");
            var ben = door.Enter(new Arrival("Ben", 1, default, null, new(Role.Host)));
            var cleo = door.Enter("Cleo");
            var toEachOther = round % 2 == 0;

            Threads.Together(2, index => door.Room.HandOver(
                (index == 0 ? ada : ben).Tenure,
                toEachOther ? (index == 0 ? ben : ada).Seat.Id : cleo.Seat.Id));

            Guest[] all = [ada, ben, cleo];
            var hosts = all.Where(guest => guest.Role == Role.Host).ToArray();
            hosts.ShouldHaveSingleItem().ShouldBeOneOf(toEachOther ? [ada, ben] : [cleo]);
            Array.ForEach(all, guest => guest.Claim.ShouldBe(guest.Seat.Claim));
        }
    }

    [Fact]
    public void Who_returns_while_it_is_removed_is_out()
    {
        for (var round = 0; round < 300; round++)
        {
            var door = new RoomDoor();
            var (ada, ben) = (door.Enter("Ada"), door.Enter("Ben"));
            door.Room.Disconnect(ben.Tenure);
            Guest? again = null;

            Threads.Together(2, index =>
            {
                if (index == 0)
                {
                    door.Room.Remove(ada.Tenure, ben.Seat.Id).ShouldBe(Outcome.Done);
                }
                else
                {
                    door.Admit(new("Ben", 1, default, ben.Claim), out again).ShouldBeOneOf(Admission.Returned, Admission.Removed);
                }
            });

            again?.Hears.Messages.ShouldContain(new RoomMessage.Removed(RemovalReason.Removed));
            door.Register.SeatCount.ShouldBe(1);
            door.Admit(new("Ben", 1, default, ben.Claim)).ShouldBe(Admission.Removed);
        }
    }

    [Fact]
    public void Who_comes_while_the_room_ends_is_in_the_next_one_or_hears_so()
    {
        for (var round = 0; round < 200; round++)
        {
            var directory = new RoomDirectory(new RoomOptions(), new ManualTime());
            var ada = new RecordingConnection();
            directory.Admit("room", new("Ada", 1, default), ada);
            var others = Enumerable.Range(0, 3).Select(_ => new RecordingConnection()).ToArray();

            Threads.Together(4, index =>
            {
                if (index == 3)
                {
                    ada.Tenure!.Seat.Room.End(ada.Tenure).ShouldBe(Outcome.Done);
                }
                else
                {
                    directory.Admit("room", new("Ben", 1, default), others[index]).ShouldBe(Admission.Admitted);
                }
            });

            foreach (var other in others)
            {
                other.Messages.Contains(new RoomMessage.Ended()).ShouldBe(!other.Tenure!.IsCurrent);
            }

            directory.ParticipantCount.ShouldBe(others.Count(other => other.Tenure!.IsCurrent));
        }
    }

    [Fact]
    public void What_everyone_was_told_of_roles_and_doors_adds_up_to_the_truth_when_everything_happens_at_once()
    {
        var time = new ManualTime();
        for (var round = 0; round < 20; round++)
        {
            var directory = new RoomDirectory(new RoomOptions { Capacity = 50 }, time);
            var members = new ConcurrentBag<Member>();
            var ids = new ConcurrentBag<ParticipantId> { ParticipantId.New() };

            Threads.Together(6, index =>
            {
                var random = new Random((100 * round) + index);
                for (var step = 0; step < 200; step++)
                {
                    var member = new Member();
                    var grant = random.Next(4) == 0 ? new JoinTokenGrant(random.Next(2) == 0 ? Role.Host : Role.Participant) : null;
                    directory.Admit("room", new Arrival("Ada", 1, default, null, grant), member);
                    if (member.Tenure is not { } tenure)
                    {
                        _ = member.Waiter?.Room.GiveUp(member.Waiter);
                        continue;
                    }

                    members.Add(member);
                    ids.Add(tenure.Seat.Id);
                    Act(random, tenure, ids);
                    _ = random.Next(3) switch
                    {
                        0 => tenure.Seat.Room.Leave(tenure),
                        1 => tenure.Seat.Room.Disconnect(tenure),
                        _ => true,
                    };
                }
            });

            if (directory.Snapshot("room") is { } truth)
            {
                foreach (var member in members.Where(member => member.Tenure.IsCurrent))
                {
                    member.View.Others.ShouldBe(truth.Participants.Where(other => other.Id != member.Tenure.Seat.Id), ignoreOrder: true);
                    member.View.Doors.ShouldBe(truth.Doors);
                    member.View.Self!.Role.ShouldBe(member.Tenure.Seat.Participant.Role);
                    member.TakeClaims()[^1].ShouldBe(member.Tenure.Seat.Claim);
                }
            }

            time.Advance(directory.Options.Grace);
            directory.End("room");
            (directory.RoomCount, directory.ParticipantCount, directory.AwayCount, time.TimerCount).ShouldBe((0, 0, 0, 0));
        }
    }

    private static void Act(Random random, Tenure tenure, ConcurrentBag<ParticipantId> ids)
    {
        var room = tenure.Seat.Room;
        var about = ids.ElementAt(random.Next(ids.Count));
        _ = random.Next(8) switch
        {
            0 => room.ChangeDoors(tenure, new(Locked: random.Next(4) == 0, WaitingRoom: random.Next(4) == 0)),
            1 => room.LetIn(tenure, about),
            2 when about != tenure.Seat.Id => room.Remove(tenure, about),
            3 when about != tenure.Seat.Id => room.HandOver(tenure, about),
            4 => room.SetHand(tenure, random.Next(2) == 0) ? Outcome.Done : Outcome.NotSeated,
            5 => room.LowerHand(tenure, about),
            6 when random.Next(20) == 0 => room.End(tenure),
            _ => room.AskToMute(tenure, to: null),
        };
    }
}
