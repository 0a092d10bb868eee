using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Parley.SocketIO.Packets;

/// <summary>Turns arguments into JSON and attachments, and back, by the options of the application.</summary>
internal sealed class ArgumentSerializer
{
    private readonly JsonSerializerOptions _options;
    private readonly JsonDocumentOptions _documentOptions;

    public ArgumentSerializer(SocketIOOptions options)
    {
        _documentOptions = new JsonDocumentOptions { MaxDepth = options.MaxJsonDepth };
        _options = new JsonSerializerOptions(options.SerializerOptions)
        {
            // Indented JSON would be legal, but the packets of all clients are compared byte by byte with the reference's.
            WriteIndented = false,
            MaxDepth = options.MaxJsonDepth,
        };
        _options.Converters.Add(new ByteArrayAttachmentConverter());
        _options.Converters.Add(new MemoryAttachmentConverter());
        _options.Converters.Add(new ReadOnlyMemoryAttachmentConverter());
        _options.Converters.Add(new RawElementConverter());
        _options.TypeInfoResolver = JsonTypeInfoResolver.Combine(
            options.SerializerOptions.TypeInfoResolver ?? ReflectionIfAvailable(),
            WellKnownArguments.Default);
        _options.MakeReadOnly();
    }

    public void Write<T>(Utf8JsonWriter writer, T value) =>
        JsonSerializer.Serialize(writer, value, (JsonTypeInfo<T>)_options.GetTypeInfo(typeof(T)));

    public T? Read<T>(ReadOnlySpan<byte> json, IReadOnlyList<ReadOnlyMemory<byte>> attachments)
    {
        using var scope = AttachmentScope.ForReading(attachments);
        return JsonSerializer.Deserialize(json, (JsonTypeInfo<T>)_options.GetTypeInfo(typeof(T)));
    }

    public JsonElement ReadElement(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json, _documentOptions);
        return document.RootElement.Clone();
    }

    // Reflection is how System.Text.Json works unless an application was trimmed; a trimmed one brings its own contracts.
    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "Only reached where reflection is enabled.")]
    [UnconditionalSuppressMessage("AOT", "IL3050", Justification = "Only reached where reflection is enabled.")]
    private static DefaultJsonTypeInfoResolver? ReflectionIfAvailable() =>
        JsonSerializer.IsReflectionEnabledByDefault ? new DefaultJsonTypeInfoResolver() : null;
}

/// <summary>Contracts of the types that need none of the application's: they work ahead-of-time compiled, too.</summary>
[JsonSerializable(typeof(bool))]
[JsonSerializable(typeof(int))]
[JsonSerializable(typeof(long))]
[JsonSerializable(typeof(double))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(string[]))]
[JsonSerializable(typeof(DateTimeOffset))]
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(byte[]))]
[JsonSerializable(typeof(Memory<byte>))]
[JsonSerializable(typeof(ReadOnlyMemory<byte>))]
internal sealed partial class WellKnownArguments : JsonSerializerContext;
