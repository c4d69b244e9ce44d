using DurableTask.Core.Exceptions;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Time.Testing;

namespace BookingFunctions.Tests.Engine;

public class ClientTests
{
    private static readonly CancellationToken Cancelled = new(canceled: true);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_instance_is_read_while_it_runs_and_when_it_has_ended(bool fails)
    {
        await using var engine = await StartAsync();
        await engine.Client.ScheduleNewOrchestrationInstanceAsync("Waits", fails, new StartOrchestrationOptions("w"));
        await engine.Client.WaitForInstanceStartAsync("w");

        var running = (await engine.Client.GetInstanceAsync("w"))!;
        Assert.Equal(("Waits", "w", OrchestrationRuntimeStatus.Running), (running.Name, running.InstanceId, running.RuntimeStatus));
        Assert.Null(running.SerializedInput ?? running.SerializedOutput ?? running.SerializedCustomStatus);
        await engine.Client.RaiseEventAsync("w", "Go");
        await engine.WaitAsync("w");

        var bare = (await engine.Client.GetInstanceAsync("w"))!;
        Assert.Equal(fails ? OrchestrationRuntimeStatus.Failed : OrchestrationRuntimeStatus.Completed, bare.RuntimeStatus);
        Assert.Null(bare.SerializedInput ?? bare.SerializedOutput);
        Assert.Null(bare.FailureDetails);
        var full = (await engine.Client.GetInstanceAsync("w", getInputsAndOutputs: true))!;
        Assert.Equal(fails, full.ReadInputAs<bool>());
        Assert.Equal("waiting", full.ReadCustomStatusAs<string>());
        Assert.Equal(fails ? "System.TimeoutException: failed" : "\"went\"", full.SerializedOutput);
        Assert.Equal(fails ? "System.TimeoutException: failed" : null, full.FailureDetails?.ToString());
        Assert.True(full.CreatedAt <= full.LastUpdatedAt);
    }

    [Fact]
    public async Task What_an_instance_is_terminated_with_is_its_output()
    {
        await using var engine = await StartAsync();
        await engine.Client.ScheduleNewOrchestrationInstanceAsync("Waits", false, new StartOrchestrationOptions("w"));

        await engine.Client.TerminateInstanceAsync("w", new { quote = "I'll be back." });

        var done = await engine.WaitAsync("w");
        Assert.Equal(OrchestrationRuntimeStatus.Terminated, done.RuntimeStatus);
        Assert.Equal("I'll be back.", done.ReadOutputAs<Dictionary<string, string>>()!["quote"]);
        Assert.Null(done.FailureDetails);
    }

    [Fact]
    public async Task A_suspension_may_have_no_reason_may_come_twice_and_may_meet_what_has_ended()
    {
        await using var engine = await StartAsync();
        await engine.Client.ScheduleNewOrchestrationInstanceAsync("Waits", false, new StartOrchestrationOptions("w"));
        await engine.Client.ResumeInstanceAsync("w");
        await engine.Client.SuspendInstanceAsync("w");
        await engine.Client.SuspendInstanceAsync("w", "twice");
        await UntilAsync(engine, "w", OrchestrationRuntimeStatus.Suspended);
        await engine.Client.ResumeInstanceAsync("w");
        await UntilAsync(engine, "w", OrchestrationRuntimeStatus.Running);
        await engine.Client.RaiseEventAsync("w", "Go");
        await engine.WaitAsync("w");

        await engine.Client.SuspendInstanceAsync("w", "too late");
        await engine.Client.ResumeInstanceAsync("w");
        await engine.Client.TerminateInstanceAsync("w", "too late");

        Assert.Equal("\"went\"", (await engine.Client.GetInstanceAsync("w", true))!.SerializedOutput);
    }

