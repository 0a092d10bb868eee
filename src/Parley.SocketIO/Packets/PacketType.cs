namespace Parley.SocketIO.Packets;

/// <summary>The kinds of packet of the Socket.IO protocol, version 5. Each is written as its digit.</summary>
internal enum PacketType : byte
{
    Connect = 0,
    Disconnect = 1,
    Event = 2,
    Ack = 3,
    ConnectError = 4,
    BinaryEvent = 5,
    BinaryAck = 6,
}
