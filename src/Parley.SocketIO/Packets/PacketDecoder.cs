using System.Text;
using System.Text.Json;

namespace Parley.SocketIO.Packets;

/// <summary>
/// Reads the packets of one connection: its parser takes the messages apart, and here nothing passes that breaks the protocol or
/// a bound, whatever the parser.
/// </summary>
/// <param name="options">The bounds.</param>
/// <param name="serializer">Reads arguments.</param>
/// <param name="isRevision4">
/// Whether the client speaks revision 4 of the protocol: always in JSON, and with namespaces that may bring a query, which stays with
/// the name.
/// </param>
/// <remarks>Not thread-safe. After a violation the decoder is dead, like its connection.</remarks>
internal sealed class PacketDecoder(SocketIOOptions options, ArgumentSerializer serializer, bool isRevision4 = false)
{
    // Clients of revision 4 are not asked to bring another parser.
    private readonly IPacketDecoder _decoder = isRevision4
        ? new JsonPacketDecoder(options, takesQuery: true)
        : (options.Parser ?? JsonPacketParser.Default).CreateDecoder(options);

    // What has come of the packet that is not whole yet.
    private int _messages;
    private long _bytes;

    /// <summary>Reads a message, without Engine.IO's type digit. What is needed of it is copied; the caller may reuse it.</summary>
    /// <remarks>Throws only what a parser of the application's throws.</remarks>
    public DecodeResult Read(ReadOnlyMemory<byte> message, bool isBinary, out Packet packet)
    {
        packet = default;
        _messages++;
        _bytes += message.Length;
        if (_bytes > options.MaxPacketBytes)
        {
            return DecodeResult.Violation;
        }

        switch (_decoder.Read(message, isBinary, out var content))
        {
            case DecodeResult.Packet when TryCheck(content, out packet):
                (_messages, _bytes) = (0, 0);
                return DecodeResult.Packet;

            // Attachments may be empty, so their bytes alone bound nothing.
            case DecodeResult.AttachmentsPending when _messages <= options.MaxAttachments:
                return DecodeResult.AttachmentsPending;

            default:
                return DecodeResult.Violation;
        }
    }

    private bool TryCheck(in PacketContent content, out Packet packet)
    {
        packet = default;
        var attachments = content.Attachments ?? [];

        // JSON may be longer than what it was read from, and is what will wait for the handlers.
        long size = content.Json.Length;
        for (var i = 0; i < attachments.Count; i++)
        {
            size += attachments[i].Length;
        }

        size = Math.Max(size, _bytes);
        if (size > options.MaxPacketBytes || attachments.Count > options.MaxAttachments || !IsName(content.Namespace))
        {
            return false;
        }

        switch (content.Type)
        {
            case PacketType.Connect:
                packet = new(PacketType.Connect, content.Namespace, Auth: content.Json.ToArray(), Size: (int)size);

                // Authentication is JSON to the application: there is no place for bytes in it.
                return attachments.Count == 0 && IsObjectOrAbsent(content.Json.Span);

            case PacketType.Disconnect:
                packet = new(PacketType.Disconnect, content.Namespace, Size: (int)size);
                return content.Json.IsEmpty && attachments.Count == 0;

            case PacketType.Event or PacketType.Ack:
                return TryReadArguments(content, attachments, (int)size, out packet);

            default:
                // CONNECT_ERROR goes from server to client only.
                return false;
        }
    }

    private bool TryReadArguments(
        in PacketContent content, IReadOnlyList<ReadOnlyMemory<byte>> attachments, int size, out Packet packet)
    {
        packet = default;
        var isEvent = content.Type == PacketType.Event;
        if ((!isEvent && content.AckId is null)
            || ArgumentList.TryRead(content.Json.Span, isEvent, attachments.Count, options.MaxJsonDepth) is not { } list)
        {
            return false;
        }

        packet = new(
            content.Type,
            content.Namespace,
            content.AckId,
            list.EventName,
            new EventArguments(list, attachments, serializer),
            Size: size);
        return true;
    }

    private bool IsName(string? target)
    {
        if (target is not ['/', ..] || target.Contains(','))
        {
            return false;
        }

        // The query has a bound of its own, which its decoder keeps.
        var query = isRevision4 ? target.IndexOf('?', StringComparison.Ordinal) : -1;
        var name = query < 0 ? target : target.AsSpan(0, query);
        return name.Length <= options.MaxNamespaceNameBytes && Encoding.UTF8.GetByteCount(name) <= options.MaxNamespaceNameBytes;
    }

    private bool IsObjectOrAbsent(ReadOnlySpan<byte> json)
    {
        if (json.IsEmpty)
        {
            return true;
        }

        try
        {
            var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = options.MaxJsonDepth });
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return false;
            }

            reader.Skip();
            return !reader.Read();
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
