using DurableTask.Core.History;
using Newtonsoft.Json.Linq;

namespace BookingFunctions.Tests.Backends;

/// <summary>Reads an event of the history that a backend returns as JSON: its kind is <c>EventType</c>, by number or name.</summary>
internal static class HistoryJson
{
    public static HistoryEvent Read(JToken token)
    {
        var kind = token["EventType"]!.ToObject<EventType>();
        var type = typeof(HistoryEvent).Assembly.GetType($"DurableTask.Core.History.{kind}Event")!;
        return (HistoryEvent)token.ToObject(type)!;
    }
}
