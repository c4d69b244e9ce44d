using System.Diagnostics;
using BookingFunctions.Tests.Hosting;
using DurableTask.Core.History;
using LocalRuntime.Storage;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace BookingFunctions.Tests.Engine;

/// <summary>An instance is one trace, whatever processes it runs in.</summary>
public sealed class TracingTests
{
    [Fact]
    public async Task Everything_that_an_orchestrator_does_is_one_tree()
    {
        using var collector = new SpanCollector();
        await using var engine = await TestEngine.StartAsync(tasks =>
        {
            tasks.AddOrchestratorFunc("Parent", async context =>
            {
                await context.CallActivityAsync("Add", 1);
                await context.CreateTimer(TimeSpan.FromMilliseconds(1), CancellationToken.None);
                await context.CallSubOrchestratorAsync("Child");
                context.SendEvent("nobody", "Greeting", "hello");
                await Assert.ThrowsAsync<TaskFailedException>(() => context.CallActivityAsync("Fail"));
            });
            tasks.AddOrchestratorFunc("Child", context => context.CallActivityAsync("Add", 2));
            tasks.AddActivityFunc<int, int>("Add", (_, number) => number + 1);
            tasks.AddActivityFunc("Fail", _ => throw new InvalidOperationException("no luck"));
        });

        await engine.RunAsync("Parent", id: "traced");

        Assert.Equal(
            """
            create_orchestration:Parent Producer
              orchestration:Parent Server
                activity:Add Client
                  activity:Add Server
                activity:Fail Client failed
                  activity:Fail Server failed
                orchestration:Child Client
                  orchestration:Child Server
                    activity:Add Client
                      activity:Add Server
                orchestration:Parent:timer Internal
                orchestration_event:Greeting Producer
            """,
            collector.Tree());
        var parent = collector.Spans.Single(span => span is { DisplayName: "orchestration:Parent", Kind: ActivityKind.Server });
        Assert.Equal("orchestration", parent.GetTagItem("durabletask.type"));
        Assert.Equal("Parent", parent.GetTagItem("durabletask.task.name"));
        Assert.Equal("traced", parent.GetTagItem("durabletask.task.instance_id"));
        Assert.Equal("Completed", parent.GetTagItem("durabletask.task.status"));
        var failed = collector.Spans.Single(span => span is { DisplayName: "activity:Fail", Kind: ActivityKind.Client });
        Assert.Equal("no luck", failed.StatusDescription);
        Assert.Equal("traced", failed.GetTagItem("durabletask.task.instance_id"));
        Assert.NotNull(failed.GetTagItem("durabletask.task.task_id"));
        Assert.All(collector.Spans, span => Assert.Equal("DurableTask.Core", span.Source.Name));
        Assert.All(
            collector.Spans.Where(span => span.ParentSpanId == parent.SpanId),
            span => Assert.InRange(span.StartTimeUtc, parent.StartTimeUtc, parent.StartTimeUtc + parent.Duration));
    }

    [Fact]
    public async Task Timers_and_events_say_when_and_for_whom_they_are()
    {
        using var collector = new SpanCollector();
        DateTime fireAt = default;
        await using var engine = await TestEngine.StartAsync(tasks => tasks.AddOrchestratorFunc("Parent", async context =>
        {
            fireAt = context.CurrentUtcDateTime.AddMilliseconds(1);
            await context.CreateTimer(fireAt, CancellationToken.None);
            context.SendEvent("nobody", "Greeting", "hello");
            await context.WaitForExternalEvent<string>("Go");
        }));

        await engine.Client.ScheduleNewOrchestrationInstanceAsync("Parent", new StartOrchestrationOptions("traced"));
        await engine.Client.RaiseEventAsync("traced", "Go", "on");
        await engine.WaitAsync("traced");

        Assert.Equal(
            """
            create_orchestration:Parent Producer
              orchestration:Parent Server
                orchestration:Parent:timer Internal
                orchestration_event:Greeting Producer
            orchestration_event:Go Producer
            """,
            collector.Tree());
        Assert.Equal(("timer", "Parent", "traced", fireAt.ToString("o")), Tags("orchestration:Parent:timer", "durabletask.fire_at"));
        Assert.NotNull(Span("orchestration:Parent:timer").GetTagItem("durabletask.task.task_id"));
        Assert.Equal(("event", "Greeting", "traced", "nobody"), Tags("orchestration_event:Greeting", "durabletask.event.target_instance_id"));
        Assert.Equal(("event", "Go", null, "traced"), Tags("orchestration_event:Go", "durabletask.event.target_instance_id"));

        Activity Span(string name) => collector.Spans.Single(span => span.DisplayName == name);
        (object?, object?, object?, object?) Tags(string name, string last) => (
            Span(name).GetTagItem("durabletask.type"),
            Span(name).GetTagItem("durabletask.task.name"),
            Span(name).GetTagItem("durabletask.task.instance_id"),
            Span(name).GetTagItem(last));
    }

