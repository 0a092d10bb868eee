namespace Parley.Server.Api;

internal static partial class Log
{
    [LoggerMessage(60, LogLevel.Debug, "A request to the API is refused: {Problem}", EventName = "ApiRequestRefused")]
    public static partial void ApiRequestRefused(this ILogger logger, string problem);
}
