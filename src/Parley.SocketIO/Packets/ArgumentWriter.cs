using System.Text.Json;

namespace Parley.SocketIO.Packets;

/// <summary>Writes the arguments of one packet, one call each, in order.</summary>
internal readonly struct ArgumentWriter(Utf8JsonWriter json, ArgumentSerializer serializer, List<ReadOnlyMemory<byte>> attachments)
{
    public Utf8JsonWriter Json => json;

    public void Write<T>(T value) => serializer.Write(json, value);

    /// <summary>Writes arguments as they were received, with their attachments.</summary>
    public void Forward(EventArguments arguments)
    {
        // Placeholders keep their numbers only if these attachments are the first: nothing else may be written beside them.
        attachments.AddRange(arguments.Attachments);
        for (var i = 0; i < arguments.Count; i++)
        {
            json.WriteRawValue(arguments.GetRawJson(i).Span, skipInputValidation: true);
        }
    }
}