    [Fact]
    public async Task A_failure_is_seen_at_each_level_that_it_has_failed()
    {
        using var collector = new SpanCollector();
        await using var engine = await TestEngine.StartAsync(tasks =>
        {
            tasks.AddOrchestratorFunc("Parent", context => context.CallSubOrchestratorAsync("Child"));
            tasks.AddOrchestratorFunc("Child", context => context.CallActivityAsync("Fail"));
            tasks.AddActivityFunc("Fail", _ => throw new InvalidOperationException("no luck"));
        });

        await engine.RunAsync("Parent", id: "traced");

        Assert.Equal(
            """
            create_orchestration:Parent Producer
              orchestration:Parent Server failed
                orchestration:Child Client failed
                  orchestration:Child Server failed
                    activity:Fail Client failed
                      activity:Fail Server failed
            """,
            collector.Tree());
        var child = collector.Spans.Single(span => span is { DisplayName: "orchestration:Child", Kind: ActivityKind.Client });
        Assert.Equal(("orchestration", "Child", "traced"), (
            child.GetTagItem("durabletask.type"), child.GetTagItem("durabletask.task.name"), child.GetTagItem("durabletask.task.instance_id")));
    }

    [Fact]
    public async Task The_trace_goes_on_after_a_restart_and_tells_nothing_twice()
    {
        using var folder = new TempFolder();
        using var collector = new SpanCollector();
        using var hold = new SemaphoreSlim(0);
        void Tasks(DurableTaskRegistry tasks, Func<Task> second)
        {
            tasks.AddOrchestratorFunc("Trip", async context =>
            {
                await context.CallActivityAsync("First");
                await context.CallActivityAsync("Second");
                await context.CreateTimer(TimeSpan.FromMilliseconds(1), CancellationToken.None);
                await context.CallActivityAsync("Third");
            });
            tasks.AddActivityFunc("First", _ => { });
            tasks.AddActivityFunc("Second", _ => second());
            tasks.AddActivityFunc("Third", _ => { });
        }

        string id;
        await using (var database = SqliteDatabase.Open(folder.File("store.db")))
        await using (var engine = await TestEngine.StartAsync(
            tasks => Tasks(tasks, () =>
            {
                hold.Release();
                return Task.Delay(Timeout.Infinite, CancellationToken.None);
            }),
            new SqliteOrchestrationStore(database)))
        {
            id = await engine.Client.ScheduleNewOrchestrationInstanceAsync("Trip");
            await hold.WaitAsync();
        }

        await using (var database = SqliteDatabase.Open(folder.File("store.db")))
        await using (var engine = await TestEngine.StartAsync(tasks => Tasks(tasks, () => Task.CompletedTask), new SqliteOrchestrationStore(database)))
        {
            await engine.WaitAsync(id);
        }

        Assert.Equal(
            """
            create_orchestration:Trip Producer
              orchestration:Trip Server
                activity:First Client
                  activity:First Server
                activity:Second Client
                  activity:Second Server
                activity:Third Client
                  activity:Third Server
                orchestration:Trip:timer Internal
            """,
            collector.Tree());
    }

    [Fact]
    public async Task What_runs_in_an_activity_or_an_orchestrator_belongs_to_its_span()
    {
        using var collector = new SpanCollector();
        Activity? inActivity = null;
        List<ActivitySpanId?> inOrchestrator = [];
        await using var engine = await TestEngine.StartAsync(tasks =>
        {
            tasks.AddOrchestratorFunc("Trip", async context =>
            {
                inOrchestrator.Add(Activity.Current?.SpanId);
                await context.CallActivityAsync("Look");
                inOrchestrator.Add(Activity.Current?.SpanId);
            });
            tasks.AddActivityFunc("Look", _ => { inActivity = Activity.Current; });
        });

        await engine.RunAsync("Trip");

        Assert.Equal(("activity:Look", ActivityKind.Server), (inActivity!.DisplayName, inActivity.Kind));
        var orchestration = collector.Spans.Single(span => span.DisplayName == "orchestration:Trip");
        Assert.Equal([orchestration.SpanId, orchestration.SpanId], inOrchestrator);
    }

    [Fact]
    public async Task Each_run_of_what_continues_as_new_has_a_span_in_the_same_trace()
    {
        using var collector = new SpanCollector();
        await using var engine = await TestEngine.StartAsync(tasks =>
        {
            tasks.AddOrchestratorFunc<int, int>("Count", async (context, number) =>
            {
                await context.CallActivityAsync("Work");
                if (number > 0)
                {
                    context.ContinueAsNew(number - 1);
                }

                return number;
            });
            tasks.AddActivityFunc("Work", _ => { });
        });

        await engine.RunAsync("Count", 1);

        Assert.Equal(
            """
            create_orchestration:Count Producer
              orchestration:Count Server
                activity:Work Client
                  activity:Work Server
              orchestration:Count Server
                activity:Work Client
                  activity:Work Server
            """,
            collector.Tree());
    }

    [Fact]
    public async Task A_trace_that_is_not_sampled_stays_so()
    {
        using var collector = new SpanCollector();
        var before = collector.Spans.Count;
        Activity.Current = null;
        await using var engine = await TestEngine.StartAsync(tasks =>
        {
            tasks.AddOrchestratorFunc("Trip", context => context.CallActivityAsync("Work"));
            tasks.AddActivityFunc("Work", _ => { });
        });

        var id = (await engine.RunAsync("Trip")).InstanceId;

        Assert.Equal(before, collector.Spans.Count);
        var history = await engine.Client.GetOrchestrationHistoryAsync(id);
        Assert.Null(history.OfType<ExecutionStartedEvent>().Single().ParentTraceContext);
    }
}
