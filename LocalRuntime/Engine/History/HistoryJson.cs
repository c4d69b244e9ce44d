using System.Buffers;
using System.Text;
using System.Text.Json;
using DurableTask.Core.History;

namespace LocalRuntime.Engine.History;

/// <summary>History events as JSON, as they are stored: one event for a message, an array for a turn.</summary>
internal static class HistoryJson
{
    // Stored text is read back by us alone, so it needs no escaping for HTML.
    internal static readonly JsonWriterOptions WriterOptions =
        new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? buffer;

    public static string Write(HistoryEvent historyEvent) => Write(writer => HistoryEventWriter.Write(writer, historyEvent));

    public static string WriteAll(IReadOnlyCollection<HistoryEvent> events) => Write(writer =>
    {
        writer.WriteStartArray();
        foreach (var historyEvent in events)
        {
            HistoryEventWriter.Write(writer, historyEvent);
        }

        writer.WriteEndArray();
    });

    public static HistoryEvent Read(string json)
    {
        using var document = JsonDocument.Parse(json, FailureJson.ReaderOptions);
        return HistoryEventReader.Read(document.RootElement);
    }

    public static List<HistoryEvent> ReadAll(string json)
    {
        using var document = JsonDocument.Parse(json, FailureJson.ReaderOptions);
        var events = new List<HistoryEvent>(document.RootElement.GetArrayLength());
        foreach (var element in document.RootElement.EnumerateArray())
        {
            events.Add(HistoryEventReader.Read(element));
        }

        return events;
    }

    internal static string Write(Action<Utf8JsonWriter> write)
    {
        var bytes = buffer ??= new ArrayBufferWriter<byte>(4096);
        bytes.ResetWrittenCount();
        using (var writer = new Utf8JsonWriter(bytes, WriterOptions))
        {
            write(writer);
        }

        var json = Encoding.UTF8.GetString(bytes.WrittenSpan);
        if (bytes.Capacity > 1 << 20)
        {
            buffer = null;
        }

        return json;
    }
}
