using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace BookingFunctions.Simulation.Functions;

/// <summary>An orchestrator that fails with the first of its activities, and so do those above it.</summary>
public static class Fragile
{
    /// <summary>The orchestrator.</summary>
    /// <param name="context">The orchestration.</param>
    /// <param name="depth">How many generations of children it has.</param>
    /// <returns>What its activities and its children have returned, added up.</returns>
    [Function(nameof(Fragile))]
    public static async Task<int> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context, int depth)
    {
        ArgumentNullException.ThrowIfNull(context);
        var sum = await context.CallActivityAsync<int>(nameof(Numbers.Number), 1);
        if (depth > 0)
        {
            sum += await context.CallSubOrchestratorAsync<int>(nameof(Fragile), depth - 1);
        }

        return sum + await context.CallActivityAsync<int>(nameof(Numbers.Number), 1);
    }

    /// <summary>What an instance returns in the end.</summary>
    /// <param name="depth">How many generations of children it has.</param>
    public static int Sum(int depth) => 2 * (depth + 1);
}
