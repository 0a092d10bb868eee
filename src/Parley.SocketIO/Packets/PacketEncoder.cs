using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace Parley.SocketIO.Packets;

/// <summary>Writes packets for clients.</summary>
internal sealed class PacketEncoder(SocketIOOptions options, ArgumentSerializer serializer)
{
    // Beyond this a buffer is given back to the collector instead of being kept for the thread.
    private const int MaxKeptBytes = 64 * 1024;

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? t_buffer;

    private readonly JsonWriterOptions _writerOptions = new()
    {
        // The depth is left at its default, which is larger: what a client sent may be put into something of the application's.
        Encoder = options.SerializerOptions.Encoder,
        SkipValidation = true,
    };

    /// <summary>An event. <paramref name="writeArguments"/> writes each argument into the open array.</summary>
    /// <exception cref="ArgumentException">The name is reserved.</exception>
    public EncodedPacket Event<TState>(
        string ns, string name, ulong? ackId, TState state, Action<ArgumentWriter, TState> writeArguments)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (ReservedNames.Contains(name))
        {
            throw new ArgumentException($"The event name \"{name}\" is reserved: clients refuse it.", nameof(name));
        }

        return Encode(PacketType.Event, ns, ackId, (name, state, writeArguments), static (writer, s) =>
        {
            writer.Json.WriteStringValue(s.name);
            s.writeArguments(writer, s.state);
        });
    }

    /// <summary>An acknowledgement of the client's event with this id.</summary>
    public EncodedPacket Ack<TState>(string ns, ulong ackId, TState state, Action<ArgumentWriter, TState> writeArguments) =>
        Encode(PacketType.Ack, ns, ackId, state, writeArguments);

    /// <summary>The answer to a CONNECT that was accepted; without an id in revision 4 of the protocol.</summary>
    public EncodedPacket Connect(string ns, string? socketId) =>
        Plain(PacketType.Connect, ns, socketId is null ? null : writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("sid"u8, socketId);
            writer.WriteEndObject();
        });

    /// <summary>The answer to a CONNECT that was refused. Without data the member is left out, as the reference does.</summary>
    public EncodedPacket ConnectError(string ns, string message, JsonElement? data) =>
        Plain(PacketType.ConnectError, ns, writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("message"u8, message);
            if (data is { } element)
            {
                writer.WritePropertyName("data"u8);
                RawElementConverter.Write(writer, element);
            }

            writer.WriteEndObject();
        });

    /// <summary>
    /// The same in revision 4 of the protocol, where it is called ERROR and carries one value: the data or else, as the reference
    /// has it, the message.
    /// </summary>
    public EncodedPacket Error(string ns, string message, JsonElement? data) =>
        Plain(PacketType.ConnectError, ns, writer =>
        {
            if (data is { ValueKind: not (JsonValueKind.Null or JsonValueKind.Undefined) } element)
            {
                RawElementConverter.Write(writer, element);
            }
            else
            {
                writer.WriteStringValue(message);
            }
        });

    /// <summary>Tells the client that it is out of the namespace.</summary>
    public EncodedPacket Disconnect(string ns) => Plain(PacketType.Disconnect, ns, null);

    private EncodedPacket Encode<TState>(
        PacketType type, string ns, ulong? ackId, TState state, Action<ArgumentWriter, TState> writeArguments)
    {
        // Taken from the thread while in use: an argument's getter may emit, and needs a buffer of its own then.
        var buffer = t_buffer ?? new ArrayBufferWriter<byte>(1024);
        t_buffer = null;
        List<ReadOnlyMemory<byte>> attachments = [];
        using (AttachmentScope.ForWriting(attachments))
        using (var json = new Utf8JsonWriter(buffer, _writerOptions))
        {
            json.WriteStartArray();
            writeArguments(new ArgumentWriter(json, serializer, attachments), state);
            json.WriteEndArray();
        }

        if (attachments.Count > 0)
        {
            type = type == PacketType.Event ? PacketType.BinaryEvent : PacketType.BinaryAck;
        }

        var text = Assemble(type, attachments.Count, ns, ackId, buffer.WrittenSpan);
        if (buffer.Capacity <= MaxKeptBytes)
        {
            buffer.ResetWrittenCount();
            t_buffer = buffer;
        }

        return new EncodedPacket(text, attachments.Count == 0 ? [] : attachments);
    }

    private EncodedPacket Plain(PacketType type, string ns, Action<Utf8JsonWriter>? write)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        if (write is not null)
        {
            using var json = new Utf8JsonWriter(buffer, _writerOptions);
            write(json);
        }

        return new EncodedPacket(Assemble(type, 0, ns, null, buffer.WrittenSpan), []);
    }

    private static byte[] Assemble(PacketType type, int attachments, string ns, ulong? ackId, ReadOnlySpan<byte> json)
    {
        Span<byte> counts = stackalloc byte[48];
        var countLength = 0;
        if (type is PacketType.BinaryEvent or PacketType.BinaryAck)
        {
            Utf8Formatter.TryFormat(attachments, counts, out countLength);
            counts[countLength++] = (byte)'-';
        }

        var idLength = 0;
        var idDigits = counts[countLength..];
        if (ackId is { } id)
        {
            Utf8Formatter.TryFormat(id, idDigits, out idLength);
        }

        var nameLength = ns.Length == 1 ? 0 : Encoding.UTF8.GetByteCount(ns) + 1;
        var text = new byte[2 + countLength + nameLength + idLength + json.Length];
        text[0] = EncodedPacket.MessagePrefix;
        text[1] = (byte)('0' + (byte)type);
        var position = 2;
        counts[..countLength].CopyTo(text.AsSpan(position));
        position += countLength;
        if (nameLength > 0)
        {
            position += Encoding.UTF8.GetBytes(ns, text.AsSpan(position));
            text[position++] = (byte)',';
        }

        idDigits[..idLength].CopyTo(text.AsSpan(position));
        position += idLength;
        json.CopyTo(text.AsSpan(position));
        return text;
    }
}
