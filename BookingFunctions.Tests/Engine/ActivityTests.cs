using DurableTask.Core.History;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace BookingFunctions.Tests.Engine;

public class ActivityTests
{
    [Fact]
    public async Task An_orchestrator_gets_its_input_and_gives_its_output()
    {
        await using var engine = await TestEngine.StartAsync(tasks => tasks
            .AddOrchestratorFunc<string, string>("Greet", async (context, name) => await context.CallActivityAsync<string>("Hello", name))
            .AddActivityFunc<string, string>("Hello", (_, name) => $"Hello {name}!"));

        var done = await engine.RunAsync("Greet", "Ann", "greet-1");

        Assert.Equal(OrchestrationRuntimeStatus.Completed, done.RuntimeStatus);
        Assert.Equal("Hello Ann!", done.ReadOutputAs<string>());
        Assert.Equal("Ann", done.ReadInputAs<string>());
        Assert.Equal(
            [
                EventType.OrchestratorStarted, EventType.ExecutionStarted, EventType.TaskScheduled, EventType.OrchestratorCompleted,
                EventType.OrchestratorStarted, EventType.TaskCompleted, EventType.ExecutionCompleted, EventType.OrchestratorCompleted,
            ],
            await engine.EventTypesAsync("greet-1"));
        Assert.Equal(
            done.SerializedOutput,
            (await engine.Client.GetOrchestrationHistoryAsync("greet-1")).OfType<ExecutionCompletedEvent>().Single().Result);
    }

    [Fact]
    public async Task A_failed_activity_arrives_with_type_message_trace_and_cause()
    {
        await using var engine = await TestEngine.StartAsync(tasks => tasks
            .AddOrchestratorFunc("Caught", async context =>
            {
                try
                {
                    await context.CallActivityAsync("Boom");
                    return "no failure";
                }
                catch (TaskFailedException e)
                {
                    Assert.Equal("Task 'Boom' (#0) failed with an unhandled exception: outer", e.Message);
                    Assert.Contains("Boom", e.FailureDetails.StackTrace, StringComparison.OrdinalIgnoreCase);
                    Assert.True(e.FailureDetails.IsCausedBy<InvalidOperationException>());
                    return $"{e.FailureDetails} <- {e.FailureDetails.InnerFailure}";
                }
            })
            .AddActivityFunc("Boom", Boom));

        var done = await engine.RunAsync("Caught");

        Assert.Equal(
            "System.InvalidOperationException: outer <- System.TimeoutException: inner", done.ReadOutputAs<string>());
    }

    [Fact]
    public async Task An_unhandled_failure_fails_the_instance()
    {
        await using var engine = await TestEngine.StartAsync(tasks => tasks
            .AddOrchestratorFunc("Fails", context => context.CallActivityAsync("Boom"))
            .AddActivityFunc("Boom", Boom));

        var done = await engine.RunAsync("Fails", id: "fails-1");

        Assert.Equal(OrchestrationRuntimeStatus.Failed, done.RuntimeStatus);
        Assert.Equal(
            "Microsoft.DurableTask.TaskFailedException: Task 'Boom' (#0) failed with an unhandled exception: outer", done.SerializedOutput);
        var completed = (await engine.Client.GetOrchestrationHistoryAsync("fails-1")).OfType<ExecutionCompletedEvent>().Single();
        Assert.Equal("System.InvalidOperationException", completed.FailureDetails!.InnerFailure!.ErrorType);
        Assert.Equal("System.TimeoutException", completed.FailureDetails.InnerFailure.InnerFailure!.ErrorType);
    }

    [Theory]
    [InlineData("NoActivity", "The function 'Nothing' doesn't exist")]
    [InlineData("NoSuchOrchestrator", "The function 'NoSuchOrchestrator' doesn't exist")]
    public async Task What_is_not_registered_fails_the_instance_and_is_named(string orchestrator, string message)
    {
        await using var engine = await TestEngine.StartAsync(tasks => tasks.AddOrchestratorFunc(
            "NoActivity",
            context => context.CallActivityAsync("Nothing", TaskOptions.FromRetryPolicy(new RetryPolicy(5, TimeSpan.FromHours(1))))));

        var done = await engine.RunAsync(orchestrator);

        Assert.Equal(OrchestrationRuntimeStatus.Failed, done.RuntimeStatus);
        Assert.Contains(message, done.SerializedOutput, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_input_of_the_wrong_type_fails_the_task_that_got_it()
    {
        await using var engine = await TestEngine.StartAsync(tasks => tasks
            .AddOrchestratorFunc("Calls", context => context.CallActivityAsync<int>("Twice", "not a number"))
            .AddOrchestratorFunc<int, int>("Counts", (_, n) => n)
            .AddActivityFunc<int, int>("Twice", (_, n) => 2 * n));

        Assert.Equal(OrchestrationRuntimeStatus.Failed, (await engine.RunAsync("Calls")).RuntimeStatus);
        Assert.Equal(OrchestrationRuntimeStatus.Failed, (await engine.RunAsync("Counts", "neither")).RuntimeStatus);
    }

    [Fact]
    public async Task A_thousand_activities_run_side_by_side_and_all_results_arrive_in_order()
    {
        await using var engine = await TestEngine.StartAsync(tasks => tasks
            .AddOrchestratorFunc("FanOut", async context =>
                (await Task.WhenAll(Enumerable.Range(0, 1000).Select(n => context.CallActivityAsync<int>("Square", n)))).Sum())
            .AddActivityFunc<int, int>("Square", (_, n) => n * n));

        var done = await engine.RunAsync("FanOut");

        Assert.Equal(Enumerable.Range(0, 1000).Sum(n => n * n), done.ReadOutputAs<int>());
    }

    [Fact]
    public async Task The_first_of_several_tasks_can_win()
    {
        await using var engine = await TestEngine.StartAsync(tasks => tasks
            .AddOrchestratorFunc("Race", async context =>
            {
                using var loser = new CancellationTokenSource();
                var timer = context.CreateTimer(TimeSpan.FromDays(10), loser.Token);
                var work = context.CallActivityAsync<string>("Work");
                var winner = await Task.WhenAny(timer, work);
                loser.Cancel();
                return winner == work ? await work : "timeout";
            })
            .AddActivityFunc("Work", _ => "done"));

        Assert.Equal("done", (await engine.RunAsync("Race")).ReadOutputAs<string>());
        Assert.Empty((await engine.Store.ReadOpenWorkAsync(CancellationToken.None)).Timers);
    }

    private static void Boom(TaskActivityContext context)
    {
        try
        {
            throw new TimeoutException("inner");
        }
        catch (TimeoutException e)
        {
            throw new InvalidOperationException("outer", e);
        }
    }
}
