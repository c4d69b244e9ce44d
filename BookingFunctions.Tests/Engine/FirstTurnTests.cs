using System.Diagnostics;
using System.Globalization;
using BookingFunctions.Tests.EndToEnd;
using DurableTask.Core;
using DurableTask.Core.Exceptions;
using LocalRuntime.Engine;
using LocalRuntime.Storage;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace BookingFunctions.Tests.Engine;

/// <summary>The first turn of an instance is durable together with its creation.</summary>
public sealed class FirstTurnTests
{
    [Fact]
    public async Task A_start_is_one_write_that_has_all_that_the_first_turn_did()
    {
        using DataFile file = new();
        await using SqliteDatabase database = SqliteDatabase.Open(file.Path);
        var store = new SqliteOrchestrationStore(database);
        var release = new TaskCompletionSource();
        await using var engine = await TestEngine.StartAsync(
            tasks => tasks
                .AddOrchestratorFunc<string, string>("Trip", async (context, name) =>
                {
                    context.SetCustomStatus("asked");
                    using var cancellation = new CancellationTokenSource();
                    var timer = context.CreateTimer(TimeSpan.FromHours(1), cancellation.Token);
                    return await context.CallActivityAsync<string>("Car", name);
                })
                .AddActivityFunc<string, string>("Car", async (_, name) =>
                {
                    await release.Task;
                    return name;
                }),
            store);
        await engine.Client.GetInstanceAsync("trip");
        var (writes, commits) = (database.Writes, database.Commits);

        await engine.Client.ScheduleNewOrchestrationInstanceAsync("Trip", "Zoë", new StartOrchestrationOptions("trip"));

        Assert.Equal((writes + 1, commits + 1), (database.Writes, database.Commits));
        var stored = (await store.LoadAsync("trip", default))!;
        Assert.Equal((OrchestrationStatus.Running, "\"asked\""), (stored.Row.Status, stored.Row.CustomStatus));
        Assert.Equal((1, 1, 0), (stored.LastTurn, stored.History.Count, stored.Inbox.Count));
        var work = await store.ReadOpenWorkAsync(default);
        Assert.Equal("Car", Assert.Single(work.Activities).Name);
        Assert.Single(work.Timers);
        Assert.Empty(work.InstancesWithMessages);

        release.SetResult();
        Assert.Equal("Zoë", (await engine.WaitAsync("trip")).ReadOutputAs<string>());
    }

    [Fact]
    public async Task What_it_did_is_begun_once_whether_the_process_goes_on_or_ends()
    {
        var store = new UnreliableStore { Dies = turn => turn.Turn == 1 };
        var runs = 0;
        void Tasks(DurableTaskRegistry tasks) => tasks
            .AddOrchestratorFunc("Trip", async context =>
                await context.CallActivityAsync<int>("Car") + await context.CallSubOrchestratorAsync<int>("Child"))
            .AddOrchestratorFunc("Child", _ => Task.FromResult(10))
            .AddActivityFunc("Car", _ => Interlocked.Increment(ref runs));
        await using var engine = await TestEngine.StartAsync(Tasks, store);
        await engine.Client.ScheduleNewOrchestrationInstanceAsync("Trip", new StartOrchestrationOptions("trip"));
        await engine.StopAsync();
        (store.Dies, store.IsDead) = (null, false);
        runs = 0;

        await engine.RestartAsync(Tasks);

        Assert.Equal(11, (await engine.WaitAsync("trip")).ReadOutputAs<int>());
        Assert.Equal(1, runs);
    }

    [Fact]
    public async Task An_event_that_comes_before_the_creator_hears_of_the_instance_waits_for_its_first_turn()
    {
        var answer = new TaskCompletionSource();
        var store = new UnreliableStore { Created = answer.Task };
        await using var engine = await TestEngine.StartAsync(
            tasks => tasks.AddOrchestratorFunc("Wait", context => context.WaitForExternalEvent<string>("Go")), store);

        var created = engine.Client.ScheduleNewOrchestrationInstanceAsync("Wait", new StartOrchestrationOptions("early"));
        await engine.Client.RaiseEventAsync("early", "Go", "on");
        Assert.False(created.IsCompleted);
        answer.SetResult();
        await created;

        Assert.Equal("on", (await engine.WaitAsync("early")).ReadOutputAs<string>());
        Assert.Equal(2, (await store.LoadAsync("early", default))!.LastTurn);
    }

