namespace Parley.Server.Rooms;

/// <summary>What becomes of somebody who wants to enter a room.</summary>
internal enum Admission
{
    /// <summary>A newcomer, with a seat of its own.</summary>
    Admitted,

    /// <summary>Has its seat again.</summary>
    Returned,

    /// <summary>Has no seat yet.</summary>
    Waiting,

    RoomFull,

    /// <summary>The directory holds as many rooms as it may.</summary>
    ServerFull,

    /// <summary>It was removed from this room.</summary>
    Removed,

    /// <summary>Its join token does not hold.</summary>
    TokenInvalid,

    /// <summary>It has no join token, and everybody needs one.</summary>
    TokenRequired,

    Locked,
    PasscodeRequired,
    PasscodeWrong,

    /// <summary>Too many wrong passcodes: none is looked at for a while.</summary>
    Rate,

    /// <summary>Too many wait from where it comes from, in all rooms together.</summary>
    TooManyWait,

    /// <summary>A host does not let in who waited.</summary>
    Denied,

    /// <summary>The last seat has just ended; another room of this name may begin.</summary>
    RoomEnded,
}
