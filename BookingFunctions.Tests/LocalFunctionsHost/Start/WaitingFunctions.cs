using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace BookingFunctions.Tests.LocalFunctionsHost.Start;

/// <summary>Functions that wait for what never comes, and say when they do.</summary>
public static class WaitingFunctions
{
    private static readonly SemaphoreSlim Arrived = new(0);

    /// <summary>Waits until a call of a function here is waiting.</summary>
    public static async Task ArrivedAsync() => Assert.True(await Arrived.WaitAsync(TestHost.Patience));

    [Function("Forever")]
    public static Task ForeverAsync([OrchestrationTrigger] TaskOrchestrationContext context) =>
        context.WaitForExternalEvent<string>("Never");

    [Function("CallsStubborn")]
    public static Task CallsStubbornAsync([OrchestrationTrigger] TaskOrchestrationContext context) =>
        context.CallActivityAsync("Stubborn", "x");

    [Function("Stubborn")]
    public static async Task StubbornAsync([ActivityTrigger] string text)
    {
        Arrived.Release();
        await Task.Delay(Timeout.Infinite);
    }

    [Function("WaitPolitely")]
    public static async Task WaitPolitelyAsync(
        [HttpTrigger("get", Route = "polite/{id}")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation)
    {
        var options = new StartOrchestrationOptions { InstanceId = id };
        await client.ScheduleNewOrchestrationInstanceAsync("Forever", null, options, cancellation);
        Arrived.Release();
        await client.WaitForInstanceCompletionAsync(id, cancellation);
    }

    [Function("WaitStubbornly")]
    public static async Task WaitStubbornlyAsync(
        [HttpTrigger("get", Route = "stubborn/{id}")] HttpRequest request, string id, [DurableClient] DurableTaskClient client)
    {
        var options = new StartOrchestrationOptions { InstanceId = id };
        await client.ScheduleNewOrchestrationInstanceAsync("Forever", null, options, CancellationToken.None);
        Arrived.Release();
        await client.WaitForInstanceCompletionAsync(id, CancellationToken.None);
    }

    [Function("Stream")]
    public static async Task StreamAsync([HttpTrigger("get", Route = "stream")] HttpRequest request)
    {
        var response = request.HttpContext.Response;
        response.ContentType = "text/event-stream";
        await response.WriteAsync("data: first\n\n");
        await response.Body.FlushAsync();
        Arrived.Release();
        await Task.Delay(Timeout.Infinite, request.HttpContext.RequestAborted);
    }
}
