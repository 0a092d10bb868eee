namespace Parley.Server.Web;

internal static partial class Log
{
    [LoggerMessage(20, LogLevel.Warning, "The web client has not been built: there is no index.html in {Folder}", EventName = "WebClientMissing")]
    public static partial void WebClientMissing(this ILogger logger, string folder);
}
