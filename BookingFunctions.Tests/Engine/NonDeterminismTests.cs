using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace BookingFunctions.Tests.Engine;

public class NonDeterminismTests
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private static readonly Dictionary<string, Action<TaskOrchestrationContext>> Steps = new()
    {
        ["activity A"] = context => _ = context.CallActivityAsync("A", 1),
        ["activity a, other input"] = context => _ = context.CallActivityAsync("a", 2),
        ["activity A, other version and tags"] = context => _ = context.CallActivityAsync(
            "A", 1, new TaskOptions(tags: new Dictionary<string, string> { ["a"] = "b" }) { Version = "v2" }),
        ["activity B"] = context => _ = context.CallActivityAsync("B", 1),
        ["child C"] = context => _ = context.CallSubOrchestratorAsync("C", options: new SubOrchestrationOptions(instanceId: "kid")),
        ["child C, other input"] = context => _ = context.CallSubOrchestratorAsync("c", 2, new SubOrchestrationOptions(instanceId: "kid")),
        ["child C, other id"] = context => _ = context.CallSubOrchestratorAsync("C", options: new SubOrchestrationOptions(instanceId: "kid2")),
        ["child D"] = context => _ = context.CallSubOrchestratorAsync("D", options: new SubOrchestrationOptions(instanceId: "kid")),
        ["timer"] = context => _ = context.CreateTimer(Day, CancellationToken.None),
        ["timer, other time"] = context => _ = context.CreateTimer(3 * Day, CancellationToken.None),
        ["event E"] = context => context.SendEvent("other", "E", 1),
        ["event E, other value"] = context => context.SendEvent("other", "E", 2),
        ["event E to another"] = context => context.SendEvent("another", "E", 1),
        ["event F"] = context => context.SendEvent("other", "F", 1),
        ["nothing"] = _ => { },
        ["status"] = context => context.SetCustomStatus("changed"),
    };

    [Theory]
    [InlineData("activity A", "activity B", "called the activity 'A', but the code now wants to call the activity 'B'")]
    [InlineData("activity A", "child C", "called the activity 'A', but the code now wants to start the sub-orchestrator 'C' as 'kid'")]
    [InlineData("child C", "child D", "started the sub-orchestrator 'C' as 'kid', but the code now wants to start the sub-orchestrator 'D'")]
    [InlineData("child C", "child C, other id", "'C' as 'kid', but the code now wants to start the sub-orchestrator 'C' as 'kid2'")]
    [InlineData("child C", "timer", "started the sub-orchestrator 'C' as 'kid', but the code now wants to create a timer")]
    [InlineData("timer", "activity A", "created a timer, but the code now wants to call the activity 'A'")]
    [InlineData("event E", "event F", "sent the event 'E' to 'other', but the code now wants to send the event 'F'")]
    [InlineData("event E", "event E to another", "sent the event 'E' to 'other', but the code now wants to send the event 'E' to 'another'")]
    [InlineData("event E", "timer", "sent the event 'E' to 'other', but the code now wants to create a timer")]
    [InlineData("timer", "nothing", "created a timer, but the code no longer does that")]
    [InlineData("nothing", "timer", "the code now wants to create a timer, but the history has nothing of the kind")]
    public async Task Code_that_asks_for_something_else_than_it_did_fails_its_instance(string then, string now, string message)
    {
        var done = await RunAsync(then, now);

        Assert.Equal(OrchestrationRuntimeStatus.Failed, done.RuntimeStatus);
        Assert.Equal("DurableTask.Core.Exceptions.NonDeterministicOrchestrationException", done.FailureDetails!.ErrorType);
        Assert.Contains(message, done.FailureDetails.ErrorMessage, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("activity A", "activity a, other input")]
    [InlineData("activity A", "activity A, other version and tags")]
    [InlineData("child C", "child C, other input")]
    [InlineData("timer", "timer, other time")]
    [InlineData("event E", "event E, other value")]
    [InlineData("nothing", "status")]
    public async Task Code_that_asks_for_the_same_in_another_way_goes_on(string then, string now) =>
        Assert.Equal("went on", (await RunAsync(then, now)).ReadOutputAs<string>());

    private static async Task<OrchestrationMetadata> RunAsync(string then, string now)
    {
        static void Tasks(DurableTaskRegistry tasks, string step) => tasks
            .AddOrchestratorFunc("Trip", async context =>
            {
                Steps[step](context);
                await context.WaitForExternalEvent<object>("Go");
                return "went on";
            })
            .AddOrchestratorFunc("C", _ => { })
            .AddOrchestratorFunc("D", _ => { })
            .AddActivityFunc("A", _ => { })
            .AddActivityFunc("B", _ => { });
        await using var engine = await TestEngine.StartAsync(tasks => Tasks(tasks, then));
        await engine.Client.ScheduleNewOrchestrationInstanceAsync("Trip", new StartOrchestrationOptions("trip"));
        await engine.Client.WaitForInstanceStartAsync("trip");

        await engine.RestartAsync(tasks => Tasks(tasks, now));
        await engine.Client.RaiseEventAsync("trip", "Go");
        return await engine.WaitAsync("trip");
    }
}
