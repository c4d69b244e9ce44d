using DurableTask.Core;

namespace BookingFunctions.Tests.Backends;

/// <summary>Removing instances that have ended.</summary>
public abstract class PurgeContract<TBackend> : Contract<TBackend>
    where TBackend : IBackend, new()
{
    [BackendFact]
    public async Task A_purged_instance_is_gone_with_its_history()
    {
        await RunSomeAsync();
        var execution = (await Hub.StateAsync("completed"))!.OrchestrationInstance.ExecutionId;

        var result = await Hub.Purges.PurgeInstanceStateAsync("completed");

        Assert.Equal(1, result.DeletedInstanceCount);
        Assert.Null(await Hub.StateAsync("completed"));
        Assert.Equal("[]", await Hub.Service.GetOrchestrationHistoryAsync("completed", execution));
        Assert.NotNull(await Hub.StateAsync("failed"));
    }

    [BackendFact]
    public async Task Purging_an_unknown_instance_removes_nothing()
    {
        await RunSomeAsync();

        Assert.Equal(0, (await Hub.Purges.PurgeInstanceStateAsync("unknown")).DeletedInstanceCount);
    }

    [BackendFact]
    public async Task Purging_again_removes_nothing()
    {
        await RunSomeAsync();
        await Hub.Purges.PurgeInstanceStateAsync("completed");

        Assert.Equal(0, (await Hub.Purges.PurgeInstanceStateAsync("completed")).DeletedInstanceCount);
    }

    [BackendFact]
    public async Task A_purged_instance_s_id_starts_anew()
    {
        await RunSomeAsync();
        await Hub.Purges.PurgeInstanceStateAsync("completed");

        Assert.Equal("again", TestHub.Output<string>(await Hub.RunAsync("Echo", "again", "completed")));
    }

    [BackendFact]
    public async Task An_id_with_a_quote_in_it_is_purged()
    {
        await RunSomeAsync();
        await Hub.RunAsync("Echo", "x", "o'hara");

        Assert.Equal(1, (await Hub.Purges.PurgeInstanceStateAsync("o'hara")).DeletedInstanceCount);
        Assert.Null(await Hub.StateAsync("o'hara"));
    }

    [BackendFact]
    public async Task Large_payloads_are_purged_with_their_instance()
    {
        await RunSomeAsync();
        await Hub.RunAsync("Echo", new string('x', 200_000), "large");

        Assert.Equal(1, (await Hub.Purges.PurgeInstanceStateAsync("large")).DeletedInstanceCount);
        Assert.Null(await Hub.StateAsync("large"));
    }

    [BackendFact]
    public async Task A_long_history_is_purged()
    {
        Hub.Tasks.Orchestrator<int>("Fan", async context =>
            (await Task.WhenAll(Enumerable.Range(0, 60).Select(n => context.CallActivityAsync<int>("Pass", n)))).Length);
        await Hub.StartAsync();
        await Hub.RunAsync("Fan", id: "f");

        Assert.Equal(1, (await Hub.Purges.PurgeInstanceStateAsync("f")).DeletedInstanceCount);
        Assert.Null(await Hub.StateAsync("f"));
    }

    [BackendFact]
    public async Task Instances_are_purged_by_status()
    {
        await RunSomeAsync();

        var result = await PurgeAsync(OrchestrationStatus.Failed, OrchestrationStatus.Terminated);

        Assert.Equal(2, result.DeletedInstanceCount);
        Assert.Equal(["completed", "running"], await RemainingAsync());
    }

    [BackendFact]
    public async Task Open_instances_stay_when_all_that_have_ended_are_purged()
    {
        await RunSomeAsync();

        var result = await PurgeAsync(OrchestrationStatus.Completed, OrchestrationStatus.Failed, OrchestrationStatus.Terminated);

        Assert.Equal(3, result.DeletedInstanceCount);
        Assert.Equal(["running"], await RemainingAsync());
        await Hub.RaiseAsync("running", "Go", "went");
        Assert.Equal("went", TestHub.Output<string>(await Hub.WaitAsync("running")));
    }

    [BackendFact]
    public async Task Instances_are_purged_by_the_time_of_their_creation()
    {
        await RunSomeAsync();
        await Task.Delay(20);
        var between = DateTime.UtcNow;
        await Task.Delay(20);
        await Hub.RunAsync("Echo", "x", "later");

        var result = await Hub.Purges.PurgeInstanceStateAsync(
            new PurgeInstanceFilter(DateTime.MinValue.AddYears(2000), between, [OrchestrationStatus.Completed]));
        Assert.Equal(1, result.DeletedInstanceCount);
        Assert.Equal(["failed", "later", "running", "terminated"], await RemainingAsync());

        result = await Hub.Purges.PurgeInstanceStateAsync(new PurgeInstanceFilter(between, null, [OrchestrationStatus.Completed]));
        Assert.Equal(1, result.DeletedInstanceCount);
        Assert.Equal(["failed", "running", "terminated"], await RemainingAsync());
    }

    [BackendFact]
    public async Task A_filter_that_nothing_matches_purges_nothing()
    {
        await RunSomeAsync();

        var result = await Hub.Purges.PurgeInstanceStateAsync(
            new PurgeInstanceFilter(DateTime.UtcNow.AddDays(1), null, [OrchestrationStatus.Completed]));

        Assert.Equal(0, result.DeletedInstanceCount);
        Assert.Equal(4, (await RemainingAsync()).Count);
    }

    [BackendFact]
    public async Task A_purge_with_time_enough_says_that_it_is_complete()
    {
        await RunSomeAsync();

        var result = await Hub.Purges.PurgeInstanceStateAsync(
            new PurgeInstanceFilter(DateTime.UtcNow.AddDays(-1), null, [OrchestrationStatus.Completed])
            {
                Timeout = TimeSpan.FromMinutes(1),
            });

        Assert.Equal((1, true), (result.DeletedInstanceCount, result.IsComplete));
    }

    [BackendFact]
    public async Task More_instances_than_a_page_holds_are_purged()
    {
        await RunSomeAsync();
        await Task.WhenAll(Enumerable.Range(0, 120).Select(n => Hub.ScheduleAsync("Echo", "x", $"many-{n}")));
        await Task.WhenAll(Enumerable.Range(0, 120).Select(n => Hub.WaitAsync($"many-{n}")));

        Assert.Equal(121, (await PurgeAsync(OrchestrationStatus.Completed)).DeletedInstanceCount);
    }

    private Task<PurgeResult> PurgeAsync(params OrchestrationStatus[] statuses) =>
        Hub.Purges.PurgeInstanceStateAsync(new PurgeInstanceFilter(DateTime.UtcNow.AddDays(-1), null, statuses));

    private async Task<IReadOnlyList<string>> RemainingAsync() =>
        [.. (await Hub.QueryAsync(new())).Select(state => state.OrchestrationInstance.InstanceId).Order(StringComparer.Ordinal)];

    // One instance in each status, whose id it is.
    private async Task RunSomeAsync()
    {
        Hub.Tasks
            .Orchestrator<string, string>("Echo", (_, input) => Task.FromResult(input))
            .Orchestrator<string>("Fails", _ => throw new InvalidOperationException())
            .Orchestrator<string>("Waits", context => context.WaitForExternalEvent<string>("Go"));
        await Hub.StartAsync();
        await Hub.ScheduleAsync("Waits", id: "terminated");
        await Hub.ScheduleAsync("Waits", id: "running");
        await Task.WhenAll(
            Hub.RunAsync("Echo", "x", "completed"),
            Hub.RunAsync("Fails", id: "failed"),
            Hub.WaitAsync("running", OrchestrationStatus.Running),
            Hub.WaitAsync("terminated", OrchestrationStatus.Running));
        await Hub.TerminateAsync("terminated");
        await Hub.WaitAsync("terminated", OrchestrationStatus.Terminated);
    }
}
