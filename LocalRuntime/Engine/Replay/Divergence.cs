using DurableTask.Core.Exceptions;
using DurableTask.Core.History;

namespace LocalRuntime.Engine.Replay;

/// <summary>The errors for an orchestrator whose code does not do what its history says it did.</summary>
internal static class Divergence
{
    private const string Advice =
        " The orchestrator's code was changed while this instance ran, or it depends on something that differs from run to run"
        + " (the clock, random numbers, settings, the outside world). Run the old code until its instances have ended, or terminate them.";

    public static NonDeterministicOrchestrationException SomethingElse(string instanceId, HistoryEvent recorded, OrchestratorAction action) =>
        new($"Replay of '{instanceId}' diverged from its history at event {recorded.EventId}: the history says {Describe(recorded)},"
            + $" but the code now wants to {action}." + Advice);

    public static NonDeterministicOrchestrationException NotAskedFor(string instanceId, HistoryEvent recorded) =>
        new($"Replay of '{instanceId}' diverged from its history at event {recorded.EventId}: the history says {Describe(recorded)},"
            + " but the code no longer does that." + Advice);

    public static NonDeterministicOrchestrationException NotRecorded(string instanceId, OrchestratorAction action) =>
        new($"Replay of '{instanceId}' diverged from its history at event {action.Id}: the code now wants to {action},"
            + " but the history has nothing of the kind." + Advice);

    public static NonDeterministicOrchestrationException NeverStarted(string instanceId, HistoryEvent recorded, int id) =>
        new($"Replay of '{instanceId}' diverged from its history: the history has {recorded.EventType} for task {id},"
            + " but the code has not started that task." + Advice);

    public static NonDeterministicOrchestrationException CodeEnded(string instanceId, OrchestrationOutcome outcome) =>
        new($"Replay of '{instanceId}' diverged from its history: the code now ends ({outcome.Status}"
            + (outcome.Failure is { } failure ? $", {failure.ErrorType}: {failure.ErrorMessage}" : "")
            + "), but by its history it is still running." + Advice);

    private static string Describe(HistoryEvent recorded) => recorded switch
    {
        TaskScheduledEvent scheduled => $"that it called the activity '{scheduled.Name}'",
        SubOrchestrationInstanceCreatedEvent created => $"that it started the sub-orchestrator '{created.Name}' as '{created.InstanceId}'",
        EventSentEvent sent => $"that it sent the event '{sent.Name}' to '{sent.InstanceId}'",
        _ => "that it created a timer",
    };
}
