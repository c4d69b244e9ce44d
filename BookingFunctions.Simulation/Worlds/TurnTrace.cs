using DurableTask.Core;
using DurableTask.Core.History;
using DurableTask.Core.Middleware;

namespace BookingFunctions.Simulation.Worlds;

/// <summary>Writes each turn to the trace, with what it was given and what it has decided.</summary>
internal sealed class TurnTrace(World world)
{
    /// <summary>Middleware of the orchestrations.</summary>
    public async Task InvokeAsync(DispatchMiddlewareContext context, Func<Task> next)
    {
        if (world.Trace is null)
        {
            await next();
            return;
        }

        var state = context.GetProperty<OrchestrationRuntimeState>();
        var events = string.Join(", ", state.NewEvents.Where(item => item is not OrchestratorStartedEvent).Select(Describe));
        await next();
        var actions = context.GetProperty<OrchestratorExecutionResult>()?.Actions ?? [];
        world.Log(
            $"turn of {state.OrchestrationInstance!.InstanceId}: {events} -> "
            + $"{string.Join(", ", actions.Select(action => $"{action.OrchestratorActionType} #{action.Id}"))}");
    }

    private static string Describe(HistoryEvent item) => item switch
    {
        EventRaisedEvent raised => $"{raised.Name} {raised.Input}",
        TaskCompletedEvent completed => $"task #{completed.TaskScheduledId} completed",
        TaskFailedEvent failed => $"task #{failed.TaskScheduledId} failed",
        TimerFiredEvent fired => $"timer #{fired.TimerId} fired",
        _ => $"{item.EventType}",
    };
}
