using DurableTask.Core;
using DurableTask.Core.History;
using Microsoft.DurableTask;
using TaskFailedException = Microsoft.DurableTask.TaskFailedException;

namespace BookingFunctions.Tests.Backends;

/// <summary>How failures travel from activities and children to their orchestrator, and to clients.</summary>
public abstract class FailureContract<TBackend> : Contract<TBackend>
    where TBackend : IBackend, new()
{
    [BackendFact]
    public async Task An_orchestrator_that_throws_fails_with_its_message()
    {
        Hub.Tasks.Orchestrator<int>("Throws", _ => throw new InvalidOperationException("no seats"));
        await Hub.StartAsync();

        var state = await Hub.RunAsync("Throws");

        Assert.Equal(OrchestrationStatus.Failed, state.OrchestrationStatus);
        Assert.Contains("no seats", state.Output, StringComparison.Ordinal);
        var failure = await Hub.FailureAsync(state.OrchestrationInstance.InstanceId);
        Assert.Equal(typeof(InvalidOperationException).FullName, failure.ErrorType);
        Assert.Equal("no seats", failure.ErrorMessage);
        Assert.Contains(nameof(An_orchestrator_that_throws_fails_with_its_message), failure.StackTrace, StringComparison.Ordinal);
    }

    [BackendFact]
    public async Task An_activity_s_failure_that_is_not_caught_fails_the_instance()
    {
        Hub.Tasks
            .Orchestrator<int>("Calls", context => context.CallActivityAsync<int>("Throws", 1))
            .Activity<int, int>("Throws", _ => throw new InvalidOperationException("no seats"));
        await Hub.StartAsync();

        var state = await Hub.RunAsync("Calls");

        Assert.Equal(OrchestrationStatus.Failed, state.OrchestrationStatus);
        Assert.Contains("no seats", state.Output, StringComparison.Ordinal);
        var failure = await Hub.FailureAsync(state.OrchestrationInstance.InstanceId);
        Assert.Equal(
            (typeof(InvalidOperationException).FullName, "no seats"),
            (failure.InnerFailure!.ErrorType, failure.InnerFailure.ErrorMessage));
    }

    [BackendFact]
    public async Task A_caught_failure_has_the_type_message_and_stack_of_the_activity_s()
    {
        Hub.Tasks
            .Orchestrator<string[]>("Catches", async context =>
            {
                try
                {
                    await context.CallActivityAsync<int>("Throws", 1);
                    return [];
                }
                catch (TaskFailedException e)
                {
                    var failure = e.FailureDetails;
                    var isTimeout = failure.IsCausedBy<TimeoutException>();
                    return [e.TaskName, failure.ErrorType, failure.ErrorMessage, failure.StackTrace!, $"{isTimeout}"];
                }
            })
            .Activity<int, int>("Throws", _ => throw new TimeoutException("too late"));
        await Hub.StartAsync();

        var failure = await Hub.OutputAsync<string[]>("Catches");

        Assert.Equal(["Throws", "System.TimeoutException", "too late"], failure[..3]);
        Assert.Contains(nameof(A_caught_failure_has_the_type_message_and_stack_of_the_activity_s), failure[3], StringComparison.Ordinal);
        Assert.Equal("True", failure[4]);
    }

    [BackendFact]
    public async Task Inner_exceptions_are_kept_to_the_innermost()
    {
        Hub.Tasks
            .Orchestrator<string[]>("Catches", async context =>
            {
                try
                {
                    await context.CallActivityAsync<int>("Throws", 1);
                    return [];
                }
                catch (TaskFailedException e)
                {
                    var chain = new List<string>();
                    for (var failure = e.FailureDetails; failure is not null; failure = failure.InnerFailure)
                    {
                        chain.Add($"{failure.ErrorType}: {failure.ErrorMessage}");
                    }

                    return [.. chain];
                }
            })
            .Activity<int, int>("Throws", _ =>
                throw new InvalidOperationException("outer", new ArgumentException("middle", new OutOfSeatsException("inner"))));
        await Hub.StartAsync();

        Assert.Equal(
            [
                "System.InvalidOperationException: outer",
                "System.ArgumentException: middle",
                $"{typeof(OutOfSeatsException).FullName}: inner",
            ],
            await Hub.OutputAsync<string[]>("Catches"));
    }

    [BackendFact]
    public async Task A_failure_two_children_below_is_found_in_the_chain_of_failures()
    {
        Hub.Tasks
            .Orchestrator<int>("Top", context => context.CallSubOrchestratorAsync<int>("Middle"))
            .Orchestrator<int>("Middle", context => context.CallSubOrchestratorAsync<int>("Bottom"))
            .Orchestrator<int>("Bottom", context => context.CallActivityAsync<int>("Throws", 1))
            .Activity<int, int>("Throws", _ => throw new OutOfSeatsException("sold out"));
        await Hub.StartAsync();

        var state = await Hub.RunAsync("Top");

        Assert.Equal(OrchestrationStatus.Failed, state.OrchestrationStatus);
        var failure = await Hub.FailureAsync(state.OrchestrationInstance.InstanceId);
        while (failure.InnerFailure is not null)
        {
            failure = failure.InnerFailure;
        }

        Assert.Equal((typeof(OutOfSeatsException).FullName, "sold out"), (failure.ErrorType, failure.ErrorMessage));
    }

    [BackendFact]
    public async Task Properties_that_a_provider_takes_from_an_exception_reach_the_parent_and_the_history()
    {
        Hub.Tasks
            .Orchestrator<string>("Parent", async context =>
            {
                try
                {
                    return await context.CallSubOrchestratorAsync<string>("Throws");
                }
                catch (TaskFailedException e)
                {
                    return $"{e.FailureDetails.Properties!["row"]}";
                }
            })
            .Orchestrator<string>("Throws", _ => throw new OutOfSeatsException("sold out"));
        await Hub.StartAsync(worker => worker.ExceptionPropertiesProvider = new Rows());

        Assert.Equal("17", await Hub.OutputAsync<string>("Parent"));
        await Hub.RunAsync("Throws", id: "t");
        Assert.Equal("17", $"{(await Hub.FailureAsync("t")).Properties!["row"]}");
    }

    [BackendFact]
    public async Task An_orchestrator_goes_on_after_a_caught_failure()
    {
        Hub.Tasks
            .Orchestrator<string>("Compensates", async context =>
            {
                try
                {
                    await context.CallActivityAsync<string>("Book", "car");
                    await context.CallActivityAsync<string>("Book", "bad");
                    return "booked";
                }
                catch (TaskFailedException)
                {
                    return await context.CallActivityAsync<string>("Undo", "car");
                }
            })
            .Activity<string, string>("Book", what => what == "bad" ? throw new InvalidOperationException() : what)
            .Activity<string, string>("Undo", what => $"undid {what}");
        await Hub.StartAsync();

        Assert.Equal("undid car", await Hub.OutputAsync<string>("Compensates"));
    }

    [BackendFact]
    public async Task All_of_several_failed_activities_are_seen()
    {
        Hub.Tasks
            .Orchestrator<int>("Fan", async context =>
            {
                var all = Task.WhenAll(Enumerable.Range(0, 6).Select(n => context.CallActivityAsync<int>("OddThrows", n)));
                try
                {
                    await all;
                }
                catch (TaskFailedException)
                {
                    // counted below
                }

                return all.Exception!.InnerExceptions.Count;
            })
            .Activity<int, int>("OddThrows", n => n % 2 == 1 ? throw new InvalidOperationException() : n);
        await Hub.StartAsync();

        Assert.Equal(3, await Hub.OutputAsync<int>("Fan"));
    }

    [BackendFact]
    public async Task An_exception_that_has_no_message_and_cannot_be_serialized_fails_the_instance()
    {
        Hub.Tasks
            .Orchestrator<int>("Calls", context => context.CallActivityAsync<int>("Throws", 1))
            .Activity<int, int>("Throws", _ => throw new SelfReferringException());
        await Hub.StartAsync();

        Assert.Equal(OrchestrationStatus.Failed, (await Hub.RunAsync("Calls")).OrchestrationStatus);
    }

    [BackendFact]
    public async Task A_worker_that_serializes_exceptions_passes_their_messages_on()
    {
        Hub.Tasks
            .Orchestration("Catches", () => new PlainTasks.Catches())
            .PlainActivity("Throws", () => new PlainTasks.ThrowsTimeout());
        await Hub.StartAsync(worker => worker.ErrorPropagationMode = ErrorPropagationMode.SerializeExceptions);

        Assert.Equal("Throws: too late", await Hub.OutputAsync<string>("Catches", "catch"));
        var failed = await Hub.RunAsync("Catches", "fail");
        Assert.Equal(OrchestrationStatus.Failed, failed.OrchestrationStatus);
        Assert.Equal("too late", failed.Output);
    }

    [BackendFact]
    public async Task Code_that_does_other_things_than_its_history_says_fails_its_instance()
    {
        Hub.Tasks
            .Orchestrator<string>("Changes", async context =>
            {
                await context.CallActivityAsync<int>("First", 1);
                return await context.WaitForExternalEvent<string>("Go");
            })
            .Activity<int, int>("First", n => n)
            .Activity<int, int>("Other", n => n);
        var worker = await Hub.StartAsync();
        await Hub.ScheduleAsync("Changes", id: "c");
        await TestHub.UntilAsync(async () =>
            await Hub.StateAsync("c") is { OrchestrationStatus: OrchestrationStatus.Running }
            && (await Hub.HistoryAsync("c")).OfType<TaskCompletedEvent>().Any());
        await Hub.StopAsync(worker);

        Hub.Tasks.Orchestrator<string>("Changes", async context =>
        {
            await context.CallActivityAsync<int>("Other", 1);
            return await context.WaitForExternalEvent<string>("Go");
        });
        await Hub.StartAsync();
        await Hub.RaiseAsync("c", "Go", "go");

        var state = await Hub.WaitAsync("c");
        Assert.Equal(OrchestrationStatus.Failed, state.OrchestrationStatus);
        Assert.Contains("First", state.Output, StringComparison.Ordinal);
        Assert.Contains("Other", state.Output, StringComparison.Ordinal);
    }

    private sealed class OutOfSeatsException(string message) : Exception(message);

    private sealed class SelfReferringException : Exception
    {
        public SelfReferringException Self => this;
    }

    private sealed class Rows : DurableTask.Core.IExceptionPropertiesProvider
    {
        public IDictionary<string, object?>? GetExceptionProperties(Exception exception) =>
            exception is OutOfSeatsException ? new Dictionary<string, object?> { ["row"] = 17 } : null;
    }
}
