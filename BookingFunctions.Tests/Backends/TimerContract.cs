using DurableTask.Core;
using DurableTask.Core.History;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Worker;

namespace BookingFunctions.Tests.Backends;

/// <summary>Durable timers.</summary>
public abstract class TimerContract<TBackend> : Contract<TBackend>
    where TBackend : IBackend, new()
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(200);

    [BackendFact]
    public async Task A_timer_fires_when_it_is_due()
    {
        Hub.Tasks.Orchestrator<TimeSpan>("Sleeps", async context =>
        {
            var begin = context.CurrentUtcDateTime;
            await context.CreateTimer(TimeSpan.FromSeconds(2), CancellationToken.None);
            return context.CurrentUtcDateTime - begin;
        });
        await Hub.StartAsync();

        // Azure Storage hides messages for whole seconds.
        Assert.True(await Hub.OutputAsync<TimeSpan>("Sleeps") >= TimeSpan.FromSeconds(1));
    }

    [BackendFact]
    public async Task Time_of_the_orchestrator_after_a_timer_is_that_of_the_event_in_the_history()
    {
        Hub.Tasks.Orchestrator<DateTime>("Sleeps", async context =>
        {
            await context.CreateTimer(Short, CancellationToken.None);
            return context.CurrentUtcDateTime;
        });
        await Hub.StartAsync();
        var state = await Hub.RunAsync("Sleeps");

        var history = await Hub.HistoryAsync(state.OrchestrationInstance.InstanceId);
        Assert.Equal(history.OfType<OrchestratorStartedEvent>().Last().Timestamp, TestHub.Output<DateTime>(state));
        var created = Assert.Single(history.OfType<TimerCreatedEvent>());
        var fired = Assert.Single(history.OfType<TimerFiredEvent>());
        Assert.Equal((created.EventId, created.FireAt), (fired.TimerId, fired.FireAt));
    }

    [BackendFact]
    public async Task A_timer_that_is_due_already_fires_at_once()
    {
        Hub.Tasks.Orchestrator<string>("Sleeps", async context =>
        {
            await context.CreateTimer(context.CurrentUtcDateTime.AddHours(-1), CancellationToken.None);
            return "awake";
        });
        await Hub.StartAsync();

        Assert.Equal("awake", await Hub.OutputAsync<string>("Sleeps"));
    }

    [BackendFact]
    public async Task A_timer_above_the_maximum_is_made_of_several()
    {
        Hub.Tasks
            .With(new DurableTaskWorkerOptions { MaximumTimerInterval = TimeSpan.FromMilliseconds(150) })
            .Orchestrator<string>("Sleeps", async context =>
            {
                await context.CreateTimer(TimeSpan.FromMilliseconds(400), CancellationToken.None);
                return "awake";
            });
        await Hub.StartAsync();
        var state = await Hub.RunAsync("Sleeps");

        Assert.Equal("awake", TestHub.Output<string>(state));
        Assert.True((await Hub.HistoryAsync(state.OrchestrationInstance.InstanceId)).OfType<TimerFiredEvent>().Count() >= 2);
    }

    [BackendFact]
    public async Task A_cancelled_timer_throws_and_the_instance_completes_without_waiting_for_it()
    {
        Hub.Tasks.Orchestrator<string>("Cancels", async context =>
        {
            using var cancellation = new CancellationTokenSource();
            var timer = context.CreateTimer(TimeSpan.FromDays(1), cancellation.Token);
            cancellation.Cancel();
            try
            {
                await timer;
                return "fired";
            }
            catch (OperationCanceledException)
            {
                return "cancelled";
            }
        });
        await Hub.StartAsync();

        Assert.Equal("cancelled", await Hub.OutputAsync<string>("Cancels"));
    }

    [BackendFact]
    public async Task A_timer_that_loses_against_an_event_and_is_cancelled_never_fires()
    {
        Hub.Tasks.Orchestrator<string>("Races", async context =>
        {
            using var cancellation = new CancellationTokenSource();
            var timer = context.CreateTimer(TimeSpan.FromDays(2), cancellation.Token);
            var raised = context.WaitForExternalEvent<string>("Approval");
            var winner = await Task.WhenAny(timer, raised);
            cancellation.Cancel();
            return winner == raised ? raised.Result : "too late";
        });
        await Hub.StartAsync();
        await Hub.ScheduleAsync("Races", id: "r");
        await Hub.WaitAsync("r", OrchestrationStatus.Running);
        await Hub.RaiseAsync("r", "Approval", "approved");

        Assert.Equal("approved", TestHub.Output<string>(await Hub.WaitAsync("r")));
        Assert.Empty((await Hub.HistoryAsync("r")).OfType<TimerFiredEvent>());
    }

    [BackendFact]
    public async Task A_timer_that_wins_against_an_event_leaves_the_event_unanswered()
    {
        Hub.Tasks.Orchestrator<string>("Races", async context =>
        {
            var timer = context.CreateTimer(Short, CancellationToken.None);
            var raised = context.WaitForExternalEvent<string>("Approval");
            return await Task.WhenAny(timer, raised) == timer ? "too late" : raised.Result;
        });
        await Hub.StartAsync();

        Assert.Equal("too late", await Hub.OutputAsync<string>("Races"));
    }

    [BackendFact]
    public async Task A_cancelled_timer_that_comes_due_while_the_instance_runs_is_ignored()
    {
        Hub.Tasks.Orchestrator<string>("Cancels", async context =>
        {
            using var cancellation = new CancellationTokenSource();
            var first = context.CreateTimer(Short, cancellation.Token);
            cancellation.Cancel();
            await context.CreateTimer(3 * Short, CancellationToken.None);
            return first.IsCanceled ? "cancelled" : "fired";
        });
        await Hub.StartAsync();

        Assert.Equal("cancelled", await Hub.OutputAsync<string>("Cancels"));
    }

    [BackendFact]
    public async Task Many_timers_at_a_time_all_fire()
    {
        Hub.Tasks.Orchestrator<int>("Sleeps", async context =>
        {
            var timers = Enumerable.Range(0, 30).Select(n =>
                context.CreateTimer(TimeSpan.FromMilliseconds(10 * n), CancellationToken.None)).ToList();
            await Task.WhenAll(timers);
            return timers.Count;
        });
        await Hub.StartAsync();

        Assert.Equal(30, await Hub.OutputAsync<int>("Sleeps"));
    }

    [BackendFact]
    public async Task A_timer_that_comes_due_while_no_worker_runs_fires_at_the_next_start()
    {
        Hub.Tasks.Orchestrator<string>("Sleeps", async context =>
        {
            await context.CreateTimer(TimeSpan.FromSeconds(2), CancellationToken.None);
            return "awake";
        });
        var worker = await Hub.StartAsync();
        await Hub.ScheduleAsync("Sleeps", id: "s");
        await Hub.WaitAsync("s", OrchestrationStatus.Running);
        await Hub.StopAsync(worker);
        await Task.Delay(2_100);

        await Hub.StartAsync();

        Assert.Equal("awake", TestHub.Output<string>(await Hub.WaitAsync("s")));
    }

    [BackendFact]
    public async Task An_event_with_a_timeout_that_passes_is_cancelled()
    {
        Hub.Tasks.Orchestrator<string>("Waits", async context =>
        {
            try
            {
                return await context.WaitForExternalEvent<string>("Go", Short);
            }
            catch (OperationCanceledException)
            {
                return "nothing came";
            }
        });
        await Hub.StartAsync();

        Assert.Equal("nothing came", await Hub.OutputAsync<string>("Waits"));
    }

    [BackendFact]
    public async Task An_event_with_a_timeout_that_comes_in_time_is_received()
    {
        Hub.Tasks.Orchestrator<string>("Waits", context => context.WaitForExternalEvent<string>("Go", TimeSpan.FromDays(5)));
        await Hub.StartAsync();
        await Hub.ScheduleAsync("Waits", id: "w");
        await Hub.WaitAsync("w", OrchestrationStatus.Running);
        await Hub.RaiseAsync("w", "Go", "went");

        Assert.Equal("went", TestHub.Output<string>(await Hub.WaitAsync("w")));
    }
}
