using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace BookingFunctions.Tests.Engine;

public class EventAndTimerTests
{
    [Fact]
    public async Task A_timer_wakes_an_orchestrator()
    {
        await using var engine = await TestEngine.StartAsync(tasks => tasks.AddOrchestratorFunc("Sleeps", async context =>
        {
            var before = context.CurrentUtcDateTime;
            await context.CreateTimer(TimeSpan.FromMilliseconds(30), CancellationToken.None);
            return context.CurrentUtcDateTime - before >= TimeSpan.FromMilliseconds(30);
        }));

        Assert.True((await engine.RunAsync("Sleeps")).ReadOutputAs<bool>());
    }

    [Fact]
    public async Task Events_are_taken_in_any_letter_case_and_kept_until_someone_waits()
    {
        await using var engine = await TestEngine.StartAsync(tasks => tasks
            .AddOrchestratorFunc("Waits", async context =>
            {
                context.SetCustomStatus("ready");
                var first = await context.WaitForExternalEvent<string>("Go");
                return first + await context.WaitForExternalEvent<int>("number");
            }));
        var id = await engine.Client.ScheduleNewOrchestrationInstanceAsync("Waits");
        await engine.WaitForCustomStatusAsync(id, "\"ready\"");

        await engine.Client.RaiseEventAsync(id, "Number", 7);
        await engine.Client.RaiseEventAsync(id, "GO", "now");

        Assert.Equal("now7", (await engine.WaitAsync(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task A_wait_for_an_event_can_time_out()
    {
        await using var engine = await TestEngine.StartAsync(tasks => tasks.AddOrchestratorFunc("Impatient", async context =>
        {
            try
            {
                return await context.WaitForExternalEvent<string>("Go", TimeSpan.FromMilliseconds(20));
            }
            catch (TaskCanceledException)
            {
                return "gave up";
            }
        }));

        Assert.Equal("gave up", (await engine.RunAsync("Impatient")).ReadOutputAs<string>());
    }

    [Fact]
    public async Task The_last_one_to_wait_gets_the_event_first()
    {
        await using var engine = await TestEngine.StartAsync(tasks => tasks.AddOrchestratorFunc("Stack", async context =>
        {
            var first = context.WaitForExternalEvent<string>("Go");
            var last = context.WaitForExternalEvent<string>("Go");
            context.SetCustomStatus("ready");
            return await last + await first;
        }));
        var id = await engine.Client.ScheduleNewOrchestrationInstanceAsync("Stack");
        await engine.WaitForCustomStatusAsync(id, "\"ready\"");

        await engine.Client.RaiseEventAsync(id, "Go", "a");
        await engine.Client.RaiseEventAsync(id, "Go", "b");

        Assert.Equal("ab", (await engine.WaitAsync(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task Orchestrators_send_each_other_events()
    {
        await using var engine = await TestEngine.StartAsync(tasks => tasks
            .AddOrchestratorFunc("Waits", context => context.WaitForExternalEvent<string>("Go"))
            .AddOrchestratorFunc<string, string>("Sends", (context, to) =>
            {
                context.SendEvent(to, "Go", "from " + context.InstanceId);
                return "sent";
            }));
        var id = await engine.Client.ScheduleNewOrchestrationInstanceAsync("Waits");

        await engine.RunAsync("Sends", id, "sender");

        Assert.Equal("from sender", (await engine.WaitAsync(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task An_event_for_nobody_is_dropped()
    {
        await using var engine = await TestEngine.StartAsync(tasks => tasks.AddOrchestratorFunc("Quick", _ => "done"));
        await engine.RunAsync("Quick", id: "quick");

        await engine.Client.RaiseEventAsync("quick", "Late");
        await engine.Client.RaiseEventAsync("unknown", "Late");

        Assert.Empty((await engine.Store.ReadOpenWorkAsync(CancellationToken.None)).InstancesWithMessages);
    }

    [Fact]
    public async Task An_instance_that_starts_later_waits_until_then_and_keeps_its_events()
    {
        await using var engine = await TestEngine.StartAsync(
            tasks => tasks.AddOrchestratorFunc("Later", context => context.WaitForExternalEvent<string>("Go")));
        await engine.Client.ScheduleNewOrchestrationInstanceAsync(
            "Later", new StartOrchestrationOptions("later", DateTimeOffset.UtcNow.AddMilliseconds(300)));

        await engine.Client.RaiseEventAsync("later", "Go", "early");

        Assert.Equal(OrchestrationRuntimeStatus.Pending, (await engine.Client.GetInstanceAsync("later"))!.RuntimeStatus);
        Assert.Equal("early", (await engine.WaitAsync("later")).ReadOutputAs<string>());
    }
}
