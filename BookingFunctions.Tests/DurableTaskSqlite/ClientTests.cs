using DurableTask.Core;
using DurableTask.Core.Exceptions;
using DurableTask.Core.History;
using DurableTask.Core.Query;
using DurableTask.Sqlite.Instances;
using DurableTask.Sqlite.Payloads;

namespace BookingFunctions.Tests.DurableTaskSqlite;

public class ClientTests
{
    [Fact]
    public async Task A_start_with_the_id_of_an_open_instance_is_refused()
    {
        await using var hub = await DrivenHub.StartAsync();
        await hub.StartInstanceAsync();

        var refused = await Assert.ThrowsAsync<OrchestrationAlreadyExistsException>(() => hub.StartInstanceAsync());
        Assert.Contains("Pending", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_start_with_the_id_of_an_ended_instance_replaces_it_unless_its_status_forbids_that()
    {
        await using var hub = await DrivenHub.StartAsync();
        await hub.StartInstanceAsync();
        await (await hub.TurnAsync()).End().CommittedAsync();
        OrchestrationInstance instance = new() { InstanceId = "a", ExecutionId = "second" };
        TaskMessage message = new()
        {
            OrchestrationInstance = instance,
            Event = new ExecutionStartedEvent(-1, "\"second\"") { Name = "Test", OrchestrationInstance = instance },
        };

        await Assert.ThrowsAsync<OrchestrationAlreadyExistsException>(() =>
            hub.CommittedAsync(hub.Service.CreateTaskOrchestrationAsync(message, [OrchestrationStatus.Completed])));
        Assert.Equal(OrchestrationStatus.Completed, (await hub.StateAsync("a")).OrchestrationStatus);

        await hub.CommittedAsync(hub.Service.CreateTaskOrchestrationAsync(message));
        Assert.Equal(("\"second\"", OrchestrationStatus.Pending), (
            (await hub.StateAsync("a")).Input, (await hub.StateAsync("a")).OrchestrationStatus));
        Assert.Single((await hub.TurnAsync()).State.Events, item => item is ExecutionStartedEvent);
    }

    [Fact]
    public async Task Rows_of_the_app_are_written_with_the_start_or_not_at_all()
    {
        await using var hub = await DrivenHub.StartAsync();
        await hub.CommittedAsync(hub.Database.WriteAsync(session => session.RunScript("CREATE TABLE app (id TEXT PRIMARY KEY) STRICT")));
        Task Create(string id, string row) => hub.CommittedAsync(hub.Service.CreateTaskOrchestrationAsync(
            new TaskMessage
            {
                OrchestrationInstance = new OrchestrationInstance { InstanceId = id, ExecutionId = "1" },
                Event = new ExecutionStartedEvent(-1, null) { Name = "Test" },
            },
            dedupeStatuses: null,
            session => session.Statement("INSERT INTO app (id) VALUES (?)").Bind(row).Run()));

        await Create("a", "row");
        await Assert.ThrowsAnyAsync<Exception>(() => Create("b", "row"));
        await Assert.ThrowsAsync<OrchestrationAlreadyExistsException>(() => Create("a", "other"));

        Assert.Null(await hub.StateAsync("b"));
        var rows = await hub.Database.ReadAsync(session => session.Number("SELECT count(*) FROM app"), CancellationToken.None);
        Assert.Equal(1, rows);
        Assert.Equal("a", (await hub.TurnAsync()).InstanceId);
        Assert.Null(await hub.TryTurnAsync());
    }

    [Fact]
    public async Task An_event_for_an_unknown_or_ended_instance_is_refused()
    {
        await using var hub = await DrivenHub.StartAsync();
        Assert.Null((await Assert.ThrowsAsync<OrchestrationNotRunningException>(() => hub.RaiseAsync("a", "go"))).Status);
        await hub.StartInstanceAsync();
        await (await hub.TurnAsync()).End().CommittedAsync();

        var ended = await Assert.ThrowsAsync<OrchestrationNotRunningException>(() => hub.RaiseAsync("a", "go"));
        Assert.Equal(OrchestrationStatus.Completed, ended.Status);
    }

    [Fact]
    public async Task A_batch_with_a_message_that_is_refused_sends_none()
    {
        await using var hub = await DrivenHub.StartAsync();
        await hub.StartInstanceAsync();
        await (await hub.TurnAsync()).CommittedAsync();
        TaskMessage Raised(string id) => new()
        {
            OrchestrationInstance = new OrchestrationInstance { InstanceId = id },
            Event = new EventRaisedEvent(-1, null) { Name = "go" },
        };

        await Assert.ThrowsAsync<OrchestrationNotRunningException>(() =>
            hub.CommittedAsync(hub.Service.SendTaskOrchestrationMessageBatchAsync(Raised("a"), Raised("unknown"))));
        Assert.Null(await hub.TryTurnAsync());
    }

    [Fact]
    public async Task An_id_of_an_entity_is_refused_by_name()
    {
        await using var hub = await DrivenHub.StartAsync();
        await Assert.ThrowsAsync<NotSupportedException>(() => hub.StartInstance("@counter@a"));
        Assert.Contains("@counter@a", (await Assert.ThrowsAsync<NotSupportedException>(() =>
            hub.RaiseAsync("@counter@a", "op"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_child_with_the_id_of_an_open_instance_fails_and_says_so()
    {
        await using var hub = await DrivenHub.StartAsync();
        await hub.StartInstanceAsync("b");
        await (await hub.TurnAsync()).CommittedAsync();
        await hub.StartInstanceAsync("a");
        await (await hub.TurnAsync()).Child(0, "b").CommittedAsync();

        var failed = Assert.IsType<SubOrchestrationInstanceFailedEvent>((await hub.TurnAsync()).Taken.Single());
        Assert.Equal(0, failed.TaskScheduledId);
        Assert.Contains("'b'", failed.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_instance_that_has_not_run_is_terminated_without_running()
    {
        await using var hub = await DrivenHub.StartAsync();
        await hub.StartInstanceAsync("a", startAt: hub.Now.AddDays(1));
        await hub.CommittedAsync(hub.Service.ForceTerminateTaskOrchestrationAsync("a", "enough"));

        var state = await hub.StateAsync("a");
        Assert.Equal((OrchestrationStatus.Terminated, "enough"), (state.OrchestrationStatus, state.Output));
        hub.Clock.Advance(TimeSpan.FromDays(2));
        Assert.Null(await hub.TryTurnAsync());
        await Assert.ThrowsAsync<OrchestrationNotRunningException>(() =>
            hub.CommittedAsync(hub.Service.ForceTerminateTaskOrchestrationAsync("a", "again")));
    }

    [Fact]
    public async Task A_recursive_termination_reaches_the_children_in_the_same_commit()
    {
        await using var hub = await DrivenHub.StartAsync();
        await hub.StartInstanceAsync("a");
        await (await hub.TurnAsync()).Child(0, "kid").CommittedAsync();
        await (await hub.TurnAsync()).Child(0, "grandkid").CommittedAsync();
        await (await hub.TurnAsync()).CommittedAsync();
        var commits = hub.Database.Commits;
        await hub.CommittedAsync(hub.Service.ForceTerminateTaskOrchestrationAsync("a", "stop", isRecursive: true));

        Assert.Equal(commits + 1, hub.Database.Commits);
        List<string> reached = [];
        while (await hub.TryTurnAsync() is { } turn)
        {
            if (turn.Taken.Any(item => item is ExecutionTerminatedEvent))
            {
                reached.Add(turn.InstanceId);
                turn.End("stop", OrchestrationStatus.Terminated);
            }

            await turn.CommittedAsync();
        }

        Assert.Equal(["a", "grandkid", "kid"], reached.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_purge_takes_ended_instances_only_and_their_children_if_asked_to()
    {
        await using var hub = await DrivenHub.StartAsync();
        await hub.StartInstanceAsync("a");
        await (await hub.TurnAsync()).Child(0, "kid").CommittedAsync();
        await (await hub.TurnAsync()).End().CommittedAsync();
        Assert.Equal(0, (await hub.CommittedAsync(hub.Service.PurgeInstanceStateAsync("a"))).DeletedInstanceCount);

        await (await hub.TurnAsync()).End().CommittedAsync();
        Assert.Equal(2, (await hub.CommittedAsync(hub.Service.PurgeInstanceStateAsync("a", isRecursive: true))).DeletedInstanceCount);
        Assert.Null(await hub.StateAsync("a"));
        Assert.Null(await hub.StateAsync("kid"));
        Assert.Equal(0, await hub.Database.ReadAsync(session => session.Number("SELECT count(*) FROM history"), CancellationToken.None));
    }

    [Fact]
    public async Task A_purge_by_filter_goes_by_status_and_time()
    {
        await using var hub = await DrivenHub.StartAsync();
        (string, OrchestrationStatus)[] ended =
            [("a", OrchestrationStatus.Completed), ("b", OrchestrationStatus.Failed), ("c", OrchestrationStatus.Failed)];
        foreach (var (id, status) in ended)
        {
            await hub.StartInstanceAsync(id);
            await (await hub.TurnAsync()).End(status: status).CommittedAsync();
            hub.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        var filter = new PurgeInstanceFilter(hub.Now.AddMinutes(-3), hub.Now.AddMinutes(-2), [OrchestrationStatus.Failed]);
        var result = await hub.CommittedAsync(hub.Service.PurgeInstanceStateAsync(filter));
        Assert.Equal((1, true), (result.DeletedInstanceCount, result.IsComplete));
        Assert.NotNull(await hub.StateAsync("a"));
        Assert.Null(await hub.StateAsync("b"));
        Assert.NotNull(await hub.StateAsync("c"));
    }

    [Fact]
    public async Task A_query_finds_by_status_prefix_and_time_a_page_at_a_time()
    {
        await using var hub = await DrivenHub.StartAsync();
        foreach (var id in new[] { "x-1", "x-2", "x-3", "x_4", "y-1" })
        {
            await hub.StartInstanceAsync(id);
        }

        await (await hub.TurnAsync()).Status("\"busy\"").CommittedAsync();
        await (await hub.TurnAsync()).End().CommittedAsync();

        Assert.Equal(["x-1", "x-2", "x-3"], await QueryAsync(hub, new OrchestrationQuery { InstanceIdPrefix = "x-", PageSize = 2 }));
        Assert.Equal(["x-1"], await QueryAsync(hub, new OrchestrationQuery { RuntimeStatus = [OrchestrationStatus.Running] }));
        Assert.Equal(["x-3", "x_4", "y-1"], await QueryAsync(
            hub, new OrchestrationQuery { RuntimeStatus = [OrchestrationStatus.Pending], PageSize = 1 }));
        Assert.Equal(["x-1", "x-2"], await QueryAsync(
            hub, new OrchestrationQuery { RuntimeStatus = [OrchestrationStatus.Running, OrchestrationStatus.Completed] }));
        Assert.Empty(await QueryAsync(hub, new OrchestrationQuery { CreatedTimeFrom = hub.Now.AddTicks(1) }));
        Assert.Empty(await QueryAsync(hub, new OrchestrationQuery { TaskHubNames = ["other"] }));
        var first = await hub.Service.GetOrchestrationWithQueryAsync(new OrchestrationQuery { PageSize = 1 }, CancellationToken.None);
        Assert.Equal("\"busy\"", first.OrchestrationState.Single().Status);
        await Assert.ThrowsAsync<ArgumentException>(() => QueryAsync(hub, new OrchestrationQuery { ContinuationToken = "not a token!" }));
    }

    [Fact]
    public async Task A_payload_that_is_too_large_is_refused_fails_its_activity_or_its_instance()
    {
        await using var hub = await DrivenHub.StartAsync(settings => settings.MaxPayloadLength = 20);
        var large = new string('x', 21);
        await Assert.ThrowsAsync<PayloadTooLargeException>(() => hub.StartInstance("a", large));
        await hub.StartInstanceAsync("a");
        await Assert.ThrowsAsync<PayloadTooLargeException>(() => hub.RaiseAsync("a", "go", large));

        await (await hub.TurnAsync()).Schedule(0).CommittedAsync();
        await hub.RunActivityAsync(large);
        var turn = await hub.TurnAsync();
        Assert.Equal(
            typeof(PayloadTooLargeException).FullName, Assert.IsType<TaskFailedEvent>(turn.Taken.Single()).FailureDetails!.ErrorType);
        await turn.Schedule(1, input: large).CommittedAsync();

        var state = await hub.StateAsync("a");
        Assert.Equal((OrchestrationStatus.Failed, typeof(PayloadTooLargeException).FullName), (
            state.OrchestrationStatus, state.FailureDetails.ErrorType));
        Assert.Null(await hub.TryActivityAsync());
    }

    [Fact]
    public async Task Inputs_of_activities_are_shown_in_the_history_only_if_that_is_set()
    {
        foreach (var isShown in new[] { false, true })
        {
            await using var hub = await DrivenHub.StartAsync(settings => settings.StoreInputsInOrchestrationHistory = isShown);
            await hub.StartInstanceAsync();
            await (await hub.TurnAsync()).Schedule(0, "Work", "the input").CommittedAsync();
            Assert.Equal(
                isShown, (await hub.Service.GetOrchestrationHistoryAsync("a", "")).Contains("the input", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task A_wait_ends_without_a_result_when_its_time_is_over()
    {
        await using var hub = await DrivenHub.StartAsync();
        await hub.StartInstanceAsync();
        var wait = hub.Service.WaitForOrchestrationAsync("a", "", TimeSpan.FromSeconds(5), CancellationToken.None);
        Assert.False(wait.IsCompleted);
        hub.Clock.Advance(TimeSpan.FromSeconds(5));

        Assert.Null(await wait.WaitAsync(TimeSpan.FromSeconds(10)));
    }

    private static async Task<List<string>> QueryAsync(DrivenHub hub, OrchestrationQuery query)
    {
        List<string> found = [];
        do
        {
            var page = await hub.Service.GetOrchestrationWithQueryAsync(query, CancellationToken.None);
            Assert.True(page.OrchestrationState.Count <= query.PageSize);
            found.AddRange(page.OrchestrationState.Select(state => state.OrchestrationInstance.InstanceId));
            query.ContinuationToken = page.ContinuationToken;
        }
        while (query.ContinuationToken is not null);
        return found;
    }
}
