using DurableTask.Core.History;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace BookingFunctions.Tests.Engine;

public class ExternalEventTests
{
    private static readonly TimeSpan Week = TimeSpan.FromDays(7);

    [Fact]
    public async Task A_hundred_events_are_taken_one_after_the_other()
    {
        await using var engine = await TestEngine.StartAsync(tasks => tasks.AddOrchestratorFunc("Takes", async context =>
        {
            var taken = new List<int>();
            for (var i = 0; i < 100; i++)
            {
                taken.Add(await context.WaitForExternalEvent<int>($"Event{i}"));
            }

            return taken;
        }));
        await engine.Client.ScheduleNewOrchestrationInstanceAsync("Takes", new StartOrchestrationOptions("t"));
        for (var i = 0; i < 100; i++)
        {
            await engine.Client.RaiseEventAsync("t", $"Event{i}", i);
        }

        Assert.Equal(Enumerable.Range(0, 100), (await engine.WaitAsync("t")).ReadOutputAs<List<int>>());
    }

    [Fact]
    public async Task Of_several_who_wait_for_a_name_the_latest_gets_the_first_event()
    {
        await using var engine = await TestEngine.StartAsync(tasks => tasks.AddOrchestratorFunc("Stack", async context =>
        {
            var waiters = Enumerable.Range(0, 5).Select(_ => context.WaitForExternalEvent<int>("Event")).ToList();
            return (await Task.WhenAll(waiters)).ToList();
        }));
        await engine.Client.ScheduleNewOrchestrationInstanceAsync("Stack", new StartOrchestrationOptions("s"));
        await engine.Client.WaitForInstanceStartAsync("s");
        for (var i = 0; i < 5; i++)
        {
            await engine.Client.RaiseEventAsync("s", "event", i);
        }

        Assert.Equal([4, 3, 2, 1, 0], (await engine.WaitAsync("s")).ReadOutputAs<List<int>>());
    }

    [Fact]
    public async Task Events_that_came_early_are_taken_in_the_order_in_which_they_came()
    {
        await using var engine = await TestEngine.StartAsync(tasks => tasks.AddOrchestratorFunc("Later", async context =>
        {
            await context.WaitForExternalEvent<object>("Now");
            return await context.WaitForExternalEvent<string>("Event") + await context.WaitForExternalEvent<string>("Event");
        }));
        await engine.Client.ScheduleNewOrchestrationInstanceAsync("Later", new StartOrchestrationOptions("l"));
        await engine.Client.RaiseEventAsync("l", "Event", "a");
        await engine.Client.RaiseEventAsync("l", "Event", "b");
        await engine.Client.RaiseEventAsync("l", "Now");

        Assert.Equal("ab", (await engine.WaitAsync("l")).ReadOutputAs<string>());
    }

    [Theory]
    [InlineData("before")]
    [InlineData("while")]
    public async Task A_wait_that_was_given_up_takes_no_event_from_others(string cancelled)
    {
        await using var engine = await TestEngine.StartAsync(tasks => tasks.AddOrchestratorFunc("GivesUp", async context =>
        {
            using var cancel = new CancellationTokenSource();
            if (cancelled == "before")
            {
                cancel.Cancel();
            }

            var kept = cancelled == "while" ? context.WaitForExternalEvent<string>("Event") : null;
            var givenUp = context.WaitForExternalEvent<string>("Event", cancel.Token);
            cancel.Cancel();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => givenUp);
            context.SetCustomStatus("ready");
            return await (kept ?? context.WaitForExternalEvent<string>("Event"));
        }));
        await engine.Client.ScheduleNewOrchestrationInstanceAsync("GivesUp", new StartOrchestrationOptions("g"));
        await engine.WaitForCustomStatusAsync("g", "\"ready\"");

        await engine.Client.RaiseEventAsync("g", "Event", "got it");

