using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;

namespace BookingFunctions.Tests.Api;

public class TaskOrchestrationContextTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly OrchestrationContext context = new();

    [Fact]
    public async Task An_event_that_comes_in_time_is_received_and_its_timer_is_cancelled()
    {
        var received = context.WaitForExternalEvent<string>("paid", Minute);
        context.EventArrives.SetResult("yes");

        Assert.Equal("yes", await received);
        Assert.Equal(["timer 00:01:00", "event paid", "timer cancelled"], context.Asked);
    }

    [Fact]
    public async Task An_event_that_does_not_come_in_time_is_cancelled()
    {
        var received = context.WaitForExternalEvent<string>("paid", Minute);
        context.TimerFires.SetResult();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => received);
        Assert.DoesNotContain("timer cancelled", context.Asked);
    }

    [Fact]
    public async Task A_wait_that_is_ended_from_outside_cancels_its_timer()
    {
        using CancellationTokenSource stop = new();
        var received = context.WaitForExternalEvent<string>("paid", Minute, stop.Token);
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => received);
        Assert.Contains("timer cancelled", context.Asked);
    }

    [Fact]
    public async Task Short_forms_of_a_call_mean_the_long_one()
    {
        TaskOptions options = new(tags: new Dictionary<string, string> { ["a"] = "b" });
        await context.CallActivityAsync("A", 1);
        await context.CallActivityAsync("A", options);
        await context.CallActivityAsync<int>("A", options);
        await context.CallSubOrchestratorAsync("O", 1);
        await context.CallSubOrchestratorAsync("O", options);
        await context.CallSubOrchestratorAsync<int>("O", options);
        context.ContinueAsNew(new ContinueAsNewOptions { NewInput = 2, PreserveUnprocessedEvents = false });

        Assert.Equal(
            [
                "activity A 1 ", "activity A  1", "activity A  1",
                "orchestrator O 1 ", "orchestrator O  1", "orchestrator O  1",
                "again 2 False",
            ],
            context.Asked);
    }

    [Fact]
    public void A_replay_logs_nothing()
    {
        using RecordingLoggerFactory loggers = new();
        context.Loggers = loggers;
        var type = typeof(OrchestrationContext);
        foreach (var logger in new[]
        {
            context.CreateReplaySafeLogger("category"),
            context.CreateReplaySafeLogger(type),
            context.CreateReplaySafeLogger<OrchestrationContext>(),
            context.ReplaySafeLoggerFactory.CreateLogger("from the factory"),
        })
        {
            context.Replays = true;
            logger.LogInformation("again");
            context.Replays = false;
            logger.LogInformation("first");
        }

        Assert.Equal(["category: first", $"{type}: first", $"{type}: first", "from the factory: first"], loggers.Lines);
    }

    [Fact]
    public void A_context_that_wraps_another_logs_once_and_one_that_wraps_itself_says_so()
    {
        using RecordingLoggerFactory loggers = new();
        OrchestrationContext inner = new() { Loggers = loggers };
        context.Loggers = inner.ReplaySafeLoggerFactory;
        context.CreateReplaySafeLogger("wrapped").LogInformation("once");
        Assert.Equal(["wrapped: once"], loggers.Lines);

        context.Loggers = context.ReplaySafeLoggerFactory;
        Assert.Throws<InvalidOperationException>(() => context.CreateReplaySafeLogger("x"));
    }

    [Fact]
    public void The_replay_safe_factory_is_not_where_logging_is_set_up()
    {
        using RecordingLoggerFactory loggers = new();
        context.Loggers = loggers;
        context.ReplaySafeLoggerFactory.Dispose();

        Assert.False(loggers.IsDisposed);
        Assert.Throws<NotSupportedException>(() => context.ReplaySafeLoggerFactory.AddProvider(null!));
    }

    [Fact]
    public void An_orchestrator_without_a_version_is_older_than_any()
    {
        Assert.Equal("", context.Version);
        Assert.True(context.CompareVersionTo("1.0") < 0);
        Assert.Empty(context.Properties);
    }
}
