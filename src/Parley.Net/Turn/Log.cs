using Microsoft.Extensions.Logging;
using Parley.Core.Addresses;
using Parley.Stun.Turn.Server;

namespace Parley.Net.Turn;

internal static partial class Log
{
    [LoggerMessage(10, LogLevel.Information, "TURN listens on {Listeners}; relays at {Relays}, ports {MinPort} to {MaxPort}. Addresses that this machine gets later "
        + "are used after a restart", EventName = "TurnStarted")]
    public static partial void TurnStarted(this ILogger logger, string listeners, string relays, int minPort, int maxPort);

    [LoggerMessage(11, LogLevel.Debug, "{User} has the relayed address {Relayed}, as {Client}", EventName = "AllocationMade")]
    public static partial void AllocationMade(this ILogger logger, string user, TransportAddress relayed, FiveTuple client);

    [LoggerMessage(12, LogLevel.Debug, "{User} has the relayed address {Relayed} no more: {Reason}", EventName = "AllocationEnded")]
    public static partial void AllocationEnded(this ILogger logger, string user, TransportAddress relayed, AllocationEnd reason);

    [LoggerMessage(13, LogLevel.Debug, "A connection of {Client} ends: {Reason}", EventName = "ConnectionEnded")]
    public static partial void ConnectionEnded(this ILogger logger, FiveTuple client, string reason);

    [LoggerMessage(14, LogLevel.Debug, "A TLS handshake with {Client} failed: {Reason}", EventName = "HandshakeFailed")]
    public static partial void HandshakeFailed(this ILogger logger, TransportAddress client, string reason);

    [LoggerMessage(15, LogLevel.Warning, "No relayed address at {Local}: {Reason}", EventName = "RelayRefused")]
    public static partial void RelayRefused(this ILogger logger, TransportAddress local, string reason);

    [LoggerMessage(16, LogLevel.Error, "The listener udp {Local} has failed and is closed: {Reason}", EventName = "ListenerFailed")]
    public static partial void ListenerFailed(this ILogger logger, TransportAddress local, string reason);

    [LoggerMessage(17, LogLevel.Warning, "There is no certificate to speak TLS with: connections are refused", EventName = "CertificateMissing")]
    public static partial void CertificateMissing(this ILogger logger, Exception? exception);

    [LoggerMessage(18, LogLevel.Warning, "Nobody can be accepted at {Listener} for the time being: {Reason}", EventName = "AcceptFailed")]
    public static partial void AcceptFailed(this ILogger logger, TurnListener listener, string reason);

    [LoggerMessage(19, LogLevel.Warning, "Clients may come to need {Sockets} sockets, but this process may have {Limit} files open. When none is left, connections "
        + "wait and relayed addresses are refused: raise the limit (ulimit -n, LimitNOFILE), or lower the quotas of allocations and connections",
        EventName = "FewOpenFiles")]
    public static partial void FewOpenFiles(this ILogger logger, long sockets, long limit);
}
