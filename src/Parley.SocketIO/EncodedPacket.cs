namespace Parley.SocketIO;

/// <summary>
/// A packet as the messages that it is sent in: one, text or binary, and then any number of binary ones, with nothing between them.
/// An <see cref="IPacketParser"/> fills it once, and it goes to any number of receivers.
/// </summary>
public sealed class EncodedPacket
{
    // Engine.IO's type digit of a message. It is in place from the beginning, so that no receiver needs a copy of its own.
    private const byte MessagePrefix = (byte)'4';

    private List<ReadOnlyMemory<byte>>? _attachments;

    internal EncodedPacket()
    {
    }

    /// <summary>Whether there is a first message yet.</summary>
    internal bool HasMessage { get; private set; }

    /// <summary>The first message; if it is text, with Engine.IO's type digit.</summary>
    internal ReadOnlyMemory<byte> Message { get; private set; }

    /// <summary>Whether the first message is binary.</summary>
    internal bool IsBinary { get; private set; }

    /// <summary>The binary messages that must follow the first directly, in order.</summary>
    internal IReadOnlyList<ReadOnlyMemory<byte>> Attachments => _attachments ?? (IReadOnlyList<ReadOnlyMemory<byte>>)[];

    /// <summary>The event's name; null unless an event.</summary>
    internal string? Event { get; private set; }

    /// <summary>An event's JSON array, as the parser was given it.</summary>
    internal ReadOnlyMemory<byte> Json { get; private set; }

    /// <summary>The bytes that <see cref="Json"/> refers to.</summary>
    internal IReadOnlyList<ReadOnlyMemory<byte>> JsonAttachments { get; private set; } = [];

    /// <summary>
    /// The same packet for clients of Socket.IO 2, which always get JSON; null when this one is it, or when no such client may connect.
    /// </summary>
    internal EncodedPacket? Revision4 { get; set; }

    /// <summary>Whether the packet must be sent as it is, although others are compressed. Set before it is sent, once.</summary>
    internal bool IsIncompressible { get; set; }

    /// <summary>Adds a text message, which must be the first; the place for its UTF-8.</summary>
    /// <param name="length">Its exact length in bytes.</param>
    /// <exception cref="InvalidOperationException">There is a message before it.</exception>
    public Span<byte> AddText(int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        if (HasMessage)
        {
            throw new InvalidOperationException("Only the first message of a packet may be text.");
        }

        var text = new byte[length + 1];
        text[0] = MessagePrefix;
        (HasMessage, Message) = (true, text);
        return text.AsSpan(1);
    }

    /// <summary>Adds a binary message.</summary>
    /// <param name="message">The bytes, which are kept and may not be changed any more.</param>
    public void AddBinary(ReadOnlyMemory<byte> message)
    {
        if (HasMessage)
        {
            (_attachments ??= []).Add(message);
        }
        else
        {
            (HasMessage, Message, IsBinary) = (true, message, true);
        }
    }

    /// <summary>Remembers of what event it is, for those who read it on its way out.</summary>
    internal void SetEvent(string name, in PacketContent content)
    {
        // The usual text ends with it, and the buffer that it comes from is used again.
        var json = content.Json.Span;
        Json = !IsBinary && Message.Span.EndsWith(json) ? Message[^json.Length..] : json.ToArray();
        (Event, JsonAttachments) = (name, content.Attachments);
    }
}
