namespace Parley.Server.Proxies;

internal static partial class Log
{
    [LoggerMessage(40, LogLevel.Warning, "X-Forwarded-For came from {Peer}, which is not among Parley:Proxies, and is not believed. If a reverse "
        + "proxy of yours is there, set Parley:Proxies={Peer}: until then all who come through it count as one address. This is said once",
        EventName = "UnlistedProxy")]
    public static partial void UnlistedProxy(this ILogger logger, string peer);

    [LoggerMessage(41, LogLevel.Warning, "A page of {Origin} was refused: to this server the request names {Host}. If that page is Parley's own, the "
        + "reverse proxy has to pass the Host header on; if it embeds a call, name it in Parley:AllowedOrigins. This is said once",
        EventName = "OriginRefused")]
    public static partial void OriginRefused(this ILogger logger, string origin, string host);

    [LoggerMessage(42, LogLevel.Warning, "ASPNETCORE_FORWARDEDHEADERS_ENABLED is set and has no effect, because with it anybody could claim any "
        + "address. Name the reverse proxy in Parley:Proxies instead", EventName = "BelievingEverybodyIsOff")]
    public static partial void BelievingEverybodyIsOff(this ILogger logger);
}