    [Fact]
    public async Task Where_the_id_is_taken_nothing_is_left_of_the_turn_and_the_older_instance_goes_on()
    {
        var answer = new TaskCompletionSource();
        var store = new UnreliableStore();
        var runs = 0;
        void Tasks(DurableTaskRegistry tasks) => tasks
            .AddOrchestratorFunc("Wait", context => context.WaitForExternalEvent<string>("Go"))
            .AddOrchestratorFunc("Other", async context =>
            {
                var child = context.CallSubOrchestratorAsync("Wait", options: new SubOrchestrationOptions(instanceId: "child"));
                await context.CallActivityAsync<int>("Count");
                await child;
            })
            .AddActivityFunc("Count", _ => Interlocked.Increment(ref runs));
        await using var engine = await TestEngine.StartAsync(Tasks, store);
        await engine.Client.ScheduleNewOrchestrationInstanceAsync("Wait", new StartOrchestrationOptions("taken"));

        // It is in the store only, and gets an event while the other one hasn't been told yet that its id is taken.
        await engine.RestartAsync(Tasks);
        store.Created = answer.Task;
        var second = engine.Client.ScheduleNewOrchestrationInstanceAsync("Other", new StartOrchestrationOptions("taken"));
        await engine.Client.RaiseEventAsync("taken", "Go", "mine");
        answer.SetResult();

        await Assert.ThrowsAsync<OrchestrationAlreadyExistsException>(() => second);
        Assert.Equal("mine", (await engine.WaitAsync("taken")).ReadOutputAs<string>());
        Assert.Null(await engine.Client.GetInstanceAsync("child"));
        Assert.Empty((await store.ReadOpenWorkAsync(default)).Activities);
        Assert.Equal(0, runs);
    }

    [Fact]
    public async Task An_instance_that_has_ended_gives_way_with_its_first_turn()
    {
        await using var engine = await TestEngine.StartAsync(tasks => tasks
            .AddOrchestratorFunc<int, int>("Double", (_, number) => Task.FromResult(2 * number)));

        for (var number = 1; number <= 3; number++)
        {
            Assert.Equal(2 * number, (await engine.RunAsync("Double", number, "same")).ReadOutputAs<int>());
        }
    }

    [Fact]
    public async Task Of_a_start_that_fails_nothing_is_left_and_it_can_be_repeated()
    {
        var store = new UnreliableStore { FailingCommits = 1 };
        await using var engine = await TestEngine.StartAsync(
            tasks => tasks.AddOrchestratorFunc("Wait", context => context.WaitForExternalEvent<string>("Go")), store);

        await Assert.ThrowsAsync<IOException>(
            () => engine.Client.ScheduleNewOrchestrationInstanceAsync("Wait", new StartOrchestrationOptions("again")));
        Assert.Null(await engine.Client.GetInstanceAsync("again"));
        await engine.Client.RaiseEventAsync("again", "Go", "too early");

        await engine.Client.ScheduleNewOrchestrationInstanceAsync("Wait", new StartOrchestrationOptions("again"));
        await engine.Client.RaiseEventAsync("again", "Go", "now");
        Assert.Equal("now", (await engine.WaitAsync("again")).ReadOutputAs<string>());
    }

    [Fact]
    public async Task A_start_that_is_durable_though_its_caller_was_told_of_a_failure_goes_on_after_the_restart()
    {
        var store = new UnreliableStore { Created = Task.FromException(new IOException("The process ends.")) };
        void Tasks(DurableTaskRegistry tasks) => tasks
            .AddOrchestratorFunc("Ask", context => context.CallActivityAsync<string>("Answer"))
            .AddActivityFunc("Answer", _ => "42");
        await using var engine = await TestEngine.StartAsync(Tasks, store);
        await Assert.ThrowsAsync<IOException>(
            () => engine.Client.ScheduleNewOrchestrationInstanceAsync("Ask", new StartOrchestrationOptions("ask")));
        store.Created = null;

        await engine.RestartAsync(Tasks);

        Assert.Equal("42", (await engine.WaitAsync("ask")).ReadOutputAs<string>());
    }

