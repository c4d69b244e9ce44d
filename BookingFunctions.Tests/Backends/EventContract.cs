using DurableTask.Core;
using DurableTask.Core.History;
using Microsoft.DurableTask;

namespace BookingFunctions.Tests.Backends;

/// <summary>External events, from clients and from other orchestrators.</summary>
public abstract class EventContract<TBackend> : Contract<TBackend>
    where TBackend : IBackend, new()
{
    [BackendFact]
    public async Task Events_are_received_in_the_order_in_which_they_were_raised()
    {
        Hub.Tasks.Orchestrator<int[]>("Collects", async context =>
        {
            var received = new List<int>();
            while (received.Count < 10)
            {
                received.Add(await context.WaitForExternalEvent<int>("Number"));
            }

            return [.. received];
        });
        await Hub.StartAsync();
        await Hub.ScheduleAsync("Collects", id: "c");
        await Hub.WaitAsync("c", OrchestrationStatus.Running);

        for (var n = 0; n < 10; n++)
        {
            await Hub.RaiseAsync("c", "Number", n);
        }

        Assert.Equal(Enumerable.Range(0, 10), TestHub.Output<int[]>(await Hub.WaitAsync("c")));
    }

    [BackendFact]
    public async Task Events_that_come_before_they_are_waited_for_are_kept()
    {
        Hub.Tasks
            .Orchestrator<string>("Waits", async context =>
            {
                await context.WaitForExternalEvent<string>("Go");
                return await context.WaitForExternalEvent<string>("First") + await context.WaitForExternalEvent<string>("Second");
            });
        await Hub.StartAsync();
        await Hub.ScheduleAsync("Waits", id: "w");
        await Hub.WaitAsync("w", OrchestrationStatus.Running);

        await Hub.RaiseAsync("w", "Second", "2");
        await Hub.RaiseAsync("w", "First", "1");
        await Hub.RaiseAsync("w", "Go");

        Assert.Equal("12", TestHub.Output<string>(await Hub.WaitAsync("w")));
    }

    [BackendFact]
    public async Task Events_for_an_instance_that_is_pending_are_received_when_it_runs()
    {
        Hub.Tasks.Orchestrator<string>("Waits", async context =>
            await context.WaitForExternalEvent<string>("A") + await context.WaitForExternalEvent<string>("B"));
        await Hub.ScheduleAsync("Waits", id: "w");
        await Hub.RaiseAsync("w", "B", "b");
        await Hub.RaiseAsync("w", "A", "a");

        await Hub.StartAsync();

        Assert.Equal("ab", TestHub.Output<string>(await Hub.WaitAsync("w")));
    }

    [BackendFact]
    public async Task Names_of_events_ignore_case()
    {
        Hub.Tasks.Orchestrator<string>("Waits", context => context.WaitForExternalEvent<string>("Approval"));
        await Hub.StartAsync();
        await Hub.ScheduleAsync("Waits", id: "w");
        await Hub.WaitAsync("w", OrchestrationStatus.Running);

        await Hub.RaiseAsync("w", "aPPROVAL", "yes");

        Assert.Equal("yes", TestHub.Output<string>(await Hub.WaitAsync("w")));
    }

    [BackendFact]
    public async Task Names_of_events_may_hold_any_characters()
    {
        const string Name = "a/b c%41 ü東 \"'&";
        Hub.Tasks.Orchestrator<string>("Waits", context => context.WaitForExternalEvent<string>(Name));
        await Hub.StartAsync();
        await Hub.ScheduleAsync("Waits", id: "w");
        await Hub.WaitAsync("w", OrchestrationStatus.Running);

        await Hub.RaiseAsync("w", Name, "yes");

        Assert.Equal("yes", TestHub.Output<string>(await Hub.WaitAsync("w")));
    }

    [BackendFact]
    public async Task An_event_without_a_payload_is_received_as_null()
    {
        Hub.Tasks.Orchestrator<bool>("Waits", async context => await context.WaitForExternalEvent<string?>("Go") is null);
        await Hub.StartAsync();
        await Hub.ScheduleAsync("Waits", id: "w");
        await Hub.WaitAsync("w", OrchestrationStatus.Running);

        await Hub.RaiseAsync("w", "Go");

        Assert.True(TestHub.Output<bool>(await Hub.WaitAsync("w")));
    }

    [BackendFact]
    public async Task The_newest_of_several_waiters_receives_first()
    {
        Hub.Tasks.Orchestrator<string[]>("Waits", async context =>
        {
            var first = context.WaitForExternalEvent<string>("Go");
            var second = context.WaitForExternalEvent<string>("Go");
            context.SetCustomStatus("waiting");
            return [await second, await first];
        });
        await Hub.StartAsync();
        await Hub.ScheduleAsync("Waits", id: "w");
        await Hub.WaitForCustomStatusAsync("w", "waiting");

        await Hub.RaiseAsync("w", "Go", "one");
        await Hub.RaiseAsync("w", "Go", "two");

        Assert.Equal(["one", "two"], TestHub.Output<List<string>>(await Hub.WaitAsync("w")));
    }

    [BackendFact]
    public async Task A_waiter_that_gave_up_takes_no_event_from_the_next_one()
    {
        Hub.Tasks.Orchestrator<string>("Waits", async context =>
        {
            try
            {
                await context.WaitForExternalEvent<string>("Go", TimeSpan.FromMilliseconds(100));
            }
            catch (OperationCanceledException)
            {
                context.SetCustomStatus("gave up");
            }

            return await context.WaitForExternalEvent<string>("Go");
        });
        await Hub.StartAsync();
        await Hub.ScheduleAsync("Waits", id: "w");
        await Hub.WaitForCustomStatusAsync("w", "gave up");

        await Hub.RaiseAsync("w", "Go", "went");

        Assert.Equal("went", TestHub.Output<string>(await Hub.WaitAsync("w")));
    }

    [BackendFact]
    public async Task Many_events_raised_at_a_time_are_all_received()
    {
        Hub.Tasks.Orchestrator<int>("Counts", async context =>
        {
            var sum = 0;
            for (var n = 0; n < 60; n++)
            {
                sum += await context.WaitForExternalEvent<int>("Number");
            }

            return sum;
        });
        await Hub.StartAsync();
        await Hub.ScheduleAsync("Counts", id: "c");
        await Hub.WaitAsync("c", OrchestrationStatus.Running);
        await Task.WhenAll(Enumerable.Range(0, 60).Select(n => Hub.RaiseAsync("c", "Number", n)));

        Assert.Equal(Enumerable.Range(0, 60).Sum(), TestHub.Output<int>(await Hub.WaitAsync("c")));
    }

    [BackendFact]
    public async Task An_orchestrator_sends_an_event_to_another_one()
    {
        Hub.Tasks
            .Orchestrator<string>("Waits", context => context.WaitForExternalEvent<string>("Hello"))
            .Orchestrator<string, string>("Sends", (context, to) =>
            {
                context.SendEvent(to, "Hello", $"from {context.InstanceId}");
                return Task.FromResult("sent");
            });
        await Hub.StartAsync();
        await Hub.ScheduleAsync("Waits", id: "waits");
        await Hub.WaitAsync("waits", OrchestrationStatus.Running);

        Assert.Equal(OrchestrationStatus.Completed, (await Hub.RunAsync("Sends", "waits", "sends")).OrchestrationStatus);

        Assert.Equal("from sends", TestHub.Output<string>(await Hub.WaitAsync("waits")));
        var sent = Assert.Single((await Hub.HistoryAsync("sends")).OfType<EventSentEvent>());
        Assert.Equal(("waits", "Hello"), (sent.InstanceId, sent.Name));
    }

    [BackendFact]
    public async Task Two_orchestrators_converse()
    {
        Hub.Tasks
            .Orchestrator<string>("Asks", async context =>
            {
                var child = context.CallSubOrchestratorAsync<string>(
                    "Answers", context.InstanceId, new SubOrchestrationOptions(instanceId: "answers"));
                await context.WaitForExternalEvent<string>("Ready");
                context.SendEvent("answers", "Question", "6 * 7");
                return $"{await context.WaitForExternalEvent<string>("Answer")} {await child}";
            })
            .Orchestrator<string, string>("Answers", async (context, parent) =>
            {
                context.SendEvent(parent, "Ready", "ready");
                var question = await context.WaitForExternalEvent<string>("Question");
                context.SendEvent(parent, "Answer", $"{question} = 42");
                return "done";
            });
        await Hub.StartAsync();

        Assert.Equal("6 * 7 = 42 done", TestHub.Output<string>(await Hub.RunAsync("Asks", id: "asks")));
    }

    [BackendFact]
    public async Task An_event_that_an_orchestrator_sends_to_itself_is_received()
    {
        Hub.Tasks.Orchestrator<string>("Self", async context =>
        {
            context.SendEvent(context.InstanceId, "Note", "to self");
            return await context.WaitForExternalEvent<string>("Note");
        });
        await Hub.StartAsync();

        Assert.Equal("to self", await Hub.OutputAsync<string>("Self"));
    }

    [BackendFact]
    public async Task An_event_that_nothing_waits_for_is_in_the_history_and_does_no_harm()
    {
        Hub.Tasks.Orchestrator<string>("Waits", context => context.WaitForExternalEvent<string>("Go"));
        await Hub.StartAsync();
        await Hub.ScheduleAsync("Waits", id: "w");
        await Hub.WaitAsync("w", OrchestrationStatus.Running);
        await Hub.RaiseAsync("w", "Other", "ignored");
        await Hub.RaiseAsync("w", "Go", "went");

        Assert.Equal("went", TestHub.Output<string>(await Hub.WaitAsync("w")));
        Assert.Equal(["Other", "Go"], (await Hub.HistoryAsync("w")).OfType<EventRaisedEvent>().Select(raised => raised.Name));
    }
}
