using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Parley.SocketIO.Packets;

/// <summary>Writes packets for clients: their payload here, the rest by the parser.</summary>
internal sealed class PacketEncoder(SocketIOOptions options, ArgumentSerializer serializer)
{
    // Beyond this a buffer is given back to the collector instead of being kept for the thread.
    private const int MaxKeptBytes = 64 * 1024;

    // Utf8JsonWriter's own bound.
    private const int MaxWrittenDepth = 1000;

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? t_buffer;

    private readonly IPacketParser _parser = options.Parser ?? JsonPacketParser.Default;

    // A broadcast may be for clients of both kinds.
    private readonly bool _addsRevision4 = options is { AllowEio3: true, Parser: not null };

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

        return Encode(PacketType.Event, ns, name, ackId, (name, state, writeArguments), static (writer, s) =>
        {
            writer.Json.WriteStringValue(s.name);
            s.writeArguments(writer, s.state);
        });
    }

    /// <summary>An acknowledgement of the client's event with this id.</summary>
    public EncodedPacket Ack<TState>(string ns, ulong ackId, TState state, Action<ArgumentWriter, TState> writeArguments) =>
        Encode(PacketType.Ack, ns, null, ackId, state, writeArguments);

    /// <summary>The acknowledgement of an event that was refused.</summary>
    public EncodedPacket AckError(string ns, ulong ackId, string message, JsonElement? data) =>
        Ack(ns, ackId, (message, data), static (writer, error) =>
        {
            writer.Json.WriteStartObject();
            writer.Json.WritePropertyName("error"u8);
            WriteError(writer.Json, error.message, error.data);
            writer.Json.WriteEndObject();
        });

    /// <summary>The arguments of an event that was encoded here, as its receivers will read them.</summary>
    public EventArguments ReadArguments(EncodedPacket packet) => new(
        ArgumentList.TryRead(packet.Json.Span, isEvent: true, packet.JsonAttachments.Count, MaxWrittenDepth)!,
        packet.JsonAttachments,
        serializer);

    /// <summary>The same event, which asks for no acknowledgement, in another namespace.</summary>
    public EncodedPacket Readdress(EncodedPacket packet, string ns)
    {
        var readdressed = Pack(new(PacketType.Event, ns, null, packet.Json, packet.JsonAttachments), packet.Event);
        readdressed.IsIncompressible = packet.IsIncompressible;
        return readdressed;
    }

    /// <summary>Whether the last element of an event's array, its name included, is a text.</summary>
    public static bool EndsWithText(EncodedPacket packet) => packet.Json is { Length: > 2 } json && json.Span[^2] == (byte)'"';

    /// <summary>
    /// The same event, which asks for no acknowledgement, with one more argument: a text that needs no escaping. Clients of Socket.IO 2
    /// and the application's own listeners see the event without it.
    /// </summary>
    public EncodedPacket Append(EncodedPacket packet, string ns, string text)
    {
        var json = packet.Json.Span;
        var longer = new byte[json.Length + text.Length + 3];
        json[..^1].CopyTo(longer);
        var end = longer.AsSpan(json.Length - 1);
        end[0] = (byte)',';
        end[1] = (byte)'"';
        Encoding.ASCII.GetBytes(text, end[2..]);
        "\"]"u8.CopyTo(end[(text.Length + 2)..]);
        var appended = Pack(_parser, new(PacketType.Event, ns, null, longer, packet.JsonAttachments));
        (appended.Revision4, appended.IsIncompressible) = (packet.Revision4 ?? packet, packet.IsIncompressible);
        return appended;
    }

    /// <summary>The answer to a CONNECT that was accepted; without an id in revision 4 of the protocol.</summary>
    /// <param name="ns">The namespace.</param>
    /// <param name="socketId">The socket's public id; null in revision 4.</param>
    /// <param name="pid">The secret with which the socket can be recovered; null when it cannot.</param>
    public EncodedPacket Connect(string ns, string? socketId, string? pid = null) =>
        socketId is null ? Plain(PacketType.Connect, ns, null, isRevision4: true) : Plain(PacketType.Connect, ns, writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("sid"u8, socketId);
            if (pid is not null)
            {
                writer.WriteString("pid"u8, pid);
            }

            writer.WriteEndObject();
        });

    /// <summary>The answer to a CONNECT that was refused. Without data the member is left out, as the reference does.</summary>
    public EncodedPacket ConnectError(string ns, string message, JsonElement? data) =>
        Plain(PacketType.ConnectError, ns, writer => WriteError(writer, message, data));

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
        }, isRevision4: true);

    /// <summary>Tells the client that it is out of the namespace.</summary>
    public EncodedPacket Disconnect(string ns) => Plain(PacketType.Disconnect, ns, null);

    private static void WriteError(Utf8JsonWriter writer, string message, JsonElement? data)
    {
        writer.WriteStartObject();
        writer.WriteString("message"u8, message);
        if (data is { } element)
        {
            writer.WritePropertyName("data"u8);
            RawElementConverter.Write(writer, element);
        }

        writer.WriteEndObject();
    }

    private EncodedPacket Encode<TState>(
        PacketType type, string ns, string? name, ulong? ackId, TState state, Action<ArgumentWriter, TState> writeArguments)
    {
        // Taken from the thread while in use: an argument's getter may emit, and needs a buffer of its own then.
        var buffer = t_buffer ?? new ArrayBufferWriter<byte>(1024);
        t_buffer = null;
        List<ReadOnlyMemory<byte>> attachments = [];
        using (AttachmentScope.ForWriting(attachments))
        using (var writer = new Utf8JsonWriter(buffer, _writerOptions))
        {
            writer.WriteStartArray();
            writeArguments(new ArgumentWriter(writer, serializer, attachments), state);
            writer.WriteEndArray();
        }

        var packet = Pack(new(type, ns, ackId, buffer.WrittenMemory, attachments), name);
        if (buffer.Capacity <= MaxKeptBytes)
        {
            buffer.ResetWrittenCount();
            t_buffer = buffer;
        }

        return packet;
    }

    private EncodedPacket Plain(PacketType type, string ns, Action<Utf8JsonWriter>? write, bool isRevision4 = false)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        if (write is not null)
        {
            using var json = new Utf8JsonWriter(buffer, _writerOptions);
            write(json);
        }

        var content = new PacketContent(type, ns, null, buffer.WrittenMemory, []);
        return isRevision4 ? Pack(JsonPacketParser.Default, content) : Pack(content);
    }

    private EncodedPacket Pack(in PacketContent content, string? name = null)
    {
        var packet = Pack(_parser, content);
        if (_addsRevision4)
        {
            packet.Revision4 = Pack(JsonPacketParser.Default, content);
        }

        if (name is not null)
        {
            packet.SetEvent(name, content);
        }

        return packet;
    }

    private static EncodedPacket Pack(IPacketParser parser, in PacketContent content)
    {
        var packet = new EncodedPacket();
        parser.Encode(content, packet);
        return packet.HasMessage ? packet : throw new InvalidOperationException("The parser wrote no message for a packet.");
    }
}