    [Theory]
    [InlineData("Done", OrchestrationRuntimeStatus.Completed, "\"done\"")]
    [InlineData("Throws", OrchestrationRuntimeStatus.Failed, "no")]
    [InlineData("Missing", OrchestrationRuntimeStatus.Failed, "Missing")]
    [InlineData("Stuck", OrchestrationRuntimeStatus.Failed, "isn't durable")]
    public async Task An_orchestrator_that_ends_in_its_first_turn_is_created_and_ended_in_one_write(
        string name, OrchestrationRuntimeStatus status, string says)
    {
        using DataFile file = new();
        await using SqliteDatabase database = SqliteDatabase.Open(file.Path);
        await using var engine = await TestEngine.StartAsync(
            tasks => tasks
                .AddOrchestratorFunc("Done", _ => Task.FromResult("done"))
                .AddOrchestratorFunc("Throws", _ => Task.FromException<string>(new InvalidOperationException("no")))
                .AddOrchestratorFunc("Stuck", async _ =>
                {
                    await new TaskCompletionSource().Task;
                    return "never";
                }),
            new SqliteOrchestrationStore(database));
        var writes = database.Writes;

        await engine.Client.ScheduleNewOrchestrationInstanceAsync(name, new StartOrchestrationOptions("short"));

        Assert.Equal(writes + 1, database.Writes);
        var ended = (await engine.Client.GetInstanceAsync("short", getInputsAndOutputs: true))!;
        Assert.Equal(status, ended.RuntimeStatus);
        Assert.Contains(says, ended.SerializedOutput, StringComparison.Ordinal);
        Assert.Equal(status, (await engine.WaitAsync("short")).RuntimeStatus);
    }

    [Fact]
    public async Task An_orchestrator_can_continue_as_new_in_its_first_turn()
    {
        await using var engine = await TestEngine.StartAsync(tasks => tasks.AddOrchestratorFunc<int, int>("Count", (context, number) =>
        {
            if (number < 3)
            {
                context.ContinueAsNew(number + 1);
            }

            return Task.FromResult(number);
        }));

        Assert.Equal(3, (await engine.RunAsync("Count", 0)).ReadOutputAs<int>());
    }

    [Fact]
    public async Task Where_as_many_orchestrators_run_as_may_an_instance_is_created_and_waits()
    {
        using var entered = new SemaphoreSlim(0);
        using var release = new ManualResetEventSlim();
        await using var engine = await TestEngine.StartAsync(
            tasks => tasks
                .AddOrchestratorFunc("Busy", _ =>
                {
                    entered.Release();
                    release.Wait();
                    return Task.FromResult("busy");
                })
                .AddOrchestratorFunc("Short", _ => Task.FromResult("short")),
            options: new DurableEngineOptions { MaxConcurrentOrchestrators = 1 });
        var busy = Task.Run(() => engine.Client.ScheduleNewOrchestrationInstanceAsync("Busy", new StartOrchestrationOptions("busy")));
        await entered.WaitAsync();

        await engine.Client.ScheduleNewOrchestrationInstanceAsync("Short", new StartOrchestrationOptions("short"));

        Assert.Equal(OrchestrationRuntimeStatus.Pending, (await engine.Client.GetInstanceAsync("short"))!.RuntimeStatus);
        release.Set();
        await busy;
        Assert.Equal("short", (await engine.WaitAsync("short")).ReadOutputAs<string>());
        Assert.Equal("busy", (await engine.WaitAsync("busy")).ReadOutputAs<string>());
    }

    [Fact]
    public async Task An_engine_that_stops_creates_an_instance_and_the_next_one_runs_it()
    {
        static void Tasks(DurableTaskRegistry tasks) => tasks.AddOrchestratorFunc("Short", _ => Task.FromResult("short"));
        await using var engine = await TestEngine.StartAsync(Tasks);
        await engine.StopAsync();

        await engine.Client.ScheduleNewOrchestrationInstanceAsync("Short", new StartOrchestrationOptions("late"));

        Assert.Equal(OrchestrationRuntimeStatus.Pending, (await engine.Client.GetInstanceAsync("late"))!.RuntimeStatus);
        await engine.RestartAsync(Tasks);
        Assert.Equal("short", (await engine.WaitAsync("late")).ReadOutputAs<string>());
    }

