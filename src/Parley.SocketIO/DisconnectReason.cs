namespace Parley.SocketIO;

/// <summary>Why a socket ended: the reference's reason, and the finer cause behind it.</summary>
/// <param name="Name">The reference implementation's string, such as <c>transport close</c>.</param>
/// <param name="Cause">What happened, in more detail than <paramref name="Name"/> can say.</param>
public readonly record struct DisconnectReason(string Name, DisconnectCause Cause)
{
    internal static DisconnectReason From(DisconnectCause cause) => new(
        cause switch
        {
            DisconnectCause.ClientLeft => "client namespace disconnect",
            DisconnectCause.ServerDisconnected => "server namespace disconnect",
            DisconnectCause.TransportClosed or DisconnectCause.Superseded => "transport close",
            DisconnectCause.TransportFailed or DisconnectCause.PayloadTooLarge => "transport error",
            DisconnectCause.PingTimeout => "ping timeout",
            DisconnectCause.ProtocolViolation => "parse error",
            DisconnectCause.ServerShutdown => "server shutting down",
            DisconnectCause.SlowReader or DisconnectCause.TooManyEvents => "forced close",
            DisconnectCause.ConnectTimeout => "forced server close",
            _ => "transport error",
        },
        cause);

    /// <inheritdoc/>
    public override string ToString() => Name;

    /// <summary>
    /// Whether a client may come back as the same socket after this: the reference's list, without those who were thrown out for what
    /// they did.
    /// </summary>
    internal static bool IsRecoverable(DisconnectCause cause) => cause is DisconnectCause.TransportClosed
        or DisconnectCause.TransportFailed
        or DisconnectCause.PayloadTooLarge
        or DisconnectCause.PingTimeout
        or DisconnectCause.SlowReader
        or DisconnectCause.ServerShutdown
        or DisconnectCause.Superseded;
}

/// <summary>What ended a socket or a connection.</summary>
public enum DisconnectCause
{
    /// <summary>The client left the namespace.</summary>
    ClientLeft,

    /// <summary>The server called <c>Disconnect()</c> on the socket, or closed its whole connection.</summary>
    ServerDisconnected,

    /// <summary>The client closed the connection, or its transport ended.</summary>
    TransportClosed,

    /// <summary>The transport broke: a reset connection, an aborted poll, overlapping requests.</summary>
    TransportFailed,

    /// <summary>The client sent more than <see cref="SocketIOOptions.MaxPayloadBytes"/> at once.</summary>
    PayloadTooLarge,

    /// <summary>The client did not answer a ping in time.</summary>
    PingTimeout,

    /// <summary>The client sent what the protocol does not allow.</summary>
    ProtocolViolation,

    /// <summary>The client read too slowly: <see cref="SocketIOOptions.MaxOutboundBytes"/> was reached.</summary>
    SlowReader,

    /// <summary>The client joined no namespace in <see cref="SocketIOOptions.ConnectTimeout"/>.</summary>
    ConnectTimeout,

    /// <summary>The server is stopping.</summary>
    ServerShutdown,

    /// <summary>The client went on sending more than <see cref="SocketIOOptions.MaxEventsPerSecond"/>.</summary>
    TooManyEvents,

    /// <summary>The client came back by another connection before this one was known to be broken, and was recovered there.</summary>
    Superseded,
}
