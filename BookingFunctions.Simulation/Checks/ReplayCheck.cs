using BookingFunctions.Simulation.Disk;
using BookingFunctions.Simulation.Functions;
using BookingFunctions.Simulation.Worlds;
using DurableTask.Core;
using DurableTask.Core.Command;
using DurableTask.Core.History;

namespace BookingFunctions.Simulation.Checks;

/// <summary>
/// Replays the history of every instance on the disk with the framework's own executor: the code makes the decisions that are recorded
/// and no other, and comes to the custom status and the output that are recorded.
/// </summary>
internal sealed class ReplayCheck(World world)
{
    private readonly HashSet<(long Key, int Turns)> replayed = [];

    public void Run()
    {
        foreach (var instance in world.Disk.ReadInstances())
        {
            // What becomes of code that was changed is for the framework to say. What has had no turn since it was replayed is as it was.
            if (instance.Name != nameof(Changing)
                && instance.Turns > 0
                && instance.Status is OrchestrationStatus.Running or OrchestrationStatus.Completed or OrchestrationStatus.Suspended
                && replayed.Add((instance.Key, instance.Turns)))
            {
                Check(instance);
            }
        }
    }

    private void Check(StoredInstance instance)
    {
        OrchestrationRuntimeState state = new([.. world.Disk.ReadHistory(instance.Key)]);
        if (!instance.HasEnded && (state.ExecutionCompletedEvent is not null || IsRewound(state)))
        {
            // It is to be rewound, or to go on from there: that is its next turn.
            return;
        }

        var orchestration = world.Process.Orchestrations.GetObject(state.Name, state.Version)!;
        TaskOrchestrationExecutor executor = new(
            state, orchestration, BehaviorOnContinueAsNew.Carryover, ErrorPropagationMode.UseFailureDetails);
        var result = executor.Execute();
        var actions = result.Actions.ToList();
        if (instance.Status == OrchestrationStatus.Completed)
        {
            if (actions is not [OrchestrationCompleteOrchestratorAction end]
                || end.OrchestrationStatus != instance.Status
                || end.Result != instance.Output)
            {
                world.Violate($"'{instance.InstanceId}' has ended with {instance.Output}, and by its history with {Describe(actions)}.");
            }
        }
        else if (actions.Count > 0)
        {
            world.Violate($"'{instance.InstanceId}' decides by its history what is not recorded: {Describe(actions)}.");
        }

        // The custom status outlives a generation, until the next one is set.
        if (result.CustomStatus is not null && result.CustomStatus != instance.CustomStatus)
        {
            world.Violate(
                $"'{instance.InstanceId}' has the custom status {instance.CustomStatus}, and by its history "
                + $"{result.CustomStatus}.");
        }
    }

    private static bool IsRewound(OrchestrationRuntimeState state) =>
        state.Events.LastOrDefault(item => item is not (OrchestratorStartedEvent or OrchestratorCompletedEvent)) is ExecutionRewoundEvent;

    private static string Describe(IEnumerable<OrchestratorAction> actions) => string.Join(", ", actions.Select(action => action switch
    {
        OrchestrationCompleteOrchestratorAction end => $"{end.OrchestrationStatus} with {end.Result} {end.FailureDetails?.ErrorMessage}",
        ScheduleTaskOrchestratorAction task => $"{task.Name} #{task.Id}",
        _ => $"{action.OrchestratorActionType} #{action.Id}",
    }));
}
