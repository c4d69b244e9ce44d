using DurableTask.Core.History;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace BookingFunctions.Tests.Engine;

public class RewindTests
{
    [Fact]
    public async Task A_failed_instance_goes_on_from_the_task_that_failed_and_keeps_what_succeeded()
    {
        var works = false;
        var calls = new List<string>();
        await using var engine = await TestEngine.StartAsync(tasks => tasks
            .AddOrchestratorFunc("Chain", async context =>
                await context.CallActivityAsync<string>("Step", "a") + await context.CallActivityAsync<string>("Step", "b")
                + await context.CallActivityAsync<string>("Step", "c"))
            .AddActivityFunc<string, string>("Step", (_, name) =>
            {
                calls.Add(name);
                return name == "b" && !works ? throw new TimeoutException("not yet") : name;
            }));
        Assert.Equal(OrchestrationRuntimeStatus.Failed, (await engine.RunAsync("Chain", id: "chain")).RuntimeStatus);

        works = true;
        await engine.Client.RewindInstanceAsync("chain", "it works now");

        Assert.Equal("abc", (await engine.WaitAsync("chain")).ReadOutputAs<string>());
        Assert.Equal(["a", "b", "b", "c"], calls);
        var rewound = (await engine.Client.GetOrchestrationHistoryAsync("chain")).OfType<ExecutionRewoundEvent>().Single();
        Assert.Equal("it works now", rewound.Reason);
    }

    [Fact]
    public async Task Failures_that_the_code_had_dealt_with_stay()
    {
        var calls = 0;
        var works = false;
        await using var engine = await TestEngine.StartAsync(tasks => tasks
            .AddOrchestratorFunc("Trip", async context =>
            {
                var car = await context.CallActivityAsync<int>("Car", TaskOptions.FromRetryPolicy(new RetryPolicy(5, TimeSpan.FromMilliseconds(1))));
                return car + await context.CallActivityAsync<int>("Hotel");
            })
            .AddActivityFunc("Car", _ => ++calls < 3 ? throw new TimeoutException() : calls)
            .AddActivityFunc("Hotel", _ => works ? 10 : throw new TimeoutException()));
        await engine.RunAsync("Trip", id: "trip");

        works = true;
        await engine.Client.RewindInstanceAsync("trip", "");

        Assert.Equal(13, (await engine.WaitAsync("trip")).ReadOutputAs<int>());
        Assert.Equal(3, calls);
    }

    [Fact]
    public async Task Several_tasks_that_failed_together_are_tried_again_together()
    {
        var works = false;
        await using var engine = await TestEngine.StartAsync(tasks => tasks
            .AddOrchestratorFunc("All", async context =>
                (await Task.WhenAll(Enumerable.Range(0, 6).Select(n => context.CallActivityAsync<int>("Odd", n)))).Sum())
            .AddActivityFunc<int, int>("Odd", (_, n) => n % 2 == 1 || works ? n : throw new TimeoutException()));
        await engine.RunAsync("All", id: "all");

        works = true;
        await engine.Client.RewindInstanceAsync("all", "");

        Assert.Equal(15, (await engine.WaitAsync("all")).ReadOutputAs<int>());
    }

    [Fact]
    public async Task Fixed_code_goes_on_where_the_old_code_threw_and_is_replayed_after_a_restart()
    {
        static void Tasks(DurableTaskRegistry tasks, bool isFixed) => tasks
            .AddOrchestratorFunc("Buggy", async context =>
            {
                var first = await context.CallActivityAsync<string>("Step", "a");
                if (!isFixed)
                {
                    throw new InvalidOperationException("bug");
                }

                var second = await context.CallActivityAsync<string>("Step", "b");
                return first + second + await context.WaitForExternalEvent<string>("Go");
            })
            .AddActivityFunc<string, string>("Step", (_, name) => name);
        await using var engine = await TestEngine.StartAsync(tasks => Tasks(tasks, isFixed: false));
        await engine.RunAsync("Buggy", id: "buggy");
        var stillBroken = await Assert.ThrowsAsync<InvalidOperationException>(() => engine.Client.RewindInstanceAsync("buggy", ""));
        Assert.Contains("its code fails by itself (System.InvalidOperationException: bug)", stillBroken.Message, StringComparison.Ordinal);

        await engine.RestartAsync(tasks => Tasks(tasks, isFixed: true));
        await engine.Client.RewindInstanceAsync("buggy", "fixed");
        await TestEngine.UntilAsync(async () => (await engine.EventTypesAsync("buggy")).Count(type => type == EventType.TaskCompleted) == 2);
        await engine.RestartAsync(tasks => Tasks(tasks, isFixed: true));
        await engine.Client.RaiseEventAsync("buggy", "Go", "!");

        Assert.Equal("ab!", (await engine.WaitAsync("buggy")).ReadOutputAs<string>());
    }

    [Fact]
    public async Task A_failed_child_is_rewound_with_its_parent()
    {
        var works = false;
        var before = 0;
        await using var engine = await TestEngine.StartAsync(tasks => tasks
            .AddOrchestratorFunc("Parent", async context => "child: " + await context.CallSubOrchestratorAsync<string>("Child"))
            .AddOrchestratorFunc("Child", async context =>
            {
                await context.CallActivityAsync("Before");
                return await context.CallActivityAsync<string>("Step");
            })
            .AddActivityFunc("Before", _ => { before++; })
            .AddActivityFunc("Step", _ => works ? "done" : throw new TimeoutException()));
        await engine.RunAsync("Parent", id: "parent");

        works = true;
        await engine.Client.RewindInstanceAsync("parent", "");

        Assert.Equal("child: done", (await engine.WaitAsync("parent")).ReadOutputAs<string>());
        Assert.Equal(1, before);
    }

