using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace BookingFunctions.Simulation.Functions;

/// <summary>Calls many activities at a time.</summary>
public static class FanOut
{
    /// <summary>The orchestrator.</summary>
    /// <param name="context">The orchestration.</param>
    /// <param name="count">How many activities.</param>
    /// <returns>The numbers from 0 to below the count, in order.</returns>
    [Function(nameof(FanOut))]
    public static async Task<int[]> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context, int count)
    {
        ArgumentNullException.ThrowIfNull(context);
        return await Task.WhenAll(
            Enumerable.Range(0, count).Select(number => context.CallActivityAsync<int>(nameof(Numbers.Number), number, Retry.Patiently)));
    }
}
