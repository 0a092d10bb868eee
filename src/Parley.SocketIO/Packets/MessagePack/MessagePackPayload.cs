using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace Parley.SocketIO.Packets.MessagePack;

/// <summary>
/// The payload of a packet, made into JSON and attachments as it is read, so that handlers do not see how it came. What JavaScript's
/// encoder writes for what JSON has no word for becomes what <c>JSON.stringify</c> makes of it.
/// </summary>
internal sealed class MessagePackPayload(SocketIOOptions options, int length)
{
    // The extension type of all that JavaScript's encoder extends MessagePack by.
    private const sbyte JavaScript = 0;

    // Text that a JSON writer takes is bounded: every byte of it could become six.
    private const int MaxTextBytes = 160_000_000;

    // A payload may be bytes for the most part, which take no place in the JSON.
    private const int MaxFirstBytes = 4096;

    private static readonly JsonWriterOptions WriterOptions = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    private readonly ArrayBufferWriter<byte> _buffer = new(Math.Min(length, MaxFirstBytes) + 16);
    private readonly List<ReadOnlyMemory<byte>> _attachments = [];

    /// <summary>The JSON; empty when the payload was <c>undefined</c>.</summary>
    public ReadOnlyMemory<byte> Json => _buffer.WrittenMemory;

    public IReadOnlyList<ReadOnlyMemory<byte>> Attachments => _attachments;

    /// <summary>The extension by which <c>undefined</c> is written.</summary>
    public static bool IsUndefined(ref MessagePackReader reader) =>
        reader is { Kind: MessagePackKind.Extension, ExtensionType: JavaScript, IsFixed: true, Data.Length: 1 };

    /// <summary>Reads the value that comes next. Called once.</summary>
    public bool TryRead(ref MessagePackReader reader)
    {
        if (!reader.TryRead())
        {
            return false;
        }

        if (IsUndefined(ref reader))
        {
            return true;
        }

        using var json = new Utf8JsonWriter(_buffer, WriterOptions);
        return TryConvert(ref reader, json, depth: 0);
    }

    // Goes as deep as MaxJsonDepth, which is 1000 at most.
    private bool TryConvert(ref MessagePackReader reader, Utf8JsonWriter json, int depth)
    {
        // A byte of MessagePack is up to six of JSON.
        if (json.BytesCommitted + json.BytesPending > options.MaxPacketBytes)
        {
            return false;
        }

        switch (reader.Kind)
        {
            case MessagePackKind.Nil:
                json.WriteNullValue();
                return true;

            case MessagePackKind.False or MessagePackKind.True:
                json.WriteBooleanValue(reader.Kind == MessagePackKind.True);
                return true;

            case MessagePackKind.Integer:
                json.WriteNumberValue(reader.Integer);
                return true;

            case MessagePackKind.LargeInteger:
                json.WriteNumberValue(reader.LargeInteger);
                return true;

            case MessagePackKind.Float when double.IsFinite(reader.Float):
                json.WriteNumberValue(reader.Float);
                return true;

            case MessagePackKind.Float:
                json.WriteNullValue();
                return true;

            case MessagePackKind.String when IsText(reader.Data):
                json.WriteStringValue(reader.Data);
                return true;

            case MessagePackKind.Binary:
                return TryAttach(reader.Data, json);

            case MessagePackKind.Extension:
                return TryConvertExtension(ref reader, json);

            case MessagePackKind.Array when depth < options.MaxJsonDepth:
                return TryConvertArray(ref reader, json, depth + 1);

            case MessagePackKind.Map when depth < options.MaxJsonDepth:
                return TryConvertMap(ref reader, json, depth + 1);

            default:
                return false;
        }
    }

    private bool TryConvertArray(ref MessagePackReader reader, Utf8JsonWriter json, int depth)
    {
        json.WriteStartArray();
        for (var left = reader.Count; left > 0; left--)
        {
            if (!reader.TryRead() || !TryConvert(ref reader, json, depth))
            {
                return false;
            }
        }

        json.WriteEndArray();
        return true;
    }

    private bool TryConvertMap(ref MessagePackReader reader, Utf8JsonWriter json, int depth)
    {
        json.WriteStartObject();
        for (var left = reader.Count; left > 0; left--)
        {
            if (!TryReadMemberName(ref reader, out var name) || !reader.TryRead())
            {
                return false;
            }

            if (IsUndefined(ref reader))
            {
                continue;
            }

            json.WritePropertyName(name);
            if (!TryConvert(ref reader, json, depth))
            {
                return false;
            }
        }

        json.WriteEndObject();
        return true;
    }

    private static bool TryReadMemberName(ref MessagePackReader reader, out ReadOnlySpan<byte> name)
    {
        name = default;
        if (!reader.TryRead())
        {
            return false;
        }

        switch (reader.Kind)
        {
            case MessagePackKind.String:
                name = reader.Data;
                return IsText(name);

            case MessagePackKind.Integer:
                // Other languages' maps have numbers for names; to the reference they are their digits, too.
                name = System.Text.Encoding.ASCII.GetBytes(reader.Integer.ToString(CultureInfo.InvariantCulture));
                return true;

            default:
                return false;
        }
    }

    private bool TryConvertExtension(ref MessagePackReader reader, Utf8JsonWriter json)
    {
        if (IsUndefined(ref reader))
        {
            json.WriteNullValue();
            return true;
        }

        if (reader is { ExtensionType: JavaScript, IsFixed: true, Data.Length: 8 })
        {
            WriteDate(BinaryPrimitives.ReadInt64BigEndian(reader.Data), json);
            return true;
        }

        if (reader is { ExtensionType: JavaScript, IsFixed: false })
        {
            // An ArrayBuffer.
            return TryAttach(reader.Data, json);
        }

        // To the reference, extensions that it does not know are their type and their bytes.
        json.WriteStartArray();
        json.WriteNumberValue(reader.ExtensionType);
        var attached = TryAttach(reader.Data, json);
        json.WriteEndArray();
        return attached;
    }

    private bool TryAttach(ReadOnlySpan<byte> bytes, Utf8JsonWriter json)
    {
        if (_attachments.Count >= options.MaxAttachments)
        {
            return false;
        }

        Placeholder.Write(json, _attachments.Count);
        _attachments.Add(bytes.ToArray());
        return true;
    }

    private static bool IsText(ReadOnlySpan<byte> bytes) => bytes.Length <= MaxTextBytes && Utf8.IsValid(bytes);

    private static void WriteDate(long milliseconds, Utf8JsonWriter json)
    {
        if (milliseconds < DateTimeOffset.MinValue.ToUnixTimeMilliseconds()
            || milliseconds > DateTimeOffset.MaxValue.ToUnixTimeMilliseconds())
        {
            // No date of JavaScript's, or one that .NET has no year for.
            json.WriteNullValue();
            return;
        }

        var date = DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
        json.WriteStringValue(date.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
    }
}
