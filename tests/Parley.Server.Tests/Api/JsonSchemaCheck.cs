using System.Text.Json;
using System.Text.Json.Nodes;

namespace Parley.Server.Tests.Api;

/// <summary>Checks JSON against the little of JSON Schema that the document uses. Stricter in one: a property that is not described is a problem.</summary>
internal static class JsonSchemaCheck
{
    private static readonly HashSet<string> Understood = new(StringComparer.Ordinal)
    {
        "$ref", "type", "properties", "required", "items", "enum", "oneOf", "description", "format",
    };

    public static IEnumerable<string> Problems(JsonNode? value, JsonNode schema, JsonNode document, string path = "$")
    {
        foreach (var (keyword, _) in schema.AsObject().Where(member => !Understood.Contains(member.Key)))
        {
            yield return $"{path}: this check does not know {keyword}";
        }

        if ((string?)schema["$ref"] is { } reference)
        {
            var target = reference[2..].Split('/').Aggregate(document, static (node, name) => node[name].ShouldNotBeNull(name));
            foreach (var problem in Problems(value, target, document, path))
            {
                yield return problem;
            }
        }

        if (schema["oneOf"] is JsonArray choices && choices.Count(choice => !Problems(value, choice!, document, path).Any()) != 1)
        {
            yield return $"{path}: not one of the choices";
        }

        if (schema["enum"] is JsonArray names && !names.Any(name => JsonNode.DeepEquals(name, value)))
        {
            yield return $"{path}: not one of the values";
        }

        if (schema["type"] is { } type && !(type is JsonArray types ? types.Select(one => (string)one!) : [(string)type!]).Contains(TypeOf(value), StringComparer.Ordinal))
        {
            yield return $"{path}: {TypeOf(value)}";
        }

        if ((string?)schema["format"] == "date-time" && !DateTimeOffset.TryParse((string?)value, System.Globalization.CultureInfo.InvariantCulture, out _))
        {
            yield return $"{path}: no time";
        }

        foreach (var problem in ProblemsInside(value, schema, document, path))
        {
            yield return problem;
        }
    }

    private static IEnumerable<string> ProblemsInside(JsonNode? value, JsonNode schema, JsonNode document, string path)
    {
        var properties = schema["properties"] as JsonObject;
        foreach (var name in (schema["required"] as JsonArray ?? []).Select(name => (string)name!).Where(name => (value as JsonObject)?.ContainsKey(name) != true))
        {
            yield return $"{path}.{name}: missing";
        }

        foreach (var (name, member) in properties is null ? [] : value as JsonObject ?? [])
        {
            foreach (var problem in properties![name] is { } described ? Problems(member, described, document, $"{path}.{name}") : [$"{path}.{name}: not described"])
            {
                yield return problem;
            }
        }

        foreach (var problem in schema["items"] is { } items && value is JsonArray list ? list.SelectMany(item => Problems(item, items, document, $"{path}[]")) : [])
        {
            yield return problem;
        }
    }

    private static string TypeOf(JsonNode? value) => value?.GetValueKind() switch
    {
        null or JsonValueKind.Null => "null",
        JsonValueKind.Object => "object",
        JsonValueKind.Array => "array",
        JsonValueKind.String => "string",
        JsonValueKind.Number => value.AsValue().TryGetValue<long>(out _) ? "integer" : "number",
        _ => "boolean",
    };
}
