using DurableTask.Core.Exceptions;
using LocalFunctionsHost.Client;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;

namespace BookingFunctions.Tests.LocalFunctionsHost.Client;

/// <summary>What the client promises: instances are started, sent messages, read, listed, purged, restarted and rewound.</summary>
public sealed class LocalDurableTaskClientTests : IAsyncLifetime
{
    private static readonly CancellationToken Cancelled = new(canceled: true);

    private TestHost host = null!;

    private LocalDurableTaskClient Client => host.App.Services.GetRequiredService<LocalDurableTaskClient>();

    public async Task InitializeAsync() => host = await TestHost.StartAsync(typeof(ClientFunctions));

    public async Task DisposeAsync() => await host.DisposeAsync();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_instance_is_read_while_it_runs_and_when_it_has_ended(bool fails)
    {
        await StartWaitingAsync("w", fails);

        var running = (await Client.GetInstanceAsync("w"))!;
        Assert.Equal(("Waits", "w", OrchestrationRuntimeStatus.Running), (running.Name, running.InstanceId, running.RuntimeStatus));
        Assert.Null(running.SerializedInput ?? running.SerializedOutput ?? running.SerializedCustomStatus);
        await Client.RaiseEventAsync("w", "Go");
        await EndAsync("w");

        var bare = (await Client.GetInstanceAsync("w"))!;
        Assert.Equal(fails ? OrchestrationRuntimeStatus.Failed : OrchestrationRuntimeStatus.Completed, bare.RuntimeStatus);
        Assert.Null(bare.SerializedInput ?? bare.SerializedOutput);
        var full = (await Client.GetInstanceAsync("w", getInputsAndOutputs: true))!;
        Assert.Equal(fails, full.ReadInputAs<bool>());
        Assert.Equal("waiting", full.ReadCustomStatusAs<string>());
        Assert.Equal(fails ? "System.TimeoutException: failed" : "\"went\"", full.SerializedOutput);
        Assert.True(full.CreatedAt <= full.LastUpdatedAt);
    }

    [Fact]
    public async Task Failure_details_are_null_and_no_custom_status_is_the_text_null_as_on_Azure()
    {
        await Client.ScheduleNewOrchestrationInstanceAsync("Quick", new StartOrchestrationOptions("q"));

        var done = await Client.WaitForInstanceCompletionAsync("q", getInputsAndOutputs: true);

        Assert.Null(done.FailureDetails);
        Assert.Equal("null", done.SerializedCustomStatus);
        Assert.Null(done.ReadCustomStatusAs<string>());
    }

    [Fact]
    public async Task What_an_instance_is_terminated_with_is_its_output()
    {
        await StartWaitingAsync("w");

        await Client.TerminateInstanceAsync("w", new { quote = "I'll be back." });

        var done = await EndAsync("w");
        Assert.Equal(OrchestrationRuntimeStatus.Terminated, done.RuntimeStatus);
        Assert.Equal("I'll be back.", done.ReadOutputAs<Dictionary<string, string>>()!["quote"]);
    }

