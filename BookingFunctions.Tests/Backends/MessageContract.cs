using DurableTask.Core;
using DurableTask.Core.History;

namespace BookingFunctions.Tests.Backends;

/// <summary>Messages that come late, early, or to the wrong instance.</summary>
public abstract class MessageContract<TBackend> : Contract<TBackend>
    where TBackend : IBackend, new()
{
    // Azure Storage accepts what it drops later; our own backend refuses at the send what has no open instance.
    [BackendFact]
    public async Task An_event_for_an_unknown_instance_makes_none()
    {
        AddWaiting();
        await Hub.StartAsync();

        await SendOrBeRefusedAsync(() => Hub.RaiseAsync("unknown", "Go", "lost"));

        await Hub.PassAsync();
        Assert.Null(await Hub.StateAsync("unknown"));
    }

    [BackendFact]
    public async Task An_event_for_an_instance_that_has_ended_changes_nothing()
    {
        AddWaiting();
        await Hub.StartAsync();
        await Hub.ScheduleAsync("Waits", id: "w");
        await Hub.WaitAsync("w", OrchestrationStatus.Running);
        await Hub.RaiseAsync("w", "Go", "first");
        await Hub.WaitAsync("w");
        var history = (await Hub.HistoryAsync("w")).Count;

        await SendOrBeRefusedAsync(() => Hub.RaiseAsync("w", "Go", "second"));
        await SendOrBeRefusedAsync(() => Hub.SuspendAsync("w"));
        await SendOrBeRefusedAsync(() => Hub.ResumeAsync("w"));
        await SendOrBeRefusedAsync(() => Hub.TerminateAsync("w"));

        await Hub.PassAsync();
        var state = await Hub.StateAsync("w");
        Assert.Equal((OrchestrationStatus.Completed, "\"first\""), (state!.OrchestrationStatus, state.Output));
        Assert.Equal(history, (await Hub.HistoryAsync("w")).Count);
    }

    [BackendFact]
    public async Task An_event_that_an_orchestrator_sends_to_an_unknown_instance_is_dropped()
    {
        Hub.Tasks.Orchestrator<string>("Sends", context =>
        {
            context.SendEvent("unknown", "Go", "lost");
            return Task.FromResult("sent");
        });
        await Hub.StartAsync();

        Assert.Equal("sent", await Hub.OutputAsync<string>("Sends"));

        await Hub.PassAsync();
        Assert.Null(await Hub.StateAsync("unknown"));
    }

    [BackendFact]
    public async Task The_outcome_of_an_activity_that_was_never_scheduled_is_dropped()
    {
        AddWaiting();
        await Hub.StartAsync();
        await Hub.ScheduleAsync("Waits", id: "w");
        var state = await Hub.WaitAsync("w", OrchestrationStatus.Running);

        await SendOrBeRefusedAsync(() => Hub.Service.SendTaskOrchestrationMessageAsync(new TaskMessage
        {
            OrchestrationInstance = state.OrchestrationInstance,
            Event = new TaskCompletedEvent(-1, 17, "\"nothing\""),
        }));
        await SendOrBeRefusedAsync(() => Hub.Service.SendTaskOrchestrationMessageAsync(new TaskMessage
        {
            OrchestrationInstance = state.OrchestrationInstance,
            Event = new TimerFiredEvent(-1) { TimerId = 18, FireAt = DateTime.UtcNow },
        }));
        await Hub.RaiseAsync("w", "Go", "went");

        Assert.Equal("went", TestHub.Output<string>(await Hub.WaitAsync("w")));
    }

    [BackendFact]
    public async Task A_message_for_a_former_execution_is_dropped()
    {
        Hub.Tasks.Orchestrator<int, string>("Again", async (context, n) =>
        {
            var text = await context.WaitForExternalEvent<string>("Go");
            if (n == 0)
            {
                context.ContinueAsNew(1);
            }

            return text;
        });
        await Hub.StartAsync();
        var former = await Hub.ScheduleAsync("Again", 0, "a");
        await Hub.WaitAsync("a", OrchestrationStatus.Running);
        await Hub.RaiseAsync("a", "Go", "first");
        await Hub.WaitAsync("a", state => state.Input == "1");

        await SendOrBeRefusedAsync(() => Hub.Service.SendTaskOrchestrationMessageAsync(new TaskMessage
        {
            OrchestrationInstance = former,
            Event = new TaskCompletedEvent(-1, 0, "\"late\""),
        }));
        await Hub.RaiseAsync("a", "Go", "second");

        Assert.Equal("second", TestHub.Output<string>(await Hub.WaitAsync("a")));
    }

    [BackendFact]
    public async Task An_input_that_can_not_be_read_fails_its_instance()
    {
        Hub.Tasks.Orchestrator<int, int>("Number", (_, n) => Task.FromResult(n));
        await Hub.StartAsync();

        var state = await Hub.RunAsync("Number", "no number");

        Assert.Equal(OrchestrationStatus.Failed, state.OrchestrationStatus);
    }

    [BackendFact]
    public async Task An_input_that_an_activity_can_not_read_fails_that_call()
    {
        Hub.Tasks.Orchestrator<int>("Calls", context => context.CallActivityAsync<int>("Pass", "no number"));
        await Hub.StartAsync();

        Assert.Equal(OrchestrationStatus.Failed, (await Hub.RunAsync("Calls")).OrchestrationStatus);
    }

    [BackendFact]
    public async Task A_batch_of_messages_is_delivered()
    {
        Hub.Tasks.Orchestrator<int>("Sums", async context =>
            await context.WaitForExternalEvent<int>("Number") + await context.WaitForExternalEvent<int>("Number"));
        await Hub.StartAsync();
        await Hub.ScheduleAsync("Sums", id: "s");
        await Hub.WaitAsync("s", OrchestrationStatus.Running);

        await Hub.Service.SendTaskOrchestrationMessageBatchAsync(Number(3), Number(4));

        Assert.Equal(7, TestHub.Output<int>(await Hub.WaitAsync("s")));
    }

    private static TaskMessage Number(int n) => new()
    {
        OrchestrationInstance = TestHub.Instance("s"),
        Event = new EventRaisedEvent(-1, $"{n}") { Name = "Number" },
    };

    private static async Task SendOrBeRefusedAsync(Func<Task> send)
    {
        try
        {
            await send();
        }
        catch (InvalidOperationException)
        {
            // The message has no effect in either case.
        }
    }

    private void AddWaiting() => Hub.Tasks.Orchestrator<string>("Waits", context => context.WaitForExternalEvent<string>("Go"));
}
