namespace Parley.Server.Webhooks;

/// <summary>The webhooks' log. Rooms and people appear nowhere, and of a receiver's address only the host, because its path may be a secret.</summary>
internal static partial class Log
{
    [LoggerMessage(70, LogLevel.Warning, "An event for {Receiver} is lost ({Reason}); /metrics counts them. This is said at most once a minute",
        EventName = "WebhookDropped")]
    public static partial void WebhookDropped(this ILogger logger, string receiver, string reason);

    [LoggerMessage(71, LogLevel.Warning, "The server stops with {Count} events unsent to {Receiver}", EventName = "WebhooksUnsent")]
    public static partial void WebhooksUnsent(this ILogger logger, int count, string receiver);
}
