namespace Parley.SocketIO;

/// <summary>The kinds of packet of the Socket.IO protocol, version 5, with their numbers.</summary>
public enum PacketType : byte
{
    /// <summary>A client asks for a namespace, or is let into it.</summary>
    Connect = 0,

    /// <summary>Either side leaves a namespace.</summary>
    Disconnect = 1,

    /// <summary>An event, with or without bytes in it.</summary>
    Event = 2,

    /// <summary>The acknowledgement of an event, with or without bytes in it.</summary>
    Ack = 3,

    /// <summary>A client is not let into a namespace. From server to client only.</summary>
    ConnectError = 4,
}