    [Fact]
    public async Task A_suspended_instance_can_be_terminated()
    {
        await using var engine = await StartAsync();
        await engine.Client.ScheduleNewOrchestrationInstanceAsync("Waits", false, new StartOrchestrationOptions("w"));
        await engine.Client.SuspendInstanceAsync("w", "look");
        await UntilAsync(engine, "w", OrchestrationRuntimeStatus.Suspended);

        await engine.Client.TerminateInstanceAsync("w", "enough");

        Assert.Equal(OrchestrationRuntimeStatus.Terminated, (await engine.WaitAsync("w")).RuntimeStatus);
    }

    [Fact]
    public async Task A_suspended_instance_takes_nothing_up_and_then_everything_in_order_over_a_restart()
    {
        static void Tasks(DurableTaskRegistry tasks) => tasks.AddOrchestratorFunc("Takes", async context =>
        {
            context.SetCustomStatus("");
            var text = "";
            while (text.Length < 4)
            {
                text += await context.WaitForExternalEvent<string>("Event");
                context.SetCustomStatus(text);
            }

            return text;
        });
        await using var engine = await TestEngine.StartAsync(Tasks);
        await engine.Client.ScheduleNewOrchestrationInstanceAsync("Takes", new StartOrchestrationOptions("t"));
        await engine.Client.RaiseEventAsync("t", "Event", "a");
        await engine.WaitForCustomStatusAsync("t", "\"a\"");
        await engine.Client.SuspendInstanceAsync("t");
        await engine.Client.RaiseEventAsync("t", "Event", "b");
        await engine.RestartAsync(Tasks);
        await engine.Client.RaiseEventAsync("t", "Event", "c");
        await TestEngine.UntilAsync(async () =>
            (await engine.EventTypesAsync("t")).Count(type => type == DurableTask.Core.History.EventType.EventRaised) == 3);
        Assert.Equal("\"a\"", (await engine.Client.GetInstanceAsync("t", true))!.SerializedCustomStatus);

        await engine.Client.ResumeInstanceAsync("t");
        await engine.WaitForCustomStatusAsync("t", "\"abc\"");
        await engine.RestartAsync(Tasks);
        await engine.Client.RaiseEventAsync("t", "Event", "d");

        Assert.Equal("abcd", (await engine.WaitAsync("t")).ReadOutputAs<string>());
    }

    [Theory]
    [InlineData("Completed", true)]
    [InlineData("Failed Terminated", false)]
    [InlineData("Failed Terminated Completed", true)]
    [InlineData("", false)]
    public async Task The_id_of_an_ended_instance_is_kept_for_the_statuses_that_a_start_names(string statuses, bool isKept)
    {
        await using var engine = await StartAsync();
        await engine.Client.ScheduleNewOrchestrationInstanceAsync("Quick", new StartOrchestrationOptions("q"));
        await engine.WaitAsync("q");
        var names = statuses.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        OrchestrationRuntimeStatus[] dedupe = [.. names.Select(Enum.Parse<OrchestrationRuntimeStatus>)];
        Task<string> StartAgain(string id) =>
            engine.Client.ScheduleNewOrchestrationInstanceAsync("Waits", false, new StartOrchestrationOptions(id).WithDedupeStatuses(dedupe));

        Assert.Equal("new", await StartAgain("new"));
        if (isKept)
        {
            await Assert.ThrowsAsync<OrchestrationAlreadyExistsException>(() => StartAgain("q"));
            Assert.Equal("Quick", (await engine.Client.GetInstanceAsync("q"))!.Name);
        }
        else
        {
            Assert.Equal("q", await StartAgain("q"));
            Assert.Equal("Waits", (await engine.Client.WaitForInstanceStartAsync("q")).Name);
        }
    }

