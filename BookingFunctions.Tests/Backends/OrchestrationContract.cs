using DurableTask.Core;

namespace BookingFunctions.Tests.Backends;

/// <summary>Orchestrators, activities and what they are given.</summary>
public abstract class OrchestrationContract<TBackend> : Contract<TBackend>
    where TBackend : IBackend, new()
{
    [BackendFact]
    public async Task An_orchestrator_without_tasks_completes_with_its_output()
    {
        Hub.Tasks.Orchestrator<string, string>("Echo", (_, input) => Task.FromResult(input));
        await Hub.StartAsync();

        var state = await Hub.RunAsync("Echo", "hello", "echo-1");

        Assert.Equal(OrchestrationStatus.Completed, state.OrchestrationStatus);
        Assert.Equal("hello", TestHub.Output<string>(state));
        Assert.Equal("\"hello\"", state.Input);
        Assert.Equal(("Echo", "echo-1"), (state.Name, state.OrchestrationInstance.InstanceId));
        Assert.False(string.IsNullOrEmpty(state.OrchestrationInstance.ExecutionId));
        Assert.InRange(state.CompletedTime, state.CreatedTime, state.LastUpdatedTime.AddSeconds(1));
    }

    [BackendFact]
    public async Task An_orchestrator_without_input_and_output_completes_without_either()
    {
        Hub.Tasks.Orchestrator<object?>("Nothing", _ => Task.FromResult<object?>(null));
        await Hub.StartAsync();

        var state = await Hub.RunAsync("Nothing");

        Assert.Equal(OrchestrationStatus.Completed, state.OrchestrationStatus);
        Assert.True(string.IsNullOrEmpty(state.Input), state.Input);
        Assert.True(string.IsNullOrEmpty(state.Output), state.Output);
    }

    [BackendFact]
    public async Task An_instance_that_no_worker_has_taken_is_pending()
    {
        await Hub.ScheduleAsync("Echo", "hello", "waits");

        var state = await Hub.StateAsync("waits");

        Assert.Equal(OrchestrationStatus.Pending, state!.OrchestrationStatus);
        Assert.Equal("\"hello\"", state.Input);
    }

    [BackendFact]
    public async Task An_id_that_was_never_started_has_no_state() => Assert.Null(await Hub.StateAsync("never"));

    [BackendFact]
    public async Task Plain_tasks_of_the_framework_run()
    {
        Hub.Tasks
            .Orchestration("Greets", () => new PlainTasks.Greets())
            .PlainActivity("Greet", () => new PlainTasks.Greet());
        await Hub.StartAsync();

        Assert.Equal("Hello, Alice!", await Hub.OutputAsync<string>("Greets", "Alice"));
    }

    [BackendFact]
    public async Task An_activity_gets_its_input_its_name_and_its_instance()
    {
        Hub.Tasks
            .Orchestrator<string>("Calls", context => context.CallActivityAsync<string>("Who", 7))
            .Activity<int, string>("Who", (context, n) => Task.FromResult($"{context.Name} {context.InstanceId} {n}"));
        await Hub.StartAsync();

        Assert.Equal("Who calls-1 7", TestHub.Output<string>(await Hub.RunAsync("Calls", id: "calls-1")));
    }

    [BackendFact]
    public async Task A_chain_of_activities_hands_each_result_to_the_next()
    {
        Hub.Tasks
            .Orchestrator<int>("Chain", async context =>
            {
                var value = 0;
                for (var i = 0; i < 10; i++)
                {
                    value = await context.CallActivityAsync<int>("PlusOne", value);
                }

                return value;
            })
            .Activity<int, int>("PlusOne", n => n + 1);
        await Hub.StartAsync();

        Assert.Equal(10, await Hub.OutputAsync<int>("Chain"));
    }

    [BackendFact]
    public async Task Each_activity_of_a_chain_runs_once()
    {
        var calls = 0;
        Hub.Tasks
            .Orchestrator<int>("Chain", async context =>
            {
                await context.CallActivityAsync<int>("Count", 1);
                await context.CallActivityAsync<int>("Count", 2);
                return await context.CallActivityAsync<int>("Count", 3);
            })
            .Activity<int, int>("Count", n =>
            {
                Interlocked.Increment(ref calls);
                return n;
            });
        await Hub.StartAsync();

        Assert.Equal(3, await Hub.OutputAsync<int>("Chain"));
        Assert.Equal(3, calls);
    }

    [BackendFact]
    public async Task Fanned_out_activities_give_their_results_in_the_order_of_the_calls()
    {
        Hub.Tasks
            .Orchestrator<int[]>("Fan", context =>
                Task.WhenAll(Enumerable.Range(0, 50).Select(n => context.CallActivityAsync<int>("Square", n))))
            .Activity<int, int>("Square", n => n * n);
        await Hub.StartAsync();

        Assert.Equal(Enumerable.Range(0, 50).Select(n => n * n), await Hub.OutputAsync<int[]>("Fan"));
    }

    [BackendFact]
    public async Task Two_rounds_of_fanned_out_activities_with_large_results_complete()
    {
        Hub.Tasks
            .Orchestrator<int>("Fan", async context =>
            {
                var first = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => context.CallActivityAsync<string>("Large", 20_000)));
                var second = await Task.WhenAll(first.Select(text => context.CallActivityAsync<string>("Large", text.Length)));
                return second.Sum(text => text.Length);
            })
            .Activity<int, string>("Large", n => new string('x', n));
        await Hub.StartAsync();

        Assert.Equal(100_000, await Hub.OutputAsync<int>("Fan"));
    }

    [BackendFact]
    public async Task The_first_of_two_activities_wins_while_the_other_is_still_running()
    {
        var isDecided = new TaskCompletionSource();
        Hub.Tasks
            .Orchestrator<string>("Race", async context =>
            {
                var slow = context.CallActivityAsync<string>("Slow", 0);
                var fast = context.CallActivityAsync<string>("Fast", 0);
                var winner = await await Task.WhenAny(slow, fast);
                context.SetCustomStatus(winner);
                return $"{winner} {await slow}";
            })
            .Activity<int, string>("Fast", _ => "fast")
            .Activity<int, string>("Slow", async (_, _) =>
            {
                await isDecided.Task;
                return "slow";
            });
        await Hub.StartAsync();
        var id = (await Hub.ScheduleAsync("Race")).InstanceId;

        await Hub.WaitForCustomStatusAsync(id, "fast");
        isDecided.SetResult();

        Assert.Equal("fast slow", TestHub.Output<string>(await Hub.WaitAsync(id)));
    }

    [BackendFact]
    public async Task Many_instances_at_a_time_all_complete()
    {
        Hub.Tasks
            .Orchestrator<int, int>("Double", (context, n) => context.CallActivityAsync<int>("Twice", n))
            .Activity<int, int>("Twice", n => 2 * n);
        await Hub.StartAsync();

        var outputs = await Task.WhenAll(Enumerable.Range(0, 40).Select(n => Hub.OutputAsync<int>("Double", n)));

        Assert.Equal(Enumerable.Range(0, 40).Select(n => 2 * n), outputs);
    }

    [BackendFact]
    public async Task Replayed_code_sees_that_it_is_replayed()
    {
        Hub.Tasks
            .Orchestrator<bool[]>("Replays", async context =>
            {
                var replaying = new List<bool> { context.IsReplaying };
                await context.CallActivityAsync<int>("Zero", 0);
                replaying.Add(context.IsReplaying);
                await context.CallActivityAsync<int>("Zero", 0);
                replaying.Add(context.IsReplaying);
                return [.. replaying];
            })
            .Activity<int, int>("Zero", n => n);
        await Hub.StartAsync();

        // The last turn replays all but its own end if the instance was dropped from memory, else nothing.
        var flags = await Hub.OutputAsync<bool[]>("Replays");
        Assert.False(flags[2]);
        Assert.True(flags is [true, true, _] or [false, false, _], string.Join(' ', flags));
    }

    [BackendFact]
    public async Task Time_and_guids_of_an_orchestrator_are_the_same_when_it_is_replayed()
    {
        var times = new System.Collections.Concurrent.ConcurrentBag<(DateTime Time, Guid Guid)>();
        Hub.Tasks
            .Orchestrator<bool>("Clock", async context =>
            {
                times.Add((context.CurrentUtcDateTime, context.NewGuid()));
                var first = context.CurrentUtcDateTime;
                await context.WaitForExternalEvent<string>("Go");
                return context.CurrentUtcDateTime > first;
            });
        var worker = await Hub.StartAsync();
        await Hub.ScheduleAsync("Clock", id: "clock");
        await Hub.WaitAsync("clock", OrchestrationStatus.Running);
        await TestHub.UntilAsync(() => Task.FromResult(!times.IsEmpty));
        await Hub.StopAsync(worker);

        await Hub.StartAsync();
        await Hub.RaiseAsync("clock", "Go", "go");

        Assert.True(TestHub.Output<bool>(await Hub.WaitAsync("clock")));
        Assert.True(times.Count >= 2);
        Assert.Single(times.Distinct());
        Assert.All(times, time => Assert.Equal(DateTimeKind.Utc, time.Time.Kind));
    }

    [BackendFact]
    public async Task Guids_of_an_orchestrator_differ_from_each_other()
    {
        Hub.Tasks
            .Orchestrator<Guid[]>("Guids", async context =>
            {
                var first = context.NewGuid();
                await context.CallActivityAsync<int>("Zero", 0);
                return [first, context.NewGuid(), context.NewGuid()];
            })
            .Activity<int, int>("Zero", n => n);
        await Hub.StartAsync();

        Assert.Equal(3, (await Hub.OutputAsync<Guid[]>("Guids")).Distinct().Count());
    }

    [BackendFact]
    public async Task The_custom_status_is_shown_while_it_runs_and_kept_at_the_end()
    {
        Hub.Tasks.Orchestrator<int>("Reports", async context =>
        {
            context.SetCustomStatus(new { step = 1, text = "Zürich → 東京" });
            await context.WaitForExternalEvent<string>("Next");
            context.SetCustomStatus("at the end");
            return 1;
        });
        await Hub.StartAsync();
        await Hub.ScheduleAsync("Reports", id: "r");

        await Hub.WaitForCustomStatusAsync("r", new { step = 1, text = "Zürich → 東京" });
        await Hub.RaiseAsync("r", "Next");

        Assert.Equal("\"at the end\"", (await Hub.WaitAsync("r")).Status);
    }

    [BackendFact]
    public async Task A_custom_status_that_is_set_to_null_is_gone()
    {
        Hub.Tasks.Orchestrator<int>("Reports", async context =>
        {
            context.SetCustomStatus("busy");
            await context.WaitForExternalEvent<string>("Next");
            context.SetCustomStatus(null);
            return 1;
        });
        await Hub.StartAsync();
        await Hub.ScheduleAsync("Reports", id: "r");
        await Hub.WaitForCustomStatusAsync("r", "busy");
        await Hub.RaiseAsync("r", "Next");

        // Azure Storage keeps the JSON "null".
        Assert.True((await Hub.WaitAsync("r")).Status is null or "" or "null");
    }

    [BackendFact]
    public async Task An_activity_that_takes_longer_than_a_turn_holds_no_turn_of_others()
    {
        var hasBegun = new TaskCompletionSource();
        var isReleased = new TaskCompletionSource();
        Hub.Tasks
            .Orchestrator<int, int>("Calls", (context, n) => context.CallActivityAsync<int>(n == 0 ? "Slow" : "Fast", n))
            .Activity<int, int>("Fast", n => n)
            .Activity<int, int>("Slow", async (_, n) =>
            {
                hasBegun.TrySetResult();
                await isReleased.Task;
                return n;
            });
        await Hub.StartAsync();
        var slow = await Hub.ScheduleAsync("Calls", 0);
        await hasBegun.Task;

        Assert.Equal(1, await Hub.OutputAsync<int>("Calls", 1));
        await Hub.WaitAsync(slow.InstanceId, OrchestrationStatus.Running);
        isReleased.SetResult();
        Assert.Equal(0, TestHub.Output<int>(await Hub.WaitAsync(slow.InstanceId)));
    }
}
