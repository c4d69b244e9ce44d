using DurableTask.Core;
using DurableTask.Core.History;

namespace LocalFunctionsHost.Client;

/// <summary>Shows a stored history as the Azure worker's client does, whose wire format drops some fields.</summary>
internal static class ClientHistory
{
    public static List<HistoryEvent> Create(IEnumerable<HistoryEvent> events) => [.. events.Select(Show)];

    private static HistoryEvent Show(HistoryEvent historyEvent)
    {
        historyEvent.IsPlayed = false;
        switch (historyEvent)
        {
            case ExecutionStartedEvent started:
                started.Generation = null;
                started.Version = NullIfEmpty(started.Version);
                started.Tags ??= new Dictionary<string, string>();
                return started;
            case TaskScheduledEvent task:
                return new TaskScheduledEvent(task.EventId, task.Name!, NullIfEmpty(task.Version), task.Input)
                {
                    Timestamp = task.Timestamp,
                    ParentTraceContext = task.ParentTraceContext,
                    Tags = task.Tags ?? new Dictionary<string, string>(),
                };
            case SubOrchestrationInstanceCreatedEvent { Tags.Count: 0 } child:
                child.Tags = null;
                return child;
            case TaskFailedEvent failed:
                return new TaskFailedEvent(failed.EventId, failed.TaskScheduledId, null, null, Show(failed.FailureDetails))
                {
                    Timestamp = failed.Timestamp,
                };
            case SubOrchestrationInstanceFailedEvent failed:
                return new SubOrchestrationInstanceFailedEvent(
                    failed.EventId, failed.TaskScheduledId, null, null, Show(failed.FailureDetails))
                {
                    Timestamp = failed.Timestamp,
                };
            case ExecutionCompletedEvent { FailureDetails: { } failure } completed and not ContinueAsNewEvent:
                return new ExecutionCompletedEvent(completed.EventId, completed.Result, completed.OrchestrationStatus, Show(failure))
                {
                    Timestamp = completed.Timestamp,
                };
            default:
                return historyEvent;
        }
    }

    private static FailureDetails? Show(FailureDetails? failure) => failure is null
        ? null
        : new FailureDetails(
            failure.ErrorType,
            failure.ErrorMessage,
            failure.StackTrace,
            Show(failure.InnerFailure),
            failure.IsNonRetriable,
            failure.Properties ?? new Dictionary<string, object?>());

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
