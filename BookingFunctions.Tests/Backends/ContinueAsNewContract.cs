using DurableTask.Core;
using DurableTask.Core.History;
using Microsoft.DurableTask;

namespace BookingFunctions.Tests.Backends;

/// <summary>Instances that begin again with another input.</summary>
public abstract class ContinueAsNewContract<TBackend> : Contract<TBackend>
    where TBackend : IBackend, new()
{
    [BackendFact]
    public async Task A_counter_that_continues_as_new_ends_at_its_limit()
    {
        Hub.Tasks
            .Orchestrator<int, int>("Counts", async (context, n) =>
            {
                n = await context.CallActivityAsync<int>("PlusOne", n);
                if (n < 8)
                {
                    context.ContinueAsNew(n);
                }

                return n;
            })
            .Activity<int, int>("PlusOne", n => n + 1);
        await Hub.StartAsync();

        var state = await Hub.RunAsync("Counts", 0, "c");

        Assert.Equal(8, TestHub.Output<int>(state));
        Assert.Equal("7", state.Input);
        Assert.Single((await Hub.HistoryAsync("c")).OfType<TaskCompletedEvent>());
    }

    [BackendFact]
    public async Task Each_execution_has_an_execution_id_of_its_own()
    {
        Hub.Tasks.Orchestrator<int, int>("Counts", (context, n) =>
        {
            if (n < 2)
            {
                context.ContinueAsNew(n + 1);
            }

            return Task.FromResult(n);
        });
        await Hub.StartAsync();
        var started = await Hub.ScheduleAsync("Counts", 0, "c");

        var state = await Hub.WaitAsync("c");

        Assert.Equal(2, TestHub.Output<int>(state));
        Assert.NotEqual(started.ExecutionId, state.OrchestrationInstance.ExecutionId);
    }

    [BackendFact]
    public async Task Events_that_were_not_received_are_carried_over()
    {
        var isReleased = new TaskCompletionSource();
        Hub.Tasks
            .Orchestrator<string, string>("Collects", async (context, collected) =>
            {
                if (collected.Length == 5)
                {
                    return collected;
                }

                if (collected.Length == 0)
                {
                    await context.CallActivityAsync<int>("Hold", 1);
                }

                context.ContinueAsNew(collected + await context.WaitForExternalEvent<string>("Letter"));
                return "";
            })
            .Activity<int, int>("Hold", async (_, n) =>
            {
                await isReleased.Task;
                return n;
            });
        await Hub.StartAsync();
        await Hub.ScheduleAsync("Collects", "", "c");
        await Hub.WaitAsync("c", OrchestrationStatus.Running);
        foreach (var letter in "abcde")
        {
            await Hub.RaiseAsync("c", "Letter", $"{letter}");
        }

        await TestHub.UntilAsync(async () => (await Hub.HistoryAsync("c")).OfType<EventRaisedEvent>().Count() == 5);
        isReleased.SetResult();

        var collected = TestHub.Output<string>(await Hub.WaitAsync("c"));
        Assert.Equal("abcde", string.Concat(collected.Order()));
    }

    [BackendFact]
    public async Task Events_are_dropped_where_the_orchestrator_says_so()
    {
        Hub.Tasks.Orchestrator<int, string>("Drops", async (context, n) =>
        {
            if (n == 0)
            {
                await context.WaitForExternalEvent<string>("Go");
                context.ContinueAsNew(1, preserveUnprocessedEvents: false);
                return "";
            }

            context.SetCustomStatus("again");
            await context.WaitForExternalEvent<string>("End");
            using var cancellation = new CancellationTokenSource();
            var extra = context.WaitForExternalEvent<string>("Extra");
            return extra.IsCompleted ? "kept" : "dropped";
        });
        await Hub.StartAsync();
        await Hub.ScheduleAsync("Drops", 0, "d");
        await Hub.WaitAsync("d", OrchestrationStatus.Running);
        await Hub.RaiseAsync("d", "Extra", "x");
        await TestHub.UntilAsync(async () => (await Hub.HistoryAsync("d")).OfType<EventRaisedEvent>().Any());
        await Hub.RaiseAsync("d", "Go");
        await Hub.WaitForCustomStatusAsync("d", "again");
        await Hub.RaiseAsync("d", "End");

        Assert.Equal("dropped", TestHub.Output<string>(await Hub.WaitAsync("d")));
    }

    [BackendFact]
    public async Task It_continues_as_new_once_its_open_activities_have_ended()
    {
        var isReleased = new TaskCompletionSource();
        Hub.Tasks
            .Orchestrator<int, string>("Leaves", async (context, n) =>
            {
                if (n == 0)
                {
                    _ = context.CallActivityAsync<string>("Slow", "old");
                    context.SetCustomStatus("leaving");
                    context.ContinueAsNew(1);
                    return "left";
                }

                return await context.CallActivityAsync<string>("Fast", "new");
            })
            .Activity<string, string>("Fast", text => text)
            .Activity<string, string>("Slow", async (_, text) =>
            {
                await isReleased.Task;
                return text;
            });
        await Hub.StartAsync();
        await Hub.ScheduleAsync("Leaves", 0, "l");
        Assert.Equal("0", (await Hub.WaitForCustomStatusAsync("l", "leaving")).Input);
        isReleased.SetResult();

        Assert.Equal("new", TestHub.Output<string>(await Hub.WaitAsync("l")));
    }

    [BackendFact]
    public async Task It_continues_as_new_once_its_open_timers_have_fired_and_the_next_ones_are_its_own()
    {
        Hub.Tasks.Orchestrator<int, string>("Sleeps", async (context, n) =>
        {
            if (n == 0)
            {
                _ = context.CreateTimer(TimeSpan.FromMilliseconds(200), CancellationToken.None);
                context.ContinueAsNew(1);
                return "left";
            }

            var begin = context.CurrentUtcDateTime;
            await context.CreateTimer(TimeSpan.FromSeconds(2), CancellationToken.None);

            // Azure Storage hides messages for whole seconds.
            return context.CurrentUtcDateTime - begin >= TimeSpan.FromSeconds(1) ? "slept" : "woken too early";
        });
        await Hub.StartAsync();

        Assert.Equal("slept", await Hub.OutputAsync<string>("Sleeps", 0));
    }

    [BackendFact]
    public async Task Events_that_come_while_a_task_is_open_after_it_continued_as_new_are_carried_over()
    {
        var isReleased = new TaskCompletionSource();
        Hub.Tasks
            .Orchestrator<int, string>("Leaves", async (context, n) =>
            {
                if (n == 0)
                {
                    _ = context.CallActivityAsync<string>("Slow", "old");
                    context.SetCustomStatus("leaving");
                    context.ContinueAsNew(1);
                    return "left";
                }

                return await context.WaitForExternalEvent<string>("Go");
            })
            .Activity<string, string>("Slow", async (_, text) =>
            {
                await isReleased.Task;
                return text;
            });
        await Hub.StartAsync();
        await Hub.ScheduleAsync("Leaves", 0, "l");
        await Hub.WaitForCustomStatusAsync("l", "leaving");
        await Hub.RaiseAsync("l", "Go", "went");
        await TestHub.UntilAsync(async () => (await Hub.HistoryAsync("l")).OfType<EventRaisedEvent>().Any());
        isReleased.SetResult();

        Assert.Equal("went", TestHub.Output<string>(await Hub.WaitAsync("l")));
    }

    [BackendFact]
    public async Task An_instance_that_continues_as_new_after_a_timer_goes_on()
    {
        Hub.Tasks.Orchestrator<int, int>("Periodic", async (context, n) =>
        {
            await context.CreateTimer(TimeSpan.FromMilliseconds(20), CancellationToken.None);
            if (n < 5)
            {
                context.ContinueAsNew(n + 1);
            }

            return n;
        });
        await Hub.StartAsync();

        Assert.Equal(5, await Hub.OutputAsync<int>("Periodic", 0));
    }

    [BackendFact]
    public async Task An_instance_continues_as_new_under_another_version()
    {
        Hub.Tasks
            .Orchestrator<string, string>("Migrates", (context, input) =>
            {
                context.ContinueAsNew(new Microsoft.DurableTask.ContinueAsNewOptions { NewInput = input + " 1", NewVersion = "2" });
                return Task.FromResult("");
            }, "1")
            .Orchestrator<string, string>("Migrates", (context, input) => Task.FromResult($"{input} {context.Version}"), "2");
        await Hub.StartAsync();

        var state = await Hub.RunAsync("Migrates", "from", version: "1");

        Assert.Equal("from 1 2", TestHub.Output<string>(state));
        Assert.Equal("2", state.Version);
    }

    [BackendFact]
    public async Task A_child_that_continues_as_new_still_answers_its_parent()
    {
        Hub.Tasks
            .Orchestrator<int>("Parent", context => context.CallSubOrchestratorAsync<int>("Child", 0))
            .Orchestrator<int, int>("Child", (context, n) =>
            {
                if (n < 3)
                {
                    context.ContinueAsNew(n + 1);
                }

                return Task.FromResult(n);
            });
        await Hub.StartAsync();

        Assert.Equal(3, await Hub.OutputAsync<int>("Parent"));
    }

    [BackendFact]
    public async Task Large_inputs_are_carried_over()
    {
        Hub.Tasks.Orchestrator<string, int>("Grows", (context, text) =>
        {
            if (text.Length < 200_000)
            {
                context.ContinueAsNew(text + text);
            }

            return Task.FromResult(text.Length);
        });
        await Hub.StartAsync();

        Assert.Equal(320_000, await Hub.OutputAsync<int>("Grows", new string('x', 40_000)));
    }
}
