using System.Globalization;
using Microsoft.DurableTask;

namespace BookingFunctions.Simulation.Workload;

/// <summary>An orchestrator whose code is changed while its instances run: it goes on as it began, or fails and says why.</summary>
internal static class Changing
{
    /// <summary>The orchestrator's code as of a version: the numbers that it calls activities with differ.</summary>
    public static async Task<string> RunAsync(TaskOrchestrationContext context, int steps, int version)
    {
        for (var i = 0; i < steps; i++)
        {
            if (version % 2 == 0 && i == 1)
            {
                await context.CreateTimer(TimeSpan.FromSeconds(1), CancellationToken.None);
            }

            await context.CallActivityAsync<int>(nameof(Numbers.Number), i, Retry.Patiently);
        }

        return string.Create(CultureInfo.InvariantCulture, $"{steps} steps");
    }
}
