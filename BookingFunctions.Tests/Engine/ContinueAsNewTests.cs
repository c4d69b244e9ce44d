using DurableTask.Core.History;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace BookingFunctions.Tests.Engine;

public class ContinueAsNewTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Events_that_come_at_any_moment_each_count_once(bool withTimers)
    {
        await using var engine = await TestEngine.StartAsync(tasks => tasks.AddOrchestratorFunc<int, int>("Counts", async (context, count) =>
        {
            await context.WaitForExternalEvent<string>("Event");
            if (withTimers)
            {
                await context.CreateTimer(TimeSpan.FromMilliseconds(1), CancellationToken.None);
            }

            if (++count < 50)
            {
                context.ContinueAsNew(count);
            }

            return count;
        }));
        await engine.Client.ScheduleNewOrchestrationInstanceAsync("Counts", 0, new StartOrchestrationOptions("c"));
        for (var i = 0; i < 50; i++)
        {
            await engine.Client.RaiseEventAsync("c", "Event", "");
        }

        Assert.Equal(50, (await engine.WaitAsync("c")).ReadOutputAs<int>());
    }

    [Fact]
    public async Task Events_can_be_left_behind()
    {
        await using var engine = await TestEngine.StartAsync(tasks => tasks.AddOrchestratorFunc<int, string>("Drops", async (context, n) =>
        {
            if (n == 0)
            {
                await context.WaitForExternalEvent<object>("Next");
                context.ContinueAsNew(1, preserveUnprocessedEvents: false);
                return "";
            }

            context.SetCustomStatus("new");
            return await context.WaitForExternalEvent<string>("Event");
        }));
        await engine.Client.ScheduleNewOrchestrationInstanceAsync("Drops", 0, new StartOrchestrationOptions("d"));
        await engine.Client.RaiseEventAsync("d", "Event", "early");
        await engine.Client.RaiseEventAsync("d", "Next");
        await engine.WaitForCustomStatusAsync("d", "\"new\"");

        await engine.Client.RaiseEventAsync("d", "Event", "late");

        Assert.Equal("late", (await engine.WaitAsync("d")).ReadOutputAs<string>());
    }

    [Fact]
    public async Task Events_that_are_kept_stay_in_their_order_before_those_that_come_later()
    {
        await using var engine = await TestEngine.StartAsync(tasks => tasks.AddOrchestratorFunc<int, string>("Keeps", async (context, n) =>
        {
            await context.WaitForExternalEvent<object>("Next");
            if (n < 3)
            {
                context.ContinueAsNew(n + 1);
                return "";
            }

            var text = "";
            for (var i = 0; i < 6; i++)
            {
                text += await context.WaitForExternalEvent<string>("Event");
            }

            return text;
        }));
        await engine.Client.ScheduleNewOrchestrationInstanceAsync("Keeps", 0, new StartOrchestrationOptions("k"));
        foreach (var name in "ab cd ef  ".Select(letter => letter == ' ' ? "Next" : $"{letter}"))
        {
            await engine.Client.RaiseEventAsync("k", name == "Next" ? name : "Event", name);
        }

        Assert.Equal("abcdef", (await engine.WaitAsync("k")).ReadOutputAs<string>());
    }

    [Fact]
    public async Task Many_instances_continue_many_times_with_activities_and_timers_between()
    {
        await using var engine = await TestEngine.StartAsync(tasks => tasks
            .AddOrchestratorFunc<int, int>("Iterates", async (context, n) =>
            {
                await Task.WhenAll(Enumerable.Range(0, 3).Select(i => context.CallActivityAsync<string>("Work", $"{n}-{i}")));
                await context.CreateTimer(TimeSpan.FromMilliseconds(1), CancellationToken.None);
                if (n < 8)
                {
                    context.ContinueAsNew(n + 1);
                    return -1;
                }

                return n;
            })
            .AddActivityFunc<string, string>("Work", (_, input) => input));

        var ids = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => engine.Client.ScheduleNewOrchestrationInstanceAsync("Iterates", 1)));

        Assert.All(await Task.WhenAll(ids.Select(engine.WaitAsync)), done => Assert.Equal(8, done.ReadOutputAs<int>()));
    }

    [Fact]
    public async Task An_instance_that_continues_for_ever_keeps_a_short_history_its_id_and_its_start()
    {
        await using var engine = await TestEngine.StartAsync(tasks => tasks.AddOrchestratorFunc<int>("Eternal", async (context, n) =>
        {
            await context.CreateTimer(TimeSpan.Zero, CancellationToken.None);
            context.SetCustomStatus(n);
            if (n < 200)
            {
                context.ContinueAsNew(n + 1);
            }
            else
            {
                await context.WaitForExternalEvent<object>("Never");
            }
        }));
        await engine.Client.ScheduleNewOrchestrationInstanceAsync("Eternal", 0, new StartOrchestrationOptions("e"));
        var before = (await engine.Client.GetInstanceAsync("e"))!;
        await engine.WaitForCustomStatusAsync("e", "200");

        var after = (await engine.Client.GetInstanceAsync("e", getInputsAndOutputs: true))!;

        Assert.Equal(OrchestrationRuntimeStatus.Running, after.RuntimeStatus);
        Assert.Equal(before.CreatedAt, after.CreatedAt);
        Assert.Equal(200, after.ReadInputAs<int>());
        Assert.InRange((await engine.Client.GetOrchestrationHistoryAsync("e")).Count, 1, 10);
        Assert.Single((await engine.Client.GetAllInstancesAsync().ToListAsync()));
    }

    [Fact]
    public async Task The_last_of_several_wishes_counts_and_what_is_returned_does_not()
    {
        await using var engine = await TestEngine.StartAsync(tasks => tasks.AddOrchestratorFunc<string, string>("Wishes", (context, input) =>
        {
            if (input != "last")
            {
                context.ContinueAsNew("first");
                context.ContinueAsNew("last");
                return "ignored";
            }

            return input;
        }));

        Assert.Equal("last", (await engine.RunAsync("Wishes", "")).ReadOutputAs<string>());
    }

    [Fact]
    public async Task An_orchestrator_that_fails_after_it_wished_to_continue_has_failed()
    {
        await using var engine = await TestEngine.StartAsync(tasks => tasks.AddOrchestratorFunc("Fails", context =>
        {
            context.ContinueAsNew("again");
            throw new TimeoutException("late");
        }));

        var done = await engine.RunAsync("Fails");

        Assert.Equal(OrchestrationRuntimeStatus.Failed, done.RuntimeStatus);
        Assert.Equal("System.TimeoutException: late", done.FailureDetails!.ToString());
    }

    [Fact]
    public async Task An_orchestrator_goes_on_after_its_wish_and_what_it_then_does_is_done()
    {
        var ran = new List<int>();
        await using var engine = await TestEngine.StartAsync(tasks => tasks
            .AddOrchestratorFunc<int>("GoesOn", async (context, n) =>
            {
                if (n < 2)
                {
                    context.ContinueAsNew(n + 1);
                }

                await context.CallActivityAsync("Work", n);
            })
            .AddActivityFunc<int>("Work", (_, n) => ran.Add(n)));

        await engine.RunAsync("GoesOn", 0);

        Assert.Equal([0, 1, 2], ran);
    }

    [Fact]
    public async Task A_child_that_continues_as_new_answers_its_parent_once_it_ends()
    {
        await using var engine = await TestEngine.StartAsync(tasks => tasks
            .AddOrchestratorFunc("Parent", context => context.CallSubOrchestratorAsync<string>("Child", 0))
            .AddOrchestratorFunc<int, string>("Child", (context, n) =>
            {
                if (n < 3)
                {
                    context.ContinueAsNew(n + 1);
                }

                return $"{n} of {context.Parent?.Name}";
            }));

        Assert.Equal("3 of Parent", (await engine.RunAsync("Parent")).ReadOutputAs<string>());
    }

    [Fact]
    public async Task The_custom_status_stays_until_another_is_set()
    {
        await using var engine = await TestEngine.StartAsync(tasks => tasks.AddOrchestratorFunc<int>("Status", (context, n) =>
        {
            if (n == 0)
            {
                context.SetCustomStatus("kept");
                context.ContinueAsNew(1);
            }
        }));

        Assert.Equal("kept", (await engine.RunAsync("Status", 0)).ReadCustomStatusAs<string>());
    }

    [Fact]
    public async Task An_instance_that_continues_is_terminated_and_suspended_like_any_other()
    {
        await using var engine = await TestEngine.StartAsync(tasks => tasks.AddOrchestratorFunc<int>("Eternal", async (context, n) =>
        {
            await context.CreateTimer(TimeSpan.FromMilliseconds(1), CancellationToken.None);
            context.ContinueAsNew(n + 1);
        }));
        await engine.Client.ScheduleNewOrchestrationInstanceAsync("Eternal", 0, new StartOrchestrationOptions("e"));
        await engine.Client.SuspendInstanceAsync("e");
        await TestEngine.UntilAsync(async () => (await engine.Client.GetInstanceAsync("e"))!.RuntimeStatus == OrchestrationRuntimeStatus.Suspended);
        await engine.Client.ResumeInstanceAsync("e");
        await TestEngine.UntilAsync(async () => (await engine.Client.GetInstanceAsync("e"))!.IsRunning);

        await engine.Client.TerminateInstanceAsync("e", "enough");

        Assert.Equal(OrchestrationRuntimeStatus.Terminated, (await engine.WaitAsync("e")).RuntimeStatus);
    }
}