        Assert.Equal("got it", (await engine.WaitAsync("g")).ReadOutputAs<string>());
    }

    [Fact]
    public async Task A_wait_that_is_over_before_it_begins_leaves_an_early_event_for_the_next()
    {
        await using var engine = await TestEngine.StartAsync(tasks => tasks.AddOrchestratorFunc("GivesUp", async context =>
        {
            await context.WaitForExternalEvent<object>("Now");
            await Assert.ThrowsAnyAsync<OperationCanceledException>(
                () => context.WaitForExternalEvent<string>("Event", new CancellationToken(canceled: true)));
            return await context.WaitForExternalEvent<string>("Event");
        }));
        await engine.Client.ScheduleNewOrchestrationInstanceAsync("GivesUp", new StartOrchestrationOptions("g"));
        await engine.Client.RaiseEventAsync("g", "Event", "early");
        await engine.Client.RaiseEventAsync("g", "Now");

        Assert.Equal("early", (await engine.WaitAsync("g")).ReadOutputAs<string>());
    }

    [Theory]
    [InlineData("event", "got it")]
    [InlineData("timeout", "timed out")]
    [InlineData("cancel", "cancelled")]
    public async Task A_wait_ends_by_its_event_its_timeout_or_its_token(string end, string outcome)
    {
        await using var engine = await TestEngine.StartAsync(tasks => tasks.AddOrchestratorFunc("Waits", async context =>
        {
            using var cancel = new CancellationTokenSource();
            var wait = context.WaitForExternalEvent<string>("Event", end == "timeout" ? TimeSpan.FromMilliseconds(20) : Week, cancel.Token);
            context.SetCustomStatus("ready");
            if (end == "cancel")
            {
                await context.CreateTimer(TimeSpan.FromMilliseconds(20), CancellationToken.None);
                cancel.Cancel();
            }

            try
            {
                return await wait;
            }
            catch (OperationCanceledException)
            {
                return cancel.IsCancellationRequested ? "cancelled" : "timed out";
            }
        }));
        await engine.Client.ScheduleNewOrchestrationInstanceAsync("Waits", new StartOrchestrationOptions("w"));
        await engine.Client.WaitForInstanceStartAsync("w");
        if (end == "event")
        {
            await engine.Client.RaiseEventAsync("w", "Event", "got it");
        }

        Assert.Equal(outcome, (await engine.WaitAsync("w")).ReadOutputAs<string>());
        Assert.Empty((await engine.Store.ReadOpenWorkAsync(CancellationToken.None)).Timers);
    }

    [Fact]
    public async Task The_one_of_two_events_that_comes_lets_the_wait_for_the_other_be_given_up()
    {
        await using var engine = await TestEngine.StartAsync(tasks => tasks.AddOrchestratorFunc("Either", async context =>
        {
            using var cancel = new CancellationTokenSource();
            var approved = context.WaitForExternalEvent<string>("Approved", Week, cancel.Token);
            var rejected = context.WaitForExternalEvent<string>("Rejected", Week, cancel.Token);
            var first = await Task.WhenAny(approved, rejected);
            cancel.Cancel();
            return await first;
        }));
        await engine.Client.ScheduleNewOrchestrationInstanceAsync("Either", new StartOrchestrationOptions("e"));

        await engine.Client.RaiseEventAsync("e", "Rejected", "no");

        Assert.Equal("no", (await engine.WaitAsync("e")).ReadOutputAs<string>());
    }

    [Fact]
    public async Task A_name_is_waited_for_with_one_type_at_a_time()
    {
        await using var engine = await TestEngine.StartAsync(tasks => tasks.AddOrchestratorFunc("Types", async context =>
        {
            var text = context.WaitForExternalEvent<string>("Event");
            var error = await Assert.ThrowsAsync<ArgumentException>(() => context.WaitForExternalEvent<int>("EVENT"));
            await text;
            return error.Message + await context.WaitForExternalEvent<int>("Event");
        }));
        await engine.Client.ScheduleNewOrchestrationInstanceAsync("Types", new StartOrchestrationOptions("t"));
        await engine.Client.RaiseEventAsync("t", "Event", "text");
        await engine.Client.RaiseEventAsync("t", "Event", 7);

        var output = (await engine.WaitAsync("t")).ReadOutputAs<string>();

        Assert.Contains("System.String", output, StringComparison.Ordinal);
        Assert.Contains("System.Int32", output, StringComparison.Ordinal);
        Assert.EndsWith("7", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_event_that_is_of_another_type_fails_where_it_is_awaited_and_can_be_caught()
    {
        await using var engine = await TestEngine.StartAsync(tasks => tasks.AddOrchestratorFunc("Waits", async context =>
        {
            try
            {
                return await context.WaitForExternalEvent<int>("Event");
            }
            catch (System.Text.Json.JsonException)
            {
                return await context.WaitForExternalEvent<int>("Event");
            }
        }));
        await engine.Client.ScheduleNewOrchestrationInstanceAsync("Waits", new StartOrchestrationOptions("w"));
        await engine.Client.RaiseEventAsync("w", "Event", "seven");
        await engine.Client.RaiseEventAsync("w", "Event", 7);

        Assert.Equal(7, (await engine.WaitAsync("w")).ReadOutputAs<int>());
    }

    [Fact]
    public async Task An_event_may_carry_nothing()
    {
        await using var engine = await TestEngine.StartAsync(tasks => tasks.AddOrchestratorFunc("Waits", async context =>
            await context.WaitForExternalEvent<string>("Event") is null && await context.WaitForExternalEvent<int>("Number") == 0));
        await engine.Client.ScheduleNewOrchestrationInstanceAsync("Waits", new StartOrchestrationOptions("w"));
        await engine.Client.RaiseEventAsync("w", "Event");
        await engine.Client.RaiseEventAsync("w", "Number");

        Assert.True((await engine.WaitAsync("w")).ReadOutputAs<bool>());
    }

    [Fact]
    public async Task Events_that_wait_in_the_store_survive_a_restart_in_their_order()
    {
        static void Tasks(DurableTaskRegistry tasks) => tasks.AddOrchestratorFunc("Waits", async context =>
        {
            var text = "";
            for (var i = 0; i < 6; i++)
            {
                text += await context.WaitForExternalEvent<string>("Event");
            }

            return text;
        });
        await using var engine = await TestEngine.StartAsync(Tasks);
        await engine.Client.ScheduleNewOrchestrationInstanceAsync("Waits", new StartOrchestrationOptions("w"));
        foreach (var part in new[] { "abc", "def" })
        {
            await Task.WhenAll(part.Select(letter => engine.Client.RaiseEventAsync("w", "Event", letter)));
            await engine.RestartAsync(Tasks);
        }

        Assert.Equal("abcdef", (await engine.WaitAsync("w")).ReadOutputAs<string>());
    }

    [Fact]
    public async Task An_orchestrator_that_sends_an_event_has_that_in_its_history_and_may_send_to_itself()
    {
        await using var engine = await TestEngine.StartAsync(tasks => tasks.AddOrchestratorFunc("Echo", async context =>
        {
            context.SendEvent(context.InstanceId, "Event", new { Number = 42 });
            return (await context.WaitForExternalEvent<Dictionary<string, int>>("event"))["Number"];
        }));

        Assert.Equal(42, (await engine.RunAsync("Echo", id: "e")).ReadOutputAs<int>());
        var history = await engine.Client.GetOrchestrationHistoryAsync("e");
        var sent = history.OfType<EventSentEvent>().Single();
        Assert.Equal(("e", "Event", "{\"Number\":42}"), (sent.InstanceId, sent.Name, sent.Input));
        Assert.Equal("{\"Number\":42}", history.OfType<EventRaisedEvent>().Single().Input);
    }

    [Fact]
    public async Task Events_that_an_ended_instance_did_not_take_are_gone_and_not_there_for_the_next_with_its_id()
    {
        await using var engine = await TestEngine.StartAsync(tasks => tasks
            .AddOrchestratorFunc("Takes", async context => await context.WaitForExternalEvent<string>("Event")));
        await engine.Client.ScheduleNewOrchestrationInstanceAsync("Takes", new StartOrchestrationOptions("t"));
        await Task.WhenAll(engine.Client.RaiseEventAsync("t", "Event", "first"), engine.Client.RaiseEventAsync("t", "Event", "second"));
        await engine.WaitAsync("t");

        await engine.Client.ScheduleNewOrchestrationInstanceAsync("Takes", new StartOrchestrationOptions("t"));
        await engine.Client.RaiseEventAsync("t", "Event", "third");

        Assert.Equal("third", (await engine.WaitAsync("t")).ReadOutputAs<string>());
    }
}
