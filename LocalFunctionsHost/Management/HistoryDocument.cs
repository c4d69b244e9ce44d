using System.Text.Json;
using System.Text.Json.Nodes;
using DurableTask.Core;
using DurableTask.Core.History;
using LocalFunctionsHost.Worker;

namespace LocalFunctionsHost.Management;

/// <summary>
/// A history as the management API shows it: what was scheduled is folded into its outcome, and the framework's own
/// bookkeeping is left out.
/// </summary>
internal sealed class HistoryDocument
{
    private readonly Dictionary<int, HistoryEvent> scheduled = [];
    private readonly HashSet<int> finished = [];
    private readonly bool showInput;
    private readonly bool showOutput;

    private HistoryDocument(IEnumerable<HistoryEvent> events, bool showInput, bool showOutput)
    {
        this.showInput = showInput;
        this.showOutput = showOutput;
        foreach (var historyEvent in events)
        {
            if (historyEvent is TaskScheduledEvent or SubOrchestrationInstanceCreatedEvent)
            {
                scheduled[historyEvent.EventId] = historyEvent;
            }
            else if (ScheduledId(historyEvent) is { } id)
            {
                finished.Add(id);
            }
        }
    }

    /// <param name="events">The history.</param>
    /// <param name="showInput">Whether inputs are shown.</param>
    /// <param name="showOutput">Whether results are shown.</param>
    public static JsonArray Create(IReadOnlyCollection<HistoryEvent> events, bool showInput, bool showOutput)
    {
        var document = new HistoryDocument(events, showInput, showOutput);
        return new JsonArray([.. events.Select(document.Show).Where(shown => shown is not null)]);
    }

    private static int? ScheduledId(HistoryEvent historyEvent) => historyEvent switch
    {
        TaskCompletedEvent completed => completed.TaskScheduledId,
        TaskFailedEvent failed => failed.TaskScheduledId,
        SubOrchestrationInstanceCompletedEvent completed => completed.TaskScheduledId,
        SubOrchestrationInstanceFailedEvent failed => failed.TaskScheduledId,
        _ => null,
    };

    private JsonObject? Show(HistoryEvent historyEvent)
    {
        if (historyEvent is OrchestratorStartedEvent or OrchestratorCompletedEvent
            || (historyEvent is TaskScheduledEvent or SubOrchestrationInstanceCreatedEvent && finished.Contains(historyEvent.EventId)))
        {
            return null;
        }

        var shown = new JsonObject { ["EventType"] = historyEvent.EventType.ToString() };
        ShowFields(historyEvent, shown);
        shown["Timestamp"] = historyEvent.Timestamp;
        if (historyEvent is ExecutionStartedEvent started)
        {
            shown["FunctionName"] = started.Name;
        }
        else if (ScheduledId(historyEvent) is { } id && scheduled.TryGetValue(id, out var cause))
        {
            shown["ScheduledTime"] = new DateTimeOffset(DateTime.SpecifyKind(cause.Timestamp, DateTimeKind.Utc));
            shown["FunctionName"] = cause is TaskScheduledEvent task ? task.Name : ((SubOrchestrationInstanceCreatedEvent)cause).Name;
            if (cause is SubOrchestrationInstanceCreatedEvent child)
            {
                shown["InstanceId"] = child.InstanceId;
            }

            Input(shown, (cause as TaskScheduledEvent)?.Input ?? (cause as SubOrchestrationInstanceCreatedEvent)?.Input);
        }

        return shown;
    }