    [Fact]
    public async Task Of_a_hundred_starts_with_one_id_at_the_same_time_one_succeeds()
    {
        await using var engine = await StartAsync();

        var starts = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => Record.ExceptionAsync(() => Task.Run(() =>
            engine.Client.ScheduleNewOrchestrationInstanceAsync("Waits", false, new StartOrchestrationOptions("w"))))));

        Assert.Single(starts, error => error is null);
        Assert.Equal(99, starts.Count(error => error is OrchestrationAlreadyExistsException));
    }

    [Fact]
    public async Task An_instance_starts_at_its_time_over_a_restart_and_at_once_if_that_has_passed()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero));
        await using var engine = await TestEngine.StartAsync(Tasks, clock: clock);
        var later = clock.GetUtcNow().AddHours(2).ToOffset(TimeSpan.FromHours(5));
        var past = clock.GetUtcNow().AddHours(-2);
        await engine.Client.ScheduleNewOrchestrationInstanceAsync("Quick", new StartOrchestrationOptions("later", later));
        await engine.Client.ScheduleNewOrchestrationInstanceAsync("Quick", new StartOrchestrationOptions("past", past));
        await engine.WaitAsync("past");
        clock.Advance(TimeSpan.FromHours(1));
        await engine.RestartAsync(Tasks);
        Assert.Equal(OrchestrationRuntimeStatus.Pending, (await engine.Client.GetInstanceAsync("later"))!.RuntimeStatus);

        clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await engine.WaitAsync("later")).RuntimeStatus);
    }

    [Fact]
    public async Task Pages_are_read_from_the_middle_and_by_other_sizes()
    {
        await using var engine = await StartAsync();
        for (var i = 0; i < 21; i++)
        {
            await engine.Client.ScheduleNewOrchestrationInstanceAsync("Quick", new StartOrchestrationOptions($"page-{i:00}"));
        }

        await engine.Client.ScheduleNewOrchestrationInstanceAsync("Quick", new StartOrchestrationOptions("other"));
        var all = engine.Client.GetAllInstancesAsync(new OrchestrationQuery(InstanceIdPrefix: "page-"));

        var pages = await all.AsPages(pageSizeHint: 5).ToListAsync();
        Assert.Equal([5, 5, 5, 5, 1], pages.Select(page => page.Values.Count));
        Assert.Null(pages[^1].ContinuationToken);
        var rest = await all.AsPages(pages[1].ContinuationToken, pageSizeHint: 4).ToListAsync();
        Assert.Equal([4, 4, 3], rest.Select(page => page.Values.Count));
        Assert.Equal(
            pages.Skip(2).SelectMany(page => page.Values).Select(instance => instance.InstanceId),
            rest.SelectMany(page => page.Values).Select(instance => instance.InstanceId));
    }

    [Fact]
    public async Task Lists_are_filtered_by_status_and_time_and_have_values_if_asked_for()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero));
        await using var engine = await TestEngine.StartAsync(Tasks, clock: clock);
        var began = clock.GetUtcNow();
        foreach (var id in new[] { "a", "b", "c" })
        {
            await engine.RunAsync("Quick", "in", id);
            clock.Advance(TimeSpan.FromHours(1));
        }

        await engine.Client.ScheduleNewOrchestrationInstanceAsync("Waits", false, new StartOrchestrationOptions("d"));
        await engine.Client.WaitForInstanceStartAsync("d");
        async Task<string> List(OrchestrationQuery query) => string.Join(
            ' ',
            (await engine.Client.GetAllInstancesAsync(query).ToListAsync()).Select(instance => instance.InstanceId + instance.SerializedInput));
        OrchestrationRuntimeStatus[] completed = [OrchestrationRuntimeStatus.Completed];

        Assert.Equal("a b c d", await List(new OrchestrationQuery()));
        Assert.Equal("b c", await List(new OrchestrationQuery(began.AddHours(1), began.AddHours(2))));
        Assert.Equal("d", await List(new OrchestrationQuery(Statuses: [OrchestrationRuntimeStatus.Running])));
        Assert.Equal("a\"in\" b\"in\" c\"in\"", await List(new OrchestrationQuery(Statuses: completed, FetchInputsAndOutputs: true)));
        var ids = await engine.Client.ListInstanceIdsAsync(completed, began.AddHours(1), began.AddHours(3), pageSize: 1);
        Assert.Equal(["b"], ids.Values);
        ids = await engine.Client.ListInstanceIdsAsync(completedTimeFrom: began.AddHours(1), lastInstanceKey: ids.ContinuationToken);
        Assert.Equal(["c"], ids.Values);
    }

    [Fact]
    public async Task Every_call_heeds_a_token_that_is_cancelled_and_does_nothing_then()
    {
        await using var engine = await StartAsync();
        await engine.Client.ScheduleNewOrchestrationInstanceAsync("Waits", false, new StartOrchestrationOptions("w"));
        await engine.RunAsync("Quick", id: "done");
        var client = engine.Client;
        Func<Task>[] calls =
        [
            () => client.ScheduleNewOrchestrationInstanceAsync("Quick", options: new StartOrchestrationOptions("x"), cancellation: Cancelled),
            () => client.RaiseEventAsync("w", "Go", cancellation: Cancelled),
            () => client.TerminateInstanceAsync("w", cancellation: Cancelled),
            () => client.SuspendInstanceAsync("w", cancellation: Cancelled),
            () => client.ResumeInstanceAsync("w", cancellation: Cancelled),
            () => client.WaitForInstanceStartAsync("w", cancellation: Cancelled),
            () => client.WaitForInstanceCompletionAsync("w", cancellation: Cancelled),
            () => client.GetInstanceAsync("w", cancellation: Cancelled),
            () => client.GetInstancesAsync("w", cancellation: Cancelled),
            () => client.GetAllInstancesAsync().ToListAsync(Cancelled).AsTask(),
            () => client.ListInstanceIdsAsync(cancellation: Cancelled),
            () => client.PurgeInstanceAsync("done", cancellation: Cancelled),
            () => client.PurgeAllInstancesAsync(new PurgeInstancesFilter(), cancellation: Cancelled),
            () => client.RestartAsync("done", restartWithNewInstanceId: true, cancellation: Cancelled),
            () => client.RewindInstanceAsync("w", "", Cancelled),
            () => client.GetOrchestrationHistoryAsync("w", Cancelled),
        ];

        for (var i = 0; i < calls.Length; i++)
        {
            var error = await Record.ExceptionAsync(calls[i]);
            Assert.True(error is OperationCanceledException, $"Call {i} gave {error}.");
        }

        Assert.Equal(["done", "w"], (await client.GetAllInstancesAsync().ToListAsync()).Select(instance => instance.InstanceId));
        Assert.Equal(OrchestrationRuntimeStatus.Running, (await client.GetInstanceAsync("w"))!.RuntimeStatus);
    }

    [Fact]
    public async Task A_wait_can_be_given_up_and_costs_the_instance_nothing()
    {
        await using var engine = await StartAsync();
        await engine.Client.ScheduleNewOrchestrationInstanceAsync("Waits", false, new StartOrchestrationOptions("w"));
        using var patience = new CancellationTokenSource();
        var wait = engine.Client.WaitForInstanceCompletionAsync("w", patience.Token);

        await patience.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => wait);
        await engine.Client.RaiseEventAsync("w", "Go");
        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await engine.WaitAsync("w")).RuntimeStatus);
    }

    private static Task<TestEngine> StartAsync() => TestEngine.StartAsync(Tasks);

    private static void Tasks(DurableTaskRegistry tasks) => tasks
        .AddOrchestratorFunc("Quick", _ => "done")
        .AddOrchestratorFunc<bool, string>("Waits", async (context, fails) =>
        {
            context.SetCustomStatus("waiting");
            await context.WaitForExternalEvent<object>("Go");
            return fails ? throw new TimeoutException("failed") : "went";
        });

    private static Task UntilAsync(TestEngine engine, string id, OrchestrationRuntimeStatus status) =>
        TestEngine.UntilAsync(async () => (await engine.Client.GetInstanceAsync(id))!.RuntimeStatus == status);
}
