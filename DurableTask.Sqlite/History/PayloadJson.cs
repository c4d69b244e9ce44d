using System.Buffers;
using System.Text;
using System.Text.Json;

namespace DurableTask.Sqlite.History;

/// <summary>
/// Writes and reads the payloads of events. A payload that is JSON, as the SDK's are, is stored as it is: as a text, each of its quotes
/// would be escaped. Any other is stored as a text.
/// </summary>
internal static class PayloadJson
{
    // Two less than a reader takes by default: an event's payload is within its object, within the turn's array.
    private const int MaxDepth = 62;

    private const string TextSuffix = "Text";

    /// <summary>Writes a payload, unless it is null.</summary>
    public static void Write(Utf8JsonWriter writer, string name, string? payload)
    {
        if (payload is null)
        {
            return;
        }

        var utf8 = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(payload.Length));
        var json = utf8.AsSpan(0, Encoding.UTF8.GetBytes(payload, utf8));
        if (IsJson(json))
        {
            writer.WritePropertyName(name);
            writer.WriteRawValue(json, skipInputValidation: true);
        }
        else
        {
            writer.WriteString(name + TextSuffix, payload);
        }

        ArrayPool<byte>.Shared.Return(utf8);
    }

    /// <summary>Reads a payload; null if there is none.</summary>
    public static string? Read(JsonElement item, string name) =>
        item.TryGetProperty(name, out var json) ? json.GetRawText()
        : item.TryGetProperty(name + TextSuffix, out var text) ? text.GetString()
        : null;

    private static bool IsJson(ReadOnlySpan<byte> payload)
    {
        // A reader gives a value without the white space around it.
        if (payload.IsEmpty || payload[0] <= ' ' || payload[^1] <= ' ')
        {
            return false;
        }

        Utf8JsonReader reader = new(payload, new JsonReaderOptions { MaxDepth = MaxDepth });
        try
        {
            while (reader.Read())
            {
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
