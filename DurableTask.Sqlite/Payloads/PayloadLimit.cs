using DurableTask.Core;
using DurableTask.Core.History;
using DurableTask.Sqlite.Work;

namespace DurableTask.Sqlite.Payloads;

/// <summary>Refuses payloads that are too large.</summary>
/// <param name="maxLength">The limit in UTF-16 characters; null for none.</param>
internal sealed class PayloadLimit(int? maxLength)
{
    /// <summary>Checks a payload of a client.</summary>
    /// <param name="payload">The payload, or null.</param>
    /// <param name="name">What it is, at the beginning of a sentence.</param>
    /// <exception cref="PayloadTooLargeException">It is too large.</exception>
    public void Check(string? payload, string name)
    {
        if (Find(name, payload) is { } tooLarge)
        {
            throw new PayloadTooLargeException(tooLarge);
        }
    }

    /// <summary>Checks an activity's outcome.</summary>
    /// <returns>The outcome, or a failure in its place.</returns>
    public TaskMessage Check(TaskMessage outcome)
    {
        if (outcome.Event is TaskCompletedEvent completed && Find("The activity's output", completed.Result) is { } tooLarge)
        {
            outcome.Event = new TaskFailedEvent(-1, completed.TaskScheduledId, tooLarge, null, Failure(tooLarge));
        }

        return outcome;
    }

    /// <summary>Checks a turn.</summary>
    /// <param name="item">The turn.</param>
    /// <param name="state">The instance's state after it.</param>
    /// <param name="output">What it sends.</param>
    /// <returns>
    /// The state and what is sent; if something is too large, those of an instance that has failed by it and done nothing else.
    /// </returns>
    public (OrchestrationRuntimeState State, TurnOutput Output) Check(TurnWorkItem item, OrchestrationRuntimeState state, TurnOutput output)
    {
        var tooLarge = Find("The custom status", state.Status)
            ?? Find("The orchestration's output", state.ExecutionCompletedEvent?.Result)
            ?? Find("The input", state.Input);
        foreach (var message in output.Activities)
        {
            tooLarge ??= Find("The activity's input", ((TaskScheduledEvent)message.Event).Input);
        }

        foreach (var message in output.Messages)
        {
            tooLarge ??= Find("The message's payload", message.Event switch
            {
                ExecutionStartedEvent started => started.Input,
                EventRaisedEvent raised => raised.Input,
                _ => null,
            });
        }

        return tooLarge is null ? (state, output) : Fail(item, tooLarge);
    }

    private static FailureDetails Failure(string message) => new(
        typeof(PayloadTooLargeException).FullName!, message, null, null, isNonRetriable: true);

    // The turn as if the orchestrator had done nothing but fail.
    private static (OrchestrationRuntimeState State, TurnOutput Output) Fail(TurnWorkItem item, string message)
    {
        var state = item.OrchestrationRuntimeState;
        var added = state.NewEvents.ToHashSet();
        var taken = item.Taken.Select(taken => taken.Message.Event).ToHashSet();
        OrchestrationRuntimeState failed = new([.. state.Events.Where(item => !added.Contains(item))]);
        foreach (var kept in state.NewEvents.Where(item => item is OrchestratorStartedEvent || taken.Contains(item)))
        {
            failed.AddEvent(kept);
        }

        failed.AddEvent(new ExecutionCompletedEvent(-1, message, OrchestrationStatus.Failed, Failure(message)));
        failed.AddEvent(new OrchestratorCompletedEvent(-1));
        TaskMessage[] messages = failed.ParentInstance is { } parent
            ? [new TaskMessage
            {
                OrchestrationInstance = parent.OrchestrationInstance,
                Event = new SubOrchestrationInstanceFailedEvent(-1, parent.TaskScheduleId, message, null, Failure(message)),
            }]
            : [];
        return (failed, new TurnOutput([], messages, []));
    }

    private string? Find(string name, string? payload) => payload?.Length > maxLength
        ? $"{name} has {payload.Length:N0} characters, and {maxLength:N0} are allowed. "
            + "Keep large data elsewhere, and pass a reference to it."
        : null;
}
