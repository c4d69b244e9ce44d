using DurableTask.Core;
using DurableTask.Core.Middleware;

namespace BookingFunctions.Tests.Histories;

/// <summary>Middleware of a worker that writes down every turn.</summary>
internal sealed class TurnRecorder
{
    private readonly Lock gate = new();
    private readonly List<RecordedTurn> turns = [];
    private readonly Dictionary<string, int> eventCounts = [];

    public IReadOnlyList<RecordedTurn> Turns
    {
        get
        {
            lock (gate)
            {
                return [.. turns];
            }
        }
    }

    public async Task RecordAsync(DispatchMiddlewareContext context, Func<Task> next)
    {
        var state = context.GetProperty<OrchestrationRuntimeState>();
        var instance = state.OrchestrationInstance!;
        var events = state.Events.Skip(eventCounts.GetValueOrDefault(instance.ExecutionId)).ToList();

        // The test's clock stamps them on the way to the orchestrator.
        await next();
        var result = context.GetProperty<OrchestratorExecutionResult>();
        lock (gate)
        {
            eventCounts[instance.ExecutionId] = state.Events.Count;
            turns.Add(new RecordedTurn(
                instance.InstanceId,
                instance.ExecutionId,
                state.Name,
                RecordedTurn.Write(events),
                RecordedTurn.Write(result),
                result.CustomStatus));
        }
    }
}