    [Fact]
    public async Task An_orchestrator_knows_nothing_of_who_starts_it()
    {
        var local = new AsyncLocal<string>();
        (string?, string?, SynchronizationContext?, bool, AheadWrites?) seen = default;
        var (caller, runner) = (0, 0);
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        await using var engine = await TestEngine.StartAsync(tasks => tasks.AddOrchestratorFunc("Look", _ =>
        {
            runner = Environment.CurrentManagedThreadId;
            seen = (
                local.Value,
                Activity.Current?.OperationName,
                SynchronizationContext.Current,
                ReferenceEquals(CultureInfo.CurrentCulture, culture),
                AheadWrites.Current);
            local.Value = "the orchestrator's";
            CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
            return Task.FromResult(true);
        }));
        var context = new SynchronizationContext();
        (string?, string?, SynchronizationContext?, bool) after = default;
        await Task.Run(async () =>
        {
            using var activity = new Activity("the caller's").Start();
            new AheadWrites().Collect();
            local.Value = "the caller's";
            CultureInfo.CurrentCulture = culture;
            SynchronizationContext.SetSynchronizationContext(context);
            caller = Environment.CurrentManagedThreadId;
            var start = engine.Client.ScheduleNewOrchestrationInstanceAsync("Look", new StartOrchestrationOptions("look"));
            after = (
                local.Value, Activity.Current?.OperationName, SynchronizationContext.Current, ReferenceEquals(CultureInfo.CurrentCulture, culture));
            SynchronizationContext.SetSynchronizationContext(null);
            await start;
        });

        Assert.Equal(caller, runner);
        Assert.Equal((null, null, null, false, null), seen);
        Assert.Equal(("the caller's", "the caller's", context, true), after);
    }

    [Fact]
    public async Task An_activity_can_start_instances()
    {
        using DataFile file = new();
        await using SqliteDatabase database = SqliteDatabase.Open(file.Path);
        TestEngine engine = null!;
        AheadWrites? seen = null;
        engine = await TestEngine.StartAsync(
            tasks => tasks
                .AddOrchestratorFunc("Ask", context => context.CallActivityAsync<string>("Start"))
                .AddOrchestratorFunc("Told", context =>
                {
                    seen = AheadWrites.Current;
                    return context.CallActivityAsync<string>("Answer");
                })
                .AddActivityFunc("Answer", _ => "42")
                .AddActivityFunc("Start", async _ =>
                {
                    await engine.Client.ScheduleNewOrchestrationInstanceAsync("Told", new StartOrchestrationOptions("told"));
                    return (await engine.WaitAsync("told")).ReadOutputAs<string>();
                }),
            new SqliteOrchestrationStore(database));
        await using (engine)
        {
            Assert.Equal("42", (await engine.RunAsync("Ask")).ReadOutputAs<string>());
            Assert.Null(seen);
        }
    }

    [Fact]
    public async Task A_write_that_is_to_go_with_the_start_is_one_with_the_first_turn()
    {
        using DataFile file = new();
        await using SqliteDatabase database = SqliteDatabase.Open(file.Path);
        await database.EnsureSchemaAsync("CREATE TABLE IF NOT EXISTS notes (id INTEGER PRIMARY KEY) STRICT");
        await using var engine = await TestEngine.StartAsync(
            tasks => tasks.AddOrchestratorFunc("Wait", context => context.WaitForExternalEvent<string>("Go")), new SqliteOrchestrationStore(database));
        var writes = database.Writes;

        await StartAsync(7);
        Assert.Equal(writes + 1, database.Writes);
        await Assert.ThrowsAnyAsync<Exception>(() => StartAsync(7));

        Assert.NotNull(await engine.Client.GetInstanceAsync("trip-7"));
        Assert.Null(await engine.Client.GetInstanceAsync("trip-7-again"));

        Task StartAsync(int id) => database.WriteWithNextAsync(
            session => session.Statement("INSERT INTO notes (id) VALUES (?)").Bind(id).Run(),
            () => engine.Client.ScheduleNewOrchestrationInstanceAsync(
                "Wait", new StartOrchestrationOptions(database.Writes == writes ? $"trip-{id}" : $"trip-{id}-again")));
    }
}
