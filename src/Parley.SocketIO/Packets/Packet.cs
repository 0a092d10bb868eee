namespace Parley.SocketIO.Packets;

/// <summary>One whole packet from a client.</summary>
/// <param name="Type">Its kind.</param>
/// <param name="Namespace">The namespace, with its leading slash.</param>
/// <param name="AckId">The acknowledgement's number; null when none is asked for.</param>
/// <param name="Event">The event's name; null unless an event.</param>
/// <param name="Arguments">What follows the event's name, or the acknowledgement's arguments; null for other kinds.</param>
/// <param name="Auth">The JSON object of a CONNECT packet; empty when it had none.</param>
/// <param name="Size">Bytes of the packet with its attachments.</param>
internal readonly record struct Packet(
    PacketType Type,
    string Namespace,
    ulong? AckId = null,
    string? Event = null,
    EventArguments? Arguments = null,
    ReadOnlyMemory<byte> Auth = default,
    int Size = 0);
