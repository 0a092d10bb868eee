namespace Parley.SocketIO.Packets;

/// <summary>A packet ready for any number of receivers: encoded once, never changed.</summary>
/// <param name="Text">
/// The text frame in UTF-8, with the <c>4</c> (message) in front that Engine.IO puts before every Socket.IO packet, so that no
/// receiver needs a copy of its own.
/// </param>
/// <param name="Attachments">The binary frames that must follow the text frame directly, in order.</param>
internal sealed record EncodedPacket(ReadOnlyMemory<byte> Text, IReadOnlyList<ReadOnlyMemory<byte>> Attachments)
{
    /// <summary>Engine.IO's type digit of a message.</summary>
    public const byte MessagePrefix = (byte)'4';

    /// <summary>The event's name; null unless an event.</summary>
    public string? Event { get; init; }

    /// <summary>The JSON array of an event or acknowledgement, as it stands at the end of <see cref="Text"/>.</summary>
    public ReadOnlyMemory<byte> Json { get; init; }
}
