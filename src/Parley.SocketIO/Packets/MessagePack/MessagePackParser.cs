using System.Buffers;

namespace Parley.SocketIO.Packets.MessagePack;

/// <summary>
/// The parser that speaks with clients which were given <c>socket.io-msgpack-parser</c>: each packet is one binary message, a map
/// <c>{type, data, id, nsp}</c> in MessagePack, with bytes where they belong.
/// </summary>
internal sealed class MessagePackParser : IPacketParser
{
    private const int OtherBytes = 64;

    private MessagePackParser()
    {
    }

    public static MessagePackParser Instance { get; } = new();

    public IPacketDecoder CreateDecoder(SocketIOOptions options) => new MessagePackDecoder(options);

    public void Encode(in PacketContent packet, EncodedPacket messages)
    {
        var capacity = packet.Json.Length + OtherBytes;
        for (var i = 0; i < packet.Attachments.Count; i++)
        {
            capacity += packet.Attachments[i].Length;
        }

        var buffer = new ArrayBufferWriter<byte>(capacity);
        var writer = new MessagePackWriter(buffer);
        writer.Map(2 + (packet.Json.IsEmpty ? 0 : 1) + (packet.AckId is null ? 0 : 1));
        writer.String("type"u8);
        writer.Integer((long)packet.Type);
        if (!packet.Json.IsEmpty)
        {
            writer.String("data"u8);
            JsonToMessagePack.Convert(packet.Json.Span, packet.Attachments, writer);
        }

        if (packet.AckId is { } id)
        {
            writer.String("id"u8);
            writer.Unsigned(id);
        }

        writer.String("nsp"u8);
        writer.String(packet.Namespace);
        messages.AddBinary(buffer.WrittenMemory);
    }
}
