using System.Buffers;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Parley.Server.Rooms;

/// <summary>The public id of a participant: 12 random bytes as 16 characters of base64url. Not the Socket.IO id, and not a secret.</summary>
[JsonConverter(typeof(ParticipantIdConverter))]
internal readonly record struct ParticipantId
{
    public const int ByteLength = 12;

    private readonly string? _value;

    private ParticipantId(string value) => _value = value;

    public string Value => _value ?? string.Empty;

    public static ParticipantId New() => FromBytes(RandomNumberGenerator.GetBytes(ByteLength));

    public static ParticipantId FromBytes(ReadOnlySpan<byte> bytes) => bytes.Length == ByteLength
        ? new(Base64Url.EncodeToString(bytes))
        : throw new ArgumentException($"A participant id is made of {ByteLength} bytes.", nameof(bytes));

    public static bool TryParse([NotNullWhen(true)] string? text, out ParticipantId id)
    {
        Span<byte> bytes = stackalloc byte[ByteLength];
        // 16 characters carry exactly 12 bytes, so every id has one spelling only. White space would be skipped by the decoder.
        var valid = text is { Length: 16 }
            && !text.AsSpan().ContainsAny(" \t\r\n")
            && Base64Url.DecodeFromChars(text, bytes, out _, out var written) == OperationStatus.Done
            && written == ByteLength;
        id = valid ? new ParticipantId(text!) : default;
        return valid;
    }

    public void CopyBytesTo(Span<byte> destination) => Base64Url.DecodeFromChars(Value, destination);

    public override string ToString() => Value;
}

internal sealed class ParticipantIdConverter : JsonConverter<ParticipantId>
{
    public override ParticipantId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && ParticipantId.TryParse(reader.GetString(), out var id) ? id : throw new JsonException();

    public override void Write(Utf8JsonWriter writer, ParticipantId value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Value);
}
