using DurableTask.Core.History;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace BookingFunctions.Tests.Engine;

public class RetryHandlerTests
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(1);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(10)]
    public async Task A_policy_allows_so_many_attempts(int attempts)
    {
        var (activity, child) = await CountRunsAsync(TaskOptions.FromRetryPolicy(new RetryPolicy(attempts, Short)));

        Assert.Equal((attempts, attempts), (activity, child));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(10)]
    public async Task A_handler_allows_so_many_attempts_and_is_asked_once_for_each(int attempts)
    {
        var asked = 0;
        var (activity, child) = await CountRunsAsync(TaskOptions.FromRetryHandler(retry =>
        {
            asked++;
            return retry.LastFailure.IsCausedBy<FormatException>() && retry.LastFailure.IsCausedBy<Exception>()
                && retry.LastAttemptNumber < attempts;
        }));

        Assert.Equal((attempts, attempts, 2 * attempts), (activity, child, asked));
    }

    [Fact]
    public async Task A_policy_that_does_not_handle_a_failure_ends_with_it()
    {
        var policy = new RetryPolicy(10, Short) { HandleFailure = failure => failure.IsCausedBy<TimeoutException>() };

        Assert.Equal((1, 1), await CountRunsAsync(TaskOptions.FromRetryPolicy(policy)));
    }

    [Fact]
    public async Task A_policy_whose_time_is_up_ends_with_the_failure_and_not_before_the_first_attempt()
    {
        var policy = new RetryPolicy(10, TimeSpan.FromTicks(1), retryTimeout: TimeSpan.FromTicks(1));

        Assert.Equal((1, 1), await CountRunsAsync(TaskOptions.FromRetryPolicy(policy)));
    }

    [Fact]
    public async Task A_policy_whose_test_throws_ends_with_the_failure_and_not_with_that()
    {
        var policy = new RetryPolicy(10, Short) { HandleFailure = _ => throw new NotSupportedException("bug in the test") };
        await using var engine = await TestEngine.StartAsync(tasks => tasks
            .AddOrchestratorFunc("Calls", context => context.CallActivityAsync("Boom", TaskOptions.FromRetryPolicy(policy)))
            .AddActivityFunc("Boom", _ => throw new FormatException("boom")));

        var done = await engine.RunAsync("Calls");

        Assert.Equal("Task 'Boom' (#0) failed with an unhandled exception: boom", done.FailureDetails!.ErrorMessage);
    }

    [Fact]
    public async Task A_handler_that_throws_ends_with_what_it_throws()
    {
        await using var engine = await TestEngine.StartAsync(tasks => tasks
            .AddOrchestratorFunc("Calls", context => context.CallActivityAsync(
                "Boom", TaskOptions.FromRetryHandler(new RetryHandler(_ => throw new NotSupportedException("enough")))))
            .AddActivityFunc("Boom", _ => throw new FormatException("boom")));

        Assert.Equal("System.NotSupportedException: enough", (await engine.RunAsync("Calls")).FailureDetails!.ToString());
    }

    [Fact]
    public async Task A_handler_knows_the_attempt_the_failure_the_time_and_the_orchestration()
    {
        var seen = new List<string>();
        await using var engine = await TestEngine.StartAsync(tasks => tasks
            .AddOrchestratorFunc("Calls", async context =>
            {
                await context.CallActivityAsync("Boom", TaskOptions.FromRetryHandler(async retry =>
                {
                    var before = retry.TotalRetryTime;
                    await retry.OrchestrationContext.CreateTimer(TimeSpan.FromMilliseconds(20), CancellationToken.None);
                    seen.Add($"{retry.OrchestrationContext.InstanceId} {retry.LastAttemptNumber} {retry.LastFailure}"
                        + $" {before >= TimeSpan.FromMilliseconds(20 * (retry.LastAttemptNumber - 1))} {retry.CancellationToken.CanBeCanceled}");
                    return retry.LastAttemptNumber < 2;
                }));
            })
            .AddActivityFunc("Boom", _ => throw new FormatException("boom")));

        await engine.RunAsync("Calls", id: "c");

        Assert.Equal(["c 1 System.FormatException: boom True False", "c 2 System.FormatException: boom True False"], seen);
    }

    [Theory]
    [InlineData("activity")]
    [InlineData("orchestrator")]
    public async Task A_task_that_does_not_exist_is_not_retried(string kind)
    {
        var asked = 0;
        var options = TaskOptions.FromRetryHandler(_ => ++asked > 0);
        await using var engine = await TestEngine.StartAsync(tasks => tasks.AddOrchestratorFunc("Calls", context =>
            kind == "activity" ? context.CallActivityAsync("Nobody", options) : context.CallSubOrchestratorAsync("Nobody", options)));

        var done = await engine.RunAsync("Calls");

        Assert.Equal(OrchestrationRuntimeStatus.Failed, done.RuntimeStatus);
        Assert.Equal(0, asked);
        Assert.Contains("Nobody", done.FailureDetails!.ErrorMessage, StringComparison.Ordinal);
        Assert.Equal(kind == "activity" ? "ActivityTaskNotFound" : "OrchestratorTaskNotFound", done.FailureDetails.InnerFailure!.ErrorType);
    }

    [Fact]
    public async Task Each_attempt_of_a_sub_orchestration_has_the_same_id()
    {
        var runs = 0;
        await using var engine = await TestEngine.StartAsync(tasks => tasks
            .AddOrchestratorFunc("Calls", context => context.CallSubOrchestratorAsync<string>(
                "Child", options: TaskOptions.FromRetryPolicy(new RetryPolicy(3, Short)).WithInstanceId("kid")))
            .AddOrchestratorFunc("Child", context => ++runs < 3 ? throw new TimeoutException() : context.InstanceId));

        Assert.Equal("kid", (await engine.RunAsync("Calls", id: "c")).ReadOutputAs<string>());
        Assert.Equal(
            ["kid", "kid", "kid"],
            (await engine.Client.GetOrchestrationHistoryAsync("c"))
                .OfType<SubOrchestrationInstanceCreatedEvent>()
                .Select(created => created.InstanceId));
    }

    [Fact]
    public async Task Attempts_go_on_counting_over_a_restart()
    {
        var calls = 0;
        void Tasks(DurableTaskRegistry tasks) => tasks
            .AddOrchestratorFunc("Calls", context => context.CallActivityAsync(
                "Boom",
                TaskOptions.FromRetryHandler(async retry =>
                {
                    retry.OrchestrationContext.SetCustomStatus(retry.LastAttemptNumber);
                    await retry.OrchestrationContext.WaitForExternalEvent<object>("Again");
                    return retry.LastAttemptNumber < 3;
                })))
            .AddActivityFunc("Boom", _ => throw new TimeoutException($"{++calls}"));
        await using var engine = await TestEngine.StartAsync(Tasks);
        await engine.Client.ScheduleNewOrchestrationInstanceAsync("Calls", new StartOrchestrationOptions("c"));
        for (var attempt = 1; attempt <= 3; attempt++)
        {
            await engine.WaitForCustomStatusAsync("c", $"{attempt}");
            await engine.RestartAsync(Tasks);
            await engine.Client.RaiseEventAsync("c", "Again");
        }

        Assert.Equal(OrchestrationRuntimeStatus.Failed, (await engine.WaitAsync("c")).RuntimeStatus);
        Assert.Equal(3, calls);
    }

    [Fact]
    public async Task A_result_of_another_type_is_a_failure_of_the_orchestrator_and_not_retried()
    {
        var calls = 0;
        await using var engine = await TestEngine.StartAsync(tasks => tasks
            .AddOrchestratorFunc("Calls", context => context.CallActivityAsync<int>("Word", TaskOptions.FromRetryPolicy(new RetryPolicy(3, Short))))
            .AddActivityFunc("Word", _ => "word " + ++calls));

        var done = await engine.RunAsync("Calls");

        Assert.Equal(OrchestrationRuntimeStatus.Failed, done.RuntimeStatus);
        Assert.Equal("System.Text.Json.JsonException", done.FailureDetails!.ErrorType);
        Assert.Equal(1, calls);
    }

    /// <returns>How often an activity and a sub-orchestrator ran that always fail, called with these options.</returns>
    private static async Task<(int Activity, int Child)> CountRunsAsync(TaskOptions options)
    {
        var activity = 0;
        var child = 0;
        await using var engine = await TestEngine.StartAsync(tasks => tasks
            .AddOrchestratorFunc<string>("Calls", (context, kind) => kind == "activity"
                ? context.CallActivityAsync("Boom", options)
                : context.CallSubOrchestratorAsync("BoomChild", options))
            .AddOrchestratorFunc("BoomChild", _ => throw Count(ref child))
            .AddActivityFunc("Boom", _ => throw Count(ref activity)));

        foreach (var kind in new[] { "activity", "child" })
        {
            var done = await engine.RunAsync("Calls", kind);
            Assert.Equal(OrchestrationRuntimeStatus.Failed, done.RuntimeStatus);
            Assert.True(done.FailureDetails!.IsCausedBy<TaskFailedException>());
            Assert.Equal("System.FormatException: boom", done.FailureDetails.InnerFailure!.ToString());
        }

        return (activity, child);
    }

    private static FormatException Count(ref int calls)
    {
        calls++;
        return new FormatException("boom");
    }
}
