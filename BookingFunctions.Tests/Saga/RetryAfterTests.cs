using BookingFunctions.Saga;
using BookingFunctions.Tests.Backends;
using BookingFunctions.Travel;
using BookingFunctions.Trips;
using DurableTask.Core;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Time.Testing;

namespace BookingFunctions.Tests.Saga;

public sealed class RetryAfterTests
{
    private readonly FakeTimeProvider clock = new();
    private int runs;

    [Fact]
    public async Task A_provider_that_says_when_to_come_back_is_left_alone_until_then_even_by_a_new_process()
    {
        await using var engine = await StartAsync(TimeSpan.FromHours(1));
        await RanAsync(1);

        clock.Advance(TimeSpan.FromMinutes(59));
        await engine.RestartAsync(service => CreateWorker(service, TimeSpan.FromHours(1)));
        clock.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal(1, runs);

        clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal("\"booked\"", (await engine.WaitAsync("trip")).SerializedOutput);
        Assert.Equal(2, runs);
    }

    [Fact]
    public async Task A_provider_that_asks_for_less_than_the_interval_is_left_alone_for_the_interval()
    {
        await using var engine = await StartAsync(TimeSpan.FromSeconds(1));
        await RanAsync(1);

        clock.Advance(TimeSpan.FromSeconds(9));
        Assert.Equal(1, runs);
        clock.Advance(TimeSpan.FromSeconds(1));

        await engine.WaitAsync("trip");
        Assert.Equal(2, runs);
    }

    private async Task<SqliteEngine> StartAsync(TimeSpan retryAfter)
    {
        var engine = new SqliteEngine(clock);
        await engine.StartAsync(service => CreateWorker(service, retryAfter));
        await engine.Client.ScheduleNewOrchestrationInstanceAsync("Trip", new StartOrchestrationOptions("trip"));
        await TestHub.UntilAsync(async () =>
            (await engine.Client.GetInstanceAsync("trip", true))?.SerializedCustomStatus is "\"waiting\"");
        return engine;
    }

    private Task RanAsync(int count) => TestHub.UntilAsync(() => Task.FromResult(Volatile.Read(ref runs) == count));

    private TaskHubWorker CreateWorker(IOrchestrationService service, TimeSpan retryAfter)
    {
        var worker = new TaskHubWorker(service) { ErrorPropagationMode = ErrorPropagationMode.UseFailureDetails };
        new TestTasks()
            .Orchestrator("Trip", context =>
            {
                var interval = TimeSpan.FromSeconds(10);
                var options = new RetrySettings(3, interval, 1, interval).ToTaskOptions((_, _, _) =>
                {
                    context.SetCustomStatus("waiting");
                    return true;
                });
                return context.CallActivityAsync<string>("Book", options: options);
            })
            .Activity<object?, string>("Book", _ => Interlocked.Increment(ref runs) == 1
                ? throw new ProviderUnavailableException("Busy.", retryAfter)
                : "booked")
            .AddTo(worker);
        return worker;
    }
}
