using DurableTask.Core.History;
using Newtonsoft.Json.Linq;

namespace BookingFunctions.Tests.Backends;

/// <summary>Reads the history that a backend returns as text: a JSON array of events whose kind is <c>EventType</c>, by number or name.</summary>
internal static class HistoryJson
{
    public static HistoryEvent Read(JToken token)
    {
        var kind = token["EventType"]!.ToObject<EventType>();
        var type = typeof(HistoryEvent).Assembly.GetType($"DurableTask.Core.History.{kind}Event")!;
        return (HistoryEvent)token.ToObject(type)!;
    }
}
