using System.Text.Json;
using System.Text.Json.Serialization;

namespace BookingFunctions.Http.History;

/// <summary>An event of a trip's history. Fields that its type doesn't have are left out.</summary>
/// <param name="InstanceId">The orchestration that it happened to: the trip's own, or the one that cancels it.</param>
/// <param name="EventId">The number of what the orchestrator scheduled, from 0; -1 for an event that came from outside.</param>
/// <param name="Type">What happened, by the Durable Task Framework's name, such as <c>TaskScheduled</c>.</param>
/// <param name="At">When.</param>
public sealed record HistoryEntry(string InstanceId, int EventId, string Type, DateTimeOffset At)
{
    /// <summary>The activity, the orchestrator, or the event that was raised.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Name { get; init; }

    /// <summary>The <see cref="EventId"/> of what this is the outcome of.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? OutcomeOf { get; init; }

    /// <summary>The orchestration that an event was sent to, or that was started.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Target { get; init; }

    /// <summary>When a timer is due.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? FireAt { get; init; }

    /// <summary>How an orchestration ended.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Status { get; init; }

    /// <summary>What was passed in.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JsonElement? Input { get; init; }

    /// <summary>What came out.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JsonElement? Result { get; init; }

    /// <summary>The reason given for a termination, suspension or resumption.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Reason { get; init; }

    /// <summary>How it failed.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public HistoryError? Error { get; init; }
}
