using System.Text.Json;
using DurableTask.Core.History;

namespace LocalRuntime.Engine.History;

/// <summary>
/// A message as JSON: its event and, for the outcome of a child, the execution of the parent that it is for; for a
/// termination, whether it goes on to the children; for what continues as new, the events that were carried over. One without an
/// event only makes its instance look at what there is.
/// </summary>
internal static class MessageJson
{
    public static string Write(
        HistoryEvent? historyEvent, string? executionId = null, bool isRecursive = false, IReadOnlyList<EventRaisedEvent>? carriedOver = null) =>
        HistoryJson.Write(writer => Write(writer, historyEvent, executionId, isRecursive, carriedOver ?? []));

    public static (HistoryEvent? Event, string? ExecutionId, bool IsRecursive, IReadOnlyList<EventRaisedEvent> CarriedOver) Read(string json)
    {
        using var document = JsonDocument.Parse(json, FailureJson.ReaderOptions);
        var root = document.RootElement;
        var executionId = root.TryGetProperty("ExecutionId", out var id) ? id.GetString() : null;
        var isRecursive = root.TryGetProperty("Recursive", out var recursive) && recursive.GetBoolean();
        EventRaisedEvent[] carriedOver = root.TryGetProperty("CarriedOver", out var events)
            ? [.. events.EnumerateArray().Select(carried => (EventRaisedEvent)HistoryEventReader.Read(carried))]
            : [];
        var historyEvent = root.TryGetProperty("Event", out var element) ? HistoryEventReader.Read(element) : null;
        return (historyEvent, executionId, isRecursive, carriedOver);
    }

    private static void Write(
        Utf8JsonWriter writer, HistoryEvent? historyEvent, string? executionId, bool isRecursive, IReadOnlyList<EventRaisedEvent> carriedOver)
    {
        writer.WriteStartObject();
        if (executionId is not null)
        {
            writer.WriteString("ExecutionId", executionId);
        }

        if (isRecursive)
        {
            writer.WriteBoolean("Recursive", true);
        }

        if (carriedOver.Count > 0)
        {
            writer.WriteStartArray("CarriedOver");
            foreach (var carried in carriedOver)
            {
                HistoryEventWriter.Write(writer, carried);
            }

            writer.WriteEndArray();
        }

        if (historyEvent is not null)
        {
            writer.WritePropertyName("Event");
            HistoryEventWriter.Write(writer, historyEvent);
        }

        writer.WriteEndObject();
    }
}
