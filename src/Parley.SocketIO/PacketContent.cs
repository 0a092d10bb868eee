namespace Parley.SocketIO;

/// <summary>One Socket.IO packet, whichever parser writes or reads it.</summary>
/// <param name="Type">Its kind.</param>
/// <param name="Namespace">The namespace, with its leading slash and without a comma.</param>
/// <param name="AckId">The number of the acknowledgement that is asked for or given; null when none is.</param>
/// <param name="Json">
/// The payload as UTF-8 JSON: the array of an event (which begins with its name) or of an acknowledgement, the object of a CONNECT or
/// CONNECT_ERROR; empty when there is none. Bytes in it stand as <c>{"_placeholder":true,"num":N}</c>, N being the index in
/// <paramref name="Attachments"/>; one attachment may stand in several places.
/// </param>
/// <param name="Attachments">The bytes, in the order of their numbers.</param>
public readonly record struct PacketContent(
    PacketType Type,
    string Namespace,
    ulong? AckId,
    ReadOnlyMemory<byte> Json,
    IReadOnlyList<ReadOnlyMemory<byte>> Attachments);
