using DurableTask.Core.History;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace BookingFunctions.Tests.Engine;

public class SubOrchestrationTests
{
    [Fact]
    public async Task A_parent_gets_its_childs_output()
    {
        await using var engine = await TestEngine.StartAsync(tasks => tasks
            .AddOrchestratorFunc("Parent", async context =>
                "child: " + await context.CallSubOrchestratorAsync<string>("Child", "x", new SubOrchestrationOptions(instanceId: "kid")))
            .AddOrchestratorFunc<string, string>("Child", (context, input) => $"{input} of {context.Parent!.Name} {context.Parent.InstanceId}"));

        var done = await engine.RunAsync("Parent", id: "dad");

        Assert.Equal("child: x of Parent dad", done.ReadOutputAs<string>());
        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await engine.Client.GetInstanceAsync("kid"))!.RuntimeStatus);
    }

    [Fact]
    public async Task A_childs_failure_reaches_its_parent_with_its_cause()
    {
        await using var engine = await TestEngine.StartAsync(tasks => tasks
            .AddOrchestratorFunc("Parent", async context =>
            {
                try
                {
                    await context.CallSubOrchestratorAsync("Child");
                    return "no failure";
                }
                catch (TaskFailedException e)
                {
                    return $"{e.TaskName} {e.FailureDetails.ErrorType} <- {e.FailureDetails.InnerFailure!.ErrorType}";
                }
            })
            .AddOrchestratorFunc("Child", context => context.CallActivityAsync("Boom"))
            .AddActivityFunc("Boom", _ => throw new TimeoutException("late")));

        Assert.Equal(
            "Child Microsoft.DurableTask.TaskFailedException <- System.TimeoutException",
            (await engine.RunAsync("Parent")).ReadOutputAs<string>());
    }

    [Fact]
    public async Task A_terminated_child_fails_for_its_parent()
    {
        await using var engine = await TestEngine.StartAsync(tasks => tasks
            .AddOrchestratorFunc("Parent", context => context.CallSubOrchestratorAsync("Child", options: new SubOrchestrationOptions(instanceId: "kid")))
            .AddOrchestratorFunc("Child", context => context.WaitForExternalEvent<string>("Never")));
        await engine.Client.ScheduleNewOrchestrationInstanceAsync("Parent", new StartOrchestrationOptions("dad"));
        await TestEngine.UntilAsync(async () => await engine.Client.GetInstanceAsync("kid") is { RuntimeStatus: OrchestrationRuntimeStatus.Running });

        await engine.Client.TerminateInstanceAsync("kid", "enough");

        var done = await engine.WaitAsync("dad");
        Assert.Equal(OrchestrationRuntimeStatus.Failed, done.RuntimeStatus);
        Assert.Contains("The instance 'kid' was terminated: enough", done.SerializedOutput, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_child_whose_id_is_taken_fails_for_its_parent()
    {
        await using var engine = await TestEngine.StartAsync(tasks => tasks
            .AddOrchestratorFunc("Parent", context => context.CallSubOrchestratorAsync("Child", options: new SubOrchestrationOptions(instanceId: "kid")))
            .AddOrchestratorFunc("Child", context => context.WaitForExternalEvent<string>("Never")));
        await engine.Client.ScheduleNewOrchestrationInstanceAsync("Child", new StartOrchestrationOptions("kid"));

        var done = await engine.RunAsync("Parent");

        Assert.Equal(OrchestrationRuntimeStatus.Failed, done.RuntimeStatus);
        Assert.Contains("an instance with that id is still running", done.SerializedOutput, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_two_children_with_one_id_the_first_runs_and_the_second_fails_for_its_parent()
    {
        await using var engine = await TestEngine.StartAsync(tasks => tasks
            .AddOrchestratorFunc<string>("Parent", async context =>
            {
                var first = context.CallSubOrchestratorAsync<string>("Child", "first", new SubOrchestrationOptions(instanceId: "kid"));
                var second = context.CallSubOrchestratorAsync<string>("Child", "second", new SubOrchestrationOptions(instanceId: "kid"));
                var failure = await Assert.ThrowsAsync<TaskFailedException>(() => second);
                return $"{await first}, {failure.FailureDetails.ErrorMessage}";
            })
            .AddOrchestratorFunc<string, string>("Child", async (context, input) =>
            {
                await context.CreateTimer(TimeSpan.FromMilliseconds(1), CancellationToken.None);
                return input;
            }));

        var done = await engine.RunAsync("Parent");

        Assert.StartsWith("first, The sub-orchestrator 'Child' can't start as 'kid'", done.ReadOutputAs<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_orchestrator_continues_as_new_with_the_events_that_it_has_not_taken()
    {
        await using var engine = await TestEngine.StartAsync(tasks => tasks
            .AddOrchestratorFunc<int, int>("Counter", async (context, sum) =>
            {
                var add = await context.WaitForExternalEvent<int>("Add");
                if (add == 0)
                {
                    return sum;
                }

                context.ContinueAsNew(sum + add);
                return -1;
            }));
        await engine.Client.ScheduleNewOrchestrationInstanceAsync("Counter", 0, new StartOrchestrationOptions("sum"));
        foreach (var add in new[] { 1, 2, 3, 4, 0 })
        {
            await engine.Client.RaiseEventAsync("sum", "Add", add);
        }

        var done = await engine.WaitAsync("sum");

        Assert.Equal(10, done.ReadOutputAs<int>());
        Assert.Equal(10, done.ReadInputAs<int>());
        Assert.Single((await engine.Client.GetOrchestrationHistoryAsync("sum")).OfType<ExecutionStartedEvent>());
    }

    [Fact]
    public async Task An_outcome_for_an_earlier_execution_is_not_taken_for_one_of_the_new()
    {
        var release = new TaskCompletionSource();
        await using var engine = await TestEngine.StartAsync(tasks => tasks
            .AddOrchestratorFunc<int, string>("Again", async (context, n) =>
            {
                var work = context.CallActivityAsync<string>("Work", n);
                if (n == 0)
                {
                    await context.CreateTimer(TimeSpan.FromMilliseconds(1), CancellationToken.None);
                    context.ContinueAsNew(1);
                    return "";
                }

                return await work;
            })
            .AddActivityFunc<int, string>("Work", async (_, n) =>
            {
                if (n == 0)
                {
                    await release.Task;
                }
                else
                {
                    release.SetResult();
                    await Task.Delay(50);
                }

                return "work " + n;
            }));

        Assert.Equal("work 1", (await engine.RunAsync("Again", 0)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task What_an_execution_asked_for_is_done_though_it_continued_as_new_and_the_process_ended()
    {
        var sent = new List<int>();
        var isBlocked = true;
        void Tasks(DurableTaskRegistry tasks) => tasks
            .AddOrchestratorFunc<int, int>("Again", async (context, n) =>
            {
                _ = context.CallActivityAsync("Send", n);
                if (n < 3)
                {
                    context.ContinueAsNew(n + 1);
                    return 0;
                }

                return await context.WaitForExternalEvent<int>("Go");
            })
            .AddActivityFunc<int>("Send", async (_, n) =>
            {
                await (isBlocked ? Task.Delay(Timeout.Infinite) : Task.CompletedTask);
                lock (sent)
                {
                    sent.Add(n);
                }
            });
        await using var engine = await TestEngine.StartAsync(Tasks);
        await engine.Client.ScheduleNewOrchestrationInstanceAsync("Again", 0, new StartOrchestrationOptions("again"));
        await TestEngine.UntilAsync(async () => (await engine.Store.ReadOpenWorkAsync(CancellationToken.None)).Activities.Count == 4);
        await engine.StopAsync(new CancellationToken(canceled: true));

        isBlocked = false;
        await engine.RestartAsync(Tasks);
        await TestEngine.UntilAsync(async () => (await engine.Store.ReadOpenWorkAsync(CancellationToken.None)).Activities.Count == 0);

        Assert.Equal([0, 1, 2, 3], sent.Order());
    }
}
