using System.Text.Json;
using DurableTask.Core.History;

namespace BookingFunctions.Http.History;

/// <summary>Everything that happened to a trip.</summary>
/// <param name="Id">The trip's id.</param>
/// <param name="Attempts">The runs of its activities, each with its outcome, in the order in which they were scheduled.</param>
/// <param name="Events">All events, in their order.</param>
public sealed record TripHistory(string Id, IReadOnlyList<HistoryAttempt> Attempts, IReadOnlyList<HistoryEntry> Events)
{
    /// <summary>Shows the histories of the orchestrations that make up a trip.</summary>
    /// <param name="id">The trip's id.</param>
    /// <param name="instances">Each orchestration's id and events, the trip's own first.</param>
    public static TripHistory Of(string id, params IReadOnlyCollection<(string InstanceId, IEnumerable<HistoryEvent> Events)> instances)
    {
        ArgumentNullException.ThrowIfNull(instances);
        var histories = instances.Select(instance => (instance.InstanceId, Events: instance.Events.ToList())).ToList();
        return new TripHistory(
            id,
            [.. histories.SelectMany(history => Pair(history.InstanceId, history.Events))],
            [.. histories.SelectMany(history => history.Events.Select(happened => Entry(history.InstanceId, happened)))]);
    }

    private static IEnumerable<HistoryAttempt> Pair(string instanceId, List<HistoryEvent> events)
    {
        var outcomes = new Dictionary<int, HistoryEvent>();
        foreach (var happened in events)
        {
            if (OutcomeOf(happened) is { } id)
            {
                outcomes[id] = happened;
            }
        }

        var runs = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        foreach (var task in events.OfType<TaskScheduledEvent>())
        {
            var name = task.Name ?? "";
            runs[name] = runs.GetValueOrDefault(name) + 1;
            var outcome = outcomes.GetValueOrDefault(task.EventId);
            var (completed, failed) = (outcome as TaskCompletedEvent, outcome as TaskFailedEvent);
            yield return new HistoryAttempt(
                instanceId,
                task.EventId,
                task.Name,
                runs[name],
                Time(task.Timestamp),
                outcome is null ? null : Time(outcome.Timestamp),
                completed is not null ? HistoryOutcome.Completed : failed is not null ? HistoryOutcome.Failed : null,
                Json(completed?.Result),
                HistoryError.Of(failed?.FailureDetails, failed?.Reason));
        }
    }

    private static int? OutcomeOf(HistoryEvent happened) => happened switch
    {
        TaskCompletedEvent completed => completed.TaskScheduledId,
        TaskFailedEvent failed => failed.TaskScheduledId,
        SubOrchestrationInstanceCompletedEvent completed => completed.TaskScheduledId,
        SubOrchestrationInstanceFailedEvent failed => failed.TaskScheduledId,
        TimerFiredEvent fired => fired.TimerId,
        _ => null,
    };

    private static HistoryEntry Entry(string instanceId, HistoryEvent happened)
    {
        var entry = new HistoryEntry(instanceId, happened.EventId, happened.EventType.ToString(), Time(happened.Timestamp))
        {
            OutcomeOf = OutcomeOf(happened),
        };
        return happened switch
        {
            ExecutionStartedEvent started => entry with { Name = started.Name, Input = Json(started.Input) },
            ExecutionCompletedEvent { FailureDetails: null } completed =>
                entry with { Status = completed.OrchestrationStatus.ToString(), Result = Json(completed.Result) },
            ExecutionCompletedEvent completed =>
                entry with { Status = completed.OrchestrationStatus.ToString(), Error = HistoryError.Of(completed.FailureDetails) },
            ExecutionTerminatedEvent terminated => entry with { Reason = Text(terminated.Input) },
            ExecutionSuspendedEvent suspended => entry with { Reason = suspended.Reason },
            ExecutionResumedEvent resumed => entry with { Reason = resumed.Reason },
            ExecutionRewoundEvent rewound => entry with { Reason = rewound.Reason },
            TaskScheduledEvent task => entry with { Name = task.Name, Input = Json(task.Input) },
            TaskCompletedEvent completed => entry with { Result = Json(completed.Result) },
            TaskFailedEvent failed => entry with { Error = HistoryError.Of(failed.FailureDetails, failed.Reason) },
            SubOrchestrationInstanceCreatedEvent child =>
                entry with { Name = child.Name, Target = child.InstanceId, Input = Json(child.Input) },
            SubOrchestrationInstanceCompletedEvent completed => entry with { Result = Json(completed.Result) },
            SubOrchestrationInstanceFailedEvent failed => entry with { Error = HistoryError.Of(failed.FailureDetails, failed.Reason) },
            TimerCreatedEvent timer => entry with { FireAt = Time(timer.FireAt) },
            TimerFiredEvent timer => entry with { FireAt = Time(timer.FireAt) },
            EventSentEvent sent => entry with { Name = sent.Name, Target = sent.InstanceId, Input = Json(sent.Input) },
            EventRaisedEvent raised => entry with { Name = raised.Name, Input = Json(raised.Input) },
            _ => entry,
        };
    }

    private static DateTimeOffset Time(DateTime utc) => new(DateTime.SpecifyKind(utc, DateTimeKind.Utc));

    // The reason of a termination is text on some backends and a JSON string on others.
    private static string? Text(string? value) =>
        Json(value) is { ValueKind: JsonValueKind.String } json ? json.GetString() : value;

    // Payloads are JSON, but the management API takes any text: what is no JSON is shown as text.
    private static JsonElement? Json(string? value)
    {
        if (value is null)
        {
            return null;
        }

        try
        {
            return JsonElement.Parse(value);
        }
        catch (JsonException)
        {
            return JsonSerializer.SerializeToElement(value);
        }
    }
}
