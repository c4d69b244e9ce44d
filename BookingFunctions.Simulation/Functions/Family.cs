using System.Globalization;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace BookingFunctions.Simulation.Functions;

/// <summary>Parents and children, which fail at times and are tried again.</summary>
public static class Family
{
    /// <summary>The parent.</summary>
    /// <param name="context">The orchestration.</param>
    /// <param name="count">How many children; every other one is given its id.</param>
    /// <returns>What the children have returned.</returns>
    [Function(nameof(Parent))]
    public static async Task<int[]> Parent([OrchestrationTrigger] TaskOrchestrationContext context, int count)
    {
        ArgumentNullException.ThrowIfNull(context);
        return await Task.WhenAll(Enumerable.Range(0, count).Select(number => context.CallSubOrchestratorAsync<int>(
            nameof(Child),
            number,
            number % 2 == 0
                ? new SubOrchestrationOptions(
                    Retry.Patiently, string.Create(CultureInfo.InvariantCulture, $"{context.InstanceId}-{number}"))
                : Retry.Patiently)));
    }

    /// <summary>A child. A failure of its activity is its own.</summary>
    /// <param name="context">The orchestration.</param>
    /// <param name="number">What to return.</param>
    [Function(nameof(Child))]
    public static async Task<int> Child([OrchestrationTrigger] TaskOrchestrationContext context, int number)
    {
        ArgumentNullException.ThrowIfNull(context);
        await context.CreateTimer(TimeSpan.FromSeconds(number % 3), CancellationToken.None);
        return await context.CallActivityAsync<int>(nameof(Numbers.Number), number);
    }
}
