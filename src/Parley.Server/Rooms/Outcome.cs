namespace Parley.Server.Rooms;

/// <summary>What became of something that a participant wants of its room.</summary>
internal enum Outcome
{
    Done,

    /// <summary>The tenure is over.</summary>
    NotSeated,

    /// <summary>Only a host may.</summary>
    Forbidden,

    /// <summary>Whom it is about is not there, or does not wait, any more.</summary>
    UnknownParticipant,

    /// <summary>Whom it is about has no connection; nothing is kept for it.</summary>
    Away,

    /// <summary>There is no place.</summary>
    RoomFull,
}
