using DurableTask.Core;
using DurableTask.Core.History;

namespace BookingFunctions.Tests.Backends;

/// <summary>What clients read of an instance's history.</summary>
public abstract class HistoryContract<TBackend> : Contract<TBackend>
    where TBackend : IBackend, new()
{
    [BackendFact]
    public async Task The_history_has_each_event_in_its_order()
    {
        Hub.Tasks.Orchestrator<string, string>("Trip", async (context, input) =>
        {
            await context.CallActivityAsync<int>("Pass", 1);
            await context.CreateTimer(TimeSpan.FromMilliseconds(10), CancellationToken.None);
            return input;
        });
        await Hub.StartAsync();
        await Hub.RunAsync("Trip", "in", "t");

        var history = await Hub.HistoryAsync("t");

        Assert.Equal(
            [
                EventType.OrchestratorStarted, EventType.ExecutionStarted, EventType.TaskScheduled, EventType.OrchestratorCompleted,
                EventType.OrchestratorStarted, EventType.TaskCompleted, EventType.TimerCreated, EventType.OrchestratorCompleted,
                EventType.OrchestratorStarted, EventType.TimerFired, EventType.ExecutionCompleted, EventType.OrchestratorCompleted,
            ],
            history.Select(e => e.EventType));
        var started = history.OfType<ExecutionStartedEvent>().Single();
        Assert.Equal(("Trip", "\"in\"", "t"), (started.Name, started.Input, started.OrchestrationInstance.InstanceId));
        Assert.Equal(("Pass", 0), history.OfType<TaskScheduledEvent>().Select(e => (e.Name!, e.EventId)).Single());
        Assert.Equal((0, "1"), history.OfType<TaskCompletedEvent>().Select(e => (e.TaskScheduledId, e.Result)).Single());
        var completed = history.OfType<ExecutionCompletedEvent>().Single();
        Assert.Equal((OrchestrationStatus.Completed, "\"in\""), (completed.OrchestrationStatus, completed.Result));
    }

    [BackendFact]
    public async Task Times_of_the_history_do_not_go_back()
    {
        Hub.Tasks.Orchestrator<int>("Trip", async context =>
            await context.CallActivityAsync<int>("Pass", 1) + await context.CallActivityAsync<int>("Pass", 2));
        await Hub.StartAsync();
        await Hub.RunAsync("Trip", id: "t");

        var turns = (await Hub.HistoryAsync("t")).OfType<OrchestratorStartedEvent>().Select(e => e.Timestamp).ToList();

        Assert.Equal(3, turns.Count);
        Assert.Equal(turns.Order(), turns);
        Assert.All(turns, turn => Assert.InRange(turn, DateTime.UtcNow.AddMinutes(-5), DateTime.UtcNow.AddSeconds(1)));
    }

    [BackendFact]
    public async Task The_history_of_an_instance_that_runs_is_shown_as_far_as_it_is()
    {
        Hub.Tasks.Orchestrator<string>("Trip", async context =>
        {
            await context.CallActivityAsync<int>("Pass", 1);
            context.SetCustomStatus("waiting");
            return await context.WaitForExternalEvent<string>("Go");
        });
        await Hub.StartAsync();
        await Hub.ScheduleAsync("Trip", id: "t");
        await Hub.WaitForCustomStatusAsync("t", "waiting");

        var history = await Hub.HistoryAsync("t");

        Assert.Single(history.OfType<TaskCompletedEvent>());
        Assert.Empty(history.OfType<ExecutionCompletedEvent>());
    }

    [BackendFact]
    public async Task An_unknown_instance_has_an_empty_history() =>
        Assert.Equal("[]", await Hub.Service.GetOrchestrationHistoryAsync("unknown", "unknown"));

    [BackendFact]
    public async Task A_long_history_with_large_payloads_is_read_completely()
    {
        Hub.Tasks
            .Orchestrator<int>("Trip", async context =>
            {
                var length = 0;
                for (var n = 0; n < 10; n++)
                {
                    length += (await context.CallActivityAsync<string>("Large", 50_000)).Length;
                }

                return length;
            })
            .Activity<int, string>("Large", n => new string('x', n));
        await Hub.StartAsync();
        Assert.Equal(500_000, TestHub.Output<int>(await Hub.RunAsync("Trip", id: "t")));

        var results = (await Hub.HistoryAsync("t")).OfType<TaskCompletedEvent>().Select(e => e.Result).ToList();

        Assert.Equal(10, results.Count);
        Assert.All(results, result => Assert.Equal(50_002, result.Length));
    }

    [BackendFact]
    public async Task The_inputs_of_activities_are_not_shown()
    {
        Hub.Tasks.Orchestrator<int>("Trip", context => context.CallActivityAsync<int>("Pass", 7));
        await Hub.StartAsync();
        await Hub.RunAsync("Trip", id: "t");

        Assert.Null((await Hub.HistoryAsync("t")).OfType<TaskScheduledEvent>().Single().Input);
    }
}
