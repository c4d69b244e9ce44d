using DurableTask.Core;

namespace BookingFunctions.Tests.Backends;

/// <summary>Workers that stop and start again.</summary>
public abstract class WorkerContract<TBackend> : Contract<TBackend>
    where TBackend : IBackend, new()
{
    private int calls;

    [BackendFact]
    public async Task An_instance_that_waits_goes_on_after_a_restart_and_does_nothing_twice()
    {
        Hub.Tasks
            .Orchestrator<string>("Trip", async context =>
            {
                var before = await context.CallActivityAsync<string>("Work", "before");
                context.SetCustomStatus("waiting");
                var answer = await context.WaitForExternalEvent<string>("Go");
                return $"{before} {answer} {await context.CallActivityAsync<string>("Work", "after")}";
            })
            .Activity<string, string>("Work", text =>
            {
                Interlocked.Increment(ref calls);
                return text;
            });
        var worker = await Hub.StartAsync();
        await Hub.ScheduleAsync("Trip", id: "t");
        await Hub.WaitForCustomStatusAsync("t", "waiting");
        await Hub.StopAsync(worker);
        Assert.Equal("\"waiting\"", (await Hub.StateAsync("t"))!.Status);

        await Hub.StartAsync();
        await Hub.RaiseAsync("t", "Go", "go");

        Assert.Equal("before go after", TestHub.Output<string>(await Hub.WaitAsync("t")));
        Assert.Equal(2, calls);
    }

    [BackendFact]
    public async Task What_clients_send_while_no_worker_runs_is_done_at_the_next_start()
    {
        Hub.Tasks
            .Orchestrator<string>("Waits", context => context.WaitForExternalEvent<string>("Go"))
            .Orchestrator<string, string>("Echo", (_, input) => Task.FromResult(input));
        var worker = await Hub.StartAsync();
        await Hub.ScheduleAsync("Waits", id: "w1");
        await Hub.ScheduleAsync("Waits", id: "w2");
        await Hub.WaitAsync("w1", OrchestrationStatus.Running);
        await Hub.WaitAsync("w2", OrchestrationStatus.Running);
        await Hub.StopAsync(worker);
        await Hub.RaiseAsync("w1", "Go", "went");
        await Hub.TerminateAsync("w2");
        await Hub.ScheduleAsync("Echo", "new", "e");

        await Hub.StartAsync();

        Assert.Equal("went", TestHub.Output<string>(await Hub.WaitAsync("w1")));
        Assert.Equal(OrchestrationStatus.Terminated, (await Hub.WaitAsync("w2")).OrchestrationStatus);
        Assert.Equal("new", TestHub.Output<string>(await Hub.WaitAsync("e")));
    }

    [BackendFact]
    public async Task A_graceful_stop_lets_a_running_activity_end_and_it_is_not_done_again()
    {
        var isStarted = new TaskCompletionSource();
        var isReleased = new TaskCompletionSource();
        Hub.Tasks
            .Orchestrator<string>("Calls", context => context.CallActivityAsync<string>("Slow", 1))
            .Activity<int, string>("Slow", async (_, _) =>
            {
                Interlocked.Increment(ref calls);
                isStarted.TrySetResult();
                await isReleased.Task;
                return "done";
            });
        var worker = await Hub.StartAsync();
        await Hub.ScheduleAsync("Calls", id: "c");
        await isStarted.Task;
        var dispatcher = worker.TaskActivityDispatcher.StopAsync(forced: false);
        isReleased.SetResult();
        await dispatcher;
        await Hub.WaitAsync("c");
        await Hub.StopAsync(worker, isForced: true);

        await Hub.StartAsync();

        Assert.Equal("done", TestHub.Output<string>(await Hub.WaitAsync("c")));
        Assert.Equal(1, calls);
    }

    [BackendFact]
    public async Task A_worker_does_no_more_turns_and_activities_at_a_time_than_it_may()
    {
        var (now, most) = (0, 0);
        var gate = new Lock();
        Hub.Tasks
            .Orchestrator<int>("Fan", async context =>
                (await Task.WhenAll(Enumerable.Range(0, 40).Select(n => context.CallActivityAsync<int>("Counted", n)))).Length)
            .Activity<int, int>("Counted", async (_, n) =>
            {
                lock (gate)
                {
                    most = Math.Max(most, ++now);
                }

                await Task.Delay(10);
                lock (gate)
                {
                    now--;
                }

                return n;
            });
        await Hub.StartAsync();

        Assert.Equal(40, await Hub.OutputAsync<int>("Fan"));
        Assert.InRange(most, 1, Options.MaxConcurrentActivities);
    }
}
