using LocalRuntime.Engine;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace BookingFunctions.Tests.Engine;

public class DurabilityTests
{
    [Fact]
    public async Task A_waiting_instance_survives_a_restart_and_finishes_by_replay()
    {
        var calls = 0;
        void Tasks(DurableTaskRegistry tasks) => tasks
            .AddOrchestratorFunc("Trip", async context =>
            {
                var before = await context.CallActivityAsync<string>("Work", "before");
                var id = context.NewGuid();
                context.SetCustomStatus("waiting");
                var answer = await context.WaitForExternalEvent<string>("Go");
                var after = await context.CallActivityAsync<string>("Work", "after");
                return $"{before} {answer} {after} {id == context.NewGuid()}";
            })
            .AddActivityFunc<string, string>("Work", (_, input) =>
            {
                Interlocked.Increment(ref calls);
                return input;
            });
        await using var engine = await TestEngine.StartAsync(Tasks);
        await engine.Client.ScheduleNewOrchestrationInstanceAsync("Trip", new StartOrchestrationOptions("trip"));
        await engine.WaitForCustomStatusAsync("trip", "\"waiting\"");

        await engine.RestartAsync(Tasks);
        await engine.Client.RaiseEventAsync("trip", "Go", "go");

        Assert.Equal("before go after False", (await engine.WaitAsync("trip")).ReadOutputAs<string>());
        Assert.Equal(2, calls);
    }

    [Fact]
    public async Task Instances_that_don_t_fit_in_memory_are_replayed_when_something_arrives()
    {
        await using var engine = await TestEngine.StartAsync(
            tasks => tasks
                .AddOrchestratorFunc<int, int>("Waits", async (context, n) =>
                    n + await context.CallActivityAsync<int>("Echo", n) + await context.WaitForExternalEvent<int>("Go")
                    + await context.WaitForExternalEvent<int>("Go"))
                .AddActivityFunc<int, int>("Echo", (_, n) => n),
            options: new DurableEngineOptions { MaxLiveInstances = 1 });
        var ids = Enumerable.Range(0, 20).Select(n => $"w-{n}").ToArray();
        await Task.WhenAll(ids.Select((id, n) =>
            engine.Client.ScheduleNewOrchestrationInstanceAsync("Waits", n, new StartOrchestrationOptions(id))));
        await Task.WhenAll(ids.Concat(ids).Select(id => engine.Client.RaiseEventAsync(id, "Go", 100)));

        var outputs = await Task.WhenAll(ids.Select(async id => (await engine.WaitAsync(id)).ReadOutputAs<int>()));

        Assert.Equal(Enumerable.Range(0, 20).Select(n => 2 * n + 200), outputs);
    }

    [Fact]
    public async Task An_activity_that_was_cut_off_by_a_stop_runs_again_and_the_stop_is_no_failure_of_its()
    {
        var started = new TaskCompletionSource();
        void Tasks(DurableTaskRegistry tasks, bool hangs) => tasks
            .AddOrchestratorFunc("Trip", context => context.CallActivityAsync<string>("Work"))
            .AddActivityFunc("Work", async _ =>
            {
                started.TrySetResult();
                await Task.Delay(hangs ? Timeout.Infinite : 0, new CancellationTokenSource(300).Token);
                return "done";
            });
        await using var engine = await TestEngine.StartAsync(tasks => Tasks(tasks, hangs: true));
        await engine.Client.ScheduleNewOrchestrationInstanceAsync("Trip", new StartOrchestrationOptions("trip"));
        await started.Task;
        await engine.StopAsync(new CancellationToken(canceled: true));

        await engine.RestartAsync(tasks => Tasks(tasks, hangs: false));

        Assert.Equal("done", (await engine.WaitAsync("trip")).ReadOutputAs<string>());
    }

    [Fact]
    public async Task A_timer_that_came_due_while_no_engine_ran_fires_at_the_next_start()
    {
        void Tasks(DurableTaskRegistry tasks) => tasks.AddOrchestratorFunc("Sleeps", async context =>
        {
            await context.CreateTimer(TimeSpan.FromMilliseconds(100), CancellationToken.None);
            return "awake";
        });
        await using var engine = await TestEngine.StartAsync(Tasks);
        await engine.Client.ScheduleNewOrchestrationInstanceAsync("Sleeps", new StartOrchestrationOptions("s"));
        await engine.Client.WaitForInstanceStartAsync("s");
        await engine.StopAsync();
        await Task.Delay(150);

        await engine.RestartAsync(Tasks);

        Assert.Equal("awake", (await engine.WaitAsync("s")).ReadOutputAs<string>());
    }

