namespace Parley.SocketIO.EngineIO;

/// <summary>The versions of the Engine.IO protocol, as clients name them in <c>EIO</c>.</summary>
internal enum EngineProtocol
{
    /// <summary>Socket.IO 2 and earlier: the client pings, payloads tell lengths, and binary packets begin with their type.</summary>
    V3 = 3,

    /// <summary>Socket.IO 3 and later.</summary>
    V4 = 4,
}
