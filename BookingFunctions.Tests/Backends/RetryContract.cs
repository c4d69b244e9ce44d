using DurableTask.Core;
using DurableTask.Core.History;
using Microsoft.DurableTask;
using RetryPolicy = Microsoft.DurableTask.RetryPolicy;

namespace BookingFunctions.Tests.Backends;

/// <summary>Retries of activities and children, by policy and by handler.</summary>
public abstract class RetryContract<TBackend> : Contract<TBackend>
    where TBackend : IBackend, new()
{
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(10);

    private int calls;

    [BackendFact]
    public async Task An_activity_that_fails_twice_succeeds_on_its_third_attempt()
    {
        Hub.Tasks
            .Orchestrator<string>("Retries", context =>
                context.CallActivityAsync<string>("FailsTwice", 1, TaskOptions.FromRetryPolicy(new RetryPolicy(5, Soon))))
            .Activity<int, string>("FailsTwice", _ =>
                Interlocked.Increment(ref calls) < 3 ? throw new InvalidOperationException() : $"{calls}");
        await Hub.StartAsync();

        Assert.Equal("3", await Hub.OutputAsync<string>("Retries"));
    }

    [BackendFact]
    public async Task Attempts_that_are_used_up_fail_the_instance_with_the_last_failure()
    {
        Hub.Tasks
            .Orchestrator<string>("Retries", context =>
                context.CallActivityAsync<string>("Fails", 1, TaskOptions.FromRetryPolicy(new RetryPolicy(3, Soon))))
            .Activity<int, string>("Fails", _ => throw new InvalidOperationException($"attempt {Interlocked.Increment(ref calls)}"));
        await Hub.StartAsync();

        var state = await Hub.RunAsync("Retries");

        Assert.Equal(OrchestrationStatus.Failed, state.OrchestrationStatus);
        Assert.Contains("attempt 3", state.Output, StringComparison.Ordinal);
        Assert.Equal(3, calls);
        var history = await Hub.HistoryAsync(state.OrchestrationInstance.InstanceId);
        Assert.Equal(3, history.OfType<TaskFailedEvent>().Count());
        Assert.True(history.OfType<TimerFiredEvent>().Count() >= 2);
    }

    [BackendFact]
    public async Task A_handler_decides_after_each_failure_what_to_do()
    {
        Hub.Tasks
            .Orchestrator<string>("Retries", async context =>
            {
                var seen = new List<string>();
                var options = TaskOptions.FromRetryHandler(retry =>
                {
                    seen.Add($"{retry.LastAttemptNumber} {retry.LastFailure.ErrorMessage}");
                    return retry.LastAttemptNumber < 3;
                });
                try
                {
                    return await context.CallActivityAsync<string>("Fails", 1, options);
                }
                catch (TaskFailedException)
                {
                    return string.Join(", ", seen);
                }
            })
            .Activity<int, string>("Fails", _ => throw new InvalidOperationException($"failure {Interlocked.Increment(ref calls)}"));
        await Hub.StartAsync();

        // The SDK's handler sees the engine's failure, whose message names the task.
        var seen = await Hub.OutputAsync<string>("Retries");
        Assert.Matches("^1 .*failure 1, 2 .*failure 2, 3 .*failure 3$", seen);
    }

    [BackendFact]
    public async Task A_policy_s_filter_ends_the_attempts_at_a_failure_that_it_does_not_know()
    {
        Hub.Tasks
            .Orchestrator<string>("Retries", context => context.CallActivityAsync<string>("Fails", 1, TaskOptions.FromRetryPolicy(
                new RetryPolicy(5, Soon) { HandleFailure = failure => failure.IsCausedBy<TimeoutException>() })))
            .Activity<int, string>("Fails", _ =>
                Interlocked.Increment(ref calls) == 1 ? throw new TimeoutException() : throw new InvalidOperationException("final"));
        await Hub.StartAsync();

        var state = await Hub.RunAsync("Retries");

        Assert.Equal(OrchestrationStatus.Failed, state.OrchestrationStatus);
        Assert.Contains("final", state.Output, StringComparison.Ordinal);
        Assert.Equal(2, calls);
    }

    [BackendFact]
    public async Task A_child_that_fails_twice_succeeds_on_its_third_attempt()
    {
        Hub.Tasks
            .Orchestrator<int>("Retries", context =>
                context.CallSubOrchestratorAsync<int>("FailsTwice", null, TaskOptions.FromRetryPolicy(new RetryPolicy(5, Soon))))
            .Orchestrator<int>("FailsTwice", _ =>
                Interlocked.Increment(ref calls) < 3 ? throw new InvalidOperationException() : Task.FromResult(calls));
        await Hub.StartAsync();

        Assert.Equal(3, await Hub.OutputAsync<int>("Retries"));
    }

    [BackendFact]
    public async Task A_child_whose_attempts_are_used_up_fails_its_parent()
    {
        Hub.Tasks
            .Orchestrator<int>("Retries", context =>
                context.CallSubOrchestratorAsync<int>("Fails", null, TaskOptions.FromRetryPolicy(new RetryPolicy(2, Soon))))
            .Orchestrator<int>("Fails", _ => throw new InvalidOperationException($"attempt {Interlocked.Increment(ref calls)}"));
        await Hub.StartAsync();

        var state = await Hub.RunAsync("Retries");

        Assert.Equal(OrchestrationStatus.Failed, state.OrchestrationStatus);
        var failure = await Hub.FailureAsync(state.OrchestrationInstance.InstanceId);
        Assert.Contains("attempt 2", $"{failure.InnerFailure}", StringComparison.Ordinal);
    }

    [BackendFact]
    public async Task A_handler_decides_about_a_failed_child()
    {
        Hub.Tasks
            .Orchestrator<int>("Retries", context =>
                context.CallSubOrchestratorAsync<int>("FailsTwice", null, TaskOptions.FromRetryHandler(async retry =>
            {
                await retry.OrchestrationContext.CreateTimer(Soon, CancellationToken.None);
                return retry.LastAttemptNumber < 5;
            })))
            .Orchestrator<int>("FailsTwice", _ =>
                Interlocked.Increment(ref calls) < 3 ? throw new InvalidOperationException() : Task.FromResult(calls));
        await Hub.StartAsync();

        Assert.Equal(3, await Hub.OutputAsync<int>("Retries"));
    }

    [BackendFact]
    public async Task A_child_with_a_fixed_id_is_retried_under_that_id()
    {
        Hub.Tasks
            .Orchestrator<string>("Retries", context => context.CallSubOrchestratorAsync<string>(
                "FailsTwice", null, new SubOrchestrationOptions(TaskOptions.FromRetryPolicy(new RetryPolicy(5, Soon)), "child")))
            .Orchestrator<string>("FailsTwice", context =>
                Interlocked.Increment(ref calls) < 3 ? throw new InvalidOperationException() : Task.FromResult(context.InstanceId));
        await Hub.StartAsync();

        Assert.Equal("child", await Hub.OutputAsync<string>("Retries"));
        await Hub.WaitAsync("child", OrchestrationStatus.Completed);
    }

    [BackendFact]
    public async Task A_retry_goes_on_after_a_restart_where_it_was()
    {
        Hub.Tasks
            .Orchestrator<string>("Retries", context => context.CallActivityAsync<string>(
                "Fails", 1, TaskOptions.FromRetryPolicy(new RetryPolicy(3, TimeSpan.FromMilliseconds(700)))))
            .Activity<int, string>("Fails", _ => Interlocked.Increment(ref calls) < 3 ? throw new InvalidOperationException() : $"{calls}");
        var worker = await Hub.StartAsync();
        await Hub.ScheduleAsync("Retries", id: "r");
        await TestHub.UntilAsync(() => Task.FromResult(calls >= 1));
        await Hub.StopAsync(worker);

        await Hub.StartAsync();

        Assert.Equal("3", TestHub.Output<string>(await Hub.WaitAsync("r")));
    }
}
