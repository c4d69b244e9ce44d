using System.Text.Json;
using DurableTask.Core;

namespace LocalRuntime.Engine.History;

/// <summary>Failure details as JSON.</summary>
internal static class FailureJson
{
    /// <summary>How many causes of a failure are kept, the nearest ones; real ones have a handful.</summary>
    internal const int MaxCauses = 250;

    // More than the causes with their properties need.
    internal static readonly JsonDocumentOptions ReaderOptions = new() { MaxDepth = 4 * MaxCauses };

    public static string Write(FailureDetails failure) => HistoryJson.Write(writer => Write(writer, failure));

    public static FailureDetails? Read(string? json)
    {
        if (json is null)
        {
            return null;
        }

        using var document = JsonDocument.Parse(json, ReaderOptions);
        return Read(document.RootElement);
    }

    public static void Write(Utf8JsonWriter writer, FailureDetails failure, int depth = MaxCauses)
    {
        writer.WriteStartObject();
        writer.WriteString("ErrorType", failure.ErrorType);
        writer.WriteString("ErrorMessage", failure.ErrorMessage);
        if (failure.StackTrace is not null)
        {
            writer.WriteString("StackTrace", failure.StackTrace);
        }

        if (failure.InnerFailure is not null && depth > 0)
        {
            writer.WritePropertyName("InnerFailure");
            Write(writer, failure.InnerFailure, depth - 1);
        }

        if (failure.IsNonRetriable)
        {
            writer.WriteBoolean("IsNonRetriable", true);
        }

        if (failure.Properties is { Count: > 0 } properties)
        {
            writer.WritePropertyName("Properties");
            JsonSerializer.Serialize(writer, properties);
        }

        writer.WriteEndObject();
    }

    public static FailureDetails Read(JsonElement element) => new(
        element.GetProperty("ErrorType").GetString() ?? "",
        element.GetProperty("ErrorMessage").GetString() ?? "",
        element.TryGetProperty("StackTrace", out var stackTrace) ? stackTrace.GetString() : null,
        element.TryGetProperty("InnerFailure", out var inner) ? Read(inner) : null,
        element.TryGetProperty("IsNonRetriable", out var final) && final.GetBoolean(),
        element.TryGetProperty("Properties", out var properties) ? ReadProperties(properties) : null);

    private static Dictionary<string, object?> ReadProperties(JsonElement element) =>
        element.EnumerateObject().ToDictionary(property => property.Name, property => ReadValue(property.Value));

    private static object? ReadValue(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number => value.TryGetInt64(out var whole) ? whole : value.GetDouble(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Null => null,
        JsonValueKind.Object => ReadProperties(value),
        _ => value.EnumerateArray().Select(ReadValue).ToList(),
    };
}
