using System.Collections.Concurrent;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace BookingFunctions.Tests.LocalFunctionsHost.Start;

/// <summary>Activities in a row, whose runs are counted; the first one ends when the test says so.</summary>
public static class CountedFunctions
{
    private static readonly ConcurrentDictionary<string, int> Counts = [];
    private static readonly SemaphoreSlim Arrived = new(0);

    private static TaskCompletionSource gate = new();

    /// <summary>How often an activity ran for an instance.</summary>
    public static int Runs(string activity, string instance) => Counts.GetValueOrDefault($"{activity} {instance}");

    /// <summary>Waits until the first activity runs.</summary>
    public static async Task ArrivedAsync() => Assert.True(await Arrived.WaitAsync(TestHost.Patience));

    /// <summary>Lets the first activity end.</summary>
    public static void Open() => gate.TrySetResult();

    /// <summary>Makes the first activity wait.</summary>
    public static void Close() => gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    [Function("TwoSteps")]
    public static async Task TwoStepsAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        await context.CallActivityAsync("FirstStep", "x");
        await context.CallActivityAsync("SecondStep", "x");
    }

    [Function("FirstStep")]
    public static async Task FirstStepAsync([ActivityTrigger] string text, string instanceId)
    {
        Count("FirstStep", instanceId);
        Arrived.Release();
        await gate.Task;
    }

    [Function("SecondStep")]
    public static void SecondStep([ActivityTrigger] string text, string instanceId) => Count("SecondStep", instanceId);

    [Function("WaitsOnce")]
    public static Task WaitsOnceAsync([OrchestrationTrigger] TaskOrchestrationContext context) =>
        context.CallActivityAsync("WaitOnce", "x");

    [Function("WaitOnce")]
    public static async Task WaitOnceAsync([ActivityTrigger] string text, string instanceId, CancellationToken cancellation)
    {
        Count("WaitOnce", instanceId);
        if (Runs("WaitOnce", instanceId) == 1)
        {
            Arrived.Release();
            await Task.Delay(Timeout.Infinite, cancellation);
        }
    }

    private static void Count(string activity, string instance) =>
        Counts.AddOrUpdate($"{activity} {instance}", 1, (_, count) => count + 1);
}
