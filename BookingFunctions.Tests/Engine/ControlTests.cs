using DurableTask.Core.Exceptions;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace BookingFunctions.Tests.Engine;

public class ControlTests
{
    [Fact]
    public async Task A_running_instance_can_be_terminated()
    {
        await using var engine = await WaitingEngineAsync();
        await engine.Client.ScheduleNewOrchestrationInstanceAsync("Waits", new StartOrchestrationOptions("w"));
        await engine.Client.WaitForInstanceStartAsync("w");

        await engine.Client.TerminateInstanceAsync("w", "enough");

        var done = await engine.WaitAsync("w");
        Assert.Equal(OrchestrationRuntimeStatus.Terminated, done.RuntimeStatus);
        Assert.Equal("enough", done.SerializedOutput);
    }

    [Fact]
    public async Task An_instance_can_be_terminated_before_it_has_begun()
    {
        await using var engine = await WaitingEngineAsync();
        await engine.Client.ScheduleNewOrchestrationInstanceAsync("Waits", new StartOrchestrationOptions("w", DateTimeOffset.UtcNow.AddDays(1)));

        await engine.Client.TerminateInstanceAsync("w", "never mind");

        Assert.Equal(OrchestrationRuntimeStatus.Terminated, (await engine.WaitAsync("w")).RuntimeStatus);
    }

    [Fact]
    public async Task A_suspended_instance_does_nothing_until_it_is_resumed()
    {
        await using var engine = await WaitingEngineAsync();
        await engine.Client.ScheduleNewOrchestrationInstanceAsync("Waits", new StartOrchestrationOptions("w"));
        await engine.Client.SuspendInstanceAsync("w", "look");
        await TestEngine.UntilAsync(async () => (await engine.Client.GetInstanceAsync("w"))!.RuntimeStatus == OrchestrationRuntimeStatus.Suspended);

        await engine.Client.RaiseEventAsync("w", "Go", "now");
        await TestEngine.UntilAsync(async () => (await engine.Client.GetOrchestrationHistoryAsync("w")).Any(e => e is DurableTask.Core.History.EventRaisedEvent));
        Assert.Equal(OrchestrationRuntimeStatus.Suspended, (await engine.Client.GetInstanceAsync("w"))!.RuntimeStatus);
        Assert.Equal("look", (await engine.Client.GetInstanceAsync("w", true))!.SerializedOutput);
        await engine.Client.ResumeInstanceAsync("w", "on");

        Assert.Equal("got now", (await engine.WaitAsync("w")).ReadOutputAs<string>());
    }

    [Fact]
    public async Task The_id_of_a_running_instance_is_refused_and_that_of_a_finished_one_is_used_again()
    {
        await using var engine = await WaitingEngineAsync();
        await engine.Client.ScheduleNewOrchestrationInstanceAsync("Waits", new StartOrchestrationOptions("w"));
        await engine.Client.WaitForInstanceStartAsync("w");

        var refused = await Assert.ThrowsAsync<OrchestrationAlreadyExistsException>(
            () => engine.Client.ScheduleNewOrchestrationInstanceAsync("Waits", new StartOrchestrationOptions("w")));
        Assert.Equal("An Orchestration instance with the status Running already exists.", refused.Message);

        await engine.Client.TerminateInstanceAsync("w", "enough");
        await engine.WaitAsync("w");
        await Assert.ThrowsAsync<OrchestrationAlreadyExistsException>(() => engine.Client.ScheduleNewOrchestrationInstanceAsync(
            "Waits", new StartOrchestrationOptions("w").WithDedupeStatuses(OrchestrationRuntimeStatus.Terminated)));
        await engine.Client.ScheduleNewOrchestrationInstanceAsync("Waits", new StartOrchestrationOptions("w"));
        await engine.Client.RaiseEventAsync("w", "Go", "again");
        Assert.Equal("got again", (await engine.WaitAsync("w")).ReadOutputAs<string>());
    }

    [Theory]
    [InlineData("")]
    [InlineData("a/b")]
    [InlineData("a?b")]
    [InlineData("a#b")]
    [InlineData("a\\b")]
    [InlineData("a\nb")]
    [InlineData("@entity@key")]
    public async Task An_id_that_a_backend_could_not_keep_is_refused(string id)
    {
        await using var engine = await WaitingEngineAsync();

        await Assert.ThrowsAnyAsync<ArgumentException>(
            () => engine.Client.ScheduleNewOrchestrationInstanceAsync("Waits", new StartOrchestrationOptions(id)));
    }

