// Names in another letter case, and of functions that there are not, are what is tested.
#pragma warning disable DURABLE2003, DURABLE2004

using System.Globalization;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;

namespace BookingFunctions.Tests.LocalFunctionsHost.Worker;

/// <summary>Orchestrators and activities as they should be.</summary>
public static class OrchestratorFunctions
{
    private static readonly TaskOptions ThreeAttempts = TaskOptions.FromRetryPolicy(new RetryPolicy(3, TimeSpan.FromMilliseconds(1)));

    private static int failures;

    [Function("Shouts")]
    public static Task<string> ShoutsAsync([OrchestrationTrigger] TaskOrchestrationContext context) =>
        context.CallActivityAsync<string>("uPPER", context.GetInput<string>());

    [Function("Upper")]
    public static string Upper([ActivityTrigger] string text) => text.ToUpperInvariant();

    [Function("Parent")]
    public static Task<string> ParentAsync([OrchestrationTrigger] TaskOrchestrationContext context) =>
        context.CallSubOrchestratorAsync<string>("Child", options: new SubOrchestrationOptions(instanceId: "the-child"));

    [Function("Child")]
    public static async Task<string> ChildAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        await context.CreateTimer(TimeSpan.Zero, CancellationToken.None);
        return context.Parent is { } parent ? $"{parent.Name} {parent.InstanceId}" : "none";
    }

    [Function("CallsMissing")]
    public static Task CallsMissingAsync([OrchestrationTrigger] TaskOrchestrationContext context) =>
        context.CallActivityAsync("Lost", options: ThreeAttempts);

    [Function("CallsMissingChild")]
    public static async Task<string> CallsMissingChildAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        try
        {
            await context.CallSubOrchestratorAsync("LostChild");
            return "found";
        }
        catch (TaskFailedException e)
        {
            return e.FailureDetails.ErrorType;
        }
    }

    [Function("Retries")]
    public static Task<int> RetriesAsync([OrchestrationTrigger] TaskOrchestrationContext context) =>
        context.CallActivityAsync<int>("FailsTwice", "x", ThreeAttempts);

    [Function("FailsTwice")]
    public static int FailsTwice([ActivityTrigger] string text) =>
        Interlocked.Increment(ref failures) is var count && count <= 2 ? throw new TimeoutException(text) : count;

    [Function("Versions")]
    public static async Task<string> VersionsAsync([OrchestrationTrigger] TaskOrchestrationContext context) => string.Join(
        ' ',
        Shown(context),
        await context.CallSubOrchestratorAsync<string>("VersionOfChild"),
        await context.CallSubOrchestratorAsync<string>("VersionOfChild", options: new SubOrchestrationOptions { Version = "1.0" }),
        await context.CallActivityAsync<string>("VersionOfActivity", "x", new TaskOptions { Version = "0.5" }));

    [Function("VersionOfChild")]
    public static string VersionOfChild([OrchestrationTrigger] TaskOrchestrationContext context) => Shown(context);

    [Function("VersionOfActivity")]
    public static string VersionOfActivity([ActivityTrigger] string text, TaskActivityContext context) => context.Version;

    [Function("ReadsInput")]
    public static string ReadsInput([OrchestrationTrigger] TaskOrchestrationContext context) => string.Create(
        CultureInfo.InvariantCulture, $"{context.GetInput<Dictionary<string, int>>()!["nights"]} {context.GetInput<Stay>()!.Nights}");

    [Function("Logs")]
    public static async Task LogsAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var logger = context.CreateReplaySafeLogger("Trip");
        Log(logger, "before");
        await context.CallActivityAsync<string>("Upper", "x");
        context.SetCustomStatus("waiting");
        await context.WaitForExternalEvent<string>("Go");
        Log(logger, "after");
    }

    [Function("Waits")]
    public static Task<string> WaitsAsync([OrchestrationTrigger] TaskOrchestrationContext context) =>
        context.WaitForExternalEvent<string>("Go");

    private static string Shown(TaskOrchestrationContext context) => context.Version.Length == 0 ? "none" : context.Version;

    private static void Log(ILogger logger, string text) =>
        logger.Log(LogLevel.Information, default, text, null, (line, _) => line);

    public sealed record Stay(int Nights);
}
