namespace Parley.SocketIO.EngineIO;

/// <summary>What a session is for. The session calls it for one message at a time.</summary>
internal interface IEngineHandler
{
    /// <summary>Whether something is under way; also after the end. At any time, from any thread.</summary>
    bool IsBusy => false;

    /// <summary>The session has begun: what is sent from now on follows its OPEN packet. Called once, before any message comes.</summary>
    void HandleOpened()
    {
    }

    /// <summary>
    /// A message. The memory is only valid until the task ends. While the task runs, nothing more is read from the client.
    /// </summary>
    ValueTask HandleMessageAsync(ReadOnlyMemory<byte> message, bool isBinary);

    /// <summary>The session has ended. Called once, after which no message comes.</summary>
    void HandleClosed(DisconnectCause cause);
}
