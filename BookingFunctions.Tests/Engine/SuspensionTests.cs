using DurableTask.Core.History;
using LocalRuntime.Engine;
using LocalRuntime.Storage;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace BookingFunctions.Tests.Engine;

public class SuspensionTests
{
    [Fact]
    public async Task What_the_turn_that_suspends_an_instance_has_asked_for_is_done_once_it_is_resumed()
    {
        var calls = 0;
        void Tasks(DurableTaskRegistry tasks) => tasks
            .AddOrchestratorFunc("Trip", async context =>
            {
                context.SetCustomStatus("asked");
                var child = context.CallSubOrchestratorAsync<int>("Child", options: new SubOrchestrationOptions(instanceId: "child"));
                context.SendEvent("friend", "Hello", 1);
                var timer = context.CreateTimer(TimeSpan.FromMilliseconds(1), CancellationToken.None);
                var car = await context.CallActivityAsync<int>("Car");
                await timer;
                return car + await child;
            })
            .AddOrchestratorFunc("Child", context => Task.FromResult(10))
            .AddOrchestratorFunc("Friend", context => context.WaitForExternalEvent<int>("Hello"))
            .AddActivityFunc("Car", _ => ++calls);
        var store = new InMemoryOrchestrationStore();
        var scheduler = new HoldingScheduler();
        await using var engine = await TestEngine.StartAsync(Tasks, store, new DurableEngineOptions { Scheduler = scheduler });
        await engine.Client.ScheduleNewOrchestrationInstanceAsync("Friend", new StartOrchestrationOptions("friend"));
        await SuspendInTheFirstTurnAsync(engine, scheduler, "trip");

        Assert.Equal("\"asked\"", (await engine.Client.GetInstanceAsync("trip", true))!.SerializedCustomStatus);
        Assert.Equal(
            [EventType.OrchestratorStarted, EventType.ExecutionStarted, EventType.ExecutionSuspended, EventType.OrchestratorCompleted],
            await engine.EventTypesAsync("trip"));
        await engine.RestartAsync(Tasks);
        var work = await store.ReadOpenWorkAsync(default);
        Assert.Empty(work.Activities);
        Assert.Empty(work.Timers);
        Assert.Null(await engine.Client.GetInstanceAsync("child"));
        Assert.Equal(0, calls);

        await engine.Client.ResumeInstanceAsync("trip");

        Assert.Equal(11, (await engine.WaitAsync("trip")).ReadOutputAs<int>());
        Assert.Equal(1, (await engine.WaitAsync("friend")).ReadOutputAs<int>());
        var types = (await engine.EventTypesAsync("trip")).ToList();
        Assert.True(types.IndexOf(EventType.ExecutionResumed) < types.IndexOf(EventType.TaskScheduled));
    }

    [Fact]
    public async Task A_timer_that_was_held_back_and_cancelled_is_never_set()
    {
        static void Tasks(DurableTaskRegistry tasks) => tasks.AddOrchestratorFunc("Race", async context =>
        {
            using var cancellation = new CancellationTokenSource();
            var timer = context.CreateTimer(TimeSpan.FromHours(1), cancellation.Token);
            cancellation.Cancel();
            return timer.IsCanceled + await context.WaitForExternalEvent<string>("Go");
        });
        var store = new InMemoryOrchestrationStore();
        var scheduler = new HoldingScheduler();
        await using var engine = await TestEngine.StartAsync(Tasks, store, new DurableEngineOptions { Scheduler = scheduler });
        await SuspendInTheFirstTurnAsync(engine, scheduler, "race");

        await engine.RestartAsync(Tasks);
        await engine.Client.ResumeInstanceAsync("race");
        await TestEngine.UntilAsync(async () => (await engine.EventTypesAsync("race")).Contains(EventType.TimerCreated));
        Assert.Empty((await store.ReadOpenWorkAsync(default)).Timers);
        await engine.RestartAsync(Tasks);
        await engine.Client.RaiseEventAsync("race", "Go", "!");

        Assert.Equal("True!", (await engine.WaitAsync("race")).ReadOutputAs<string>());
    }

    [Fact]
    public async Task What_a_suspended_instance_has_asked_for_is_never_done_if_it_is_terminated()
    {
        var scheduler = new HoldingScheduler();
        await using var engine = await TestEngine.StartAsync(
            tasks => tasks
                .AddOrchestratorFunc("Race", context => context.CallSubOrchestratorAsync<string>("Wait", options: new SubOrchestrationOptions(instanceId: "other")))
                .AddOrchestratorFunc("Wait", context => context.WaitForExternalEvent<string>("Go")),
            options: new DurableEngineOptions { Scheduler = scheduler });
        await engine.Client.ScheduleNewOrchestrationInstanceAsync("Wait", new StartOrchestrationOptions("other"));
        await SuspendInTheFirstTurnAsync(engine, scheduler, "race");

        await engine.Client.TerminateInstanceAsync("race", new TerminateInstanceOptions("enough", Recursive: true));

        Assert.Equal(OrchestrationRuntimeStatus.Terminated, (await engine.WaitAsync("race")).RuntimeStatus);
        await engine.Client.RaiseEventAsync("other", "Go", "mine");
        Assert.Equal("mine", (await engine.WaitAsync("other")).ReadOutputAs<string>());
    }

    private static async Task SuspendInTheFirstTurnAsync(TestEngine engine, HoldingScheduler scheduler, string instance)
    {
        scheduler.Hold();
        await engine.Client.ScheduleNewOrchestrationInstanceAsync(instance == "trip" ? "Trip" : "Race", new StartOrchestrationOptions(instance));
        await engine.Client.SuspendInstanceAsync(instance, "look");
        scheduler.Release();
        await TestEngine.UntilAsync(
            async () => (await engine.Client.GetInstanceAsync(instance))?.RuntimeStatus == OrchestrationRuntimeStatus.Suspended);
    }
}
