using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace BookingFunctions.Simulation.Functions;

/// <summary>Sleeps, and is woken by a timer or by an event, what comes first.</summary>
public static class Sleeper
{
    /// <summary>The event that wakes it.</summary>
    public const string EventName = "Wake";

    /// <summary>The orchestrator.</summary>
    /// <param name="context">The orchestration.</param>
    /// <param name="naps">How often it sleeps.</param>
    /// <returns>How often it was woken in time, and how often too early.</returns>
    [Function(nameof(Sleeper))]
    public static async Task<SleeperResult> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context, int naps)
    {
        ArgumentNullException.ThrowIfNull(context);
        var early = 0;
        for (var nap = 0; nap < naps; nap++)
        {
            var due = context.CurrentUtcDateTime.AddSeconds(nap * 7);
            if (nap % 2 == 0)
            {
                await context.CreateTimer(due, CancellationToken.None);
                early += context.CurrentUtcDateTime < due ? 1 : 0;
                continue;
            }

            try
            {
                await context.WaitForExternalEvent<string?>(EventName, TimeSpan.FromSeconds(nap * 7));
            }
            catch (TaskCanceledException)
            {
                early += context.CurrentUtcDateTime < due ? 1 : 0;
            }
        }

        return new SleeperResult(naps, early);
    }
}
