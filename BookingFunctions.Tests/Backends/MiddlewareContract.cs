using DurableTask.Core;
using DurableTask.Core.Command;
using DurableTask.Core.Exceptions;
using DurableTask.Core.History;

namespace BookingFunctions.Tests.Backends;

/// <summary>Middleware of a worker, and work that it can't do.</summary>
public abstract class MiddlewareContract<TBackend> : Contract<TBackend>
    where TBackend : IBackend, new()
{
    [BackendFact]
    public async Task Middleware_sees_the_instance_and_its_state_at_each_turn_and_activity()
    {
        var turns = new List<string>();
        var activities = new List<string>();
        Hub.Tasks.Orchestrator<int>("Calls", context => context.CallActivityAsync<int>("Pass", 1));
        await Hub.StartAsync(worker =>
        {
            worker.AddOrchestrationDispatcherMiddleware((context, next) =>
            {
                var state = context.GetProperty<OrchestrationRuntimeState>();
                var id = context.GetProperty<OrchestrationInstance>().InstanceId;
                turns.Add($"{id} {state.Name} {state.Input} {state.NewEvents.OfType<TaskCompletedEvent>().Count()}");
                return next();
            });
            worker.AddActivityDispatcherMiddleware((context, next) =>
            {
                var scheduled = context.GetProperty<TaskScheduledEvent>();
                activities.Add($"{context.GetProperty<OrchestrationInstance>().InstanceId} {scheduled.Name} {scheduled.Input}");
                return next();
            });
        });

        await Hub.RunAsync("Calls", "in", "c");

        Assert.Equal(["c Calls \"in\" 0", "c Calls \"in\" 1"], turns);
        Assert.Equal(["c Pass [1]"], activities);
    }

    [BackendFact]
    public async Task Middleware_can_complete_an_orchestration_itself()
    {
        await Hub.StartAsync(worker => worker.AddOrchestrationDispatcherMiddleware((context, _) =>
        {
            context.SetProperty(new OrchestratorExecutionResult
            {
                Actions =
                [
                    new OrchestrationCompleteOrchestratorAction
                    {
                        OrchestrationStatus = OrchestrationStatus.Completed,
                        Result = "\"mine\"",
                    },
                ],
                CustomStatus = "\"mocked\"",
            });
            return Task.CompletedTask;
        }));

        var state = await Hub.RunAsync("Nothing has this name");

        Assert.Equal(("\"mine\"", "\"mocked\""), (state.Output, state.Status));
    }

    [BackendFact]
    public async Task Middleware_can_complete_an_activity_itself()
    {
        Hub.Tasks.Orchestrator<string>("Calls", context => context.CallActivityAsync<string>("Nothing has this name", 1));
        await Hub.StartAsync(worker => worker.AddActivityDispatcherMiddleware((context, _) =>
        {
            var scheduled = context.GetProperty<TaskScheduledEvent>();
            context.SetProperty(new ActivityExecutionResult { ResponseEvent = new TaskCompletedEvent(-1, scheduled.EventId, "\"mine\"") });
            return Task.CompletedTask;
        }));

        Assert.Equal("mine", await Hub.OutputAsync<string>("Calls"));
    }

    [BackendFact]
    public async Task A_turn_that_middleware_aborts_is_tried_again()
    {
        var turns = 0;
        Hub.Tasks.Orchestrator<string>("Runs", _ => Task.FromResult("ran"));
        await Hub.StartAsync(worker => worker.AddOrchestrationDispatcherMiddleware((_, next) =>
            Interlocked.Increment(ref turns) < 3 ? throw new SessionAbortedException("not now") : next()));

        Assert.Equal("ran", await Hub.OutputAsync<string>("Runs"));
        Assert.Equal(3, turns);
    }

    [BackendFact]
    public async Task A_turn_in_which_middleware_throws_is_tried_again()
    {
        var turns = 0;
        Hub.Tasks.Orchestrator<string>("Runs", _ => Task.FromResult("ran"));
        await Hub.StartAsync(worker => worker.AddOrchestrationDispatcherMiddleware((_, next) =>
            Interlocked.Increment(ref turns) < 2 ? throw new InvalidOperationException("broken") : next()));

        Assert.Equal("ran", await Hub.OutputAsync<string>("Runs"));
    }

    [BackendFact]
    public async Task An_activity_that_middleware_aborts_is_tried_again()
    {
        var attempts = 0;
        Hub.Tasks.Orchestrator<int>("Calls", context => context.CallActivityAsync<int>("Pass", 1));
        await Hub.StartAsync(worker => worker.AddActivityDispatcherMiddleware((_, next) =>
            Interlocked.Increment(ref attempts) < 2 ? throw new SessionAbortedException("not now") : next()));

        Assert.Equal(1, await Hub.OutputAsync<int>("Calls"));
        Assert.Equal(2, attempts);
    }

    [BackendFact]
    public async Task One_instance_that_is_aborted_again_and_again_does_not_hold_up_others()
    {
        Hub.Tasks.Orchestrator<string>("Never", _ => Task.FromResult("never"));
        await Hub.StartAsync(worker => worker.AddOrchestrationDispatcherMiddleware((context, next) =>
            context.GetProperty<OrchestrationRuntimeState>().Name == "Never" ? throw new SessionAbortedException("never") : next()));
        await Hub.ScheduleAsync("Never", id: "never");

        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Hub.PassAsync()));

        Assert.Equal(OrchestrationStatus.Pending, (await Hub.StateAsync("never"))!.OrchestrationStatus);
    }

    [BackendFact]
    public async Task An_instance_whose_orchestrator_no_worker_has_waits_for_one_that_has_it()
    {
        var worker = await Hub.StartAsync();
        await Hub.ScheduleAsync("New", id: "n");
        await Hub.PassAsync();
        Assert.Equal(OrchestrationStatus.Pending, (await Hub.StateAsync("n"))!.OrchestrationStatus);
        await Hub.StopAsync(worker);

        Hub.Tasks.Orchestrator<string>("New", _ => Task.FromResult("found"));
        await Hub.StartAsync();

        Assert.Equal("found", TestHub.Output<string>(await Hub.WaitAsync("n")));
    }

    [BackendFact]
    public async Task A_call_of_an_activity_that_no_worker_has_waits_for_one_that_has_it()
    {
        Hub.Tasks.Orchestrator<string>("Calls", context => context.CallActivityAsync<string>("New", 1));
        var worker = await Hub.StartAsync();
        await Hub.ScheduleAsync("Calls", id: "c");
        await Hub.WaitAsync("c", OrchestrationStatus.Running);
        await Hub.PassAsync();
        Assert.Equal(OrchestrationStatus.Running, (await Hub.StateAsync("c"))!.OrchestrationStatus);
        await Hub.StopAsync(worker);

        Hub.Tasks.Activity<int, string>("New", _ => "found");
        await Hub.StartAsync();

        Assert.Equal("found", TestHub.Output<string>(await Hub.WaitAsync("c")));
    }
}
