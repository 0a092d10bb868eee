namespace Parley.Server.Rooms;

/// <summary>What became of a message from one participant to another.</summary>
internal enum Relay
{
    Delivered,

    /// <summary>The sender's tenure is over.</summary>
    NotSeated,

    UnknownParticipant,

    /// <summary>An incarnation is not the current one of its participant.</summary>
    Stale,

    /// <summary>The receiver has no connection; nothing is kept for it.</summary>
    Away,
}
