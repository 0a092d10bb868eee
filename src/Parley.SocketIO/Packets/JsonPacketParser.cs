using System.Buffers.Text;
using System.Text;

namespace Parley.SocketIO.Packets;

/// <summary>
/// The parser that every client brings: <c>&lt;type&gt;[&lt;attachments&gt;-][/namespace,][ack id][json]</c> in a text message, and each
/// attachment in a binary message after it.
/// </summary>
internal sealed class JsonPacketParser : IPacketParser
{
    /// <summary>Added to the type of an event or acknowledgement that has attachments.</summary>
    internal const int BinaryOffset = 3;

    private JsonPacketParser()
    {
    }

    public static JsonPacketParser Default { get; } = new();

    public IPacketDecoder CreateDecoder(SocketIOOptions options) => new JsonPacketDecoder(options);

    public void Encode(in PacketContent packet, EncodedPacket messages)
    {
        Span<byte> counts = stackalloc byte[48];
        var countLength = 0;
        var type = (byte)('0' + (byte)packet.Type);
        var attachments = packet.Attachments.Count;
        if (attachments > 0)
        {
            type += BinaryOffset;
            Utf8Formatter.TryFormat(attachments, counts, out countLength);
            counts[countLength++] = (byte)'-';
        }

        var idLength = 0;
        var idDigits = counts[countLength..];
        if (packet.AckId is { } id)
        {
            Utf8Formatter.TryFormat(id, idDigits, out idLength);
        }

        var ns = packet.Namespace;
        var nameLength = ns.Length == 1 ? 0 : Encoding.UTF8.GetByteCount(ns) + 1;
        var text = messages.AddText(1 + countLength + nameLength + idLength + packet.Json.Length);
        text[0] = type;
        var position = 1;
        counts[..countLength].CopyTo(text[position..]);
        position += countLength;
        if (nameLength > 0)
        {
            position += Encoding.UTF8.GetBytes(ns, text[position..]);
            text[position++] = (byte)',';
        }

        idDigits[..idLength].CopyTo(text[position..]);
        position += idLength;
        packet.Json.Span.CopyTo(text[position..]);
        for (var i = 0; i < attachments; i++)
        {
            messages.AddBinary(packet.Attachments[i]);
        }
    }
}
