using System.Text.Json;

namespace Parley.SocketIO.Packets;

/// <summary>
/// The JSON array of an event or acknowledgement, checked whole but not taken apart: where each argument lies in the UTF-8 text.
/// </summary>
internal sealed class ArgumentList
{
    private readonly byte[] _json;
    private readonly Range[] _ranges;

    private ArgumentList(byte[] json, Range[] ranges, string? eventName)
    {
        (_json, _ranges) = (json, ranges);
        EventName = eventName;
    }

    /// <summary>The first element of an event; null for an acknowledgement. A number stands as it was written.</summary>
    public string? EventName { get; }

    /// <summary>Number of arguments, the event's name not counted.</summary>
    public int Count => _ranges.Length;

    /// <summary>The UTF-8 JSON of one argument.</summary>
    public ReadOnlyMemory<byte> this[int index] => _json.AsMemory(_ranges[index]);

    /// <summary>
    /// Checks and copies the array. Null unless it is a JSON array (for events: that begins with a name), all of whose
    /// placeholders name one of <paramref name="attachments"/> attachments.
    /// </summary>
    public static ArgumentList? TryRead(ReadOnlySpan<byte> json, bool isEvent, int attachments, int maxDepth)
    {
        try
        {
            var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = maxDepth });
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartArray || !reader.Read())
            {
                return null;
            }

            string? eventName = null;
            if (isEvent)
            {
                eventName = reader.TokenType switch
                {
                    JsonTokenType.String => reader.GetString(),
                    JsonTokenType.Number => System.Text.Encoding.UTF8.GetString(reader.ValueSpan),
                    _ => null,
                };
                if (eventName is null || ReservedNames.Contains(eventName) || !reader.Read())
                {
                    return null;
                }
            }

            List<Range> ranges = [];
            while (reader.TokenType != JsonTokenType.EndArray)
            {
                var start = (int)reader.TokenStartIndex;
                if (attachments == 0)
                {
                    reader.Skip();
                }
                else if (!Placeholder.TryCheckValue(ref reader, attachments))
                {
                    return null;
                }

                ranges.Add(start..(int)reader.BytesConsumed);
                if (!reader.Read())
                {
                    return null;
                }
            }

            return reader.Read() ? null : new ArgumentList(json.ToArray(), [.. ranges], eventName);
        }
        catch (JsonException)
        {
            return null;
        }
        catch (InvalidOperationException)
        {
            // An event name with half a surrogate pair: legal JSON, but not a string.
            return null;
        }
    }
}
