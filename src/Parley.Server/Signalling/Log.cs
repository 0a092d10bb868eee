using Parley.Server.Rooms;

namespace Parley.Server.Signalling;

/// <summary>Signalling's log. Who is in which room is nobody's business: names appear nowhere, ids at Debug only.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Debug, "Participant {Participant} is admitted", EventName = "ParticipantAdmitted")]
    public static partial void ParticipantAdmitted(this ILogger logger, ParticipantId participant);

    [LoggerMessage(2, LogLevel.Debug, "A join is refused: {Reason}", EventName = "JoinRefused")]
    public static partial void JoinRefused(this ILogger logger, string reason);

    [LoggerMessage(3, LogLevel.Debug, "Participant {Participant} has left", EventName = "ParticipantLeft")]
    public static partial void ParticipantLeft(this ILogger logger, ParticipantId participant);

    [LoggerMessage(4, LogLevel.Debug, "A request is refused: {Event}: {Problem}", EventName = "RequestRefused")]
    public static partial void RequestRefused(this ILogger logger, string @event, string problem);

    [LoggerMessage(5, LogLevel.Debug, "Participant {Participant} has its seat again", EventName = "ParticipantReturned")]
    public static partial void ParticipantReturned(this ILogger logger, ParticipantId participant);

    [LoggerMessage(6, LogLevel.Debug, "Participant {Participant} is away", EventName = "ParticipantAway")]
    public static partial void ParticipantAway(this ILogger logger, ParticipantId participant);

    [LoggerMessage(
        7,
        LogLevel.Warning,
        "A connection still uses HTTP long-polling {Seconds} s after it joined: calls work so, but slower and at a higher cost. "
            + "A proxy in front may not pass WebSocket on; see \"Behind a reverse proxy\" in docs/configuration.md",
        EventName = "ConnectionStaysOnPolling")]
    public static partial void ConnectionStaysOnPolling(this ILogger logger, int seconds);
}