    [Fact]
    public async Task A_suspension_may_have_no_reason_and_may_come_twice()
    {
        await StartWaitingAsync("w");
        await Client.ResumeInstanceAsync("w");
        await Client.SuspendInstanceAsync("w");
        await Client.SuspendInstanceAsync("w", "twice");
        await UntilAsync("w", OrchestrationRuntimeStatus.Suspended);

        await Client.ResumeInstanceAsync("w");
        await UntilAsync("w", OrchestrationRuntimeStatus.Running);
        await Client.RaiseEventAsync("w", "Go");

        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await EndAsync("w")).RuntimeStatus);
    }

    [Fact]
    public async Task A_suspended_instance_is_terminated()
    {
        await StartWaitingAsync("w");
        await Client.SuspendInstanceAsync("w");
        await UntilAsync("w", OrchestrationRuntimeStatus.Suspended);

        await Client.TerminateInstanceAsync("w", "enough");

        Assert.Equal(OrchestrationRuntimeStatus.Terminated, (await EndAsync("w")).RuntimeStatus);
    }

    [Fact]
    public async Task A_message_to_an_ended_or_unknown_instance_is_dropped_without_an_error()
    {
        await Client.ScheduleNewOrchestrationInstanceAsync("Quick", new StartOrchestrationOptions("q"));
        await EndAsync("q");

        foreach (var id in new[] { "q", "unknown" })
        {
            await Client.RaiseEventAsync(id, "Go");
            await Client.SuspendInstanceAsync(id, "late");
            await Client.ResumeInstanceAsync(id);
            await Client.TerminateInstanceAsync(id, "late");
            await Client.TerminateInstanceAsync(id, new TerminateInstanceOptions("late", Recursive: true));
        }

        Assert.Equal("\"done\"", (await Client.GetInstanceAsync("q", getInputsAndOutputs: true))!.SerializedOutput);
        Assert.Null(await Client.GetInstanceAsync("unknown"));
    }

    [Theory]
    [InlineData("Completed", true)]
    [InlineData("Failed Terminated", false)]
    [InlineData("Failed Terminated Completed", true)]
    [InlineData("", false)]
    public async Task A_start_replaces_an_ended_instance_unless_it_names_its_status(string statuses, bool isKept)
    {
        await Client.ScheduleNewOrchestrationInstanceAsync("Quick", new StartOrchestrationOptions("q"));
        await EndAsync("q");
        OrchestrationRuntimeStatus[] dedupe =
            [.. statuses.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Enum.Parse<OrchestrationRuntimeStatus>)];
        Task<string> StartAgain(string id) =>
            Client.ScheduleNewOrchestrationInstanceAsync("Waits", false, new StartOrchestrationOptions(id).WithDedupeStatuses(dedupe));

        Assert.Equal("new", await StartAgain("new"));
        if (isKept)
        {
            await Assert.ThrowsAsync<OrchestrationAlreadyExistsException>(() => StartAgain("q"));
            Assert.Equal("Quick", (await Client.GetInstanceAsync("q"))!.Name);
        }
        else
        {
            Assert.Equal("q", await StartAgain("q"));
            Assert.Equal("Waits", (await Client.WaitForInstanceStartAsync("q")).Name);
        }
    }

    [Fact]
    public async Task A_start_with_a_dedupe_status_that_is_none_is_refused()
    {
        var options = new StartOrchestrationOptions("q") { DedupeStatuses = ["Sleeping"] };

        var error = await Assert.ThrowsAsync<ArgumentException>(() => Client.ScheduleNewOrchestrationInstanceAsync("Quick", options));

        Assert.Contains("Sleeping", error.Message, StringComparison.Ordinal);
        Assert.Null(await Client.GetInstanceAsync("q"));
    }

    [Fact]
    public async Task Of_a_hundred_starts_with_one_id_at_the_same_time_one_succeeds()
    {
        var starts = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => Record.ExceptionAsync(() => Task.Run(() =>
            Client.ScheduleNewOrchestrationInstanceAsync("Waits", false, new StartOrchestrationOptions("w"))))));

        Assert.Single(starts, error => error is null);
        Assert.Equal(99, starts.Count(error => error is OrchestrationAlreadyExistsException));
    }

    [Theory]
    [InlineData("")]
    [InlineData("@counter")]
    [InlineData("a/b")]
    public async Task A_start_with_an_id_that_no_backend_can_keep_is_refused(string id) => await Assert.ThrowsAsync<ArgumentException>(
        () => Client.ScheduleNewOrchestrationInstanceAsync("Quick", new StartOrchestrationOptions(id)));

    [Fact]
    public async Task Entities_and_lists_by_completion_are_refused_by_the_backends_name()
    {
        var entities = Assert.Throws<NotSupportedException>(() => Client.Entities);
        var list = await Assert.ThrowsAsync<NotSupportedException>(() => Client.ListInstanceIdsAsync());

        Assert.Equal("The backend Sqlite does not support entities.", entities.Message);
        Assert.Contains("The backend Sqlite", list.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_instance_is_refused_by_what_needs_one()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => Client.WaitForInstanceStartAsync("unknown"));
        await Assert.ThrowsAsync<InvalidOperationException>(() => Client.WaitForInstanceCompletionAsync("unknown"));
        await Assert.ThrowsAsync<ArgumentException>(() => Client.RestartAsync("unknown"));
        await Assert.ThrowsAsync<ArgumentException>(() => Client.RewindInstanceAsync("unknown", "again"));
        await Assert.ThrowsAsync<ArgumentException>(() => Client.GetOrchestrationHistoryAsync("unknown"));
        Assert.Equal(0, (await Client.PurgeInstanceAsync("unknown")).PurgedInstanceCount);
    }

    [Fact]
    public async Task A_running_instance_is_neither_purged_nor_restarted_under_its_id_nor_rewound()
    {
        await StartWaitingAsync("w");

        await Assert.ThrowsAsync<InvalidOperationException>(() => Client.PurgeInstanceAsync("w"));
        await Assert.ThrowsAsync<InvalidOperationException>(() => Client.RestartAsync("w"));
        await Assert.ThrowsAsync<InvalidOperationException>(() => Client.RewindInstanceAsync("w", "again"));
        var purged = await Client.PurgeAllInstancesAsync(new PurgeInstancesFilter(Statuses: [OrchestrationRuntimeStatus.Running]));

        Assert.Equal(0, purged.PurgedInstanceCount);
        Assert.Equal(OrchestrationRuntimeStatus.Running, (await Client.GetInstanceAsync("w"))!.RuntimeStatus);
    }

    [Fact]
    public async Task A_purge_by_filter_removes_ended_instances_only()
    {
        await StartWaitingAsync("w");
        await Client.ScheduleNewOrchestrationInstanceAsync("Quick", new StartOrchestrationOptions("q"));
        await EndAsync("q");

        var failed = await Client.PurgeAllInstancesAsync(new PurgeInstancesFilter(Statuses: [OrchestrationRuntimeStatus.Failed]));
        var all = await Client.PurgeAllInstancesAsync(new PurgeInstancesFilter());

        Assert.Equal((0, 1), (failed.PurgedInstanceCount, all.PurgedInstanceCount));
        Assert.Equal(["w"], await IdsAsync(new OrchestrationQuery()));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
            () => Client.PurgeAllInstancesAsync(new PurgeInstancesFilter { Timeout = TimeSpan.Zero }));
    }

    [Fact]
    public async Task A_family_is_terminated_and_purged_together_on_request()
    {
        await Client.ScheduleNewOrchestrationInstanceAsync("Family", 2, new StartOrchestrationOptions("family-2"));
        await AppearAsync("family-0");

        await Client.TerminateInstanceAsync("family-2", new TerminateInstanceOptions("enough", Recursive: true));
        foreach (var id in new[] { "family-0", "family-1", "family-2" })
        {
            Assert.Equal(OrchestrationRuntimeStatus.Terminated, (await EndAsync(id)).RuntimeStatus);
        }

        Assert.Equal(3, (await Client.PurgeInstanceAsync("family-2", new PurgeInstanceOptions(Recursive: true))).PurgedInstanceCount);
        Assert.Empty(await IdsAsync(new OrchestrationQuery()));
    }

    [Fact]
    public async Task A_restart_keeps_input_version_and_tags_and_names_its_source_under_a_new_id()
    {
        var options = new StartOrchestrationOptions("w") { Version = "2", Tags = new Dictionary<string, string> { ["colour"] = "blue" } };
        await Client.ScheduleNewOrchestrationInstanceAsync("Waits", true, options);
        await Client.TerminateInstanceAsync("w");
        await EndAsync("w");

        Assert.Equal("w", await Client.RestartAsync("w"));
        var copy = await Client.RestartAsync("w", restartWithNewInstanceId: true);

        var same = await Client.WaitForInstanceStartAsync("w", getInputsAndOutputs: true);
        Assert.True(same.ReadInputAs<bool>());
        Assert.Equal([new("colour", "blue")], same.Tags);
        var started = await Client.WaitForInstanceStartAsync(copy, getInputsAndOutputs: true);
        Assert.True(started.ReadInputAs<bool>());
        Assert.Equal("w", started.Tags["MS_DurableFunctions_SourceInstanceId"]);
        Assert.Equal("2", (await Client.ReadAsync(copy, CancellationToken.None))!.Version);
    }

    [Fact]
    public async Task A_failed_instance_goes_on_after_a_rewind()
    {
        await StartWaitingAsync("w", fails: true);
        await Client.RaiseEventAsync("w", "Go");
        await EndAsync("w");

        await Client.RewindInstanceAsync("w", "again");

        Assert.Equal(OrchestrationRuntimeStatus.Failed, (await EndAsync("w")).RuntimeStatus);
        var history = await Client.GetOrchestrationHistoryAsync("w");
        Assert.Contains(history, found => found.EventType == DurableTask.Core.History.EventType.ExecutionRewound);
    }

    [Fact]
    public async Task Pages_are_read_from_the_middle_and_by_other_sizes()
    {
        for (var i = 0; i < 21; i++)
        {
            await Client.ScheduleNewOrchestrationInstanceAsync("Quick", new StartOrchestrationOptions($"page-{i:00}"));
        }

        await Client.ScheduleNewOrchestrationInstanceAsync("Quick", new StartOrchestrationOptions("other"));
        var all = Client.GetAllInstancesAsync(new OrchestrationQuery(InstanceIdPrefix: "page-"));

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
    public async Task Lists_are_filtered_by_status_and_have_values_if_asked_for()
    {
        await Client.ScheduleNewOrchestrationInstanceAsync("Quick", "in", new StartOrchestrationOptions("q"));
        await EndAsync("q");
        await StartWaitingAsync("w");

        Assert.Equal(["q", "w"], await IdsAsync(new OrchestrationQuery()));
        Assert.Equal(["w"], await IdsAsync(new OrchestrationQuery(Statuses: [OrchestrationRuntimeStatus.Running])));
        Assert.Empty(await IdsAsync(new OrchestrationQuery(CreatedTo: DateTimeOffset.UnixEpoch)));
        var query = new OrchestrationQuery(InstanceIdPrefix: "q", FetchInputsAndOutputs: true);
        var full = await Client.GetAllInstancesAsync(query).ToListAsync();
        Assert.Equal(("\"in\"", "\"done\""), (full[0].SerializedInput, full[0].SerializedOutput));
    }

    [Fact]
    public async Task A_call_whose_token_is_cancelled_does_nothing()
    {
        await StartWaitingAsync("w");
        await Client.ScheduleNewOrchestrationInstanceAsync("Quick", new StartOrchestrationOptions("done"));
        await EndAsync("done");
        Func<Task>[] calls =
        [
            () => Client.ScheduleNewOrchestrationInstanceAsync(
                "Quick", options: new StartOrchestrationOptions("x"), cancellation: Cancelled),
            () => Client.RaiseEventAsync("w", "Go", cancellation: Cancelled),
            () => Client.TerminateInstanceAsync("w", cancellation: Cancelled),
            () => Client.TerminateInstanceAsync("w", new TerminateInstanceOptions(Recursive: true), Cancelled),
            () => Client.SuspendInstanceAsync("w", cancellation: Cancelled),
            () => Client.ResumeInstanceAsync("w", cancellation: Cancelled),
            () => Client.WaitForInstanceStartAsync("w", cancellation: Cancelled),
            () => Client.WaitForInstanceCompletionAsync("w", cancellation: Cancelled),
            () => Client.GetInstanceAsync("w", cancellation: Cancelled),
            () => Client.GetInstancesAsync("w", cancellation: Cancelled),
            () => Client.GetAllInstancesAsync().ToListAsync(Cancelled).AsTask(),
            () => Client.PurgeInstanceAsync("done", cancellation: Cancelled),
            () => Client.PurgeAllInstancesAsync(new PurgeInstancesFilter(), cancellation: Cancelled),
            () => Client.RestartAsync("done", restartWithNewInstanceId: true, cancellation: Cancelled),
            () => Client.RewindInstanceAsync("w", "", Cancelled),
            () => Client.GetOrchestrationHistoryAsync("w", Cancelled),
        ];

        for (var i = 0; i < calls.Length; i++)
        {
            var error = await Record.ExceptionAsync(calls[i]);
            Assert.True(error is OperationCanceledException, $"Call {i} gave {error}.");
        }

        Assert.Equal(["done", "w"], await IdsAsync(new OrchestrationQuery()));
        Assert.Equal(OrchestrationRuntimeStatus.Running, (await Client.GetInstanceAsync("w"))!.RuntimeStatus);
    }

    [Fact]
    public async Task A_wait_that_is_given_up_leaves_the_instance_as_it_is()
    {
        await StartWaitingAsync("w");
        using var patience = new CancellationTokenSource();
        var wait = Client.WaitForInstanceCompletionAsync("w", patience.Token);

        await patience.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => wait);
        await Client.RaiseEventAsync("w", "Go");
        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await EndAsync("w")).RuntimeStatus);
    }

    private async Task StartWaitingAsync(string id, bool fails = false)
    {
        await Client.ScheduleNewOrchestrationInstanceAsync("Waits", fails, new StartOrchestrationOptions(id));
        await Client.WaitForInstanceStartAsync(id);
    }

    private async Task<OrchestrationMetadata> EndAsync(string id)
    {
        using var patience = new CancellationTokenSource(TestHost.Patience);
        return await Client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true, patience.Token);
    }

    private async Task UntilAsync(string id, OrchestrationRuntimeStatus status)
    {
        using var patience = new CancellationTokenSource(TestHost.Patience);
        while ((await Client.GetInstanceAsync(id, patience.Token))!.RuntimeStatus != status)
        {
            await Task.Delay(10, patience.Token);
        }
    }

    private async Task AppearAsync(string id)
    {
        using var patience = new CancellationTokenSource(TestHost.Patience);
        while (await Client.GetInstanceAsync(id, patience.Token) is not { RuntimeStatus: OrchestrationRuntimeStatus.Running })
        {
            await Task.Delay(10, patience.Token);
        }
    }

    private async Task<List<string>> IdsAsync(OrchestrationQuery query) =>
        [.. (await Client.GetAllInstancesAsync(query).ToListAsync()).Select(instance => instance.InstanceId)];
}
