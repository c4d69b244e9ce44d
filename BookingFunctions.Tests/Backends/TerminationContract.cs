using DurableTask.Core;
using DurableTask.Core.History;
using Microsoft.DurableTask;

namespace BookingFunctions.Tests.Backends;

/// <summary>Instances that a client ends.</summary>
public abstract class TerminationContract<TBackend> : Contract<TBackend>
    where TBackend : IBackend, new()
{
    [BackendFact]
    public async Task A_running_instance_is_terminated_with_the_reason_as_its_output()
    {
        Hub.Tasks.Orchestrator<string>("Waits", context => context.WaitForExternalEvent<string>("Go"));
        await Hub.StartAsync();
        await Hub.ScheduleAsync("Waits", id: "w");
        await Hub.WaitAsync("w", OrchestrationStatus.Running);

        await Hub.TerminateAsync("w", "not wanted any more");

        var state = await Hub.WaitAsync("w");
        Assert.Equal((OrchestrationStatus.Terminated, "not wanted any more"), (state.OrchestrationStatus, state.Output));
        Assert.Single((await Hub.HistoryAsync("w")).OfType<ExecutionTerminatedEvent>());
    }

    [BackendFact]
    public async Task A_pending_instance_is_terminated()
    {
        Hub.Tasks.Orchestrator<string>("Waits", context => context.WaitForExternalEvent<string>("Go"));
        await Hub.ScheduleAsync("Waits", id: "w");
        await Hub.TerminateAsync("w", "too early");

        await Hub.StartAsync();

        var state = await Hub.WaitAsync("w");
        Assert.Equal((OrchestrationStatus.Terminated, "too early"), (state.OrchestrationStatus, state.Output));
    }

    [BackendFact]
    public async Task An_instance_that_waits_for_its_scheduled_start_is_terminated()
    {
        Hub.Tasks.Orchestrator<int>("Runs", _ => Task.FromResult(1));
        await Hub.StartAsync();
        await Hub.Client.CreateScheduledOrchestrationInstanceAsync("Runs", "", "r", "1", DateTime.UtcNow.AddSeconds(2));

        await Hub.TerminateAsync("r", "too early");

        Assert.Equal(OrchestrationStatus.Terminated, (await Hub.WaitAsync("r")).OrchestrationStatus);
    }

    [BackendFact]
    public async Task A_suspended_instance_is_terminated()
    {
        Hub.Tasks.Orchestrator<string>("Waits", context => context.WaitForExternalEvent<string>("Go"));
        await Hub.StartAsync();
        await Hub.ScheduleAsync("Waits", id: "w");
        await Hub.WaitAsync("w", OrchestrationStatus.Running);
        await Hub.SuspendAsync("w");
        await Hub.WaitAsync("w", OrchestrationStatus.Suspended);

        await Hub.TerminateAsync("w", "enough");

        var state = await Hub.WaitAsync("w");
        Assert.Equal((OrchestrationStatus.Terminated, "enough"), (state.OrchestrationStatus, state.Output));
    }

    [BackendFact]
    public async Task The_result_of_an_activity_that_ends_after_the_termination_changes_nothing()
    {
        var isTerminated = new TaskCompletionSource();
        var isStarted = new TaskCompletionSource();
        var isDone = new TaskCompletionSource();
        Hub.Tasks
            .Orchestrator<string>("Calls", context => context.CallActivityAsync<string>("Slow", 1))
            .Activity<int, string>("Slow", async (_, _) =>
            {
                isStarted.SetResult();
                await isTerminated.Task;
                isDone.SetResult();
                return "late";
            });
        await Hub.StartAsync();
        await Hub.ScheduleAsync("Calls", id: "c");
        await isStarted.Task;
        await Hub.TerminateAsync("c");
        await Hub.WaitAsync("c", OrchestrationStatus.Terminated);
        isTerminated.SetResult();
        await isDone.Task;

        await Hub.PassAsync();
        Assert.Equal(OrchestrationStatus.Terminated, (await Hub.StateAsync("c"))!.OrchestrationStatus);
    }

    [BackendFact]
    public async Task Terminating_again_changes_nothing()
    {
        Hub.Tasks.Orchestrator<string>("Waits", context => context.WaitForExternalEvent<string>("Go"));
        await Hub.StartAsync();
        await Hub.ScheduleAsync("Waits", id: "w");
        await Hub.WaitAsync("w", OrchestrationStatus.Running);
        await Hub.TerminateAsync("w", "first");
        await Hub.WaitAsync("w", OrchestrationStatus.Terminated);

        // Our own backend refuses at the send what Azure Storage drops when it is delivered.
        await Record.ExceptionAsync(() => Hub.TerminateAsync("w", "second"));
        await Hub.PassAsync();

        Assert.Equal("first", (await Hub.StateAsync("w"))!.Output);
    }

    [BackendFact]
    public async Task Children_run_on_when_their_parent_is_terminated_alone()
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

        Assert.Equal(OrchestrationStatus.Running, (await Hub.StateAsync("child"))!.OrchestrationStatus);
    }
}
