using System.Text;
using System.Text.Json;

namespace Parley.Server.Signalling;

/// <summary>
/// Reads what a client sent, field by field. The first wrong field is remembered and everything read after it is a default, so a
/// payload is read to its end without branches and judged once. Nothing here throws: wrong payloads are normal.
/// </summary>
internal sealed class PayloadReader
{
    private const string NotWellFormedKey = "has a key that is not well-formed text";

    private readonly JsonElement _object;
    private readonly string _path;
    private readonly PayloadReader? _parent;
    private string? _error;

    public PayloadReader(JsonElement payload)
        : this(payload, string.Empty, null)
    {
    }

    private PayloadReader(JsonElement value, string path, PayloadReader? parent)
    {
        _object = value;
        _path = path;
        _parent = parent;
        if (value.ValueKind != JsonValueKind.Object)
        {
            Fail(path.Length == 0 ? "payload" : path, "must be an object");
        }
    }

    /// <summary>The first wrong field and what is wrong with it; null: none so far.</summary>
    public string? Error => _parent is null ? _error : _parent.Error;

    /// <summary>Whether there is a field of this name, whatever it holds.</summary>
    public bool Has(string name) => Find(name).ValueKind != JsonValueKind.Undefined;

    /// <summary>Whether the field is there and null.</summary>
    public bool IsNull(string name) => Find(name).ValueKind == JsonValueKind.Null;

    public bool Boolean(string name)
    {
        var value = Find(name);
        if (value.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
        {
            Fail(PathOf(name), "must be true or false");
            return false;
        }

        return value.GetBoolean();
    }

    public long Integer(string name, long minimum, long maximum) => Integer(name, Find(name), minimum, maximum);

    /// <summary>The same, but null or absent is null.</summary>
    public long? OptionalInteger(string name, long minimum, long maximum) =>
        Find(name) is { ValueKind: not (JsonValueKind.Null or JsonValueKind.Undefined) } value ? Integer(name, value, minimum, maximum) : null;

    /// <summary>A text of at most this many code points; it may be empty.</summary>
    public string Text(string name, int maximum) => Text(name, Find(name), maximum);

    /// <summary>The same, but null or absent is null.</summary>
    public string? OptionalText(string name, int maximum) =>
        Find(name) is { ValueKind: not (JsonValueKind.Null or JsonValueKind.Undefined) } value ? Text(name, value, maximum) : null;

    /// <summary>A text of 1 to this many bytes of UTF-8.</summary>
    public string TextOfBytes(string name, int maximum)
    {
        if (TryGetText(Find(name), out var text) && text.Length > 0 && Encoding.UTF8.GetByteCount(text) <= maximum)
        {
            return text;
        }

        Fail(PathOf(name), $"must be a text of 1 to {maximum} bytes");
        return string.Empty;
    }

    public PayloadReader Object(string name) => new(Find(name), PathOf(name), Root);

    /// <summary>The fields of this object; of fields with one name, the last.</summary>
    public IEnumerable<string> FieldNames()
    {
        if (_object.ValueKind != JsonValueKind.Object)
        {
            yield break;
        }

        foreach (var field in _object.EnumerateObject())
        {
            if (TryGetName(field) is { } name)
            {
                yield return name;
            }
            else
            {
                Fail(_path.Length == 0 ? "payload" : _path, NotWellFormedKey);
            }
        }
    }

    public void Fail(string field, string problem)
    {
        if (Root is { _error: null } root)
        {
            root._error = $"{field} {problem}";
        }
    }

    public string PathOf(string name) => _path.Length == 0 ? name : $"{_path}.{name}";

    private PayloadReader Root => _parent ?? this;

    private JsonElement Find(string name)
    {
        if (_object.ValueKind != JsonValueKind.Object)
        {
            return default;
        }

        try
        {
            return _object.TryGetProperty(name, out var value) ? value : default;
        }
        catch (InvalidOperationException)
        {
            // The search unescapes the keys it passes, and one of them is no text (see TryGetText).
            Fail(_path.Length == 0 ? "payload" : _path, NotWellFormedKey);
            return default;
        }
    }

    private long Integer(string name, JsonElement value, long minimum, long maximum)
    {
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) && number >= minimum && number <= maximum)
        {
            return number;
        }

        Fail(PathOf(name), $"must be an integer from {minimum} to {maximum}");
        return minimum;
    }

    private string Text(string name, JsonElement value, int maximum)
    {
        if (TryGetText(value, out var text) && CodePoints(text) <= maximum)
        {
            return text;
        }

        Fail(PathOf(name), $"must be a text of at most {maximum} characters");
        return string.Empty;
    }

    private static bool TryGetText(JsonElement value, out string text)
    {
        text = string.Empty;
        if (value.ValueKind != JsonValueKind.String)
        {
            return false;
        }

        try
        {
            text = value.GetString()!;
            return true;
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair: JSON can spell it ("\ud800"), but it is no text.
            return false;
        }
    }

    private static string? TryGetName(JsonProperty field)
    {
        try
        {
            return field.Name;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static int CodePoints(string text)
    {
        var count = 0;
        foreach (var _ in text.EnumerateRunes())
        {
            count++;
        }

        return count;
    }
}
