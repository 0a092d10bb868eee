using System.Text.Json;

namespace Parley.SocketIO.Packets;

/// <summary>What stands in the JSON for a binary attachment: <c>{"_placeholder":true,"num":0}</c>.</summary>
internal static class Placeholder
{
    public static ReadOnlySpan<byte> Mark => "_placeholder"u8;

    public static ReadOnlySpan<byte> Number => "num"u8;

    public static void Write(Utf8JsonWriter writer, int number)
    {
        writer.WriteStartObject();
        writer.WriteBoolean(Mark, true);
        writer.WriteNumber(Number, number);
        writer.WriteEndObject();
    }

    /// <summary>Reads the placeholder at which the reader stands; -1 when it is none.</summary>
    public static int Read(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return -1;
        }

        var marked = false;
        var number = -1;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isMark = reader.ValueTextEquals(Mark);
            var isNumber = reader.ValueTextEquals(Number);
            reader.Read();
            if (isMark)
            {
                marked = reader.TokenType == JsonTokenType.True;
            }
            else if (isNumber)
            {
                number = reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var n) ? n : -1;
            }
            else
            {
                reader.Skip();
            }
        }

        return marked ? number : -1;
    }

    /// <summary>
    /// Walks the value at which the reader stands, to its last token. False when a placeholder anywhere in it does not name one
    /// of the attachments (CVE-2022-2421: a number that was not checked).
    /// </summary>
    public static bool TryCheckValue(ref Utf8JsonReader reader, int attachments)
    {
        if (reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray))
        {
            return true;
        }

        // One entry for each open object or array; arrays stay unmarked.
        var open = new Stack<(bool Marked, bool Valid)>();
        open.Push(default);
        while (open.Count > 0 && reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.StartObject or JsonTokenType.StartArray:
                    open.Push(default);
                    break;

                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    if (open.Pop() is { Marked: true, Valid: false })
                    {
                        return false;
                    }

                    break;

                case JsonTokenType.PropertyName when reader.ValueTextEquals(Mark):
                    reader.Read();
                    Replace(open, (reader.TokenType == JsonTokenType.True, open.Peek().Valid));
                    OpenIfNested(open, reader.TokenType);
                    break;

                case JsonTokenType.PropertyName when reader.ValueTextEquals(Number):
                    reader.Read();
                    var valid = reader.TokenType == JsonTokenType.Number
                        && reader.TryGetInt32(out var number)
                        && number >= 0
                        && number < attachments;
                    Replace(open, (open.Peek().Marked, valid));
                    OpenIfNested(open, reader.TokenType);
                    break;
            }
        }

        return true;
    }

    private static void Replace(Stack<(bool Marked, bool Valid)> open, (bool Marked, bool Valid) top)
    {
        open.Pop();
        open.Push(top);
    }

    private static void OpenIfNested(Stack<(bool Marked, bool Valid)> open, JsonTokenType token)
    {
        if (token is JsonTokenType.StartObject or JsonTokenType.StartArray)
        {
            open.Push(default);
        }
    }
}
