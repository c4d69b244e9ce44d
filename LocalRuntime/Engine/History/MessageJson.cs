using System.Text.Json;
using DurableTask.Core.History;

namespace LocalRuntime.Engine.History;

/// <summary>A message as JSON: its event and, for the outcome of a child, the execution of the parent that it is for.</summary>
internal static class MessageJson
{
    public static string Write(HistoryEvent historyEvent, string? executionId = null) => HistoryJson.Write(writer =>
    {
        writer.WriteStartObject();
        if (executionId is not null)
        {
            writer.WriteString("ExecutionId", executionId);
        }

        writer.WritePropertyName("Event");
        HistoryEventWriter.Write(writer, historyEvent);
        writer.WriteEndObject();
    });

    public static (HistoryEvent Event, string? ExecutionId) Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        var executionId = document.RootElement.TryGetProperty("ExecutionId", out var id) ? id.GetString() : null;
        return (HistoryEventReader.Read(document.RootElement.GetProperty("Event")), executionId);
    }
}
