using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;

namespace Parley.SocketIO.Namespaces;

/// <summary>
/// What clients of Socket.IO 2 send in the place of <c>auth</c>: a query behind the name of the namespace, as in
/// <c>/admin?token=1</c>.
/// </summary>
internal static class NamespaceQuery
{
    /// <summary>The namespace's name, and the query as a JSON object in UTF-8; empty when there is none.</summary>
    public static (string Name, ReadOnlyMemory<byte> Auth) Split(string target)
    {
        var query = target.IndexOf('?', StringComparison.Ordinal);
        return query < 0 ? (target, default) : (target[..query], ToObject(target.AsMemory(query)));
    }

    private static ReadOnlyMemory<byte> ToObject(ReadOnlyMemory<char> query)
    {
        var values = new OrderedDictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (var pair in new QueryStringEnumerable(query))
        {
            var name = pair.DecodeName().ToString();
            if (!values.TryGetValue(name, out var list))
            {
                values[name] = list = [];
            }

            list.Add(pair.DecodeValue().ToString());
        }

        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            foreach (var (name, list) in values)
            {
                writer.WritePropertyName(name);
                Write(writer, list);
            }

            writer.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }

    private static void Write(Utf8JsonWriter writer, List<string> values)
    {
        if (values.Count == 1)
        {
            writer.WriteStringValue(values[0]);
            return;
        }

        writer.WriteStartArray();
        foreach (var value in values)
        {
            writer.WriteStringValue(value);
        }

        writer.WriteEndArray();
    }
}
