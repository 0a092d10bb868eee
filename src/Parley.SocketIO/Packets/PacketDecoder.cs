using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace Parley.SocketIO.Packets;

/// <summary>What the decoder made of a frame.</summary>
internal enum DecodeResult
{
    /// <summary>A whole packet.</summary>
    Packet,

    /// <summary>A packet whose attachments are still to come.</summary>
    AttachmentsPending,

    /// <summary>A violation of the protocol or of a bound: the connection must be closed.</summary>
    Violation,
}

/// <summary>
/// Reads the packets of one connection from its text and binary frames:
/// <c>&lt;type&gt;[&lt;attachments&gt;-][/namespace,][ack id][json]</c>.
/// </summary>
/// <param name="options">The bounds.</param>
/// <param name="serializer">Reads arguments.</param>
/// <param name="takesQuery">Whether a namespace may bring a query, as in revision 4 of the protocol; it stays with the name.</param>
/// <remarks>Not thread-safe. After a violation the decoder is dead, like its connection.</remarks>
internal sealed class PacketDecoder(SocketIOOptions options, ArgumentSerializer serializer, bool takesQuery = false)
{
    // As long as the request line that Kestrel takes, where the query of the main namespace travels.
    private const int MaxQueryBytes = 8 * 1024;

    private Pending? _pending;

    /// <summary>Reads a text frame, without Engine.IO's type digit. The frame is copied; the caller may reuse it.</summary>
    public DecodeResult ReadText(ReadOnlySpan<byte> frame, out Packet packet)
    {
        packet = default;
        // Text between a packet and its attachments breaks the packet, as in the reference parser.
        if (_pending is not null || frame.Length > options.MaxPacketBytes || !TryReadHeader(frame, out var header))
        {
            return DecodeResult.Violation;
        }

        var json = frame[header.Length..];
        switch (header.Type)
        {
            case PacketType.Connect:
                if (!IsObjectOrAbsent(json))
                {
                    return DecodeResult.Violation;
                }

                packet = new(PacketType.Connect, header.Namespace, Auth: json.ToArray(), Size: frame.Length);
                return DecodeResult.Packet;

            case PacketType.Disconnect:
                packet = new(PacketType.Disconnect, header.Namespace, Size: frame.Length);
                return json.IsEmpty ? DecodeResult.Packet : DecodeResult.Violation;

            case PacketType.Event or PacketType.BinaryEvent or PacketType.Ack or PacketType.BinaryAck:
                return ReadArguments(header, json, frame.Length, out packet);

            default:
                // CONNECT_ERROR goes from server to client only.
                return DecodeResult.Violation;
        }
    }

    /// <summary>Reads a binary frame: an attachment. The frame is copied; the caller may reuse it.</summary>
    public DecodeResult ReadBinary(ReadOnlySpan<byte> frame, out Packet packet)
    {
        packet = default;
        if (_pending is not { } pending || pending.Packet.Size + frame.Length > options.MaxPacketBytes)
        {
            return DecodeResult.Violation;
        }

        pending.Attachments.Add(frame.ToArray());
        pending.Packet = pending.Packet with { Size = pending.Packet.Size + frame.Length };
        if (pending.Attachments.Count < pending.Expected)
        {
            return DecodeResult.AttachmentsPending;
        }

        _pending = null;
        packet = pending.Packet;
        return DecodeResult.Packet;
    }

    private DecodeResult ReadArguments(in Header header, ReadOnlySpan<byte> json, int size, out Packet packet)
    {
        packet = default;
        var isEvent = header.Type is PacketType.Event or PacketType.BinaryEvent;
        if (!isEvent && header.AckId is null)
        {
            return DecodeResult.Violation;
        }

        var list = ArgumentList.TryRead(json, isEvent, header.Attachments, options.MaxJsonDepth);
        if (list is null)
        {
            return DecodeResult.Violation;
        }

        List<ReadOnlyMemory<byte>> attachments = header.Attachments == 0 ? [] : new(header.Attachments);
        packet = new(
            isEvent ? PacketType.Event : PacketType.Ack,
            header.Namespace,
            header.AckId,
            list.EventName,
            new EventArguments(list, attachments, serializer),
            Size: size);
        if (header.Attachments == 0)
        {
            return DecodeResult.Packet;
        }

        _pending = new Pending(packet, attachments, header.Attachments);
        packet = default;
        return DecodeResult.AttachmentsPending;
    }

    private bool TryReadHeader(ReadOnlySpan<byte> frame, out Header header)
    {
        header = default;
        if (frame.IsEmpty || frame[0] is < (byte)'0' or > (byte)'6')
        {
            return false;
        }

        var type = (PacketType)(frame[0] - '0');
        var position = 1;
        var attachments = 0;
        if (type is PacketType.BinaryEvent or PacketType.BinaryAck)
        {
            if (!Utf8Parser.TryParse(frame[position..], out uint count, out var digits)
                || count > (uint)options.MaxAttachments
                || position + digits >= frame.Length
                || frame[position + digits] != '-')
            {
                return false;
            }

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

        header = new Header(type, attachments, name, ackId, position);
        return true;
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

    private readonly record struct Header(PacketType Type, int Attachments, string Namespace, ulong? AckId, int Length);

    private sealed class Pending(Packet packet, List<ReadOnlyMemory<byte>> attachments, int expected)
    {
        public Packet Packet { get; set; } = packet;

        public List<ReadOnlyMemory<byte>> Attachments { get; } = attachments;

        public int Expected { get; } = expected;
    }
}
