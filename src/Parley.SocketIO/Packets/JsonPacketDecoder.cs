using System.Buffers.Text;
using System.Text;

namespace Parley.SocketIO.Packets;

/// <summary>Reads what <see cref="JsonPacketParser"/> describes.</summary>
/// <param name="options">The bounds.</param>
/// <param name="takesQuery">Whether a namespace may bring a query, as in revision 4 of the protocol; it stays with the name.</param>
/// <remarks>Not thread-safe. After a violation the decoder is dead, like its connection.</remarks>
internal sealed class JsonPacketDecoder(SocketIOOptions options, bool takesQuery = false) : IPacketDecoder
{
    // As long as the request line that Kestrel takes, where the query of the main namespace travels.
    private const int MaxQueryBytes = 8 * 1024;

    private PacketContent _pending;
    private List<ReadOnlyMemory<byte>>? _attachments;
    private int _expected;

    public DecodeResult Read(ReadOnlyMemory<byte> message, bool isBinary, out PacketContent packet) =>
        isBinary ? ReadAttachment(message.Span, out packet) : ReadText(message, out packet);

    private DecodeResult ReadText(ReadOnlyMemory<byte> frame, out PacketContent packet)
    {
        packet = default;
        // Text between a packet and its attachments breaks the packet, as in the reference parser.
        if (_attachments is not null || !TryReadHeader(frame.Span, out var header))
        {
            return DecodeResult.Violation;
        }

        var json = frame[header.Length..];
        packet = new(header.Type, header.Namespace, header.AckId, json, []);
        if (header.Attachments == 0)
        {
            return DecodeResult.Packet;
        }

        // The whole packet is checked when it is there, but what cannot become one is not waited for.
        if ((header.Type == PacketType.Ack && header.AckId is null)
            || ArgumentList.TryRead(json.Span, header.Type == PacketType.Event, header.Attachments, options.MaxJsonDepth) is null)
        {
            return DecodeResult.Violation;
        }

        _attachments = new(header.Attachments);
        _expected = header.Attachments;
        _pending = packet with { Json = json.ToArray(), Attachments = _attachments };
        packet = default;
        return DecodeResult.AttachmentsPending;
    }

    private DecodeResult ReadAttachment(ReadOnlySpan<byte> frame, out PacketContent packet)
    {
        packet = default;
        if (_attachments is not { } attachments)
        {
            return DecodeResult.Violation;
        }

        attachments.Add(frame.ToArray());
        if (attachments.Count < _expected)
        {
            return DecodeResult.AttachmentsPending;
        }

        packet = _pending;
        (_pending, _attachments) = (default, null);
        return DecodeResult.Packet;
    }

    private bool TryReadHeader(ReadOnlySpan<byte> frame, out Header header)
    {
        header = default;
        if (frame.IsEmpty || frame[0] is < (byte)'0' or > (byte)'6')
        {
            return false;
        }

        var type = frame[0] - '0';
        var position = 1;
        var attachments = 0;
        if (type > (int)PacketType.ConnectError)
        {
            if (!Utf8Parser.TryParse(frame[position..], out uint count, out var digits)
                || count > (uint)options.MaxAttachments
                || position + digits >= frame.Length
                || frame[position + digits] != '-')
            {
                return false;
            }

            type -= JsonPacketParser.BinaryOffset;
            attachments = (int)count;
            position += digits + 1;
        }

        var name = "/";
        if (position < frame.Length && frame[position] == '/')
        {
            // The comma may be missing when nothing follows: "40/custom".
            var rest = frame[position..];
            var comma = rest.IndexOf((byte)',');
            var length = comma < 0 ? rest.Length : comma;
            var query = takesQuery ? rest[..length].IndexOf((byte)'?') : -1;
            var nameLength = query < 0 ? length : query;
            if (nameLength > options.MaxNamespaceNameBytes || length - nameLength > MaxQueryBytes)
            {
                return false;
            }

            name = length == 1 ? "/" : Encoding.UTF8.GetString(rest[..length]);
            position += comma < 0 ? length : length + 1;
        }

        ulong? ackId = null;
        if (position < frame.Length && char.IsAsciiDigit((char)frame[position]))
        {
            if (!Utf8Parser.TryParse(frame[position..], out ulong id, out var digits))
            {
                return false;
            }

            ackId = id;
            position += digits;
        }

        header = new Header((PacketType)type, attachments, name, ackId, position);
        return true;
    }

    private readonly record struct Header(PacketType Type, int Attachments, string Namespace, ulong? AckId, int Length);
}
