using System.Buffers;
using System.Globalization;

namespace Parley.Server.Metrics;

/// <summary>Spells a set of tags as Prometheus labels, in one way only: sorted by name, values escaped.</summary>
internal static class LabelSet
{
    // Some instruments measure at every packet, so known labels must cost no allocation.
    [ThreadStatic]
    private static ArrayBufferWriter<char>? t_buffer;

    /// <summary>What stands between the braces; empty without tags. Good until the next call on this thread.</summary>
    public static ReadOnlySpan<char> Write(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var buffer = t_buffer ??= new();
        buffer.ResetWrittenCount();
        string? previous = null;
        while (IndexOfNext(tags, previous) is >= 0 and var next)
        {
            var (key, value) = tags[next];
            if (previous is not null)
            {
                buffer.Write(",");
            }

            WriteName(buffer, key);
            buffer.Write("=\"");
            WriteEscaped(buffer, ToText(value));
            buffer.Write("\"");
            previous = key;
        }

        return buffer.WrittenSpan;
    }

    // There are few tags: looking for the next one is cheaper than sorting a copy.
    private static int IndexOfNext(ReadOnlySpan<KeyValuePair<string, object?>> tags, string? previous)
    {
        var next = -1;
        for (var i = 0; i < tags.Length; i++)
        {
            if ((previous is null || string.CompareOrdinal(tags[i].Key, previous) > 0)
                && (next < 0 || string.CompareOrdinal(tags[i].Key, tags[next].Key) < 0))
            {
                next = i;
            }
        }

        return next;
    }

    private static void WriteName(ArrayBufferWriter<char> buffer, string name)
    {
        var text = buffer.GetSpan(name.Length);
        for (var i = 0; i < name.Length; i++)
        {
            text[i] = char.IsAsciiLetter(name[i]) || (char.IsAsciiDigit(name[i]) && i > 0) ? name[i] : '_';
        }

        buffer.Advance(name.Length);
    }

    private static void WriteEscaped(ArrayBufferWriter<char> buffer, ReadOnlySpan<char> value)
    {
        while (value.IndexOfAny('\\', '"', '\n') is >= 0 and var special)
        {
            buffer.Write(value[..special]);
            buffer.Write(value[special] switch
            {
                '\\' => "\\\\",
                '"' => "\\\"",
                _ => "\\n",
            });
            value = value[(special + 1)..];
        }

        buffer.Write(value);
    }

    private static string ToText(object? value) => value switch
    {
        null => string.Empty,
        string text => text,
        bool flag => flag ? "true" : "false",
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? string.Empty,
    };
}
