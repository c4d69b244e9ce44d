// These are mistakes that the analyzers find; here, the host has to.
#pragma warning disable DURABLE0004, DURABLE0002, DURABLE0003

using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace BookingFunctions.Tests.LocalFunctionsHost.Worker;

/// <summary>Orchestrators and activities that do what they must not.</summary>
public static class WrongOrchestrators
{
    [Function("AwaitsFirst")]
    public static async Task AwaitsFirstAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        await Task.Delay(Timeout.Infinite);
        await context.CreateTimer(TimeSpan.Zero, CancellationToken.None);
    }

    [Function("AwaitsLater")]
    public static async Task AwaitsLaterAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        await context.CallActivityAsync("Nothing", "x");
        await new TaskCompletionSource().Task;
    }

    [Function("AwaitsBriefly")]
    public static async Task AwaitsBrieflyAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        await context.CallActivityAsync("Nothing", "x");
        await Task.Delay(1).ConfigureAwait(false);
        await context.CallActivityAsync("Nothing", "x");
    }

    [Function("AwaitsBesideTimer")]
    public static async Task AwaitsBesideTimerAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        _ = context.CreateTimer(TimeSpan.FromMilliseconds(1), CancellationToken.None);
        await new TaskCompletionSource().Task;
    }

    [Function("YieldsAndContinues")]
    public static async Task<string> YieldsAndContinuesAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        await context.CallActivityAsync("Nothing", "x");
        await Task.Yield();
        await context.CallActivityAsync("Nothing", "x");
        return "done";
    }

    [Function("StatusOfItself")]
    public static async Task StatusOfItselfAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var circle = new List<object>();
        circle.Add(circle);
        context.SetCustomStatus(circle);
        await context.WaitForExternalEvent<string>("Go");
    }

    [Function("ThrowsUnreadable")]
    public static Task ThrowsUnreadableAsync([OrchestrationTrigger] TaskOrchestrationContext context) => throw new UnreadableException();

    [Function("CallsUnreadable")]
    public static Task CallsUnreadableAsync([OrchestrationTrigger] TaskOrchestrationContext context) =>
        context.CallActivityAsync("Unreadable", context.GetInput<string>());

    [Function("UsesEntities")]
    public static string UsesEntities([OrchestrationTrigger] TaskOrchestrationContext context) => context.Entities.ToString()!;

    [Function("Unreadable")]
    public static void Unreadable([ActivityTrigger] string kind) => throw (kind switch
    {
        "deep" => Deep(500),
        _ => new UnreadableException(),
    });

    [Function("Nothing")]
    public static void Nothing([ActivityTrigger] string text) => _ = text;

    private static InvalidOperationException Deep(int causes)
    {
        var exception = new InvalidOperationException("the first");
        for (var i = 0; i < causes; i++)
        {
            exception = new InvalidOperationException("because", exception);
        }

        return exception;
    }

    private sealed class UnreadableException : Exception
    {
        public override string Message => throw new InvalidOperationException("No message.");
    }
}
