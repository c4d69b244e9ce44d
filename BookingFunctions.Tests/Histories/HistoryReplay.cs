using DurableTask.Core;
using DurableTask.Core.History;
using Newtonsoft.Json;

namespace BookingFunctions.Tests.Histories;

/// <summary>
/// Replays recorded turns on the genuine executor, each from the history before it. The executor alone finds calls that are missing or
/// have other names; calls that were added and other inputs are found by comparing its decisions.
/// </summary>
internal static class HistoryReplay
{
    /// <summary>Replays every turn of a trip.</summary>
    /// <param name="trip">The trip.</param>
    /// <param name="create">Makes an orchestration of today's code, by its orchestrator's name.</param>
    /// <returns>What today's code decides otherwise than recorded.</returns>
    public static IReadOnlyList<string> Compare(RecordedTrip trip, Func<string, TaskOrchestration> create)
    {
        var differences = new List<string>();
        foreach (var execution in trip.Turns.GroupBy(turn => (turn.InstanceId, turn.ExecutionId)))
        {
            var turns = execution.ToList();
            for (var count = 1; count <= turns.Count; count++)
            {
                var recorded = turns[count - 1];
                var result = Replay(RecordedTurn.ReadEvents(turns.Take(count)), create(recorded.Orchestrator));
                var where = $"{trip.Version}/{trip.Kind}, turn {count} of {recorded.Orchestrator} {recorded.InstanceId}";
                Add("decisions", recorded.Actions.ToString(Formatting.None), RecordedTurn.Write(result).ToString(Formatting.None));
                Add("custom status", recorded.CustomStatus, result.CustomStatus);

                void Add(string what, string? expected, string? actual)
                {
                    actual = actual is null ? null : RecordedTurn.WithoutStackTraces(actual);
                    if (expected != actual)
                    {
                        differences.Add($"{where}: other {what}.\n  recorded: {expected}\n  today:    {actual}");
                    }
                }
            }
        }

        return differences;
    }

    private static OrchestratorExecutionResult Replay(IReadOnlyList<HistoryEvent> events, TaskOrchestration orchestration)
    {
        var past = events.ToList().FindLastIndex(known => known.EventType == EventType.OrchestratorCompleted) + 1;
        var state = new OrchestrationRuntimeState([.. events.Take(past)]);
        foreach (var added in events.Skip(past))
        {
            state.AddEvent(added);
        }

        var executor = new TaskOrchestrationExecutor(
            state, orchestration, BehaviorOnContinueAsNew.Carryover, ErrorPropagationMode.UseFailureDetails);
        return executor.Execute();
    }
}
