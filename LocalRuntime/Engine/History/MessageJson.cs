using System.Text.Json;
using DurableTask.Core.History;

namespace LocalRuntime.Engine.History;

/// <summary>
/// A message as JSON: its event and, for the outcome of a child, the execution of the parent that it is for; for a
/// termination, whether it goes on to the children.
/// </summary>
internal static class MessageJson
{
    public static string Write(HistoryEvent historyEvent, string? executionId = null, bool isRecursive = false) => HistoryJson.Write(writer =>
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

        writer.WritePropertyName("Event");
        HistoryEventWriter.Write(writer, historyEvent);
        writer.WriteEndObject();
    });

    public static (HistoryEvent Event, string? ExecutionId, bool IsRecursive) Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        var root = document.RootElement;
        var executionId = root.TryGetProperty("ExecutionId", out var id) ? id.GetString() : null;
        var isRecursive = root.TryGetProperty("Recursive", out var recursive) && recursive.GetBoolean();
        return (HistoryEventReader.Read(root.GetProperty("Event")), executionId, isRecursive);
    }
}
