using Microsoft.Extensions.Logging;

namespace Parley.Net.Loops;

internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Error, "Something failed that must not; the loop goes on", EventName = "LoopWorkFailed")]
    public static partial void LoopWorkFailed(this ILogger logger, Exception exception);
}
