using System.Globalization;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace BookingFunctions.Tests.LocalFunctionsHost.Management;

/// <summary>The orchestrators that the genuine host was recorded with.</summary>
public static class RecordedOrchestrators
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(50);

    [Function("Happy")]
    public static async Task<string> HappyAsync([OrchestrationTrigger] TaskOrchestrationContext context, Order order)
    {
        context.SetCustomStatus(new { Step = "one" });
        var first = await context.CallActivityAsync<string>("Echo", order.Id);
        var second = await context.CallActivityAsync<string>("Echo", "2");
        context.SetCustomStatus(new { Step = "done" });
        return first + second;
    }

    [Function("Fails")]
    public static async Task<string> FailsAsync([OrchestrationTrigger] TaskOrchestrationContext context) =>
        await context.CallActivityAsync<string>("Boom", "x");

    [Function("Caught")]
    public static async Task<object> CaughtAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        try
        {
            return await context.CallActivityAsync<string>("Boom", "x");
        }
        catch (TaskFailedException e)
        {
            return new
            {
                e.TaskName,
                e.TaskId,
                e.Message,
                Type = e.FailureDetails.ErrorType,
                Msg = e.FailureDetails.ErrorMessage,
                Inner = e.FailureDetails.InnerFailure?.ErrorType,
                InnerMsg = e.FailureDetails.InnerFailure?.ErrorMessage,
                IsProvider = e.FailureDetails.IsCausedBy<ProviderException>(),
                IsInvalid = e.FailureDetails.IsCausedBy<InvalidOperationException>(),
                Trace = e.FailureDetails.StackTrace,
                Text = e.FailureDetails.ToString(),
            };
        }
    }

    [Function("Missing")]
    public static async Task<string> MissingAsync([OrchestrationTrigger] TaskOrchestrationContext context) =>
        await context.CallActivityAsync<string>("NoSuchActivity", "x");

    [Function("Retries")]
    public static async Task<string> RetriesAsync([OrchestrationTrigger] TaskOrchestrationContext context) =>
        await context.CallActivityAsync<string>("Flaky", context.InstanceId, TaskOptions.FromRetryPolicy(new RetryPolicy(5, Moment, 2)));

    [Function("RetriesOut")]
    public static async Task<string> RetriesOutAsync([OrchestrationTrigger] TaskOrchestrationContext context) =>
        await context.CallActivityAsync<string>("Boom", "r", TaskOptions.FromRetryPolicy(new RetryPolicy(2, Moment)));

    [Function("Throws")]
    public static Task<string> ThrowsAsync([OrchestrationTrigger] TaskOrchestrationContext context) =>
        throw new ProviderException("no supplier", new ArgumentException("bad id"));

    [Function("Waits")]
    public static async Task<string> WaitsAsync([OrchestrationTrigger] TaskOrchestrationContext context) =>
        "got " + await context.WaitForExternalEvent<string>("Go");

    [Function("WaitsShort")]
    public static async Task<string> WaitsShortAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        try
        {
            return await context.WaitForExternalEvent<string>("Go", Moment);
        }
        catch (OperationCanceledException e)
        {
            return e.GetType().FullName!;
        }
    }

    [Function("Parent")]
    public static async Task<string> ParentAsync([OrchestrationTrigger] TaskOrchestrationContext context) =>
        "child: " + await context.CallSubOrchestratorAsync<string>("Happy", new Order("sub", 1));

    [Function("ParentFails")]
    public static async Task<string> ParentFailsAsync([OrchestrationTrigger] TaskOrchestrationContext context) =>
        await context.CallSubOrchestratorAsync<string>("Fails");

    [Function("Timers")]
    public static async Task<string> TimersAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        await context.CreateTimer(Moment, CancellationToken.None);
        return "fired";
    }

    [Function("Again")]
    public static async Task<int> AgainAsync([OrchestrationTrigger] TaskOrchestrationContext context, int round)
    {
        await context.CallActivityAsync<string>("Echo", round.ToString(CultureInfo.InvariantCulture));
        if (round < 3)
        {
            context.ContinueAsNew(round + 1);
            return 0;
        }

        return round;
    }
}
