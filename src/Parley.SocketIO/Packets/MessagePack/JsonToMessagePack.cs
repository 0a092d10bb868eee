using System.Text.Json;

namespace Parley.SocketIO.Packets.MessagePack;

/// <summary>
/// Writes JSON as MessagePack, attachments in the place of their placeholders. In two passes, since MessagePack says first how much
/// is in an array or object; neither goes deeper on the stack where the JSON does.
/// </summary>
internal static class JsonToMessagePack
{
    // What is sent is the application's own, or was bounded when it was received.
    private static readonly JsonReaderOptions ReaderOptions = new() { MaxDepth = int.MaxValue };

    public static void Convert(ReadOnlySpan<byte> json, IReadOnlyList<ReadOnlyMemory<byte>> attachments, MessagePackWriter writer)
    {
        var shapes = Measure(json, attachments.Count);
        var next = 0;
        var reader = new Utf8JsonReader(json, ReaderOptions);
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.StartObject when shapes[next] is { Placeholder: true } shape:
                    reader.Skip();
                    writer.Binary(attachments[shape.Number].Span);
                    next = shape.After;
                    break;

                case JsonTokenType.StartObject:
                    writer.Map(shapes[next++].Count);
                    break;

                case JsonTokenType.StartArray:
                    writer.Array(shapes[next++].Count);
                    break;

                case JsonTokenType.PropertyName or JsonTokenType.String:
                    writer.String(Text(ref reader));
                    break;

                case JsonTokenType.Number:
                    WriteNumber(ref reader, writer);
                    break;

                case JsonTokenType.True or JsonTokenType.False:
                    writer.Boolean(reader.TokenType == JsonTokenType.True);
                    break;

                case JsonTokenType.Null:
                    writer.Nil();
                    break;
            }
        }
    }

    /// <summary>The arrays and objects of a text in the order in which they begin.</summary>
    private static List<Shape> Measure(ReadOnlySpan<byte> json, int attachments)
    {
        List<Shape> shapes = [];
        Stack<Shape> open = new();
        var member = Member.Other;
        var reader = new Utf8JsonReader(json, ReaderOptions);
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    member = attachments == 0 ? Member.Other : MemberOf(ref reader);
                    break;

                case JsonTokenType.EndArray or JsonTokenType.EndObject:
                    open.Pop().After = shapes.Count;
                    break;

                default:
                    if (open.TryPeek(out var around))
                    {
                        around.Count++;
                        around.Learn(member, ref reader, attachments);
                        member = Member.Other;
                    }

                    if (reader.TokenType is JsonTokenType.StartArray or JsonTokenType.StartObject)
                    {
                        var shape = new Shape();
                        shapes.Add(shape);
                        open.Push(shape);
                    }

                    break;
            }
        }

        return shapes;
    }

    private static Member MemberOf(ref Utf8JsonReader reader)
    {
        var name = Text(ref reader);
        return name.SequenceEqual(SocketIO.Packets.Placeholder.Mark) ? Member.Mark
            : name.SequenceEqual(SocketIO.Packets.Placeholder.Number) ? Member.Number
            : Member.Other;
    }

    private static ReadOnlySpan<byte> Text(scoped ref Utf8JsonReader reader) =>
        reader.ValueIsEscaped ? JsonText.Unescape(reader.ValueSpan) : reader.ValueSpan;

    private static void WriteNumber(ref Utf8JsonReader reader, MessagePackWriter writer)
    {
        if (reader.TryGetInt64(out var integer))
        {
            writer.Integer(integer);
        }
        else if (reader.TryGetUInt64(out var large))
        {
            writer.Unsigned(large);
        }
        else
        {
            writer.Float(reader.GetDouble());
        }
    }

    private enum Member
    {
        Other,
        Mark,
        Number,
    }

    private sealed class Shape
    {
        private bool _marked;

        /// <summary>Elements of the array, or members of the object.</summary>
        public int Count { get; set; }

        /// <summary>The index of what begins after it.</summary>
        public int After { get; set; }

        /// <summary>The attachment that a placeholder names.</summary>
        public int Number { get; private set; } = -1;

        public bool Placeholder => _marked && Number >= 0;

        public void Learn(Member member, ref Utf8JsonReader value, int attachments)
        {
            switch (member)
            {
                case Member.Mark:
                    _marked = value.TokenType == JsonTokenType.True;
                    break;

                case Member.Number:
                    Number = value.TokenType == JsonTokenType.Number && value.TryGetInt32(out var number) && number < attachments
                        ? number
                        : -1;
                    break;
            }
        }
    }
}
