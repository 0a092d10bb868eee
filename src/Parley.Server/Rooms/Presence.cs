namespace Parley.Server.Rooms;

/// <summary>
/// Who sits in a seat. Each change makes a new object, so whoever acts for an old one (a connection that was displaced, a timer that
/// fires late) is known by it and changes nothing.
/// </summary>
internal abstract class Presence(Seat seat)
{
    public Seat Seat { get; } = seat;

    /// <summary>Under the room's lock: whether it is still so.</summary>
    public bool IsCurrent => ReferenceEquals(Seat.Presence, this);
}

/// <summary>The time in which one connection has the seat.</summary>
internal sealed class Tenure(Seat seat, IParticipantConnection connection) : Presence(seat)
{
    public IParticipantConnection Connection { get; } = connection;
}

/// <summary>The time in which nobody has it and it is held.</summary>
internal sealed class Absence(Seat seat) : Presence(seat)
{
    public DateTimeOffset Since { get; set; }

    /// <summary>Fires when the grace time is over.</summary>
    public ITimer? Grace { get; set; }
}

/// <summary>The seat is no more.</summary>
internal sealed class Ended(Seat seat) : Presence(seat);
