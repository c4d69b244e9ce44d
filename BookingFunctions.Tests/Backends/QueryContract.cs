using DurableTask.Core;
using DurableTask.Core.Query;

namespace BookingFunctions.Tests.Backends;

/// <summary>Finding instances.</summary>
public abstract class QueryContract<TBackend> : Contract<TBackend>
    where TBackend : IBackend, new()
{
    [BackendFact]
    public async Task A_hub_without_instances_has_an_empty_page_and_no_next_one()
    {
        var page = await Hub.Queries.GetOrchestrationWithQueryAsync(new OrchestrationQuery(), CancellationToken.None);

        Assert.Empty(page.OrchestrationState);
        Assert.Null(page.ContinuationToken);
    }

    [BackendFact]
    public async Task All_instances_are_found_with_what_is_known_of_them()
    {
        await RunSomeAsync();

        var found = (await Hub.QueryAsync(new())).ToDictionary(state => state.OrchestrationInstance.InstanceId);

        Assert.Equal(["a-completed", "a-failed", "b-running", "b-terminated"], found.Keys.Order(StringComparer.Ordinal));
        var completed = found["a-completed"];
        Assert.Equal(
            ("Echo", OrchestrationStatus.Completed, "\"x\"", "\"x\""),
            (completed.Name, completed.OrchestrationStatus, completed.Input, completed.Output));
        Assert.Equal(OrchestrationStatus.Running, found["b-running"].OrchestrationStatus);
        Assert.Equal("\"waiting\"", found["b-running"].Status);
        Assert.Equal("stop", found["b-terminated"].Output);
        Assert.All(found.Values, state =>
            Assert.InRange(state.CreatedTime, DateTime.UtcNow.AddMinutes(-5), state.LastUpdatedTime.AddSeconds(1)));
    }

    [BackendFact]
    public async Task Instances_are_found_by_their_status()
    {
        await RunSomeAsync();

        Assert.Equal(["b-running"], await IdsAsync(new() { RuntimeStatus = [OrchestrationStatus.Running] }));
        Assert.Equal(
            ["a-failed", "b-terminated"],
            await IdsAsync(new() { RuntimeStatus = [OrchestrationStatus.Failed, OrchestrationStatus.Terminated] }));
        Assert.Empty(await IdsAsync(new() { RuntimeStatus = [OrchestrationStatus.Suspended] }));
    }

    [BackendFact]
    public async Task Instances_are_found_by_how_their_id_begins()
    {
        await RunSomeAsync();

        Assert.Equal(["a-completed", "a-failed"], await IdsAsync(new() { InstanceIdPrefix = "a-" }));
        Assert.Equal(["b-running"], await IdsAsync(new() { InstanceIdPrefix = "b-running" }));
        Assert.Empty(await IdsAsync(new() { InstanceIdPrefix = "c" }));
        Assert.Empty(await IdsAsync(new() { InstanceIdPrefix = "%" }));
    }

    [BackendFact]
    public async Task Instances_are_found_by_the_time_of_their_creation()
    {
        await RunSomeAsync();
        await Task.Delay(20);
        var between = DateTime.UtcNow;
        await Task.Delay(20);
        await Hub.RunAsync("Echo", "x", "later");

        Assert.Equal(["later"], await IdsAsync(new() { CreatedTimeFrom = between }));
        Assert.Equal(4, (await IdsAsync(new() { CreatedTimeTo = between })).Count);
        Assert.Empty(await IdsAsync(new() { CreatedTimeFrom = between, CreatedTimeTo = between.AddMilliseconds(1) }));
    }

    [BackendFact]
    public async Task Conditions_hold_together()
    {
        await RunSomeAsync();

        Assert.Equal(["a-failed"], await IdsAsync(new()
        {
            InstanceIdPrefix = "a-",
            RuntimeStatus = [OrchestrationStatus.Failed, OrchestrationStatus.Running],
            CreatedTimeFrom = DateTime.UtcNow.AddHours(-1),
            CreatedTimeTo = DateTime.UtcNow.AddHours(1),
        }));
    }

    [BackendFact]
    public async Task Pages_hold_as_many_as_were_asked_for_and_each_instance_once()
    {
        Hub.Tasks.Orchestrator<int, int>("Echo", (_, n) => Task.FromResult(n));
        await Hub.StartAsync();
        await Task.WhenAll(Enumerable.Range(0, 17).Select(n => Hub.RunAsync("Echo", n, $"i-{n:00}")));
        var sizes = new List<int>();
        var ids = new List<string>();
        var query = new OrchestrationQuery { PageSize = 5, InstanceIdPrefix = "i-" };
        do
        {
            var page = await Hub.Queries.GetOrchestrationWithQueryAsync(query, CancellationToken.None);
            sizes.Add(page.OrchestrationState.Count);
            ids.AddRange(page.OrchestrationState.Select(state => state.OrchestrationInstance.InstanceId));
            query.ContinuationToken = page.ContinuationToken;
        }
        while (query.ContinuationToken is not null);

        Assert.Equal("5 5 5 2", string.Join(' ', sizes));
        Assert.Equal(Enumerable.Range(0, 17).Select(n => $"i-{n:00}"), ids);
    }

    [BackendFact]
    public async Task An_instance_that_ends_between_two_pages_is_neither_skipped_nor_found_twice()
    {
        Hub.Tasks.Orchestrator<string>("Waits", context => context.WaitForExternalEvent<string>("Go"));
        await Hub.StartAsync();
        foreach (var id in new[] { "1", "2", "3" })
        {
            await Hub.ScheduleAsync("Waits", id: id);
            await Hub.WaitAsync(id, OrchestrationStatus.Running);
        }

        var query = new OrchestrationQuery { PageSize = 2 };
        var first = await Hub.Queries.GetOrchestrationWithQueryAsync(query, CancellationToken.None);
        await Hub.RaiseAsync("1", "Go", "went");
        await Hub.WaitAsync("1");
        query.ContinuationToken = first.ContinuationToken;
        var second = await Hub.Queries.GetOrchestrationWithQueryAsync(query, CancellationToken.None);

        var found = first.OrchestrationState.Concat(second.OrchestrationState);
        Assert.Equal(["1", "2", "3"], found.Select(state => state.OrchestrationInstance.InstanceId));
    }

    [BackendFact]
    public async Task Inputs_are_left_out_where_they_are_not_asked_for()
    {
        await RunSomeAsync();

        var completed = (await Hub.QueryAsync(new() { FetchInputsAndOutputs = false, InstanceIdPrefix = "a-completed" })).Single();

        Assert.True(string.IsNullOrEmpty(completed.Input));
        Assert.Equal(OrchestrationStatus.Completed, completed.OrchestrationStatus);
    }

    [BackendFact]
    public async Task Large_inputs_and_outputs_are_found_complete()
    {
        var large = new string('x', 100_000);
        Hub.Tasks.Orchestrator<string, string>("Echo", (_, input) => Task.FromResult(input));
        await Hub.StartAsync();
        await Hub.RunAsync("Echo", large, "large");

        var found = (await Hub.QueryAsync(new() { FetchInputsAndOutputs = true })).Single();

        Assert.Equal(($"\"{large}\"", $"\"{large}\""), (found.Input, found.Output));
    }

    [BackendFact]
    public async Task Children_are_found_like_other_instances()
    {
        Hub.Tasks
            .Orchestrator<string>("Parent", context => context.CallSubOrchestratorAsync<string>(
                "Child", "x", new Microsoft.DurableTask.SubOrchestrationOptions(instanceId: "child")))
            .Orchestrator<string, string>("Child", (_, input) => Task.FromResult(input));
        await Hub.StartAsync();
        await Hub.RunAsync("Parent", id: "parent");
        await Hub.WaitAsync("child", OrchestrationStatus.Completed);

        Assert.Equal(["child", "parent"], await IdsAsync(new()));
    }

    private async Task<IReadOnlyList<string>> IdsAsync(OrchestrationQuery query) =>
        [.. (await Hub.QueryAsync(query)).Select(state => state.OrchestrationInstance.InstanceId).Order(StringComparer.Ordinal)];

    private async Task RunSomeAsync()
    {
        Hub.Tasks
            .Orchestrator<string, string>("Echo", (_, input) => Task.FromResult(input))
            .Orchestrator<string>("Fails", _ => throw new InvalidOperationException())
            .Orchestrator<string>("Waits", context =>
            {
                context.SetCustomStatus("waiting");
                return context.WaitForExternalEvent<string>("Go");
            });
        await Hub.StartAsync();
        await Hub.ScheduleAsync("Waits", id: "b-terminated");
        await Hub.ScheduleAsync("Waits", id: "b-running");
        await Task.WhenAll(
            Hub.RunAsync("Echo", "x", "a-completed"),
            Hub.RunAsync("Fails", id: "a-failed"),
            Hub.WaitForCustomStatusAsync("b-running", "waiting"),
            Hub.WaitForCustomStatusAsync("b-terminated", "waiting"));
        await Hub.TerminateAsync("b-terminated");
        await Hub.WaitAsync("b-terminated", OrchestrationStatus.Terminated);
    }
}