    [Fact]
    public async Task A_store_that_fails_for_a_while_costs_nothing_but_time()
    {
        var store = new UnreliableStore();
        await using var engine = await TestEngine.StartAsync(
            tasks => tasks
                .AddOrchestratorFunc("Chain", async context =>
                {
                    var sum = 0;
                    for (var i = 0; i < 5; i++)
                    {
                        sum += await context.CallActivityAsync<int>("One");
                    }

                    return sum;
                })
                .AddActivityFunc("One", _ => 1),
            store,
            new DurableEngineOptions { Scheduler = new HoldingScheduler() });
        store.FailingCommits = 3;

        Assert.Equal(5, (await engine.RunAsync("Chain")).ReadOutputAs<int>());
        Assert.Equal(0, store.FailingCommits);
    }

    [Theory]
    [InlineData("call the activity 'B'", "called the activity 'A'", "B")]
    [InlineData("create a timer", "called the activity 'A'", "timer")]
    [InlineData("no longer does that", "called the activity 'A'", "nothing")]
    [InlineData("call the activity 'A'", "nothing of the kind", "twice")]
    public async Task Code_that_no_longer_matches_its_history_fails_its_instance_and_says_so(string now, string then, string change)
    {
        static async Task<string> Old(TaskOrchestrationContext context)
        {
            await context.CallActivityAsync("A");
            return await context.WaitForExternalEvent<string>("Go");
        }

        async Task<string> New(TaskOrchestrationContext context)
        {
            switch (change)
            {
                case "timer":
                    await context.CreateTimer(TimeSpan.FromSeconds(1), CancellationToken.None);
                    break;
                case "twice":
                    await Task.WhenAll(context.CallActivityAsync("A"), context.CallActivityAsync("A"));
                    break;
                case "B":
                    await context.CallActivityAsync("B");
                    break;
            }

            return await context.WaitForExternalEvent<string>("Go");
        }

        await using var engine = await TestEngine.StartAsync(tasks => tasks.AddOrchestratorFunc("Trip", Old).AddActivityFunc("A", _ => { }));
        await engine.Client.ScheduleNewOrchestrationInstanceAsync("Trip", new StartOrchestrationOptions("trip"));
        await TestEngine.UntilAsync(async () => (await engine.EventTypesAsync("trip")).Contains(DurableTask.Core.History.EventType.TaskCompleted));

        await engine.RestartAsync(tasks => tasks.AddOrchestratorFunc("Trip", New));
        await engine.Client.RaiseEventAsync("trip", "Go", "go");

        var done = await engine.WaitAsync("trip");
        Assert.Equal(OrchestrationRuntimeStatus.Failed, done.RuntimeStatus);
        Assert.StartsWith("DurableTask.Core.Exceptions.NonDeterministicOrchestrationException: ", done.SerializedOutput, StringComparison.Ordinal);
        Assert.Contains(now, done.SerializedOutput, StringComparison.Ordinal);
        Assert.Contains(then, done.SerializedOutput, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Awaiting_something_that_is_not_durable_fails_the_instance_and_says_so()
    {
        await using var engine = await TestEngine.StartAsync(tasks => tasks
            .AddOrchestratorFunc("Delays", async _ => await Task.Delay(10))
            .AddOrchestratorFunc("Runs", async context =>
            {
                var timer = context.CreateTimer(TimeSpan.FromDays(1), CancellationToken.None);
                await Task.Run(() => Thread.Sleep(10));
                await timer;
            }));

        foreach (var orchestrator in new[] { "Delays", "Runs" })
        {
            var done = await engine.RunAsync(orchestrator);
            Assert.Equal(OrchestrationRuntimeStatus.Failed, done.RuntimeStatus);
            Assert.Contains("isn't durable", done.SerializedOutput, StringComparison.Ordinal);
        }
    }
}
