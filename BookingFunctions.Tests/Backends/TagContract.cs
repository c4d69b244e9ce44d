using DurableTask.Core;
using DurableTask.Core.History;
using Microsoft.DurableTask;

namespace BookingFunctions.Tests.Backends;

/// <summary>Tags of instances and activities.</summary>
public abstract class TagContract<TBackend> : Contract<TBackend>
    where TBackend : IBackend, new()
{
    private static readonly Dictionary<string, string> Odd =
        new() { ["key \"1\""] = "värde/東京 'x' & <y>", ["empty"] = "", ["2"] = "two" };

    [BackendFact]
    public async Task Tags_are_shown_from_the_start_to_the_end()
    {
        Hub.Tasks.Orchestrator<string>("Waits", context => context.WaitForExternalEvent<string>("Go"));
        await Hub.ScheduleAsync("Waits", id: "w", tags: Odd);
        Assert.Equal(Odd, (await Hub.StateAsync("w"))!.Tags);
        await Hub.StartAsync();
        await Hub.WaitAsync("w", OrchestrationStatus.Running);
        Assert.Equal(Odd, (await Hub.StateAsync("w"))!.Tags);
        await Hub.RaiseAsync("w", "Go");

        Assert.Equal(Odd, (await Hub.WaitAsync("w")).Tags);
        Assert.Equal(Odd, (await Hub.HistoryAsync("w")).OfType<ExecutionStartedEvent>().Single().Tags);
    }

    [BackendFact]
    public async Task An_instance_without_tags_has_none()
    {
        Hub.Tasks.Orchestrator<int>("One", _ => Task.FromResult(1));
        await Hub.StartAsync();

        Assert.Empty((await Hub.RunAsync("One")).Tags ?? new Dictionary<string, string>());
        Assert.Empty((await Hub.RunAsync("One", tags: new Dictionary<string, string>())).Tags ?? new Dictionary<string, string>());
    }

    [BackendFact]
    public async Task Tags_survive_continuing_as_new()
    {
        Hub.Tasks.Orchestrator<int, int>("Counts", (context, n) =>
        {
            if (n < 2)
            {
                context.ContinueAsNew(n + 1);
            }

            return Task.FromResult(n);
        });
        await Hub.StartAsync();

        var state = await Hub.RunAsync("Counts", 0, tags: Odd);

        Assert.Equal("2", state.Output);
        Assert.Equal(Odd, state.Tags);
    }

    [BackendFact]
    public async Task A_child_has_the_tags_of_its_parent_and_its_own()
    {
        Hub.Tasks
            .Orchestrator<int>("Parent", context => context.CallSubOrchestratorAsync<int>("Child", null, new SubOrchestrationOptions(
                new TaskOptions { Tags = new Dictionary<string, string> { ["own"] = "child", ["both"] = "child" } }, "child")))
            .Orchestrator<int>("Child", _ => Task.FromResult(1));
        await Hub.StartAsync();

        await Hub.RunAsync("Parent", id: "parent", tags: new Dictionary<string, string> { ["inherited"] = "parent", ["both"] = "parent" });

        var tags = (await Hub.WaitAsync("child")).Tags;
        Assert.Equal(("parent", "child", "child"), (tags["inherited"], tags["own"], tags["both"]));
    }

    [BackendFact]
    public async Task A_retried_child_keeps_its_tags()
    {
        var calls = 0;
        Hub.Tasks
            .Orchestrator<int>("Parent", context => context.CallSubOrchestratorAsync<int>("Child", null, new SubOrchestrationOptions(
                new TaskOptions(
                    new Microsoft.DurableTask.RetryPolicy(3, TimeSpan.FromMilliseconds(10)),
                    new Dictionary<string, string> { ["own"] = "child" }),
                "child")))
            .Orchestrator<int>("Child", _ =>
                Interlocked.Increment(ref calls) == 1 ? throw new InvalidOperationException() : Task.FromResult(1));
        await Hub.StartAsync();

        await Hub.RunAsync("Parent");

        Assert.Equal("child", (await Hub.WaitAsync("child", OrchestrationStatus.Completed)).Tags["own"]);
    }

    [BackendFact]
    public async Task An_activity_s_tags_are_in_the_history_and_reach_the_worker_with_those_of_its_instance()
    {
        IDictionary<string, string>? own = null;
        IDictionary<string, string>? instances = null;
        Hub.Tasks
            .Orchestrator<int>("Calls", context =>
                context.CallActivityAsync<int>("Pass", 1, new TaskOptions { Tags = new Dictionary<string, string> { ["leg"] = "car" } }));
        await Hub.StartAsync(worker => worker.AddActivityDispatcherMiddleware((context, next) =>
        {
            own = context.GetProperty<TaskScheduledEvent>().Tags;
            instances = context.GetProperty<OrchestrationExecutionContext>().OrchestrationTags;
            return next();
        }));

        await Hub.RunAsync("Calls", id: "c", tags: new Dictionary<string, string> { ["trip"] = "t" });

        Assert.Equal("car", own!["leg"]);
        Assert.Equal("t", instances!["trip"]);
        Assert.Equal("car", (await Hub.HistoryAsync("c")).OfType<TaskScheduledEvent>().Single().Tags!["leg"]);
    }

    [BackendFact]
    public async Task Large_tags_are_shown_complete()
    {
        var tags = Enumerable.Range(0, 40).ToDictionary(n => $"key{n}", n => new string((char)('a' + n % 26), 400));
        Hub.Tasks.Orchestrator<int>("One", _ => Task.FromResult(1));
        await Hub.StartAsync();

        Assert.Equal(tags, (await Hub.RunAsync("One", tags: tags)).Tags);
    }
}
