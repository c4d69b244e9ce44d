using DurableTask.Core;
using DurableTask.Core.History;
using Microsoft.DurableTask;

namespace BookingFunctions.Tests.Backends;

/// <summary>Orchestrations that other ones start.</summary>
public abstract class SubOrchestrationContract<TBackend> : Contract<TBackend>
    where TBackend : IBackend, new()
{
    [BackendFact]
    public async Task A_child_answers_its_parent_and_names_it()
    {
        Hub.Tasks
            .Orchestrator<string>("Parent", context =>
                context.CallSubOrchestratorAsync<string>("Child", "in", new SubOrchestrationOptions(instanceId: "child")))
            .Orchestrator<string, string>("Child", (context, input) => Task.FromResult($"{input} {context.InstanceId}"));
        await Hub.StartAsync();

        Assert.Equal("in child", TestHub.Output<string>(await Hub.RunAsync("Parent", id: "parent")));

        await Hub.WaitAsync("child", OrchestrationStatus.Completed);
        var started = (await Hub.HistoryAsync("child")).OfType<ExecutionStartedEvent>().Single();
        Assert.Equal(("parent", "Parent"), (started.ParentInstance.OrchestrationInstance.InstanceId, started.ParentInstance.Name));
        var created = Assert.Single((await Hub.HistoryAsync("parent")).OfType<SubOrchestrationInstanceCreatedEvent>());
        Assert.Equal(("Child", "child", started.ParentInstance.TaskScheduleId), (created.Name, created.InstanceId, created.EventId));
    }

    [BackendFact]
    public async Task A_child_without_a_given_id_gets_one()
    {
        Hub.Tasks
            .Orchestrator<string[]>("Parent", async context =>
                [await context.CallSubOrchestratorAsync<string>("Child"), await context.CallSubOrchestratorAsync<string>("Child")])
            .Orchestrator<string>("Child", context => Task.FromResult(context.InstanceId));
        await Hub.StartAsync();

        Assert.Equal(2, (await Hub.OutputAsync<string[]>("Parent")).Distinct().Count());
    }

    [BackendFact]
    public async Task Many_children_at_a_time_all_answer()
    {
        Hub.Tasks
            .Orchestrator<int>("Parent", async context =>
                (await Task.WhenAll(Enumerable.Range(0, 20).Select(n => context.CallSubOrchestratorAsync<int>("Child", n)))).Sum())
            .Orchestrator<int, int>("Child", (context, n) => context.CallActivityAsync<int>("Same", n))
            .Activity<int, int>("Same", n => n);
        await Hub.StartAsync();

        Assert.Equal(Enumerable.Range(0, 20).Sum(), await Hub.OutputAsync<int>("Parent"));
    }

    [BackendFact]
    public async Task Children_of_children_answer()
    {
        Hub.Tasks.Orchestrator<int, int>("Nests", async (context, depth) =>
            depth == 0 ? 0 : 1 + await context.CallSubOrchestratorAsync<int>("Nests", depth - 1));
        await Hub.StartAsync();

        Assert.Equal(5, await Hub.OutputAsync<int>("Nests", 5));
    }

    [BackendFact]
    public async Task A_failing_child_throws_in_its_parent()
    {
        Hub.Tasks
            .Orchestrator<string>("Parent", async context =>
            {
                try
                {
                    return await context.CallSubOrchestratorAsync<string>("Child");
                }
                catch (TaskFailedException e)
                {
                    return $"{e.TaskName}: {e.FailureDetails.ErrorMessage}";
                }
            })
            .Orchestrator<string>("Child", _ => throw new InvalidOperationException("no seats"));
        await Hub.StartAsync();

        Assert.Equal("Child: no seats", await Hub.OutputAsync<string>("Parent"));
    }

    [BackendFact]
    public async Task A_parent_that_does_not_await_its_child_completes_when_that_has_ended()
    {
        Hub.Tasks
            .Orchestrator<string>("Parent", context =>
            {
                _ = context.CallSubOrchestratorAsync<string>("Child", null, new SubOrchestrationOptions(instanceId: "child"));
                return Task.FromResult("left");
            })
            .Orchestrator<string>("Child", context => context.WaitForExternalEvent<string>("Go"));
        await Hub.StartAsync();
        await Hub.ScheduleAsync("Parent", id: "parent");
        await Hub.WaitAsync("child", OrchestrationStatus.Running);
        await Hub.WaitAsync("parent", OrchestrationStatus.Running);
        await Hub.RaiseAsync("child", "Go", "went");

        Assert.Equal("left", TestHub.Output<string>(await Hub.WaitAsync("parent")));
        Assert.Equal("went", TestHub.Output<string>(await Hub.WaitAsync("child")));
    }

    [BackendFact]
    public async Task A_child_that_is_sent_off_for_good_has_no_parent()
    {
        Hub.Tasks
            .Orchestration("Parent", () => new PlainTasks.SendsChildOff())
            .Orchestrator<string>("Child", _ => Task.FromResult("alone"));
        await Hub.StartAsync();

        Assert.Equal(OrchestrationStatus.Completed, (await Hub.RunAsync("Parent", "child", "parent")).OrchestrationStatus);
        Assert.Equal("alone", TestHub.Output<string>(await Hub.WaitAsync("child")));
        Assert.DoesNotContain(await Hub.HistoryAsync("parent"), e => e is SubOrchestrationInstanceCompletedEvent);
    }

    [BackendFact]
    public async Task A_child_s_id_is_used_again_once_the_former_child_has_ended()
    {
        Hub.Tasks
            .Orchestrator<string>("Parent", async context =>
                await context.CallSubOrchestratorAsync<string>("Child", "first", new SubOrchestrationOptions(instanceId: "child"))
                + await context.CallSubOrchestratorAsync<string>("Child", "second", new SubOrchestrationOptions(instanceId: "child")))
            .Orchestrator<string, string>("Child", (_, input) => Task.FromResult(input));
        await Hub.StartAsync();

        Assert.Equal("firstsecond", await Hub.OutputAsync<string>("Parent"));
        await Hub.WaitAsync("child", state => state.Input == "\"second\"");
    }

    [BackendFact]
    public async Task A_parent_that_is_terminated_gets_no_answer_of_its_child()
    {
        Hub.Tasks
            .Orchestrator<string>("Parent", context =>
                context.CallSubOrchestratorAsync<string>("Child", null, new SubOrchestrationOptions(instanceId: "child")))
            .Orchestrator<string>("Child", context => context.WaitForExternalEvent<string>("Go"));
        await Hub.StartAsync();
        await Hub.ScheduleAsync("Parent", id: "parent");
        await Hub.WaitAsync("child", OrchestrationStatus.Running);
        await Hub.TerminateAsync("parent");
        await Hub.WaitAsync("parent", OrchestrationStatus.Terminated);

        await Hub.RaiseAsync("child", "Go", "went");

        Assert.Equal("went", TestHub.Output<string>(await Hub.WaitAsync("child")));
        Assert.Equal(OrchestrationStatus.Terminated, (await Hub.StateAsync("parent"))!.OrchestrationStatus);
    }

    [BackendFact]
    public async Task A_terminated_child_fails_in_its_parent()
    {
        Hub.Tasks
            .Orchestrator<string>("Parent", async context =>
            {
                try
                {
                    return await context.CallSubOrchestratorAsync<string>("Child", null, new SubOrchestrationOptions(instanceId: "child"));
                }
                catch (TaskFailedException)
                {
                    return "the child was stopped";
                }
            })
            .Orchestrator<string>("Child", context => context.WaitForExternalEvent<string>("Go"));
        await Hub.StartAsync();
        await Hub.ScheduleAsync("Parent", id: "parent");
        await Hub.WaitAsync("child", OrchestrationStatus.Running);
        await Hub.TerminateAsync("child", "stop it");

        Assert.Equal("the child was stopped", TestHub.Output<string>(await Hub.WaitAsync("parent")));
    }
}
