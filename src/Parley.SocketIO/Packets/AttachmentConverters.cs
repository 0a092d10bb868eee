using System.Text.Json;
using System.Text.Json.Serialization;

namespace Parley.SocketIO.Packets;

/// <summary>Writes bytes as attachments beside the JSON, not as base64 in it, and reads them back.</summary>
internal abstract class AttachmentConverter<T> : JsonConverter<T>
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        AttachmentScope.TryGet(Placeholder.Read(ref reader), out var attachment)
            ? FromBytes(attachment)
            : throw new JsonException("A binary attachment was expected.");

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        Placeholder.Write(writer, AttachmentScope.Add(ToBytes(value)));

    protected abstract T FromBytes(ReadOnlyMemory<byte> attachment);

    protected abstract ReadOnlySpan<byte> ToBytes(T value);
}

/// <inheritdoc/>
internal sealed class ByteArrayAttachmentConverter : AttachmentConverter<byte[]>
{
    protected override byte[] FromBytes(ReadOnlyMemory<byte> attachment) => attachment.ToArray();

    protected override ReadOnlySpan<byte> ToBytes(byte[] value) => value;
}

/// <inheritdoc/>
internal sealed class MemoryAttachmentConverter : AttachmentConverter<Memory<byte>>
{
    protected override Memory<byte> FromBytes(ReadOnlyMemory<byte> attachment) => attachment.ToArray();

    protected override ReadOnlySpan<byte> ToBytes(Memory<byte> value) => value.Span;
}

/// <inheritdoc/>
internal sealed class ReadOnlyMemoryAttachmentConverter : AttachmentConverter<ReadOnlyMemory<byte>>
{
    protected override ReadOnlyMemory<byte> FromBytes(ReadOnlyMemory<byte> attachment) => attachment;

    protected override ReadOnlySpan<byte> ToBytes(ReadOnlyMemory<byte> value) => value.Span;
}
