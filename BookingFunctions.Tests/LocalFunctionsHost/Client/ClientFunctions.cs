using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace BookingFunctions.Tests.LocalFunctionsHost.Client;

/// <summary>The functions that the client's tests start.</summary>
public static class ClientFunctions
{
    [Function("Quick")]
    public static Task<string> Quick([OrchestrationTrigger] TaskOrchestrationContext context) => Task.FromResult("done");

    [Function("Waits")]
    public static async Task<string> WaitsAsync([OrchestrationTrigger] TaskOrchestrationContext context, bool fails)
    {
        context.SetCustomStatus("waiting");
        await context.WaitForExternalEvent<object>("Go");
        return fails ? throw new TimeoutException("failed") : "went";
    }

    [Function("Family")]
    public static async Task<string> FamilyAsync([OrchestrationTrigger] TaskOrchestrationContext context, int generations) =>
        generations == 0
            ? await context.WaitForExternalEvent<string>("Go")
            : await context.CallSubOrchestratorAsync<string>(
                "Family", generations - 1, new SubOrchestrationOptions(instanceId: $"family-{generations - 1}"));
}
