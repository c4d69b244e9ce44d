using System.Collections.Concurrent;
using BookingFunctions.Tests.EndToEnd;
using DurableTask.Core.History;
using LocalRuntime.Storage;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace BookingFunctions.Tests.Engine;

public class UnawaitedTaskTests
{
    [Fact]
    public async Task An_activity_that_nobody_awaits_runs_all_the_same()
    {
        var ran = new TaskCompletionSource();
        await using var engine = await TestEngine.StartAsync(tasks => tasks
            .AddOrchestratorFunc("Forgets", context =>
            {
                _ = context.CallActivityAsync("Work");
                return "done";
            })
            .AddActivityFunc("Work", _ => ran.SetResult()));

        Assert.Equal("done", (await engine.RunAsync("Forgets")).ReadOutputAs<string>());
        await ran.Task;
        await NothingIsOpenAsync(engine);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_activity_that_nobody_awaits_runs_again_after_a_stop_until_it_has_run(bool fails)
    {
        var runs = new TaskCompletionSource[3];
        for (var i = 0; i < runs.Length; i++)
        {
            runs[i] = new TaskCompletionSource();
        }

        var run = 0;
        void Tasks(DurableTaskRegistry tasks) => tasks
            .AddOrchestratorFunc("Forgets", context =>
            {
                _ = context.CallActivityAsync("Work");
                return "done";
            })
            .AddActivityFunc("Work", async _ =>
            {
                runs[run++].SetResult();
                await (run < 3 ? new TaskCompletionSource().Task : fails ? throw new TimeoutException() : Task.CompletedTask);
            });
        await using var engine = await TestEngine.StartAsync(Tasks);
        await engine.RunAsync("Forgets");
        await runs[0].Task;
        await engine.RestartAsync(Tasks);
        await runs[1].Task;
        await engine.RestartAsync(Tasks);
        await runs[2].Task;

        await NothingIsOpenAsync(engine);
        await engine.RestartAsync(Tasks);
        Assert.Equal(3, run);
    }

    [Fact]
    public async Task The_loser_of_a_race_goes_on_and_its_outcome_is_dropped()
    {
        var release = new TaskCompletionSource();
        await using var engine = await TestEngine.StartAsync(tasks => tasks
            .AddOrchestratorFunc("Race", async context =>
            {
                var slow = context.CallActivityAsync<string>("Slow");
                var fast = context.CallActivityAsync<string>("Fast");
                return await await Task.WhenAny(slow, fast);
            })
            .AddActivityFunc("Slow", async _ =>
            {
                await release.Task;
                return "slow";
            })
            .AddActivityFunc("Fast", _ => "fast"));

        var done = await engine.RunAsync("Race", id: "r");
        var history = await engine.EventTypesAsync("r");
        release.SetResult();
        await NothingIsOpenAsync(engine);

        Assert.Equal("fast", done.ReadOutputAs<string>());
        Assert.Equal(history, await engine.EventTypesAsync("r"));
        Assert.Equal("fast", (await engine.Client.GetInstanceAsync("r", true))!.ReadOutputAs<string>());
    }

    [Fact]
    public async Task The_outcome_of_a_task_of_an_instance_that_was_replaced_is_not_taken_for_the_new_ones()
    {
        var release = new TaskCompletionSource();
        await using var engine = await TestEngine.StartAsync(tasks => tasks
            .AddOrchestratorFunc<string, string>("Calls", async (context, input) =>
            {
                var work = context.CallActivityAsync<string>("Work", input);
                return input == "old" ? "gone" : await work;
            })
            .AddActivityFunc<string, string>("Work", async (_, input) =>
            {
                await (input == "old" ? release.Task : Task.CompletedTask);
                return input;
            }));
        await engine.RunAsync("Calls", "old", "c");

        await engine.Client.ScheduleNewOrchestrationInstanceAsync("Calls", "new", new StartOrchestrationOptions("c"));
        release.SetResult();

        Assert.Equal("new", (await engine.WaitAsync("c")).ReadOutputAs<string>());
        await NothingIsOpenAsync(engine);
    }

    [Fact]
    public async Task A_child_that_nobody_awaits_runs_to_its_own_end()
    {
        await using var engine = await TestEngine.StartAsync(tasks => tasks
            .AddOrchestratorFunc("Forgets", context =>
            {
                _ = context.CallSubOrchestratorAsync("Child", options: new SubOrchestrationOptions(instanceId: "kid"));
                return "done";
            })
            .AddOrchestratorFunc("Child", async context => await context.WaitForExternalEvent<string>("Go")));

        Assert.Equal("done", (await engine.RunAsync("Forgets", id: "f")).ReadOutputAs<string>());
        await engine.Client.RaiseEventAsync("kid", "Go", "went");

        Assert.Equal("went", (await engine.WaitAsync("kid")).ReadOutputAs<string>());
        Assert.Equal("done", (await engine.Client.GetInstanceAsync("f", true))!.ReadOutputAs<string>());
        await NothingIsOpenAsync(engine);
    }

    [Fact]
    public async Task A_timer_that_nobody_awaits_does_not_hold_up_the_end()
    {
        await using var engine = await TestEngine.StartAsync(tasks => tasks.AddOrchestratorFunc("Forgets", context =>
        {
            _ = context.CreateTimer(TimeSpan.FromDays(30), CancellationToken.None);
            return "done";
        }));

        Assert.Equal("done", (await engine.RunAsync("Forgets")).ReadOutputAs<string>());
        await NothingIsOpenAsync(engine);
    }

    [Fact]
    public async Task A_failure_that_nobody_awaits_does_not_fail_the_instance()
    {
        await using var engine = await TestEngine.StartAsync(tasks => tasks
            .AddOrchestratorFunc("Forgets", async context =>
            {
                _ = context.CallActivityAsync("Boom");
                await context.CreateTimer(TimeSpan.FromMilliseconds(20), CancellationToken.None);
                return await context.CallActivityAsync<string>("Fine");
            })
            .AddActivityFunc("Boom", _ => throw new TimeoutException())
            .AddActivityFunc("Fine", _ => "fine"));

        Assert.Equal("fine", (await engine.RunAsync("Forgets")).ReadOutputAs<string>());
    }

    [Fact]
    public async Task Five_thousand_activities_with_a_stop_in_the_middle_all_arrive()
    {
        const int Count = 5_000;
        var runs = new ConcurrentDictionary<int, int>();
        var half = new TaskCompletionSource();
        void Tasks(DurableTaskRegistry tasks) => tasks
            .AddOrchestratorFunc("FanOut", async context =>
                (await Task.WhenAll(Enumerable.Range(0, Count).Select(n => context.CallActivityAsync<int>("Square", n)))).Select(n => (long)n).Sum())
            .AddActivityFunc<int, int>("Square", (_, n) =>
            {
                runs.AddOrUpdate(n, 1, (_, times) => times + 1);
                if (runs.Count >= Count / 2)
                {
                    half.TrySetResult();
                }

                return n * n;
            });
        using var file = new DataFile();
        await using var database = SqliteDatabase.Open(file.Path);
        await using var engine = await TestEngine.StartAsync(Tasks, new SqliteOrchestrationStore(database));
        await engine.Client.ScheduleNewOrchestrationInstanceAsync("FanOut", new StartOrchestrationOptions("f"));
        await half.Task;

        await engine.RestartAsync(Tasks);

        Assert.Equal(Enumerable.Range(0, Count).Sum(n => (long)n * n), (await engine.WaitAsync("f")).ReadOutputAs<long>());
        Assert.Equal(Count, runs.Count);
        var history = await engine.Client.GetOrchestrationHistoryAsync("f");
        Assert.Equal(Enumerable.Range(0, Count), history.OfType<TaskScheduledEvent>().Select(scheduled => scheduled.EventId));
        Assert.Equal(Enumerable.Range(0, Count), history.OfType<TaskCompletedEvent>().Select(completed => completed.TaskScheduledId).Order());
    }

    [Fact]
    public async Task Activities_timers_and_children_of_one_turn_all_arrive()
    {
        await using var engine = await TestEngine.StartAsync(tasks => tasks
            .AddOrchestratorFunc("Mixes", async context =>
            {
                var text = new string('A', 30_000);
                var activities = Enumerable.Range(0, 40).Select(_ => context.CallActivityAsync<string>("Echo", text)).ToList();
                var timers = Enumerable.Range(0, 100)
                    .Select(n => context.CreateTimer(TimeSpan.FromMilliseconds(n % 10), CancellationToken.None))
                    .ToList();
                var children = Enumerable.Range(0, 50).Select(n => context.CallSubOrchestratorAsync<int>("Child", n)).ToList();
                await Task.WhenAll([.. activities, .. timers, .. children]);
                return children.Sum(child => child.Result) + activities.Count(activity => activity.Result == text);
            })
            .AddOrchestratorFunc<int, int>("Child", (_, n) => n)
            .AddActivityFunc<string, string>("Echo", (_, text) => text));

        Assert.Equal((49 * 50 / 2) + 40, (await engine.RunAsync("Mixes")).ReadOutputAs<int>());
    }

    private static Task NothingIsOpenAsync(TestEngine engine) => TestEngine.UntilAsync(async () =>
        await engine.Store.ReadOpenWorkAsync(CancellationToken.None) is
        {
            Activities.Count: 0, Timers.Count: 0, InstancesWithMessages.Count: 0, DelayedMessages.Count: 0,
        });
}
