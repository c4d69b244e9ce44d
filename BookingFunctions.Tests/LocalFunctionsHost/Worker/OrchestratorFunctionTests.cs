using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace BookingFunctions.Tests.LocalFunctionsHost.Worker;

/// <summary>What is the host's own of running orchestrators: names, parents, versions, inputs and logs.</summary>
public sealed class OrchestratorFunctionTests
{
    private const string Versions =
        """
        { "extensions": { "durableTask": {
          "defaultVersion": "2.0", "versionMatchStrategy": "STRATEGY", "versionFailureStrategy": "FAILURE" } } }
        """;

    [Fact]
    public async Task Names_are_the_same_in_any_letter_case()
    {
        await using var host = await TestHost.StartAsync(typeof(OrchestratorFunctions));

        Assert.Equal("HELLO", (await host.RunAsync("sHOUTS", "hello")).ReadOutputAs<string>());
    }

    [Fact]
    public async Task A_child_knows_its_parent_after_a_replay_too_and_a_client_is_none()
    {
        await using var host = await TestHost.StartAsync(typeof(OrchestratorFunctions));

        Assert.Equal("Parent the-parent", (await host.RunAsync("Parent", id: "the-parent")).ReadOutputAs<string>());
        Assert.Equal("none", (await host.RunAsync("Child")).ReadOutputAs<string>());
    }

    [Fact]
    public async Task A_missing_activity_fails_its_task_at_once_and_is_named_with_those_that_there_are()
    {
        await using var host = await TestHost.StartAsync(typeof(OrchestratorFunctions));

        var ended = await host.RunAsync("CallsMissing", id: "calls");

        Assert.Equal(OrchestrationRuntimeStatus.Failed, ended.RuntimeStatus);
        Assert.Contains(
            "The function 'Lost' doesn't exist, is disabled, or is not an activity function.",
            ended.SerializedOutput,
            StringComparison.Ordinal);
        Assert.Contains("'FailsTwice', 'Upper', 'VersionOfActivity'", ended.SerializedOutput, StringComparison.Ordinal);
        var history = await host.Client.GetOrchestrationHistoryAsync("calls");
        Assert.Single(history.OfType<DurableTask.Core.History.TaskFailedEvent>());
    }

    [Fact]
    public async Task A_missing_orchestrator_fails_its_instance_and_is_named_also_to_a_parent()
    {
        await using var host = await TestHost.StartAsync(typeof(OrchestratorFunctions));

        var ended = await host.RunAsync("Lost");

        Assert.Equal(OrchestrationRuntimeStatus.Failed, ended.RuntimeStatus);
        Assert.Contains(
            "The function 'Lost' doesn't exist, is disabled, or is not an orchestrator function.",
            ended.SerializedOutput,
            StringComparison.Ordinal);
        Assert.Equal("OrchestratorTaskNotFound", (await host.RunAsync("CallsMissingChild")).ReadOutputAs<string>());
    }

    [Fact]
    public async Task A_flaky_activity_is_retried_as_its_policy_says()
    {
        await using var host = await TestHost.StartAsync(typeof(OrchestratorFunctions));

        Assert.Equal(3, (await host.RunAsync("Retries")).ReadOutputAs<int>());
    }

    [Fact]
    public async Task An_input_can_be_read_as_every_type_that_fits_it()
    {
        await using var host = await TestHost.StartAsync(typeof(OrchestratorFunctions));

        Assert.Equal("3 3", (await host.RunAsync("ReadsInput", new { nights = 3 })).ReadOutputAs<string>());
    }

    [Theory]
    [InlineData(null, "2.0 2.0 1.0 0.5")]
    [InlineData("1.5", "1.5 2.0 1.0 0.5")]
    public async Task Instances_and_children_get_the_default_version_unless_they_are_started_with_another(string? version, string seen)
    {
        await using var host = await TestHost.StartAsync(
            [typeof(OrchestratorFunctions)], Versions.Replace("STRATEGY", "None").Replace("FAILURE", "Reject"));

        Assert.Equal(seen, (await host.RunAsync("Versions", version: version)).ReadOutputAs<string>());
    }

    [Theory]
    [InlineData("CurrentOrOlder", "2.1")]
    [InlineData("Strict", "1.9")]
    public async Task Instances_of_another_version_fail_if_that_is_asked_for(string strategy, string version)
    {
        await using var host = await TestHost.StartAsync(
            [typeof(OrchestratorFunctions)], Versions.Replace("STRATEGY", strategy).Replace("FAILURE", "Fail"));

        var ended = await host.RunAsync("Versions", version: version);

        Assert.Equal(OrchestrationRuntimeStatus.Failed, ended.RuntimeStatus);
        Assert.Contains("version", ended.SerializedOutput, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_instance_of_a_newer_version_waits_for_a_host_of_that_version_and_others_run_meanwhile()
    {
        var json = Versions.Replace("STRATEGY", "CurrentOrOlder").Replace("FAILURE", "Reject");
        await using var host = await TestHost.StartAsync([typeof(OrchestratorFunctions)], json);
        await host.Client.ScheduleNewOrchestrationInstanceAsync(
            "Versions", null, new StartOrchestrationOptions("newer") { Version = "2.1" });
        Assert.Equal("1.0 2.0 1.0 0.5", (await host.RunAsync("Versions", version: "1.0")).ReadOutputAs<string>());
        Assert.Equal(OrchestrationRuntimeStatus.Pending, (await host.Client.GetInstanceAsync("newer"))!.RuntimeStatus);

        await using var next = await host.RestartAsync(json.Replace("\"2.0\"", "\"2.1\""));

        Assert.Equal("2.1 2.1 1.0 0.5", (await next.WaitAsync("newer")).ReadOutputAs<string>());
    }

    [Fact]
    public async Task A_replay_safe_logger_writes_each_line_once_over_a_restart()
    {
        using var lines = new LineLogger();
        void Configure(global::LocalFunctionsHost.LocalFunctionsHostBuilder builder)
        {
            builder.Configuration["Logging:LogLevel:Default"] = "Information";
            builder.Services.AddSingleton<ILoggerProvider>(lines);
        }

        await using var host = await TestHost.StartAsync([typeof(OrchestratorFunctions)], "{}", Configure);
        await host.Client.ScheduleNewOrchestrationInstanceAsync("Logs", null, new StartOrchestrationOptions("logs"));
        await host.WaitForCustomStatusAsync("logs", "\"waiting\"");

        await using var next = await host.RestartAsync("{}", Configure);
        await next.Client.RaiseEventAsync("logs", "Go", "now");
        await next.WaitAsync("logs");

        Assert.Equal(["before", "after"], lines.Of("Trip"));
    }
}
