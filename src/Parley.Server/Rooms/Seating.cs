namespace Parley.Server.Rooms;

/// <summary>The seats of a room in order of arrival, and the way to everybody in them.</summary>
/// <remarks>Owned by its room; called under its lock.</remarks>
internal sealed class Seating(string room, RoomRegister register, TimeProvider time)
{
    private readonly List<Seat> _seats = [];

    // The place in the order of raised hands. A room begins with it anew, because everybody in it does.
    private long _lastHand;

    public int Count => _seats.Count;

    public IEnumerable<Participant> Participants => _seats.Select(seat => seat.Participant);

    public bool HasHost => _seats.Exists(seat => seat.Participant.Role == Role.Host);

    /// <summary>Of those who have a connection, the one that arrived first.</summary>
    public Seat? FirstPresent => _seats.Find(seat => seat.Presence is Tenure);

    /// <summary>Since when nobody has a connection; null: somebody has.</summary>
    public DateTimeOffset? AbandonedSince =>
        _seats.TrueForAll(seat => seat.Presence is Absence) ? _seats.Max(seat => (seat.Presence as Absence)?.Since) : null;

    public Seat? Find(ParticipantId id) => _seats.Find(seat => seat.Id == id);

    public IReadOnlyList<Seat> All() => [.. _seats];

    public IReadOnlyList<Participant> Others(Seat seat) => [.. _seats.Where(other => other != seat).Select(other => other.Participant)];

    public void Add(Seat seat) => _seats.Insert(_seats.FindLastIndex(other => other.ComesBefore(seat)) + 1, seat);

    /// <summary>Ends a seat.</summary>
    /// <param name="seat">One of these.</param>
    /// <param name="reason">The others are told it, unless the room ends for everybody.</param>
    public void End(Seat seat, LeaveReason reason)
    {
        seat.End();
        _seats.Remove(seat);
        register.TellOfEnd(seat.Id);
        if (reason != LeaveReason.Ended)
        {
            Send(new RoomMessage.Left(seat.Id, reason));
        }

        register.Tell(new RoomEvent.Left(room, time.GetUtcNow(), seat.Id, seat.Participant.Name, reason));
    }

    /// <summary>Tells everybody of another role. Tokens have to follow.</summary>
    public void SetRole(Seat seat, Role role)
    {
        seat.SetRole(role);
        Send(new RoomMessage.RoleChanged(seat.Id, role));
    }

    /// <summary>Raises or lowers a hand and tells everybody, unless it is so already.</summary>
    public void SetHand(Seat seat, bool raised)
    {
        if (raised == seat.Participant.Hand is not null)
        {
            return;
        }

        seat.SetHand(raised ? ++_lastHand : null);
        Send(new RoomMessage.Hand(seat.Id, seat.Participant.Hand));
    }

    /// <summary>Gives everybody who is there a token that tells of the room as it is.</summary>
    public void SendTokens()
    {
        foreach (var seat in _seats)
        {
            seat.Send(new RoomMessage.SeatToken(seat.Claim));
        }
    }

    public void Send(RoomMessage message) => SendTo(static (_, _) => true, null, message);

    public void SendToOthers(Seat seat, RoomMessage message) => SendTo(static (other, seat) => other != seat, seat, message);

    public void SendToHosts(RoomMessage message) => SendTo(static (seat, _) => seat.Participant.Role == Role.Host, null, message);

    public void SendToGuests(RoomMessage message) => SendTo(static (seat, _) => seat.Participant.Role != Role.Host, null, message);

    private void SendTo(Func<Seat, Seat?, bool> whom, Seat? other, RoomMessage message)
    {
        foreach (var seat in _seats)
        {
            if (whom(seat, other))
            {
                seat.Send(message);
            }
        }
    }
}