    [Fact]
    public async Task A_purged_instance_is_gone_and_a_running_one_stays()
    {
        await using var engine = await WaitingEngineAsync();
        await engine.RunAsync("Quick", id: "done");
        await engine.Client.ScheduleNewOrchestrationInstanceAsync("Waits", new StartOrchestrationOptions("w"));

        Assert.Equal(1, (await engine.Client.PurgeInstanceAsync("done")).PurgedInstanceCount);
        Assert.Equal(0, (await engine.Client.PurgeInstanceAsync("w")).PurgedInstanceCount);
        Assert.Null(await engine.Client.GetInstanceAsync("done"));
        Assert.NotNull(await engine.Client.GetInstanceAsync("w"));
    }

    [Fact]
    public async Task Finished_instances_are_purged_by_a_filter()
    {
        await using var engine = await WaitingEngineAsync();
        for (var i = 0; i < 5; i++)
        {
            await engine.RunAsync("Quick", id: $"quick-{i}");
        }

        await engine.Client.ScheduleNewOrchestrationInstanceAsync("Waits", new StartOrchestrationOptions("w"));
        await engine.Client.WaitForInstanceStartAsync("w");

        var purged = await engine.Client.PurgeAllInstancesAsync(new PurgeInstancesFilter(DateTimeOffset.UtcNow.AddHours(-1)));

        Assert.Equal(5, purged.PurgedInstanceCount);
        Assert.Equal("w", (await engine.Client.GetAllInstancesAsync().ToListAsync()).Single().InstanceId);
    }

    [Fact]
    public async Task Instances_are_listed_page_by_page_in_the_order_of_their_ids()
    {
        await using var engine = await WaitingEngineAsync();
        foreach (var id in new[] { "b-2", "a-1", "b-1", "b-3", "c-1" })
        {
            await engine.RunAsync("Quick", id: id);
        }

        var pages = new List<string>();
        await foreach (var page in engine.Client.GetAllInstancesAsync(new OrchestrationQuery(InstanceIdPrefix: "b-", PageSize: 2)).AsPages())
        {
            pages.Add(string.Join(' ', page.Values.Select(instance => instance.InstanceId)));
        }

        Assert.Equal(["b-1 b-2", "b-3"], pages);
    }

    [Fact]
    public async Task A_finished_instance_can_be_restarted_with_its_input()
    {
        await using var engine = await WaitingEngineAsync();
        await engine.RunAsync("Quick", "again", "q");

        Assert.Equal("q", await engine.Client.RestartAsync("q"));
        Assert.Equal("again", (await engine.WaitAsync("q")).ReadInputAs<string>());
        var other = await engine.Client.RestartAsync("q", restartWithNewInstanceId: true);
        Assert.Equal("again", (await engine.WaitAsync(other)).ReadInputAs<string>());
        var unknown = await Assert.ThrowsAsync<ArgumentException>(() => engine.Client.RestartAsync("nobody"));
        Assert.Contains("No instance with ID 'nobody' was found.", unknown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Waiting_for_an_unknown_instance_is_an_error()
    {
        await using var engine = await WaitingEngineAsync();

        await Assert.ThrowsAsync<InvalidOperationException>(() => engine.Client.WaitForInstanceCompletionAsync("nobody"));
        Assert.Null(await engine.Client.GetInstanceAsync("nobody"));
    }

    [Fact]
    public async Task A_wait_ends_when_the_engine_stops()
    {
        await using var engine = await WaitingEngineAsync();
        await engine.Client.ScheduleNewOrchestrationInstanceAsync("Waits", new StartOrchestrationOptions("w"));
        var wait = engine.Client.WaitForInstanceCompletionAsync("w");

        await engine.StopAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => wait);
    }

    private static Task<TestEngine> WaitingEngineAsync() => TestEngine.StartAsync(tasks => tasks
        .AddOrchestratorFunc("Waits", async context => "got " + await context.WaitForExternalEvent<string>("Go"))
        .AddOrchestratorFunc("Quick", _ => "done"));
}
