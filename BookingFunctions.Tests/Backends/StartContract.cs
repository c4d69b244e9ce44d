using DurableTask.Core;
using DurableTask.Core.Exceptions;
using DurableTask.Core.History;

namespace BookingFunctions.Tests.Backends;

/// <summary>Starting instances: ids, taken ids, scheduled starts.</summary>
public abstract class StartContract<TBackend> : Contract<TBackend>
    where TBackend : IBackend, new()
{
    private static readonly OrchestrationStatus[] Ended =
        [OrchestrationStatus.Completed, OrchestrationStatus.Failed, OrchestrationStatus.Terminated];

    private static readonly OrchestrationStatus[] Open =
        [OrchestrationStatus.Pending, OrchestrationStatus.Running, OrchestrationStatus.Suspended, OrchestrationStatus.ContinuedAsNew];

    [BackendFact]
    public async Task A_completed_instance_s_id_starts_anew()
    {
        AddTasks();
        await Hub.StartAsync();
        var first = await Hub.RunAsync("Echo", "one", "e");

        var second = await RunAgainAsync("e", first, "Echo", "two");

        Assert.Equal(("\"two\"", "\"two\""), (second.Input, second.Output));
        Assert.Equal("\"two\"", (await Hub.HistoryAsync("e")).OfType<ExecutionStartedEvent>().Single().Input);
    }

    [BackendFact]
    public async Task A_failed_instance_s_id_starts_anew()
    {
        AddTasks();
        await Hub.StartAsync();
        var first = await Hub.RunAsync("Fails", "bad", "f");
        Assert.Equal(OrchestrationStatus.Failed, first.OrchestrationStatus);

        Assert.Equal(OrchestrationStatus.Completed, (await RunAgainAsync("f", first, "Echo", "good")).OrchestrationStatus);
    }

    [BackendFact]
    public async Task A_terminated_instance_s_id_starts_anew()
    {
        AddTasks();
        await Hub.StartAsync();
        await Hub.ScheduleAsync("Waits", id: "w");
        await Hub.WaitAsync("w", OrchestrationStatus.Running);
        await Hub.TerminateAsync("w");
        var first = await Hub.WaitAsync("w");

        Assert.Equal(OrchestrationStatus.Completed, (await RunAgainAsync("w", first, "Echo", "good")).OrchestrationStatus);
    }

    [BackendFact]
    public async Task Events_of_the_former_instance_do_not_reach_the_new_one()
    {
        AddTasks();
        await Hub.StartAsync();
        await Hub.ScheduleAsync("Waits", id: "w");
        await Hub.WaitAsync("w", OrchestrationStatus.Running);
        await Hub.RaiseAsync("w", "Other", "old");
        await Hub.RaiseAsync("w", "Go", "first");
        var first = await Hub.WaitAsync("w");

        await Hub.ScheduleAsync("Waits", id: "w", dedupe: []);
        await Hub.WaitAsync("w", state => state.OrchestrationStatus == OrchestrationStatus.Running
            && state.OrchestrationInstance.ExecutionId != first.OrchestrationInstance.ExecutionId);
        await Hub.RaiseAsync("w", "Go", "second");

        Assert.Equal("second", TestHub.Output<string>(await Hub.WaitAsync("w")));
        Assert.Single((await Hub.HistoryAsync("w")).OfType<EventRaisedEvent>());
    }

    [BackendFact]
    public async Task A_start_with_the_id_of_an_open_instance_is_refused_by_default()
    {
        AddTasks();
        await Hub.StartAsync();
        await Hub.ScheduleAsync("Waits", id: "w");
        await Hub.WaitAsync("w", OrchestrationStatus.Running);

        await Assert.ThrowsAsync<OrchestrationAlreadyExistsException>(() => Hub.ScheduleAsync("Waits", id: "w", dedupe: Open));

        await Hub.RaiseAsync("w", "Go", "went");
        Assert.Equal("went", TestHub.Output<string>(await Hub.WaitAsync("w")));
    }

    [BackendFact]
    public async Task A_start_is_refused_in_each_status_that_the_caller_names()
    {
        AddTasks();
        await Hub.ScheduleAsync("Echo", "x", "pending");
        await Assert.ThrowsAsync<OrchestrationAlreadyExistsException>(() =>
            Hub.ScheduleAsync("Echo", "y", "pending", dedupe: [OrchestrationStatus.Pending]));

        await Hub.StartAsync();
        await Hub.RunAsync("Echo", "x", "completed");
        await Hub.RunAsync("Fails", "x", "failed");
        await Hub.ScheduleAsync("Waits", id: "terminated");
        await Hub.WaitAsync("terminated", OrchestrationStatus.Running);
        await Hub.TerminateAsync("terminated");
        await Hub.WaitAsync("terminated");

        foreach (var (id, status) in new[] { ("completed", Ended[0]), ("failed", Ended[1]), ("terminated", Ended[2]) })
        {
            await Assert.ThrowsAsync<OrchestrationAlreadyExistsException>(() => Hub.ScheduleAsync("Echo", "y", id, dedupe: [status]));
            await Assert.ThrowsAsync<OrchestrationAlreadyExistsException>(() => Hub.ScheduleAsync("Echo", "y", id, dedupe: Ended));
            Assert.Equal(status, (await Hub.StateAsync(id))!.OrchestrationStatus);
        }
    }

    [BackendFact]
    public async Task A_start_is_accepted_in_a_status_that_the_caller_does_not_name()
    {
        AddTasks();
        await Hub.StartAsync();
        var first = await Hub.RunAsync("Echo", "one", "e");
        OrchestrationStatus[] dedupe = [.. Open, OrchestrationStatus.Failed, OrchestrationStatus.Terminated];

        var state = await Hub.ScheduleAsync("Echo", "two", "e", dedupe: dedupe);

        Assert.NotEqual(first.OrchestrationInstance.ExecutionId, state.ExecutionId);
        Assert.Equal("two", TestHub.Output<string>(await Hub.WaitAsync("e", IsOther(first))));
    }

    [BackendFact]
    public async Task A_start_with_an_unknown_id_is_accepted_with_any_dedupe_statuses()
    {
        AddTasks();
        await Hub.StartAsync();
        await Hub.ScheduleAsync("Echo", "new", "e", dedupe: [.. Open, .. Ended]);

        Assert.Equal("new", TestHub.Output<string>(await Hub.WaitAsync("e")));
    }

    [BackendFact]
    public async Task Ids_may_be_long_and_hold_odd_characters()
    {
        AddTasks();
        await Hub.StartAsync();
        string[] ids =
        [
            "with blanks", "CaSe", "case", "quote'd", "semi;colon", "percent%41", "a:b|c", "uni-é東京", "dots..", "(brackets)[]{}",
            "plus+and&and=",
            new string('l', 200),
        ];

        var outputs = await Task.WhenAll(ids.Select(id => Hub.RunAsync("Echo", id, id)));

        Assert.Equal(ids, outputs.Select(state => TestHub.Output<string>(state)));
        Assert.Equal(ids, outputs.Select(state => state.OrchestrationInstance.InstanceId));
    }

    [BackendFact]
    public async Task A_scheduled_start_begins_when_it_is_due()
    {
        Hub.Tasks.Orchestrator<DateTime>("Clock", context => Task.FromResult(context.CurrentUtcDateTime));
        await Hub.StartAsync();
        var due = DateTime.UtcNow.AddSeconds(1.5);

        var instance = await Hub.Client.CreateScheduledOrchestrationInstanceAsync("Clock", "", "c", null, due);

        Assert.Equal(due, (await Hub.StateAsync(instance.InstanceId))!.ScheduledStartTime!.Value, TimeSpan.FromMilliseconds(1));
        // Azure Storage hides the message for whole seconds.
        Assert.True(TestHub.Output<DateTime>(await Hub.WaitAsync("c")) >= due.AddSeconds(-1));
    }

    [BackendFact]
    public async Task A_start_scheduled_for_the_past_begins_at_once()
    {
        AddTasks();
        await Hub.StartAsync();

        await Hub.Client.CreateScheduledOrchestrationInstanceAsync("Echo", "", "e", "\"x\"", DateTime.UtcNow.AddHours(-1));

        Assert.Equal("x", TestHub.Output<string>(await Hub.WaitAsync("e")));
    }

    [BackendFact]
    public async Task A_start_scheduled_in_local_time_is_due_at_that_time()
    {
        AddTasks();
        await Hub.StartAsync();

        await Hub.Client.CreateScheduledOrchestrationInstanceAsync("Echo", "", "e", "\"x\"", DateTime.Now.AddMilliseconds(100));

        Assert.Equal("x", TestHub.Output<string>(await Hub.WaitAsync("e")));
    }

    [BackendFact]
    public async Task A_scheduled_start_survives_a_restart_of_the_worker()
    {
        AddTasks();
        var worker = await Hub.StartAsync();
        await Hub.Client.CreateScheduledOrchestrationInstanceAsync("Echo", "", "e", "\"x\"", DateTime.UtcNow.AddSeconds(1));
        await Hub.StopAsync(worker);

        await Hub.StartAsync();

        Assert.Equal("x", TestHub.Output<string>(await Hub.WaitAsync("e")));
    }

    [BackendFact]
    public async Task An_instance_started_with_an_event_receives_it()
    {
        AddTasks();
        await Hub.StartAsync();

        await Hub.Client.CreateOrchestrationInstanceWithRaisedEventAsync("Waits", "", "w", null, "Go", "\"along\"");

        Assert.Equal("along", TestHub.Output<string>(await Hub.WaitAsync("w")));
    }

    [BackendFact]
    public async Task Many_starts_at_a_time_are_all_accepted()
    {
        AddTasks();
        await Hub.StartAsync();
        var ids = Enumerable.Range(0, 50).Select(n => $"many-{n}").ToArray();

        await Task.WhenAll(ids.Select(id => Hub.ScheduleAsync("Echo", id, id)));

        Assert.All(await Task.WhenAll(ids.Select(Hub.WaitAsync)), state =>
            Assert.Equal(OrchestrationStatus.Completed, state.OrchestrationStatus));
    }

    private static Func<OrchestrationState, bool> IsOther(OrchestrationState former) => state =>
        state.OrchestrationInstance.ExecutionId != former.OrchestrationInstance.ExecutionId && Ended.Contains(state.OrchestrationStatus);

    private void AddTasks() => Hub.Tasks
        .Orchestrator<string, string>("Echo", (_, input) => Task.FromResult(input))
        .Orchestrator<string, string>("Fails", (_, input) => throw new InvalidOperationException(input))
        .Orchestrator<string>("Waits", context => context.WaitForExternalEvent<string>("Go"));

    private async Task<OrchestrationState> RunAgainAsync(string id, OrchestrationState former, string name, object input)
    {
        await Hub.ScheduleAsync(name, input, id, dedupe: []);
        return await Hub.WaitAsync(id, IsOther(former));
    }
}
