using System.Globalization;
using System.Text.Json;

namespace BookingFunctions.Tests.Contract;

/// <summary>
/// Holds JSON against a schema of the document, as far as the document uses JSON Schema. It is stricter: a field that the
/// schema doesn't name is an error, unless the schema says what such fields are.
/// </summary>
internal static class Schema
{
    private static readonly string[] Annotations = ["description", "example", "title", "default"];

    /// <summary>Lists what is wrong, each with where it is.</summary>
    public static IReadOnlyList<string> Errors(JsonElement value, JsonElement schema)
    {
        var errors = new List<string>();
        Check(value, schema, "$", errors);
        return errors;
    }

    private static void Check(JsonElement value, JsonElement schema, string path, List<string> errors)
    {
        schema = ApiDocument.Resolve(schema);
        foreach (var rule in schema.EnumerateObject())
        {
            if (!Holds(value, rule, schema, path, errors))
            {
                errors.Add($"{path}: {value.GetRawText()} breaks {rule.Name} {rule.Value.GetRawText()}");
            }
        }

        if (value.ValueKind == JsonValueKind.Object && schema.TryGetProperty("properties", out var properties)
            && !schema.TryGetProperty("additionalProperties", out _))
        {
            errors.AddRange(value.EnumerateObject().Where(field => !properties.TryGetProperty(field.Name, out _))
                .Select(field => $"{path}.{field.Name}: the document doesn't have it"));
        }
    }

    private static bool Holds(JsonElement value, JsonProperty rule, JsonElement schema, string path, List<string> errors)
    {
        switch (rule.Name)
        {
            case "type":
                return rule.Value.ValueKind == JsonValueKind.Array
                    ? rule.Value.EnumerateArray().Any(type => HasType(value, type.GetString()!))
                    : HasType(value, rule.Value.GetString()!);
            case "enum":
                return rule.Value.EnumerateArray().Any(allowed => JsonElement.DeepEquals(allowed, value));
            case "const":
                return JsonElement.DeepEquals(rule.Value, value);
            case "oneOf":
                return rule.Value.EnumerateArray().Count(option => Errors(value, option).Count == 0) == 1;
            case "required":
                return value.ValueKind != JsonValueKind.Object
                    || rule.Value.EnumerateArray().All(name => value.TryGetProperty(name.GetString()!, out _));
            case "properties" when value.ValueKind == JsonValueKind.Object:
                foreach (var field in value.EnumerateObject())
                {
                    if (rule.Value.TryGetProperty(field.Name, out var known))
                    {
                        Check(field.Value, known, $"{path}.{field.Name}", errors);
                    }
                }

                return true;
            case "additionalProperties" when value.ValueKind == JsonValueKind.Object:
                var others = value.EnumerateObject()
                    .Where(field => !schema.TryGetProperty("properties", out var known) || !known.TryGetProperty(field.Name, out _)).ToList();
                if (rule.Value.ValueKind != JsonValueKind.Object)
                {
                    return rule.Value.GetBoolean() || others.Count == 0;
                }

                others.ForEach(field => Check(field.Value, rule.Value, $"{path}.{field.Name}", errors));
                return true;
            case "items" when value.ValueKind == JsonValueKind.Array:
                foreach (var (index, item) in value.EnumerateArray().Index())
                {
                    Check(item, rule.Value, string.Create(CultureInfo.InvariantCulture, $"{path}[{index}]"), errors);
                }

                return true;
            case "minItems" or "maxItems" when value.ValueKind == JsonValueKind.Array:
                return Within(rule, value.GetArrayLength());
            case "minLength" or "maxLength" when value.ValueKind == JsonValueKind.String:
                return Within(rule, value.GetString()!.EnumerateRunes().Count());
            case "minimum" or "maximum" when value.ValueKind == JsonValueKind.Number:
                return Within(rule, value.GetDecimal());
            case "format" when value.ValueKind == JsonValueKind.String:
                return rule.Value.GetString() switch
                {
                    "date-time" => value.TryGetDateTimeOffset(out _),
                    "uri" => Uri.TryCreate(value.GetString(), UriKind.Absolute, out _),
                    _ => throw new NotSupportedException($"The format {rule.Value} is not known here."),
                };
            case "properties" or "additionalProperties" or "items" or "minItems" or "maxItems" or "minLength" or "maxLength" or "minimum"
                or "maximum" or "format":
                return true;
            default:
                return Annotations.Contains(rule.Name) ? true : throw new NotSupportedException($"The keyword {rule.Name} is not known here.");
        }
    }

    private static bool Within(JsonProperty rule, decimal number) =>
        rule.Name.StartsWith("min", StringComparison.Ordinal) ? number >= rule.Value.GetDecimal() : number <= rule.Value.GetDecimal();

    private static bool HasType(JsonElement value, string type) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "null" => value.ValueKind == JsonValueKind.Null,
        "number" => value.ValueKind == JsonValueKind.Number,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out var number) && decimal.IsInteger(number),
        _ => throw new NotSupportedException($"The type {type} is not known here."),
    };
}