    [Fact]
    public async Task A_parent_whose_child_was_rewound_before_it_takes_the_childs_output()
    {
        var works = false;
        await using var engine = await TestEngine.StartAsync(tasks => tasks
            .AddOrchestratorFunc("Parent", context => context.CallSubOrchestratorAsync<string>("Child", options: new SubOrchestrationOptions(instanceId: "kid")))
            .AddOrchestratorFunc("Child", context => context.CallActivityAsync<string>("Step"))
            .AddActivityFunc("Step", _ => works ? "done" : throw new TimeoutException()));
        await engine.RunAsync("Parent", id: "parent");
        works = true;
        await engine.Client.RewindInstanceAsync("kid", "");
        await engine.WaitAsync("kid");

        await engine.Client.RewindInstanceAsync("parent", "");

        Assert.Equal("done", (await engine.WaitAsync("parent")).ReadOutputAs<string>());
    }

    [Fact]
    public async Task Only_a_failed_instance_can_be_rewound()
    {
        await using var engine = await TestEngine.StartAsync(tasks => tasks.AddOrchestratorFunc("Quick", _ => "done"));
        await engine.RunAsync("Quick", id: "quick");

        await Assert.ThrowsAsync<InvalidOperationException>(() => engine.Client.RewindInstanceAsync("quick", ""));
        await Assert.ThrowsAsync<ArgumentException>(() => engine.Client.RewindInstanceAsync("nobody", ""));
    }

    [Fact]
    public async Task A_child_goes_on_even_if_its_parent_could_not_be_rewound_with_it()
    {
        var works = false;
        var store = new UnreliableStore();
        await using var engine = await TestEngine.StartAsync(
            tasks => tasks
                .AddOrchestratorFunc("Parent", context => context.CallSubOrchestratorAsync<int>("Child", options: new SubOrchestrationOptions(instanceId: "child")))
                .AddOrchestratorFunc("Child", context => context.CallActivityAsync<int>("Step"))
                .AddActivityFunc("Step", _ => works ? 1 : throw new TimeoutException()),
            store);
        await engine.RunAsync("Parent", id: "parent");

        works = true;
        store.Refuses = turn => turn.Row.InstanceId == "parent";
        await Assert.ThrowsAsync<IOException>(() => engine.Client.RewindInstanceAsync("parent", ""));
        Assert.Equal(1, (await engine.WaitAsync("child")).ReadOutputAs<int>());
        store.Refuses = null;
        await engine.Client.RewindInstanceAsync("parent", "");

        Assert.Equal(1, (await engine.WaitAsync("parent")).ReadOutputAs<int>());
    }

    [Fact]
    public async Task A_parent_hears_of_a_child_that_ends_while_it_is_rewound_though_the_process_ends_right_after_that()
    {
        static void Tasks(DurableTaskRegistry tasks) => tasks
            .AddOrchestratorFunc("Parent", async context =>
            {
                var child = context.CallSubOrchestratorAsync<string>("Child", options: new SubOrchestrationOptions(instanceId: "child"));
                await context.CallActivityAsync("Step");
                return await child;
            })
            .AddOrchestratorFunc("Child", context => context.WaitForExternalEvent<string>("Go"));
        var store = new UnreliableStore();
        await using var engine = await TestEngine.StartAsync(tasks => { Tasks(tasks); tasks.AddActivityFunc("Step", _ => throw new TimeoutException()); }, store);
        await engine.RunAsync("Parent", id: "parent");

        // The child ends when the rewind has seen that it runs, and tells a parent that is still a failed one.
        store.Read = async id =>
        {
            if (id == "child")
            {
                store.Read = null;
                await engine.Client.RaiseEventAsync("child", "Go", "done");
                await engine.WaitAsync("child");
            }
        };
        store.Dies = turn => turn.Row.InstanceId == "parent";
        await engine.Client.RewindInstanceAsync("parent", "");
        Assert.True(store.IsDead);
        await engine.StopAsync();
        (store.Dies, store.IsDead) = (null, false);
        await engine.RestartAsync(tasks => { Tasks(tasks); tasks.AddActivityFunc("Step", _ => { }); });

        Assert.Equal("done", (await engine.WaitAsync("parent")).ReadOutputAs<string>());
    }

    [Fact]
    public async Task A_parent_whose_open_child_was_purged_while_it_had_failed_is_told_so()
    {
        var works = false;
        await using var engine = await TestEngine.StartAsync(tasks => tasks
            .AddOrchestratorFunc("Parent", async context =>
            {
                var child = context.CallSubOrchestratorAsync<string>("Child", options: new SubOrchestrationOptions(instanceId: "child"));
                await context.CallActivityAsync("Step");
                return await child;
            })
            .AddOrchestratorFunc("Child", context => context.WaitForExternalEvent<string>("Go"))
            .AddActivityFunc("Step", _ => { if (!works) { throw new TimeoutException(); } }));
        await engine.RunAsync("Parent", id: "parent");
        await engine.Client.RaiseEventAsync("child", "Go", "done");
        await engine.WaitAsync("child");
        await engine.Client.PurgeInstanceAsync("child");

        works = true;
        await engine.Client.RewindInstanceAsync("parent", "");

        var parent = await engine.WaitAsync("parent");
        Assert.Equal(OrchestrationRuntimeStatus.Failed, parent.RuntimeStatus);
        Assert.Contains("'child' is not known: it was purged", parent.FailureDetails!.ErrorMessage, StringComparison.Ordinal);
    }
}
