using DurableTask.Core.History;
using LocalRuntime.Engine;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Time.Testing;

namespace BookingFunctions.Tests.Engine;

public class TimerTests
{
    [Fact]
    public async Task Timers_of_many_instances_that_are_due_at_the_same_time_all_fire()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero));
        await using var engine = await TestEngine.StartAsync(
            tasks => tasks
                .AddOrchestratorFunc<DateTime, string>("Sleeps", async (context, until) =>
                {
                    await context.CreateTimer(until, CancellationToken.None);
                    return context.InstanceId;
                })
                .AddOrchestratorFunc("Parent", async context =>
                {
                    var until = context.CurrentUtcDateTime.AddHours(1);
                    await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => context.CallSubOrchestratorAsync("Sleeps", until)));
                }),
            clock: clock);
        var ids = Enumerable.Range(0, 20).Select(n => $"s-{n}").ToArray();
        var until = clock.GetUtcNow().UtcDateTime.AddHours(1);
        foreach (var id in ids)
        {
            await engine.Client.ScheduleNewOrchestrationInstanceAsync("Sleeps", until, new StartOrchestrationOptions(id));
        }

        await engine.Client.ScheduleNewOrchestrationInstanceAsync("Parent", new StartOrchestrationOptions("parent"));
        await TestEngine.UntilAsync(async () => (await engine.Store.ReadOpenWorkAsync(CancellationToken.None)).Timers.Count == 40);

        clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal(ids, await Task.WhenAll(ids.Select(async id => (await engine.WaitAsync(id)).ReadOutputAs<string>())));
        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await engine.WaitAsync("parent")).RuntimeStatus);
    }

    [Fact]
    public async Task A_timer_of_ten_years_is_one_timer_and_fires_when_they_are_over()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero));
        await using var engine = await TestEngine.StartAsync(
            tasks => tasks.AddOrchestratorFunc("Sleeps", async context =>
            {
                await context.CreateTimer(TimeSpan.FromDays(3650), CancellationToken.None);
                return context.CurrentUtcDateTime;
            }),
            clock: clock);
        await engine.Client.ScheduleNewOrchestrationInstanceAsync("Sleeps", new StartOrchestrationOptions("s"));
        await engine.Client.WaitForInstanceStartAsync("s");

        clock.Advance(TimeSpan.FromDays(3649));
        Assert.Equal(OrchestrationRuntimeStatus.Running, (await engine.Client.GetInstanceAsync("s"))!.RuntimeStatus);
        clock.Advance(TimeSpan.FromDays(1));

        Assert.Equal(new DateTime(2030, 1, 1).AddDays(3650), (await engine.WaitAsync("s")).ReadOutputAs<DateTime>());
        Assert.Single((await engine.Client.GetOrchestrationHistoryAsync("s")).OfType<TimerCreatedEvent>());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(-100_000)]
    public async Task A_timer_that_is_due_fires_at_once(int days)
    {
        await using var engine = await TestEngine.StartAsync(tasks => tasks.AddOrchestratorFunc("Sleeps", async context =>
        {
            await context.CreateTimer(context.CurrentUtcDateTime.AddDays(days), CancellationToken.None);
            return "awake";
        }));

        Assert.Equal("awake", (await engine.RunAsync("Sleeps", id: "s")).ReadOutputAs<string>());
        Assert.Single((await engine.Client.GetOrchestrationHistoryAsync("s")).OfType<TimerFiredEvent>());
    }

    [Fact]
    public async Task A_local_time_is_taken_as_such()
    {
        await using var engine = await TestEngine.StartAsync(tasks => tasks.AddOrchestratorFunc(
            "Sleeps", context => context.CreateTimer(context.CurrentUtcDateTime.ToLocalTime(), CancellationToken.None)));

        await engine.RunAsync("Sleeps", id: "s");

        var history = await engine.Client.GetOrchestrationHistoryAsync("s");
        var created = history.OfType<TimerCreatedEvent>().Single();
        Assert.Equal(DateTimeKind.Utc, created.FireAt.Kind);
        Assert.Equal(history[0].Timestamp, created.FireAt);
    }

    [Fact]
    public async Task Timers_fire_in_the_order_of_their_times_and_not_of_their_making()
    {
        await using var engine = await TestEngine.StartAsync(tasks => tasks.AddOrchestratorFunc("Order", async context =>
        {
            var order = new List<int>();
            async Task Sleep(int milliseconds)
            {
                await context.CreateTimer(TimeSpan.FromMilliseconds(milliseconds), CancellationToken.None);
                order.Add(milliseconds);
            }

            await Task.WhenAll(Sleep(60), Sleep(20), Sleep(40), Sleep(0));
            return order;
        }));

        Assert.Equal([0, 20, 40, 60], (await engine.RunAsync("Order")).ReadOutputAs<List<int>>());
    }

    [Fact]
    public async Task A_cancelled_timer_never_fires_and_is_the_same_in_a_replay()
    {
        void Tasks(DurableTaskRegistry tasks) => tasks.AddOrchestratorFunc("Cancels", async context =>
        {
            using var cancel = new CancellationTokenSource();
            var timer = context.CreateTimer(TimeSpan.FromMilliseconds(30), cancel.Token);
            cancel.Cancel();
            var error = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => timer);
            await context.CreateTimer(TimeSpan.FromMilliseconds(50), CancellationToken.None);
            context.SetCustomStatus("waiting");
            return await context.WaitForExternalEvent<string>("Go") + timer.Status + (error.CancellationToken == cancel.Token);
        });
        await using var engine = await TestEngine.StartAsync(Tasks);
        await engine.Client.ScheduleNewOrchestrationInstanceAsync("Cancels", new StartOrchestrationOptions("c"));
        await engine.WaitForCustomStatusAsync("c", "\"waiting\"");

        await engine.RestartAsync(Tasks);
        await engine.Client.RaiseEventAsync("c", "Go", "gone: ");

        Assert.Equal("gone: CanceledTrue", (await engine.WaitAsync("c")).ReadOutputAs<string>());
        Assert.Single((await engine.Client.GetOrchestrationHistoryAsync("c")).OfType<TimerFiredEvent>());
    }

    [Fact]
    public async Task A_timer_whose_token_is_cancelled_already_is_never_made()
    {
        await using var engine = await TestEngine.StartAsync(tasks => tasks.AddOrchestratorFunc("Cancels", async context =>
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(
                () => context.CreateTimer(TimeSpan.FromDays(1), new CancellationToken(canceled: true)));
            return "done";
        }));

        Assert.Equal("done", (await engine.RunAsync("Cancels", id: "c")).ReadOutputAs<string>());
        Assert.Empty((await engine.Client.GetOrchestrationHistoryAsync("c")).OfType<TimerCreatedEvent>());
    }

    [Fact]
    public async Task A_token_that_is_cancelled_by_a_clock_of_its_own_fails_the_instance_and_says_so()
    {
        await using var engine = await TestEngine.StartAsync(tasks => tasks.AddOrchestratorFunc("Cancels", async context =>
        {
            using var cancel = new CancellationTokenSource(TimeSpan.FromMilliseconds(10));
            await context.CreateTimer(TimeSpan.FromDays(1), cancel.Token);
        }));

        var done = await engine.RunAsync("Cancels");

        Assert.Equal(OrchestrationRuntimeStatus.Failed, done.RuntimeStatus);
        Assert.Contains("isn't durable", done.SerializedOutput, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_timer_that_a_restart_finds_due_does_not_fire_into_the_execution_that_continues_before_it()
    {
        static void Tasks(DurableTaskRegistry tasks) => tasks.AddOrchestratorFunc<int, DateTime>("Ticks", async (context, generation) =>
        {
            // Both generations have two timers, with the same ids.
            Task[] timers = [.. Enumerable.Range(0, 2).Select(_ => context.CreateTimer(TimeSpan.FromHours(1), CancellationToken.None))];
            await timers[generation];
            if (generation == 0)
            {
                context.ContinueAsNew(1);
            }

            return context.CurrentUtcDateTime;
        });
        var clock = new FakeTimeProvider(new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero));
        await using var engine = await TestEngine.StartAsync(Tasks, options: new DurableEngineOptions { Scheduler = new InlineScheduler() }, clock: clock);
        await engine.Client.ScheduleNewOrchestrationInstanceAsync("Ticks", 0, new StartOrchestrationOptions("t"));
        Assert.Equal(2, (await engine.Store.ReadOpenWorkAsync(default)).Timers.Count);
        await engine.StopAsync();
        clock.Advance(TimeSpan.FromHours(2));

        // The first timer fires at once, and its instance continues as new before the second one is even set.
        await engine.RestartAsync(Tasks);

        Assert.Equal(OrchestrationRuntimeStatus.Running, (await engine.Client.GetInstanceAsync("t"))!.RuntimeStatus);
        Assert.Equal(2, (await engine.Store.ReadOpenWorkAsync(default)).Timers.Count);
        clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(new DateTime(2030, 1, 1, 3, 0, 0, DateTimeKind.Utc), (await engine.WaitAsync("t")).ReadOutputAs<DateTime>());
    }

    /// <summary>Runs everything at once, where it is queued.</summary>
    private sealed class InlineScheduler : TaskScheduler
    {
        protected override void QueueTask(Task task) => TryExecuteTask(task);

        protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => TryExecuteTask(task);

        protected override IEnumerable<Task> GetScheduledTasks() => [];
    }
}
