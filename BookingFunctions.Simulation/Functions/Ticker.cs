using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace BookingFunctions.Simulation.Functions;

/// <summary>Continues as new with each tick, as an eternal orchestration does.</summary>
public static class Ticker
{
    /// <summary>The orchestrator.</summary>
    /// <param name="context">The orchestration.</param>
    /// <param name="state">How often it is still to tick, and how often it did.</param>
    /// <returns>How often it ticked.</returns>
    [Function(nameof(Ticker))]
    public static async Task<int> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context, TickerState state)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(state);
        if (state.Left == 0)
        {
            return state.Done;
        }

        // The second timer is left behind: it must not fire into a later generation, whose timers have the same ids.
        Task[] timers =
        [
            context.CreateTimer(TimeSpan.FromSeconds(1), CancellationToken.None),
            context.CreateTimer(TimeSpan.FromSeconds(3), CancellationToken.None),
        ];
        await timers[state.Done % 2];
        context.ContinueAsNew(new TickerState(state.Left - 1, state.Done + 1));
        return 0;
    }
}
