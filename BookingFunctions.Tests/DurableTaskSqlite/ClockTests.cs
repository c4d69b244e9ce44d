using BookingFunctions.Tests.Backends;
using DurableTask.Core;
using DurableTask.Core.History;
using DurableTask.Sqlite;
using DurableTask.Sqlite.Storage;
using Microsoft.Extensions.Time.Testing;

namespace BookingFunctions.Tests.DurableTaskSqlite;

public sealed class ClockTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("clock-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task A_timer_waits_for_its_time_when_the_clock_is_set_back()
    {
        await using var hub = await DrivenHub.StartAsync();
        await hub.StartInstanceAsync();
        await (await hub.TurnAsync()).Timer(0, hub.Now.AddMinutes(5)).CommittedAsync();
        hub.Clock.AdjustTime(hub.Clock.GetUtcNow().AddMinutes(-5));
        hub.Clock.Advance(TimeSpan.FromMinutes(9));

        Assert.Null(await hub.TryTurnAsync());
        hub.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.IsType<TimerFiredEvent>((await hub.TurnAsync()).Taken.Single());
    }

    [Fact]
    public async Task Messages_keep_their_order_when_the_clock_is_set_back()
    {
        await using var hub = await DrivenHub.StartAsync();
        await hub.StartInstanceAsync();
        await (await hub.TurnAsync()).CommittedAsync();
        await hub.RaiseAsync("a", "one");
        hub.Clock.AdjustTime(hub.Clock.GetUtcNow().AddHours(-1));
        await hub.RaiseAsync("a", "two");
        await hub.CrashAsync();

        Assert.Equal(["one", "two"], (await hub.TurnAsync()).Taken.Cast<EventRaisedEvent>().Select(raised => raised.Name));
    }

    [Fact]
    public async Task All_times_that_are_stored_are_the_clocks()
    {
        await using var hub = await DrivenHub.StartAsync();
        await hub.StartInstanceAsync();
        hub.Clock.Advance(TimeSpan.FromSeconds(1));
        await (await hub.TurnAsync()).Schedule(0).Timer(1, hub.Now.AddSeconds(1)).CommittedAsync();
        await hub.RunActivityAsync();
        hub.Clock.Advance(TimeSpan.FromSeconds(1));
        await (await hub.TurnAsync()).End().CommittedAsync();

        var state = await hub.StateAsync("a");
        var begun = hub.Now.AddSeconds(-2);
        Assert.Equal((begun, hub.Now, hub.Now), (state.CreatedTime, state.CompletedTime, state.LastUpdatedTime));
        Assert.All(
            await hub.Service.GetHistoryEventsAsync("a", null, CancellationToken.None),
            item => Assert.InRange(item.Timestamp, begun, hub.Now));
    }

    [Fact]
    public async Task An_orchestrator_sees_the_clocks_time_and_its_timers_go_by_it()
    {
        FakeTimeProvider clock = new(new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero));
        await using var database = SqliteDatabase.Open(new SqliteDatabaseOptions { Path = Path.Combine(folder.FullName, "clock.db") });
        using SqliteOrchestrationService service = new(database, new SqliteOrchestrationServiceSettings(), clock);
        var worker = new TaskHubWorker(service);
        worker.AddOrchestrationDispatcherMiddleware(service.ApplyClockAsync);
        TaskCompletionSource isWaiting = new(TaskCreationOptions.RunContinuationsAsynchronously);
        new TestTasks().Orchestrator("Sleep", async context =>
        {
            var begun = context.CurrentUtcDateTime;
            var timer = context.CreateTimer(TimeSpan.FromHours(3), CancellationToken.None);
            await context.CallActivityAsync<string>("Wait", "");
            await timer;
            return new[] { begun, context.CurrentUtcDateTime };
        }).Activity<string, string>("Wait", (_, input) =>
        {
            isWaiting.SetResult();
            return Task.FromResult(input);
        }).AddTo(worker);
        await worker.StartAsync();
        OrchestrationInstance instance = new() { InstanceId = "a", ExecutionId = "1" };
        await service.CreateTaskOrchestrationAsync(
            new TaskMessage
            {
                OrchestrationInstance = instance,
                Event = new ExecutionStartedEvent(-1, null) { Name = "Sleep", Version = "", OrchestrationInstance = instance },
            });

        // The timer is armed in the turn that has scheduled the activity.
        await isWaiting.Task.WaitAsync(TimeSpan.FromSeconds(30));
        clock.Advance(TimeSpan.FromHours(3));
        var state = await service.WaitForOrchestrationAsync("a", "", Timeout.InfiniteTimeSpan, CancellationToken.None).WaitAsync(
            TimeSpan.FromSeconds(30));
        await worker.StopAsync(isForced: true);

        Assert.Equal("[\"2030-01-01T00:00:00Z\",\"2030-01-01T03:00:00Z\"]", state.Output);
    }
}
