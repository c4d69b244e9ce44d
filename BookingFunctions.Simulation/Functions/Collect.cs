using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace BookingFunctions.Simulation.Functions;

/// <summary>Collects the events that it gets, until it is asked to end and has all those that it must get.</summary>
public static class Collect
{
    /// <summary>The name of its events.</summary>
    public const string EventName = "Item";

    private const string EndPrefix = "end:";

    /// <summary>The event that asks it to end.</summary>
    /// <param name="items">The items that it must get: those that were acknowledged.</param>
    public static string End(IEnumerable<string> items) => EndPrefix + string.Join('|', items);

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

        // An event that a generation has not consumed comes behind later ones: what asks it to end may be the first.
        var required = state.Required;
        for (var i = 0; state.PerGeneration == 0 || i < state.PerGeneration; i++)
        {
            if (required is not null && required.All(items.Contains))
            {
                return [.. items];
            }

            var item = await context.WaitForExternalEvent<string>(EventName);
            if (item.StartsWith(EndPrefix, StringComparison.Ordinal))
            {
                required = item[EndPrefix.Length..].Split('|', StringSplitOptions.RemoveEmptyEntries);
                continue;
            }

            items.Add(item);
            context.SetCustomStatus(items.Count);
        }

        context.ContinueAsNew(state with { Items = items, Required = required, Generation = state.Generation + 1 });
        return [];
    }

    private static Task<int> Call(TaskOrchestrationContext context, int number) =>
        context.CallActivityAsync<int>(nameof(Numbers.Number), number, Retry.Patiently);
}
