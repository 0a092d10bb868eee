using Parley.Server.Rooms;

namespace Parley.Server.Tests.Rooms.Model;

/// <summary>The admission, as one entry among what a connection heard.</summary>
internal sealed record Entered(
    Participant Self,
    IReadOnlyList<Participant> Others,
    Doors Doors,
    IReadOnlyList<WaitingPerson> Line,
    SeatClaim Claim);

/// <summary>The same for who has to wait.</summary>
internal sealed record Waits(ParticipantId Id);

/// <summary>What a client knows of its room, from what it heard and from nothing else.</summary>
internal sealed class RoomView
{
    private readonly Dictionary<ParticipantId, Participant> _others = [];

    /// <summary>Nothing comes any more.</summary>
    public bool IsOver { get; private set; }

    public Participant? Self { get; private set; }

    public Doors Doors { get; private set; } = Doors.Open;

    /// <summary>Who waits, as a host knows it.</summary>
    public IReadOnlyList<WaitingPerson> Line { get; private set; } = [];

    /// <summary>The others by id, as the client knows them.</summary>
    public IReadOnlyCollection<Participant> Others => [.. _others.Values.OrderBy(other => other.Id.Value, StringComparer.Ordinal)];

    public void Hear(object heard)
    {
        IsOver.ShouldBeFalse("Nothing comes after the end.");
        if (heard is not (Waits or RoomMessage.Refused))
        {
            (Self is null).ShouldBe(heard is Entered, "The admission comes first, and once.");
        }

        switch (heard)
        {
            case Entered entered:
                (Self, Doors, Line) = (entered.Self, entered.Doors, entered.Line);
                foreach (var other in entered.Others)
                {
                    other.Id.ShouldNotBe(entered.Self.Id);
                    _others.TryAdd(other.Id, other).ShouldBeTrue($"{other.Id} has one seat.");
                }

                break;
            case RoomMessage.Welcome welcome:
                _others[welcome.Participant.Id] = welcome.Participant;
                break;
            case RoomMessage.Away away:
                Change(away.Id, other => other with { Away = true });
                break;
            case RoomMessage.Media media:
                Change(media.Id, other => other with { Media = media.State });
                break;
            case RoomMessage.RoleChanged role:
                Change(role.Id, other => other with { Role = role.Role });
                Line = role.Id == Self!.Id ? [] : Line;
                break;
            case RoomMessage.Hand hand:
                Change(hand.Id, other => other with { Hand = hand.Place });
                break;
            case RoomMessage.DoorsChanged doors:
                Doors = doors.Now;
                break;
            case RoomMessage.Waiting waiting:
                Self!.Role.ShouldBe(Role.Host);
                Line = waiting.People;
                break;
            case RoomMessage.Left left:
                _others.Remove(left.Id).ShouldBeTrue($"{left.Id} was there.");
                break;
            case RoomMessage.Displaced or RoomMessage.Removed or RoomMessage.Ended or RoomMessage.Refused:
                IsOver = true;
                break;
        }
    }

    private void Change(ParticipantId id, Func<Participant, Participant> change)
    {
        if (id == Self!.Id)
        {
            Self = change(Self);
        }
        else
        {
            _others[id] = change(_others[id]);
        }
    }
}
