namespace Parley.Server.Rooms;

/// <summary>Something that happened to a room, for who watches from outside. After a restart a room is opened and joined anew.</summary>
/// <param name="Room">The room's name in lower case.</param>
/// <param name="At">When it happened.</param>
internal abstract record RoomEvent(string Room, DateTimeOffset At)
{
    /// <summary>Its first seat is about to be taken.</summary>
    public sealed record Opened(string Room, DateTimeOffset At) : RoomEvent(Room, At);

    /// <summary>Its last seat has ended.</summary>
    public sealed record Ended(string Room, DateTimeOffset At) : RoomEvent(Room, At);

    /// <summary>Somebody has a seat that it had not before. Who comes back to a seat that was held has not joined.</summary>
    public sealed record Joined(string Room, DateTimeOffset At, ParticipantId Id, string Name, Role Role) : RoomEvent(Room, At);

    /// <summary>A seat has ended.</summary>
    public sealed record Left(string Room, DateTimeOffset At, ParticipantId Id, string Name, LeaveReason Reason) : RoomEvent(Room, At);
}
