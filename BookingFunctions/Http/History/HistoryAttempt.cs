using System.Text.Json;

namespace BookingFunctions.Http.History;

/// <summary>One run of an activity, with what came of it.</summary>
/// <param name="InstanceId">The orchestration that scheduled it.</param>
/// <param name="EventId">The number of its <c>TaskScheduled</c> among the events of that orchestration.</param>
/// <param name="Activity">The activity.</param>
/// <param name="Attempt">Which run of this activity it is in this orchestration, from 1.</param>
/// <param name="ScheduledAt">When it was scheduled.</param>
/// <param name="EndedAt">When its outcome came, or null.</param>
/// <param name="Outcome">How it ended; null if no outcome has come.</param>
/// <param name="Result">What it returned; null if it has not.</param>
/// <param name="Error">How it failed; null if it has not.</param>
public sealed record HistoryAttempt(
    string InstanceId,
    int EventId,
    string? Activity,
    int Attempt,
    DateTimeOffset ScheduledAt,
    DateTimeOffset? EndedAt,
    HistoryOutcome? Outcome,
    JsonElement? Result,
    HistoryError? Error);
