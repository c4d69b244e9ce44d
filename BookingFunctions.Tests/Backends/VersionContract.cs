using DurableTask.Core;
using DurableTask.Core.Settings;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Worker;

namespace BookingFunctions.Tests.Backends;

/// <summary>Versions of orchestrators and activities, and which of them a worker takes.</summary>
public abstract class VersionContract<TBackend> : Contract<TBackend>
    where TBackend : IBackend, new()
{
    [BackendFact]
    public async Task An_instance_runs_the_orchestrator_of_its_version()
    {
        AddVersions();
        await Hub.StartAsync();

        Assert.Equal("one 1.0", TestHub.Output<string>(await Hub.RunAsync("Trip", version: "1.0")));
        var second = await Hub.RunAsync("Trip", version: "2.0");
        Assert.Equal("two 2.0", TestHub.Output<string>(second));
        Assert.Equal("2.0", second.Version);
    }

    [BackendFact]
    public async Task Activities_are_called_in_the_version_of_their_instance()
    {
        Hub.Tasks
            .Orchestrator<string>("Trip", context => context.CallActivityAsync<string>("Leg", 1), "2")
            .Activity<int, string>("Leg", _ => "unversioned")
            .Activity<int, string>("Leg", (context, _) => Task.FromResult(context.Version), "2");
        await Hub.StartAsync();

        Assert.Equal("2", TestHub.Output<string>(await Hub.RunAsync("Trip", version: "2")));
    }

    [BackendFact]
    public async Task An_activity_s_own_version_goes_before_that_of_its_instance()
    {
        Hub.Tasks
            .Orchestrator<string>("Trip", context => context.CallActivityAsync<string>("Leg", 1, new TaskOptions { Version = "3" }), "2")
            .Activity<int, string>("Leg", (context, _) => Task.FromResult(context.Version), "3");
        await Hub.StartAsync();

        Assert.Equal("3", TestHub.Output<string>(await Hub.RunAsync("Trip", version: "2")));
    }

    [BackendFact]
    public async Task Children_run_in_the_version_that_their_parent_gives()
    {
        Hub.Tasks
            .Orchestrator<string>("Parent", async context =>
                await context.CallSubOrchestratorAsync<string>("Trip", null, new SubOrchestrationOptions { Version = "1.0" })
                + await context.CallSubOrchestratorAsync<string>("Trip", null, new SubOrchestrationOptions { Version = "2.0" }));
        AddVersions();
        await Hub.StartAsync();

        Assert.Equal("one 1.0two 2.0", await Hub.OutputAsync<string>("Parent"));
    }

    [BackendFact]
    public async Task Children_run_in_the_default_version_if_their_parent_gives_none()
    {
        AddVersions();
        Hub.Tasks
            .With(new DurableTaskWorkerOptions { Versioning = new DurableTaskWorkerOptions.VersioningOptions { DefaultVersion = "2.0" } })
            .Orchestrator<string>("Parent", context => context.CallSubOrchestratorAsync<string>("Trip"));
        await Hub.StartAsync();

        Assert.Equal("two 2.0", await Hub.OutputAsync<string>("Parent"));
    }

    [BackendFact]
    public async Task A_worker_that_takes_any_version_runs_them_all()
    {
        AddVersions();
        await Hub.StartAsync(
            versioning: Settings("1.0", VersioningSettings.VersionMatchStrategy.None, VersioningSettings.VersionFailureStrategy.Fail));

        Assert.Equal("two 2.0", TestHub.Output<string>(await Hub.RunAsync("Trip", version: "2.0")));
    }

    [BackendFact]
    public async Task A_strict_worker_fails_instances_of_another_version()
    {
        AddVersions();
        await Hub.StartAsync(
            versioning: Settings("2.0", VersioningSettings.VersionMatchStrategy.Strict, VersioningSettings.VersionFailureStrategy.Fail));

        Assert.Equal("two 2.0", TestHub.Output<string>(await Hub.RunAsync("Trip", version: "2.0")));
        var failed = await Hub.RunAsync("Trip", version: "1.0", id: "f");
        Assert.Equal(OrchestrationStatus.Failed, failed.OrchestrationStatus);
        Assert.Equal("VersionMismatch", (await Hub.FailureAsync("f")).ErrorType);
    }

    [BackendFact]
    public async Task A_worker_that_takes_older_versions_fails_newer_ones()
    {
        AddVersions();
        await Hub.StartAsync(versioning: Settings(
            "1.5", VersioningSettings.VersionMatchStrategy.CurrentOrOlder, VersioningSettings.VersionFailureStrategy.Fail));

        Assert.Equal("one 1.0", TestHub.Output<string>(await Hub.RunAsync("Trip", version: "1.0")));
        Assert.Equal(OrchestrationStatus.Failed, (await Hub.RunAsync("Trip", version: "2.0")).OrchestrationStatus);
    }

    [BackendFact]
    public async Task An_instance_that_is_rejected_waits_for_a_worker_of_its_version()
    {
        AddVersions();
        var strict = Settings("1.0", VersioningSettings.VersionMatchStrategy.Strict, VersioningSettings.VersionFailureStrategy.Reject);
        var worker = await Hub.StartAsync(versioning: strict);
        await Hub.ScheduleAsync("Trip", id: "t", version: "2.0");

        // The others go on meanwhile.
        Assert.Equal("one 1.0", TestHub.Output<string>(await Hub.RunAsync("Trip", version: "1.0")));
        Assert.Equal(OrchestrationStatus.Pending, (await Hub.StateAsync("t"))!.OrchestrationStatus);
        await Hub.StopAsync(worker);
        strict.Version = "2.0";
        await Hub.StartAsync(versioning: strict);

        Assert.Equal("two 2.0", TestHub.Output<string>(await Hub.WaitAsync("t")));
    }

    private static VersioningSettings Settings(
        string version, VersioningSettings.VersionMatchStrategy match, VersioningSettings.VersionFailureStrategy failure) =>
        new() { Version = version, MatchStrategy = match, FailureStrategy = failure };

    private void AddVersions() => Hub.Tasks
        .Orchestrator<string>("Trip", context => Task.FromResult($"one {context.Version}"), "1.0")
        .Orchestrator<string>("Trip", context => Task.FromResult($"two {context.Version}"), "2.0");
}
