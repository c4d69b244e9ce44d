using DurableTask.Core;
using DurableTask.Core.Exceptions;
using DurableTask.Sqlite;
using DurableTask.Sqlite.Instances;
using Microsoft.DurableTask;

namespace BookingFunctions.Tests.Backends;

/// <summary>What DurableTask.Sqlite promises beyond the contract.</summary>
public sealed class SqliteTests : Contract<SqliteBackend>
{
    [Fact]
    public async Task The_state_of_a_failed_instance_says_why()
    {
        Hub.Tasks
            .Orchestrator<int>("Calls", context => context.CallActivityAsync<int>("Throws", 1))
            .Activity<int, int>("Throws", _ => throw new TimeoutException("too late"));
        await Hub.StartAsync();

        var failure = (await Hub.RunAsync("Calls")).FailureDetails;

        Assert.Equal(("System.TimeoutException", "too late"), (failure.InnerFailure!.ErrorType, failure.InnerFailure.ErrorMessage));
    }

    [Fact]
    public async Task A_timer_never_fires_before_it_is_due()
    {
        Hub.Tasks.Orchestrator<TimeSpan>("Sleeps", async context =>
        {
            var begin = context.CurrentUtcDateTime;
            await context.CreateTimer(TimeSpan.FromMilliseconds(50), CancellationToken.None);
            return context.CurrentUtcDateTime - begin;
        });
        await Hub.StartAsync();

        Assert.True(await Hub.OutputAsync<TimeSpan>("Sleeps") >= TimeSpan.FromMilliseconds(50));
    }

    [Fact]
    public async Task Timers_fire_in_the_order_of_their_times()
    {
        Hub.Tasks.Orchestrator<string>("Sleeps", async context =>
        {
            var order = new List<int>();
            async Task SleepAsync(int n)
            {
                await context.CreateTimer(TimeSpan.FromMilliseconds(50 * n), CancellationToken.None);
                order.Add(n);
            }

            await Task.WhenAll(SleepAsync(3), SleepAsync(1), SleepAsync(2));
            return string.Join(' ', order);
        });
        await Hub.StartAsync();

        Assert.Equal("1 2 3", await Hub.OutputAsync<string>("Sleeps"));
    }

    [Fact]
    public async Task Events_keep_their_order_while_the_instance_continues_as_new_with_each()
    {
        Hub.Tasks.Orchestrator<string, string>("Collects", async (context, collected) =>
        {
            collected += await context.WaitForExternalEvent<string>("Letter");
            if (collected.Length < 20)
            {
                context.ContinueAsNew(collected);
            }

            return collected;
        });
        await Hub.StartAsync();
        await Hub.ScheduleAsync("Collects", "", "c");
        for (var letter = 'a'; letter < 'a' + 20; letter++)
        {
            await Hub.RaiseAsync("c", "Letter", $"{letter}");
        }

        Assert.Equal("abcdefghijklmnopqrst", TestHub.Output<string>(await Hub.WaitAsync("c")));
    }

    [Fact]
    public async Task An_event_that_is_sent_right_after_a_child_was_started_reaches_it()
    {
        Hub.Tasks
            .Orchestrator<string>("Parent", context =>
            {
                var child = context.CallSubOrchestratorAsync<string>("Child", null, new SubOrchestrationOptions(instanceId: "child"));
                context.SendEvent("child", "Go", "went");
                return child;
            })
            .Orchestrator<string>("Child", context => context.WaitForExternalEvent<string>("Go"));
        await Hub.StartAsync();

        Assert.Equal("went", await Hub.OutputAsync<string>("Parent"));
    }

    [Fact]
    public async Task A_start_that_names_no_statuses_is_refused_while_an_instance_with_its_id_is_open()
    {
        Hub.Tasks.Orchestrator<string>("Waits", context => context.WaitForExternalEvent<string>("Go"));
        await Hub.StartAsync();
        await Hub.ScheduleAsync("Waits", id: "w");

        await Assert.ThrowsAsync<OrchestrationAlreadyExistsException>(() => Hub.ScheduleAsync("Waits", id: "w"));

        await Hub.RaiseAsync("w", "Go", "went");
        await Hub.WaitAsync("w");
        await Hub.ScheduleAsync("Waits", id: "w");
    }

    [Fact]
    public async Task An_instance_that_has_not_failed_can_not_be_rewound()
    {
        Hub.Tasks
            .Orchestrator<string>("Waits", context => context.WaitForExternalEvent<string>("Go"))
            .Orchestrator<int>("One", _ => Task.FromResult(1));
        await Hub.StartAsync();
        await Hub.ScheduleAsync("Waits", id: "open");
        await Hub.RunAsync("One", id: "completed");

        foreach (var id in new[] { "open", "completed", "unknown" })
        {
            var refused = await Assert.ThrowsAsync<OrchestrationNotRunningException>(() => Hub.RewindAsync(id));
            Assert.Contains(id, refused.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_purge_of_an_open_instance_removes_nothing()
    {
        Hub.Tasks.Orchestrator<string>("Waits", context => context.WaitForExternalEvent<string>("Go"));
        await Hub.StartAsync();
        await Hub.ScheduleAsync("Waits", id: "w");
        await Hub.WaitAsync("w", OrchestrationStatus.Running);

        Assert.Equal(0, (await Hub.Purges.PurgeInstanceStateAsync("w")).DeletedInstanceCount);
        Assert.Equal(0, (await Hub.Purges.PurgeInstanceStateAsync(
            new PurgeInstanceFilter(DateTime.MinValue, null, [OrchestrationStatus.Running]))).DeletedInstanceCount);

        await Hub.RaiseAsync("w", "Go", "went");
        Assert.Equal("went", TestHub.Output<string>(await Hub.WaitAsync("w")));
    }

    [Fact]
    public async Task A_recursive_termination_ends_children_that_run_and_their_parent_s_activities_change_nothing()
    {
        var isReleased = new TaskCompletionSource();
        Hub.Tasks
            .Orchestrator<string>("Parent", context =>
                context.CallSubOrchestratorAsync<string>("Child", null, new SubOrchestrationOptions(instanceId: "child")))
            .Orchestrator<string>("Child", context =>
                context.CallSubOrchestratorAsync<string>("Grandchild", null, new SubOrchestrationOptions(instanceId: "grandchild")))
            .Orchestrator<string>("Grandchild", context => context.CallActivityAsync<string>("Slow", 1))
            .Activity<int, string>("Slow", async (_, _) =>
            {
                await isReleased.Task;
                return "late";
            });
        await Hub.StartAsync();
        await Hub.ScheduleAsync("Parent", id: "parent");
        await Hub.WaitAsync("grandchild", OrchestrationStatus.Running);

        await Service.ForceTerminateTaskOrchestrationAsync("parent", "all of them", isRecursive: true);
        isReleased.SetResult();
        await Hub.PassAsync();

        foreach (var id in new[] { "parent", "child", "grandchild" })
        {
            var state = await Hub.WaitAsync(id);
            Assert.Equal((OrchestrationStatus.Terminated, "all of them"), (state.OrchestrationStatus, state.Output));
        }
    }

    [Fact]
    public async Task A_second_worker_on_a_file_in_use_is_refused()
    {
        await Hub.StartAsync();

        var refused = Assert.ThrowsAny<Exception>(() => DurableTask.Sqlite.Storage.SqliteDatabase.Open(new() { Path = Backend.Path }));

        Assert.Contains(Backend.Path, refused.Message, StringComparison.Ordinal);
    }

    private SqliteOrchestrationService Service => Backend.Service;
}