    private void ShowFields(HistoryEvent historyEvent, JsonObject shown)
    {
        switch (historyEvent)
        {
            case ExecutionStartedEvent started:
                Input(shown, started.Input);
                shown["Correlation"] = null;
                shown["ParentTraceContext"] = null;
                shown["ScheduledStartTime"] = started.ScheduledStartTime;
                shown["Generation"] = started.Generation;
                shown["GenerateNewTrace"] = false;
                break;
            case ExecutionCompletedEvent completed:
                shown["OrchestrationStatus"] = completed.OrchestrationStatus.ToString();
                Result(shown, completed.Result);
                shown["FailureDetails"] = Failure(completed.FailureDetails);
                break;
            case TaskScheduledEvent task:
                shown["Name"] = task.Name;
                Input(shown, task.Input);
                shown["ParentTraceContext"] = null;
                shown["Tags"] = JsonSerializer.SerializeToNode(task.Tags);
                break;
            case TaskCompletedEvent completed:
                Result(shown, completed.Result);
                break;
            case TaskFailedEvent failed:
                ShowFailed(shown, ReasonFor(failed), failed.FailureDetails);
                break;
            case SubOrchestrationInstanceCreatedEvent child:
                shown["Name"] = child.Name;
                shown["InstanceId"] = child.InstanceId;
                Input(shown, child.Input);
                shown["ClientSpanId"] = null;
                shown["Tags"] = JsonSerializer.SerializeToNode(child.Tags);
                break;
            case SubOrchestrationInstanceCompletedEvent completed:
                Result(shown, completed.Result);
                break;
            case SubOrchestrationInstanceFailedEvent failed:
                ShowFailed(shown, failed.FailureDetails?.ErrorMessage ?? failed.Reason, failed.FailureDetails);
                break;
            case TimerCreatedEvent timer:
                shown["FireAt"] = timer.FireAt;
                break;
            case TimerFiredEvent timer:
                shown["FireAt"] = timer.FireAt;
                break;
            case EventSentEvent sent:
                shown["InstanceId"] = sent.InstanceId;
                shown["Name"] = sent.Name;
                Input(shown, sent.Input);
                break;
            case EventRaisedEvent raised:
                shown["Name"] = raised.Name;
                Input(shown, raised.Input);
                shown["ParentTraceContext"] = null;
                break;
            case ExecutionTerminatedEvent terminated:
                Input(shown, terminated.Input);
                break;
            case ExecutionSuspendedEvent suspended:
                shown["Reason"] = suspended.Reason;
                break;
            case ExecutionResumedEvent resumed:
                shown["Reason"] = resumed.Reason;
                break;
            case ExecutionRewoundEvent rewound:
                shown["Reason"] = rewound.Reason;
                break;
            case GenericEvent generic:
                shown["Data"] = generic.Data;
                break;
        }
    }

    // DTFx's own reason is the exception's message; the Durable extension writes this one, except for a function that isn't there.
    private string? ReasonFor(TaskFailedEvent failed) =>
        scheduled.GetValueOrDefault(failed.TaskScheduledId) is TaskScheduledEvent task
            && failed.FailureDetails?.ErrorType is not null and not MissingFunction.ActivityErrorType
            ? $"Function '{task.Name}' failed with an unhandled exception."
            : failed.FailureDetails?.ErrorMessage ?? failed.Reason;

    private static void ShowFailed(JsonObject shown, string? reason, FailureDetails? failure)
    {
        shown["Reason"] = reason;
        shown["Details"] = null;
        shown["FailureDetails"] = Failure(failure);
    }

    private static JsonObject? Failure(FailureDetails? failure) => failure is null ? null : new JsonObject
    {
        ["ErrorType"] = failure.ErrorType,
        ["ErrorMessage"] = failure.ErrorMessage,
        ["StackTrace"] = failure.StackTrace,
        ["InnerFailure"] = Failure(failure.InnerFailure),
        ["IsNonRetriable"] = failure.IsNonRetriable,
        ["Properties"] = JsonSerializer.SerializeToNode(failure.Properties),
    };

    private void Input(JsonObject shown, string? input)
    {
        if (showInput)
        {
            shown["Input"] = input;
        }
    }

    private void Result(JsonObject shown, string? result)
    {
        if (showOutput)
        {
            shown["Result"] = Payloads.Show(result);
        }
    }
}
