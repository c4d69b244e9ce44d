using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace BookingFunctions.Simulation.Workload;

/// <summary>Collects the events that it gets, in order, until one says that it is enough.</summary>
public static class Collect
{
    /// <summary>The name of its events.</summary>
    public const string EventName = "Item";

    /// <summary>The event after which it ends.</summary>
    public const string End = "end";

    /// <summary>The orchestrator.</summary>
    /// <param name="context">The orchestration.</param>
    /// <param name="state">What the generations before it have collected.</param>
    /// <returns>The items, and a complaint for each outcome that was not the expected one.</returns>
    [Function(nameof(Collect))]
    public static async Task<string[]> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context, CollectState state)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(state);
        List<string> items = [.. state.Items];
        if (state.PerGeneration > 0)
        {
            // Of two activities one is awaited, another one by generation: an outcome must never get to a later generation.
            var number = state.Generation * 2;
            Task<int>[] calls = [Call(context, number), Call(context, number + 1)];
            var awaited = state.Generation % 2;
            if (await calls[awaited] is var result && result != number + awaited)
            {
                items.Add($"activity {number + awaited} returned {result}");
            }
        }

        for (var i = 0; state.PerGeneration == 0 || i < state.PerGeneration; i++)
        {
            var item = await context.WaitForExternalEvent<string>(EventName);
            if (item == End)
            {
                return [.. items];
            }

            items.Add(item);
            context.SetCustomStatus(items.Count);
        }

        context.ContinueAsNew(state with { Items = items, Generation = state.Generation + 1 });
        return [];
    }

    private static Task<int> Call(TaskOrchestrationContext context, int number) =>
        context.CallActivityAsync<int>(nameof(Numbers.Number), number, Retry.Patiently);
}
