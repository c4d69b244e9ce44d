using System.Globalization;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace BookingFunctions.Simulation.Functions;

/// <summary>Sends events from one instance to another.</summary>
public static class Sender
{
    /// <summary>The orchestrator.</summary>
    /// <param name="context">The orchestration.</param>
    /// <param name="order">What to send.</param>
    /// <returns>How many were sent.</returns>
    [Function(nameof(Sender))]
    public static async Task<int> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context, SendOrder order)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(order);
        for (var i = 0; i < order.Count; i++)
        {
            context.SendEvent(order.Target, Collect.EventName, Item(context.InstanceId, i));
            if (i % 3 == 1)
            {
                await context.CallActivityAsync<int>(nameof(Numbers.Number), i, Retry.Patiently);
            }
        }

        return order.Count;
    }

    /// <summary>An item of a sender.</summary>
    /// <param name="sender">The instance that sends it.</param>
    /// <param name="number">Which, from 0.</param>
    public static string Item(string sender, int number) => string.Create(CultureInfo.InvariantCulture, $"{sender}:{number}");
}
