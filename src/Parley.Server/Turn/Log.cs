namespace Parley.Server.Turn;

internal static partial class Log
{
    [LoggerMessage(50, LogLevel.Debug, "TURN relays to this machine's own addresses too, because it listens for this machine only",
        EventName = "LoopbackPeersAllowed")]
    public static partial void LoopbackPeersAllowed(this ILogger logger);

    [LoggerMessage(51, LogLevel.Information, "TURN relays to private addresses too, because no address of this server is public. With Parley:Turn:External "
        + "it relays to public ones only, and to those in Parley:Turn:AllowedPeers", EventName = "PrivatePeersAllowed")]
    public static partial void PrivatePeersAllowed(this ILogger logger);

    [LoggerMessage(52, LogLevel.Information, "TURN at the port of HTTPS is refused to connections from this machine: a proxy that passes TLS on unread would bring "
        + "anybody, and this server relays to private addresses. With Parley:Turn:External it relays to public ones only, and takes them",
        EventName = "TurnAtHttpsPortRefused")]
    public static partial void TurnAtHttpsPortRefused(this ILogger logger);
}
