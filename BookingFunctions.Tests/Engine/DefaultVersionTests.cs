using LocalRuntime.Engine;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace BookingFunctions.Tests.Engine;

/// <summary>The version that an engine gives to new instances, and which it runs.</summary>
public sealed class DefaultVersionTests
{
    [Fact]
    public async Task Instances_and_children_get_the_default_unless_they_are_started_with_another_version_or_with_none()
    {
        await using var engine = await TestEngine.StartAsync(Tasks, options: Version("2.0"));

        Assert.Equal("2.0 2.0 1.0 ''", await StartAsync(engine, new StartOrchestrationOptions("a")));
        Assert.Equal("1.5 2.0 1.0 ''", await StartAsync(engine, new StartOrchestrationOptions("b") { Version = "1.5" }));
        Assert.Equal("'' 2.0 1.0 ''", await StartAsync(engine, new StartOrchestrationOptions("c") { Version = TaskVersion.Unversioned }));
    }

    [Fact]
    public async Task An_instance_keeps_its_version_when_the_default_is_raised_and_when_it_continues_as_new()
    {
        static void Code(DurableTaskRegistry tasks) => tasks.AddOrchestratorFunc<int, string>("Looping", async (context, round) =>
        {
            context.SetCustomStatus($"waiting {round}");
            await context.WaitForExternalEvent<string>("Go");
            if (round < 2)
            {
                context.ContinueAsNew(round + 1);
            }

            return context.Version;
        });
        await using var engine = await TestEngine.StartAsync(Code, options: Version("1.0"));
        await engine.Client.ScheduleNewOrchestrationInstanceAsync("Looping", 1, new StartOrchestrationOptions("loop"));
        await engine.WaitForCustomStatusAsync("loop", "\"waiting 1\"");

        await engine.RestartAsync(Code, Version("2.0"));
        await engine.Client.RaiseEventAsync("loop", "Go", "");
        await engine.WaitForCustomStatusAsync("loop", "\"waiting 2\"");
        await engine.Client.RaiseEventAsync("loop", "Go", "");

        Assert.Equal("1.0", (await engine.WaitAsync("loop")).ReadOutputAs<string>());
    }

    [Fact]
    public async Task Instances_of_a_newer_version_are_left_alone_until_a_program_of_that_version_runs()
    {
        var options = Version("1.0", VersionMatchStrategy.CurrentOrOlder);
        await using var engine = await TestEngine.StartAsync(Tasks, options: options);
        await engine.Client.ScheduleNewOrchestrationInstanceAsync("Parent", new StartOrchestrationOptions("newer") { Version = "1.1" });
        Assert.Equal("0.9 1.0 1.0 ''", await StartAsync(engine, new StartOrchestrationOptions("older") { Version = "0.9" }));
        Assert.Equal(OrchestrationRuntimeStatus.Pending, (await engine.Client.GetInstanceAsync("newer"))!.RuntimeStatus);

        await engine.RestartAsync(Tasks, Version("1.1", VersionMatchStrategy.CurrentOrOlder));

        Assert.Equal("1.1 1.1 1.0 ''", (await engine.WaitAsync("newer")).ReadOutputAs<string>());
    }

    [Fact]
    public async Task Instances_of_another_version_fail_if_that_is_asked_for()
    {
        var options = Version("1.0", VersionMatchStrategy.Strict) with { VersionFailure = VersionFailureStrategy.Fail };
        await using var engine = await TestEngine.StartAsync(Tasks, options: options);

        await engine.Client.ScheduleNewOrchestrationInstanceAsync("Parent", new StartOrchestrationOptions("other") { Version = "0.9" });

        var failure = (await engine.WaitAsync("other")).FailureDetails!;
        Assert.Equal("VersionMismatch", failure.ErrorType);
        Assert.Equal("The orchestration version '0.9' does not match the worker version '1.0'.", failure.ErrorMessage);
    }

    private static DurableEngineOptions Version(string version, VersionMatchStrategy match = VersionMatchStrategy.None) =>
        new() { DefaultVersion = version, VersionMatch = match };

    private static void Tasks(DurableTaskRegistry tasks) => tasks
        .AddOrchestratorFunc("Parent", async context => string.Join(
            ' ',
            context.Version.Length == 0 ? "''" : context.Version,
            await context.CallSubOrchestratorAsync<string>("Child"),
            await context.CallSubOrchestratorAsync<string>("Child", new SubOrchestrationOptions { Version = "1.0" }),
            await context.CallSubOrchestratorAsync<string>("Child", new SubOrchestrationOptions { Version = TaskVersion.Unversioned })))
        .AddOrchestratorFunc("Child", context => context.Version.Length == 0 ? "''" : context.Version);

    private static async Task<string?> StartAsync(TestEngine engine, StartOrchestrationOptions options)
    {
        var id = await engine.Client.ScheduleNewOrchestrationInstanceAsync("Parent", options);
        return (await engine.WaitAsync(id)).ReadOutputAs<string>();
    }
}
