using System.Text;
using System.Text.Unicode;

namespace Parley.SocketIO.Packets.MessagePack;

/// <summary>Reads packets that are one map each: <c>{type, data, id, nsp}</c>. What else is in the map is passed over.</summary>
/// <remarks>Holds nothing between two messages, so that one serves all connections.</remarks>
internal sealed class MessagePackDecoder(SocketIOOptions options) : IPacketDecoder
{
    public DecodeResult Read(ReadOnlyMemory<byte> message, bool isBinary, out PacketContent packet)
    {
        packet = default;
        if (!isBinary)
        {
            return DecodeResult.Violation;
        }

        var reader = new MessagePackReader(message.Span);
        return TryRead(ref reader, message.Length, out packet) && reader.AtEnd ? DecodeResult.Packet : DecodeResult.Violation;
    }

    private bool TryRead(ref MessagePackReader reader, int length, out PacketContent packet)
    {
        packet = default;
        if (!reader.TryRead() || reader.Kind != MessagePackKind.Map)
        {
            return false;
        }

        PacketType? type = null;
        string? ns = null;
        ulong? id = null;
        MessagePackPayload? payload = null;
        for (var left = reader.Count; left > 0; left--)
        {
            if (!reader.TryRead() || reader.Kind != MessagePackKind.String)
            {
                return false;
            }

            // Nothing may be said twice: one of the two would have been read for nothing.
            var name = reader.Data;
            var isRead = name.SequenceEqual("type"u8) ? type is null && TryReadType(ref reader, out type)
                : name.SequenceEqual("nsp"u8) ? ns is null && TryReadName(ref reader, out ns)
                : name.SequenceEqual("id"u8) ? id is null && TryReadId(ref reader, out id)
                : name.SequenceEqual("data"u8)
                    ? payload is null && (payload = new MessagePackPayload(options, length)).TryRead(ref reader)
                    : reader.TrySkip();
            if (!isRead)
            {
                return false;
            }
        }

        if (type is null || ns is null)
        {
            return false;
        }

        packet = new(type.Value, ns, id, payload?.Json ?? default, payload?.Attachments ?? []);
        return true;
    }

    private static bool TryReadType(ref MessagePackReader reader, out PacketType? type)
    {
        type = null;
        if (reader.TryRead() && reader is { Kind: MessagePackKind.Integer, Integer: >= 0 and <= (int)PacketType.ConnectError })
        {
            type = (PacketType)reader.Integer;
        }

        return type is not null;
    }

    private bool TryReadName(ref MessagePackReader reader, out string? ns)
    {
        ns = null;
        if (reader.TryRead()
            && reader.Kind == MessagePackKind.String
            && reader.Data.Length <= options.MaxNamespaceNameBytes
            && Utf8.IsValid(reader.Data))
        {
            ns = Encoding.UTF8.GetString(reader.Data);
        }

        return ns is not null;
    }

    private static bool TryReadId(ref MessagePackReader reader, out ulong? id)
    {
        id = null;
        if (!reader.TryRead())
        {
            return false;
        }

        switch (reader.Kind)
        {
            case MessagePackKind.Integer when reader.Integer >= 0:
                id = (ulong)reader.Integer;
                return true;

            case MessagePackKind.LargeInteger:
                id = reader.LargeInteger;
                return true;

            default:
                return MessagePackPayload.IsUndefined(ref reader);
        }
    }
}
