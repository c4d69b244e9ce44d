using System.Diagnostics;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace BookingFunctions.Tests.LocalFunctionsHost.Telemetry;

/// <summary>An orchestrator that does all that has a span, and one that fails.</summary>
public static class TracedFunctions
{
    /// <summary>The current span of the last run of the activity Add.</summary>
    public static Activity? InActivity { get; private set; }

    [Function("Traced")]
    public static async Task TracedAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        await context.CallActivityAsync<int>("Add", 1);
        await context.CreateTimer(TimeSpan.FromMilliseconds(1), CancellationToken.None);
        await context.CallSubOrchestratorAsync("TracedChild");
        try
        {
            await context.CallActivityAsync("Refuse", "x");
        }
        catch (TaskFailedException)
        {
            await context.CallActivityAsync<int>("Add", 3);
        }
    }

    [Function("TracedChild")]
    public static Task TracedChildAsync([OrchestrationTrigger] TaskOrchestrationContext context) =>
        context.CallActivityAsync<int>("Add", 2);

    [Function("Fails")]
    public static Task FailsAsync([OrchestrationTrigger] TaskOrchestrationContext context) => context.CallActivityAsync("Refuse", "x");

    [Function("Add")]
    public static int Add([ActivityTrigger] int number)
    {
        InActivity = Activity.Current;
        return number + 1;
    }

    [Function("Refuse")]
    public static void Refuse([ActivityTrigger] string text) => throw new InvalidOperationException($"the supplier's secret {text}");
}
