using DurableTask.Core;
using LocalRuntime.Engine;
using LocalRuntime.Storage;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;

namespace BookingFunctions.Tests.Engine;

public class PayloadTests
{
    private static readonly DurableEngineOptions Small = new() { MaxPayloadLength = 1_000 };
    private static readonly string Large = new('x', 2_000);

    [Theory]
    [InlineData("Result")]
    [InlineData("Input")]
    [InlineData("Status")]
    [InlineData("Output")]
    public async Task What_is_too_large_fails_the_instance_that_has_it_and_says_so(string where)
    {
        await using var engine = await TestEngine.StartAsync(
            tasks => tasks
                .AddOrchestratorFunc("Result", context => context.CallActivityAsync("Large"))
                .AddOrchestratorFunc("Input", context => context.CallActivityAsync("Small", Large))
                .AddOrchestratorFunc("Status", context => context.SetCustomStatus(Large))
                .AddOrchestratorFunc("Output", _ => Large)
                .AddActivityFunc("Large", _ => Large)
                .AddActivityFunc<string, int>("Small", (_, text) => text.Length),
            options: Small);

        var done = await engine.RunAsync(where);

        Assert.Equal(OrchestrationRuntimeStatus.Failed, done.RuntimeStatus);
        Assert.Contains("2002 characters long as JSON", done.SerializedOutput, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_start_or_an_event_that_is_too_large_is_refused()
    {
        await using var engine = await TestEngine.StartAsync(
            tasks => tasks.AddOrchestratorFunc("Waits", context => context.WaitForExternalEvent<string>("Go")), options: Small);

        await Assert.ThrowsAsync<PayloadTooLargeException>(() => engine.Client.ScheduleNewOrchestrationInstanceAsync("Waits", Large));
        var id = await engine.Client.ScheduleNewOrchestrationInstanceAsync("Waits");
        await Assert.ThrowsAsync<PayloadTooLargeException>(() => engine.Client.RaiseEventAsync(id, "Go", Large));
    }

    [Fact]
    public async Task A_service_says_what_else_is_kept_of_a_failure()
    {
        await using var services = new ServiceCollection().AddSingleton<IExceptionPropertiesProvider, Codes>().BuildServiceProvider();
        var registry = new DurableTaskRegistry()
            .AddOrchestratorFunc("Caught", async context =>
            {
                try
                {
                    await context.CallActivityAsync("Boom");
                    return "no failure";
                }
                catch (TaskFailedException e)
                {
                    return $"{e.FailureDetails.Properties!["HResult"]} {e.FailureDetails.InnerFailure!.Properties!["HResult"]}";
                }
            })
            .AddActivityFunc("Boom", _ => throw new InvalidOperationException("outer", new TimeoutException("inner")));
        await using var engine = new DurableEngine(new InMemoryOrchestrationStore(), registry, services);
        await engine.StartAsync(CancellationToken.None);

        var id = await engine.Client.ScheduleNewOrchestrationInstanceAsync("Caught");
        var done = await engine.Client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true);

        Assert.Equal($"{new InvalidOperationException().HResult} {new TimeoutException().HResult}", done.ReadOutputAs<string>());
    }

    private sealed class Codes : IExceptionPropertiesProvider
    {
        public IDictionary<string, object?> GetExceptionProperties(Exception exception) =>
            new Dictionary<string, object?> { ["HResult"] = exception.HResult };
    }
}
