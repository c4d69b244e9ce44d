using DurableTask.Core.History;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace BookingFunctions.Tests.Engine;

public class RetryTests
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(1);

    [Fact]
    public async Task A_flaky_activity_is_retried_until_it_succeeds()
    {
        var calls = 0;
        await using var engine = await TestEngine.StartAsync(tasks => tasks
            .AddOrchestratorFunc("Retries", context => context.CallActivityAsync<int>("Flaky", Policy(new RetryPolicy(5, Short, 2))))
            .AddActivityFunc("Flaky", _ => ++calls < 3 ? throw new TimeoutException() : calls));

        Assert.Equal(3, (await engine.RunAsync("Retries")).ReadOutputAs<int>());
    }

    [Fact]
    public async Task Attempts_that_run_out_leave_the_history_that_the_genuine_host_leaves()
    {
        await using var engine = await TestEngine.StartAsync(tasks => tasks
            .AddOrchestratorFunc("RetriesOut", context => context.CallActivityAsync("Boom", Policy(new RetryPolicy(2, Short))))
            .AddActivityFunc("Boom", _ => throw new TimeoutException("no answer")));

        var done = await engine.RunAsync("RetriesOut", id: "out");

        Assert.Equal(
            "Microsoft.DurableTask.TaskFailedException: Task 'Boom' (#2) failed with an unhandled exception: no answer", done.SerializedOutput);
        Assert.Equal(
            [12, 0, 4, 13, 12, 6, 10, 13, 12, 11, 4, 13, 12, 6, 10, 13, 12, 11, 1, 13],
            (await engine.EventTypesAsync("out")).Select(type => (int)type));
    }

    [Fact]
    public async Task A_policy_decides_which_failures_are_retried()
    {
        var calls = 0;
        var policy = new RetryPolicy(10, Short) { HandleFailure = failure => failure.IsCausedBy<TimeoutException>() };
        await using var engine = await TestEngine.StartAsync(tasks => tasks
            .AddOrchestratorFunc("Decides", context => context.CallActivityAsync("Boom", Policy(policy)))
            .AddActivityFunc("Boom", _ => throw (++calls < 3 ? new TimeoutException() : new ArgumentException("enough"))));

        var done = await engine.RunAsync("Decides");

        Assert.Equal(OrchestrationRuntimeStatus.Failed, done.RuntimeStatus);
        Assert.Contains("enough", done.SerializedOutput, StringComparison.Ordinal);
        Assert.Equal(3, calls);
    }

    [Fact]
    public async Task Waits_grow_by_the_coefficient_up_to_the_longest()
    {
        var policy = new RetryPolicy(5, TimeSpan.FromMilliseconds(10), 3, TimeSpan.FromMilliseconds(40));
        await using var engine = await TestEngine.StartAsync(tasks => tasks
            .AddOrchestratorFunc("Grows", context => context.CallActivityAsync("Boom", Policy(policy)))
            .AddActivityFunc("Boom", _ => throw new TimeoutException()));

        await engine.RunAsync("Grows", id: "grows");

        var history = await engine.Client.GetOrchestrationHistoryAsync("grows");
        var turn = DateTime.MinValue;
        var waits = new List<double>();
        foreach (var historyEvent in history)
        {
            turn = historyEvent is OrchestratorStartedEvent ? historyEvent.Timestamp : turn;
            if (historyEvent is TimerCreatedEvent timer)
            {
                waits.Add((timer.FireAt - turn).TotalMilliseconds);
            }
        }

        Assert.Equal([10, 30, 40, 40, 0], waits);
    }

    [Fact]
    public async Task Retries_end_when_the_policy_times_out()
    {
        var calls = 0;
        var policy = new RetryPolicy(1000, TimeSpan.FromMilliseconds(20), retryTimeout: TimeSpan.FromMilliseconds(50));
        await using var engine = await TestEngine.StartAsync(tasks => tasks
            .AddOrchestratorFunc("TimesOut", context => context.CallActivityAsync("Boom", Policy(policy)))
            .AddActivityFunc("Boom", _ => { calls++; throw new TimeoutException(); }));

        Assert.Equal(OrchestrationRuntimeStatus.Failed, (await engine.RunAsync("TimesOut")).RuntimeStatus);
        Assert.InRange(calls, 1, 4);
    }

    [Fact]
    public async Task A_handler_decides_after_each_failure()
    {
        var seen = new List<string>();
        await using var engine = await TestEngine.StartAsync(tasks => tasks
            .AddOrchestratorFunc("Handled", context => context.CallActivityAsync("Boom", TaskOptions.FromRetryHandler(async retry =>
            {
                seen.Add($"{retry.LastAttemptNumber} {retry.LastFailure.ErrorMessage}");
                await retry.OrchestrationContext.CreateTimer(Short, CancellationToken.None);
                return retry.LastAttemptNumber < 3;
            })))
            .AddActivityFunc("Boom", _ => throw new TimeoutException("late")));

        Assert.Equal(OrchestrationRuntimeStatus.Failed, (await engine.RunAsync("Handled")).RuntimeStatus);
        Assert.Equal(["1 late", "2 late", "3 late"], seen.Distinct());
    }

    [Fact]
    public async Task A_sub_orchestration_is_retried_too()
    {
        var calls = 0;
        await using var engine = await TestEngine.StartAsync(tasks => tasks
            .AddOrchestratorFunc("Parent", context => context.CallSubOrchestratorAsync<int>("Child", options: Policy(new RetryPolicy(4, Short))))
            .AddOrchestratorFunc("Child", context => context.CallActivityAsync<int>("Flaky"))
            .AddActivityFunc("Flaky", _ => ++calls < 3 ? throw new TimeoutException() : calls));

        Assert.Equal(3, (await engine.RunAsync("Parent")).ReadOutputAs<int>());
    }

    private static TaskOptions Policy(RetryPolicy policy) => TaskOptions.FromRetryPolicy(policy);
}
