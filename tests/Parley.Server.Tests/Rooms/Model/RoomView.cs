using Parley.Server.Rooms;

namespace Parley.Server.Tests.Rooms.Model;

/// <summary>The answer to a join, as one entry among what a connection heard.</summary>
internal sealed record Admitted(Participant Self, IReadOnlyList<Participant> Others);

/// <summary>What a client knows of its room, from what it heard and from nothing else.</summary>
internal sealed class RoomView
{
    private readonly Dictionary<ParticipantId, Participant> _others = [];

    public bool IsOver { get; private set; }

    /// <summary>The others by id, as the client knows them.</summary>
    public IReadOnlyCollection<Participant> Others => [.. _others.Values.OrderBy(other => other.Id.Value, StringComparer.Ordinal)];

    public void Hear(object heard)
    {
        IsOver.ShouldBeFalse("Nothing comes after displaced.");
        switch (heard)
        {
            case Admitted admitted:
                foreach (var other in admitted.Others)
                {
                    other.Id.ShouldNotBe(admitted.Self.Id);
                    _others.TryAdd(other.Id, other).ShouldBeTrue($"{other.Id} has one seat.");
                }

                break;
            case RoomMessage.Welcome welcome:
                _others[welcome.Participant.Id] = welcome.Participant;
                break;
            case RoomMessage.Away away:
                _others[away.Id] = _others[away.Id] with { Away = true };
                break;
            case RoomMessage.Media media:
                _others[media.Id] = _others[media.Id] with { Media = media.State };
                break;
            case RoomMessage.Left left:
                _others.Remove(left.Id).ShouldBeTrue($"{left.Id} was there.");
                break;
            case RoomMessage.Displaced:
                IsOver = true;
                break;
        }
    }
}
