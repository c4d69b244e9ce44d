using LocalRuntime.Engine;
using Microsoft.DurableTask;

namespace BookingFunctions.Tests.Engine;

public class LateStartTests
{
    [Fact]
    public async Task An_instance_that_an_event_sets_off_before_its_creator_hears_of_it_is_begun_once()
    {
        var answer = new TaskCompletionSource();
        var store = new UnreliableStore { Created = answer.Task };
        var commits = new List<int>();
        store.Refuses = turn =>
        {
            commits.Add(turn.Turn);
            return false;
        };
        await using var engine = await TestEngine.StartAsync(
            tasks => tasks.AddOrchestratorFunc("Collect", async context =>
            {
                var first = await context.WaitForExternalEvent<string>("event");
                context.SetCustomStatus(first);
                return first + await context.WaitForExternalEvent<string>("event");
            }),
            store,
            new DurableEngineOptions { MaxLiveInstances = 1, Scheduler = new HoldingScheduler() });
        var created = engine.Client.ScheduleNewOrchestrationInstanceAsync("Collect", new StartOrchestrationOptions("late"));
        await engine.Client.RaiseEventAsync("late", "event", "a");
        await engine.WaitForCustomStatusAsync("late", "\"a\"");

        // Another one takes its place in memory.
        store.Created = null;
        await engine.Client.ScheduleNewOrchestrationInstanceAsync("Collect", new StartOrchestrationOptions("other"));
        await engine.Client.RaiseEventAsync("other", "event", "b");
        await engine.WaitForCustomStatusAsync("other", "\"b\"");
        commits.Clear();
        answer.SetResult();
        await created;
        await engine.Client.RaiseEventAsync("late", "event", "c");

        Assert.Equal("ac", (await engine.WaitAsync("late")).ReadOutputAs<string>());
        Assert.DoesNotContain(1, commits);
    }
}
