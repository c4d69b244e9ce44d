using DurableTask.Core.History;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace BookingFunctions.Tests.Engine;

public class ChildTests
{
    [Fact]
    public async Task An_orchestrator_can_call_itself_and_each_child_has_an_id_of_its_own()
    {
        await using var engine = await TestEngine.StartAsync(tasks => tasks.AddOrchestratorFunc<int, int>("Nests", async (context, depth) =>
            depth < 4 ? 1 + await context.CallSubOrchestratorAsync<int>("Nests", depth + 1) : 1));

        Assert.Equal(5, (await engine.RunAsync("Nests", 0)).ReadOutputAs<int>());
        var ids = (await engine.Client.GetAllInstancesAsync().ToListAsync()).Select(instance => instance.InstanceId).ToList();
        Assert.Equal(5, ids.Count);
        Assert.All(ids, id => Assert.True(Guid.TryParseExact(id, "N", out _)));
    }

    [Fact]
    public async Task A_hundred_children_at_once_all_answer()
    {
        await using var engine = await TestEngine.StartAsync(tasks => tasks
            .AddOrchestratorFunc("Parent", async context =>
                (await Task.WhenAll(Enumerable.Range(0, 100).Select(n => context.CallSubOrchestratorAsync<int>("Child", n)))).Sum())
            .AddOrchestratorFunc<int, int>("Child", async (context, n) => await context.CallActivityAsync<int>("Echo", n))
            .AddActivityFunc<int, int>("Echo", (_, n) => n));

        Assert.Equal(4950, (await engine.RunAsync("Parent")).ReadOutputAs<int>());
    }

    [Fact]
    public async Task A_child_can_t_have_its_parents_id_and_may_have_that_of_one_that_has_ended()
    {
        await using var engine = await TestEngine.StartAsync(tasks => tasks
            .AddOrchestratorFunc<string, string>("Parent", async (context, child) =>
                await context.CallSubOrchestratorAsync<string>("Child", options: new SubOrchestrationOptions(instanceId: child)))
            .AddOrchestratorFunc("Child", context => "child of " + context.Parent?.InstanceId));
        await engine.RunAsync("Child", id: "ended");

        var itself = await engine.RunAsync("Parent", "p", "p");
        Assert.Equal(OrchestrationRuntimeStatus.Failed, itself.RuntimeStatus);
        Assert.Contains("still running", itself.FailureDetails!.ErrorMessage, StringComparison.Ordinal);
        Assert.Equal("child of q", (await engine.RunAsync("Parent", "ended", "q")).ReadOutputAs<string>());
    }

    [Fact]
    public async Task A_parent_and_its_child_go_on_after_a_restart()
    {
        static void Tasks(DurableTaskRegistry tasks) => tasks
            .AddOrchestratorFunc("Parent", async context =>
                await context.CallSubOrchestratorAsync<string>("Child", "x", new SubOrchestrationOptions(instanceId: "kid"))
                + " for " + context.InstanceId)
            .AddOrchestratorFunc<string, string>("Child", async (context, input) =>
            {
                context.SetCustomStatus("waiting");
                return $"{input} {await context.WaitForExternalEvent<string>("Go")} {context.Parent!.Name} {context.Parent.InstanceId}";
            });
        await using var engine = await TestEngine.StartAsync(Tasks);
        await engine.Client.ScheduleNewOrchestrationInstanceAsync("Parent", new StartOrchestrationOptions("dad"));
        await engine.WaitForCustomStatusAsync("kid", "\"waiting\"");

        await engine.RestartAsync(Tasks);
        await engine.Client.RaiseEventAsync("kid", "Go", "went");

        Assert.Equal("x went Parent dad for dad", (await engine.WaitAsync("dad")).ReadOutputAs<string>());
    }

    [Fact]
    public async Task A_child_outlives_a_parent_that_is_terminated_and_its_answer_is_dropped()
    {
        await using var engine = await TestEngine.StartAsync(tasks => tasks
            .AddOrchestratorFunc("Parent", context =>
                context.CallSubOrchestratorAsync("Child", options: new SubOrchestrationOptions(instanceId: "kid")))
            .AddOrchestratorFunc("Child", context => context.WaitForExternalEvent<string>("Go")));
        await engine.Client.ScheduleNewOrchestrationInstanceAsync("Parent", new StartOrchestrationOptions("dad"));
        await TestEngine.UntilAsync(async () => (await engine.Client.GetInstanceAsync("kid"))?.IsRunning ?? false);
        await engine.Client.TerminateInstanceAsync("dad", "enough");
        await engine.WaitAsync("dad");

        await engine.Client.RaiseEventAsync("kid", "Go", "went");

        Assert.Equal("went", (await engine.WaitAsync("kid")).ReadOutputAs<string>());
        Assert.Equal(OrchestrationRuntimeStatus.Terminated, (await engine.Client.GetInstanceAsync("dad"))!.RuntimeStatus);
        Assert.DoesNotContain(EventType.SubOrchestrationInstanceCompleted, await engine.EventTypesAsync("dad"));
    }

    [Fact]
    public async Task An_event_that_is_sent_to_nobody_harms_nobody()
    {
        await using var engine = await TestEngine.StartAsync(tasks => tasks
            .AddOrchestratorFunc("Sends", context => context.SendEvent("nobody", "Event", "lost"))
            .AddOrchestratorFunc("Nameless", context => context.SendEvent("nobody", "", "lost")));

        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await engine.RunAsync("Sends")).RuntimeStatus);
        Assert.Equal("System.ArgumentException", (await engine.RunAsync("Nameless")).FailureDetails!.ErrorType);
        await Assert.ThrowsAsync<ArgumentException>(() => engine.Client.RaiseEventAsync("nobody", ""));
        Assert.Null(await engine.Client.GetInstanceAsync("nobody"));
    }
}
