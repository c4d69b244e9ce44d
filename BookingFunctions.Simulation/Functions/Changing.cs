using System.Globalization;
using BookingFunctions.Simulation.Worlds;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace BookingFunctions.Simulation.Functions;

/// <summary>An orchestrator whose code is changed while its instances run: it goes on as it began, or fails and says why.</summary>
/// <param name="code">The code that the process runs.</param>
public sealed class Changing(CodeVersion code)
{
    /// <summary>The orchestrator.</summary>
    /// <param name="context">The orchestration.</param>
    /// <param name="steps">How many activities it calls.</param>
    /// <returns>How many it has called.</returns>
    [Function(nameof(Changing))]
    public async Task<string> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context, int steps)
    {
        ArgumentNullException.ThrowIfNull(context);
        for (var i = 0; i < steps; i++)
        {
            if (code.Number % 2 == 0 && i == 1)
            {
                await context.CreateTimer(TimeSpan.FromSeconds(1), CancellationToken.None);
            }

            await context.CallActivityAsync<int>(nameof(Numbers.Number), i, Retry.Patiently);
        }

        return string.Create(CultureInfo.InvariantCulture, $"{steps} steps");
    }
}
