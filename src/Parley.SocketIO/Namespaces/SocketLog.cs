using Microsoft.Extensions.Logging;

namespace Parley.SocketIO.Namespaces;

/// <summary>
/// The messages of namespaces and sockets. What a client can provoke at will is Debug; what the application did wrong is Error.
/// </summary>
internal static partial class SocketLog
{
    [LoggerMessage(1, LogLevel.Error, "A connection handler failed for socket {SocketId} in {Namespace}.")]
    public static partial void ConnectionHandlerFailed(ILogger logger, Exception exception, string socketId, string @namespace);

    [LoggerMessage(2, LogLevel.Error, "A handler of event {Event} failed for socket {SocketId}.")]
    public static partial void EventHandlerFailed(ILogger logger, Exception exception, string @event, string socketId);

    [LoggerMessage(3, LogLevel.Error, "A disconnect handler failed for socket {SocketId}.")]
    public static partial void DisconnectHandlerFailed(ILogger logger, Exception exception, string socketId);

    [LoggerMessage(4, LogLevel.Error, "A connection middleware of {Namespace} failed; the client is refused.")]
    public static partial void MiddlewareFailed(ILogger logger, Exception exception, string @namespace);

    [LoggerMessage(5, LogLevel.Debug, "Event {Event} of socket {SocketId} has arguments that its handler does not take.")]
    public static partial void InvalidArguments(ILogger logger, Exception exception, string @event, string socketId);

    [LoggerMessage(6, LogLevel.Debug, "Event {Event} of socket {SocketId} has no handler.")]
    public static partial void EventWithoutHandler(ILogger logger, string @event, string socketId);

    [LoggerMessage(7, LogLevel.Debug, "Socket {SocketId} connected to {Namespace}.")]
    public static partial void SocketConnected(ILogger logger, string socketId, string @namespace);

    [LoggerMessage(8, LogLevel.Debug, "Socket {SocketId} of {Namespace} ended: {Cause}.")]
    public static partial void SocketEnded(ILogger logger, string socketId, string @namespace, DisconnectCause cause);

    [LoggerMessage(9, LogLevel.Error, "A filter failed at event {Event} of socket {SocketId}; the event is refused.")]
    public static partial void EventFilterFailed(ILogger logger, Exception exception, string @event, string socketId);

    [LoggerMessage(10, LogLevel.Debug, "Event {Event} of socket {SocketId} was refused: {Reason}")]
    public static partial void EventRefused(ILogger logger, string @event, string socketId, string reason);

    [LoggerMessage(11, LogLevel.Error, "A listener to outgoing events failed at event {Event} to socket {SocketId}.")]
    public static partial void OutgoingListenerFailed(ILogger logger, Exception exception, string @event, string socketId);

    [LoggerMessage(12, LogLevel.Error, "A handler of event {Event}, which another server told {Namespace}, failed.")]
    public static partial void ServerSideHandlerFailed(ILogger logger, Exception exception, string @event, string @namespace);

    [LoggerMessage(13, LogLevel.Error, "It could not be decided whether namespace {Namespace} may be made; the client is refused.")]
    public static partial void ParentFailed(ILogger logger, Exception exception, string @namespace);

    [LoggerMessage(14, LogLevel.Error, "The packet parser failed on a message; its connection is closed.")]
    public static partial void ParserFailed(ILogger logger, Exception exception);
}
