namespace Parley.SocketIO.EngineIO.Transports;

/// <summary>The way in which a session reaches its client at the moment. Called under the session's gate, so it must not block.</summary>
internal interface IEngineTransport
{
    /// <summary>The name as it stands in the query.</summary>
    string Name { get; }

    /// <summary>Whether a packet would leave at once, if none waits before it.</summary>
    bool IsWritable => true;

    /// <summary>There is something to send, or the session is closing: take packets from the session's queue.</summary>
    void Flush();

    /// <summary>The session has ended without anything left to say: let go of the client now.</summary>
    void Abort(DisconnectCause cause);
}
