using DurableTask.Core;
using DurableTask.Core.History;

namespace BookingFunctions.Tests.Backends;

/// <summary>Instances that a client suspends and resumes.</summary>
public abstract class SuspensionContract<TBackend> : Contract<TBackend>
    where TBackend : IBackend, new()
{
    [BackendFact]
    public async Task Events_that_come_while_it_is_suspended_are_received_once_it_is_resumed()
    {
        await StartWaitingAsync();
        await Hub.SuspendAsync("w", "for lunch");
        await Hub.WaitAsync("w", OrchestrationStatus.Suspended);

        await Hub.RaiseAsync("w", "Go", "went");
        await Hub.PassAsync();
        Assert.Equal(OrchestrationStatus.Suspended, (await Hub.StateAsync("w"))!.OrchestrationStatus);
        await Hub.ResumeAsync("w");

        var state = await Hub.WaitAsync("w");
        Assert.Equal("went", TestHub.Output<string>(state));
        var history = await Hub.HistoryAsync("w");
        Assert.Equal(
            ("for lunch", 1),
            (history.OfType<ExecutionSuspendedEvent>().Single().Reason, history.OfType<ExecutionResumedEvent>().Count()));
    }

    [BackendFact]
    public async Task Events_that_came_while_it_was_suspended_keep_their_order()
    {
        Hub.Tasks.Orchestrator<string>("Collects", async context =>
        {
            var text = "";
            for (var i = 0; i < 4; i++)
            {
                text += await context.WaitForExternalEvent<string>("Letter");
            }

            return text;
        });
        await Hub.StartAsync();
        await Hub.ScheduleAsync("Collects", id: "c");
        await Hub.WaitAsync("c", OrchestrationStatus.Running);
        await Hub.RaiseAsync("c", "Letter", "a");
        await Hub.SuspendAsync("c");
        await Hub.WaitAsync("c", OrchestrationStatus.Suspended);
        await Hub.RaiseAsync("c", "Letter", "b");
        await Hub.RaiseAsync("c", "Letter", "c");
        await Hub.ResumeAsync("c");
        await Hub.WaitAsync("c", OrchestrationStatus.Running);
        await Hub.RaiseAsync("c", "Letter", "d");

        Assert.Equal("abcd", TestHub.Output<string>(await Hub.WaitAsync("c")));
    }

    [BackendFact]
    public async Task An_activity_that_ends_while_the_instance_is_suspended_counts_once_it_is_resumed()
    {
        var isSuspended = new TaskCompletionSource();
        Hub.Tasks
            .Orchestrator<string>("Calls", context => context.CallActivityAsync<string>("Slow", 1))
            .Activity<int, string>("Slow", async (_, _) =>
            {
                await isSuspended.Task;
                return "done";
            });
        await Hub.StartAsync();
        await Hub.ScheduleAsync("Calls", id: "c");
        await Hub.WaitAsync("c", OrchestrationStatus.Running);
        await Hub.SuspendAsync("c");
        await Hub.WaitAsync("c", OrchestrationStatus.Suspended);
        isSuspended.SetResult();
        await Hub.PassAsync();
        Assert.Equal(OrchestrationStatus.Suspended, (await Hub.StateAsync("c"))!.OrchestrationStatus);

        await Hub.ResumeAsync("c");

        Assert.Equal("done", TestHub.Output<string>(await Hub.WaitAsync("c")));
    }

    [BackendFact]
    public async Task A_timer_that_comes_due_while_the_instance_is_suspended_fires_once_it_is_resumed()
    {
        Hub.Tasks.Orchestrator<string>("Sleeps", async context =>
        {
            await context.CreateTimer(TimeSpan.FromSeconds(4), CancellationToken.None);
            return "awake";
        });
        await Hub.StartAsync();
        await Hub.ScheduleAsync("Sleeps", id: "s");
        await Hub.WaitAsync("s", OrchestrationStatus.Running);
        await Hub.SuspendAsync("s");
        await Hub.WaitAsync("s", OrchestrationStatus.Suspended);
        await Task.Delay(4_200);
        Assert.Equal(OrchestrationStatus.Suspended, (await Hub.StateAsync("s"))!.OrchestrationStatus);

        await Hub.ResumeAsync("s");

        Assert.Equal("awake", TestHub.Output<string>(await Hub.WaitAsync("s")));
    }

    [BackendFact]
    public async Task It_stays_suspended_across_a_restart_of_the_worker()
    {
        var worker = await StartWaitingAsync();
        await Hub.SuspendAsync("w");
        await Hub.WaitAsync("w", OrchestrationStatus.Suspended);
        await Hub.RaiseAsync("w", "Go", "went");
        await Hub.StopAsync(worker);

        await Hub.StartAsync();
        await Hub.PassAsync();
        Assert.Equal(OrchestrationStatus.Suspended, (await Hub.StateAsync("w"))!.OrchestrationStatus);
        await Hub.ResumeAsync("w");

        Assert.Equal("went", TestHub.Output<string>(await Hub.WaitAsync("w")));
    }

    [BackendFact]
    public async Task Suspending_twice_and_resuming_once_resumes()
    {
        await StartWaitingAsync();
        await Hub.SuspendAsync("w");
        await Hub.WaitAsync("w", OrchestrationStatus.Suspended);
        await Hub.SuspendAsync("w");
        await Hub.ResumeAsync("w");
        await Hub.WaitAsync("w", OrchestrationStatus.Running);
        await Hub.RaiseAsync("w", "Go", "went");

        Assert.Equal("went", TestHub.Output<string>(await Hub.WaitAsync("w")));
    }

    [BackendFact]
    public async Task Resuming_an_instance_that_is_not_suspended_changes_nothing()
    {
        await StartWaitingAsync();
        await Hub.ResumeAsync("w");
        await Hub.RaiseAsync("w", "Go", "went");

        Assert.Equal("went", TestHub.Output<string>(await Hub.WaitAsync("w")));
    }

    [BackendFact]
    public async Task The_custom_status_survives_a_suspension()
    {
        Hub.Tasks.Orchestrator<string>("Waits", async context =>
        {
            context.SetCustomStatus("waiting");
            return await context.WaitForExternalEvent<string>("Go");
        });
        await Hub.StartAsync();
        await Hub.ScheduleAsync("Waits", id: "w");
        await Hub.WaitForCustomStatusAsync("w", "waiting");
        await Hub.SuspendAsync("w");
        await Hub.WaitAsync("w", OrchestrationStatus.Suspended);
        await Hub.ResumeAsync("w");
        Assert.Equal("\"waiting\"", (await Hub.WaitAsync("w", OrchestrationStatus.Running)).Status);
        await Hub.RaiseAsync("w", "Go", "went");

        Assert.Equal("\"waiting\"", (await Hub.WaitAsync("w")).Status);
    }

    private async Task<TaskHubWorker> StartWaitingAsync()
    {
        Hub.Tasks.Orchestrator<string>("Waits", context => context.WaitForExternalEvent<string>("Go"));
        var worker = await Hub.StartAsync();
        await Hub.ScheduleAsync("Waits", id: "w");
        await Hub.WaitAsync("w", OrchestrationStatus.Running);
        return worker;
    }
}
