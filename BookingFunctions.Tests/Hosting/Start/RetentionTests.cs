using DurableTask.Core;
using LocalRuntime.Hosting;
using LocalRuntime.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace BookingFunctions.Tests.Hosting.Start;

/// <summary>Which instances are removed because they ended long ago.</summary>
public sealed class RetentionTests : IAsyncLifetime, IDisposable
{
    private static readonly DateTime Now = new(2026, 6, 1, 12, 0, 0, DateTimeKind.Utc);

    private readonly TempFolder folder = new();
    private readonly FakeTimeProvider clock = new(Now);
    private readonly SqliteDatabase database;
    private readonly SqliteOrchestrationStore store;
    private long lastId;

    public RetentionTests()
    {
        database = SqliteDatabase.Open(folder.File("state.db"));
        store = new SqliteOrchestrationStore(database);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => database.DisposeAsync().AsTask();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Instances_that_ended_longer_ago_than_they_are_kept_are_removed_and_no_others()
    {
        await AddAsync("old", OrchestrationStatus.Completed, endedDaysAgo: 31);
        await AddAsync("old-failed", OrchestrationStatus.Failed, endedDaysAgo: 300);
        await AddAsync("old-terminated", OrchestrationStatus.Terminated, endedDaysAgo: 3000);
        await AddAsync("at-the-limit", OrchestrationStatus.Completed, endedDaysAgo: 30);
        await AddAsync("young", OrchestrationStatus.Completed, endedDaysAgo: 29);
        await AddAsync("running", OrchestrationStatus.Running);
        await AddAsync("suspended", OrchestrationStatus.Suspended);
        await AddAsync("pending", OrchestrationStatus.Pending);

        Assert.Equal(3, await PurgeAsync());
        Assert.Equal(["at-the-limit", "pending", "running", "suspended", "young"], await IdsAsync());
        Assert.Equal(0, await PurgeAsync());
        Assert.Equal(5, await database.ReadAsync(session => session.Number("SELECT count(DISTINCT instance_key) FROM history") + session.Number("SELECT count(*) FROM inbox"), default));
    }

    [Fact]
    public async Task Many_are_removed_batch_by_batch_past_those_that_stay()
    {
        await AddAsync("parent", OrchestrationStatus.Running);
        for (int i = 0; i < 250; i++)
        {
            await AddAsync($"child-{i}", OrchestrationStatus.Completed, 60, "parent");
            await AddAsync($"trip-{i}", OrchestrationStatus.Completed, 60);
        }

        long commits = database.Commits;

        Assert.Equal(250, await PurgeAsync());
        Assert.Equal(251, (await IdsAsync()).Count);
        Assert.Equal(6, database.Commits - commits);
    }

    [Theory]
    [InlineData(OrchestrationStatus.Running, null, 3)]
    [InlineData(OrchestrationStatus.Completed, 1, 3)]
    [InlineData(OrchestrationStatus.Failed, 40, 0)]
    public async Task Children_stay_as_long_as_their_parent_and_theirs_with_them(OrchestrationStatus status, int? endedDaysAgo, int left)
    {
        await AddAsync("parent", status, endedDaysAgo);
        await AddAsync("child", OrchestrationStatus.Completed, 50, "parent");
        await AddAsync("grandchild", OrchestrationStatus.Completed, 60, "child");

        await PurgeAsync();

        Assert.Equal(left, (await IdsAsync()).Count);
    }

    [Fact]
    public async Task A_child_that_runs_stays_when_its_parent_goes()
    {
        await AddAsync("parent", OrchestrationStatus.Completed, 40);
        await AddAsync("child", OrchestrationStatus.Running, null, "parent");

        Assert.Equal(1, await PurgeAsync());
        Assert.Equal(["child"], await IdsAsync());
    }

    [Fact]
    public async Task What_an_earlier_execution_of_an_instance_that_runs_for_ever_has_started_goes()
    {
        await AddAsync("nightly", OrchestrationStatus.Running, executionId: "second-run");
        await AddAsync("old", OrchestrationStatus.Completed, 40, "nightly", parentExecutionId: "first-run");
        await AddAsync("needed", OrchestrationStatus.Completed, 40, "nightly", parentExecutionId: "second-run");

        Assert.Equal(1, await PurgeAsync());
        Assert.Equal(["needed", "nightly"], await IdsAsync());
    }

    [Fact]
    public async Task Instances_that_started_each_other_do_not_keep_each_other()
    {
        await AddAsync("a", OrchestrationStatus.Completed, 40, "b");
        await AddAsync("b", OrchestrationStatus.Completed, 40, "a");

        Assert.Equal(2, await PurgeAsync());
    }

    [Fact]
    public async Task It_looks_at_the_start_and_every_hour()
    {
        await AddAsync("first", OrchestrationStatus.Completed, 31);
        await AddAsync("second", OrchestrationStatus.Completed, 30);
        using RetentionService service = Service(TimeSpan.FromDays(30));

        await service.StartAsync(default);
        await UntilAsync(ids => ids is ["second"]);
        clock.Advance(TimeSpan.FromMinutes(59));
        Assert.Equal(["second"], await IdsAsync());
        clock.Advance(TimeSpan.FromMinutes(1));
        await UntilAsync(ids => ids.Count == 0);

        await service.StopAsync(default);
    }

    [Fact]
    public async Task Longer_than_there_has_been_time_is_for_ever()
    {
        await AddAsync("old", OrchestrationStatus.Completed, 3000);
        using RetentionService service = Service(TimeSpan.MaxValue);

        Assert.Equal(0, await service.PurgeAsync(default));
    }

    [Fact]
    public async Task A_host_keeps_everything_unless_it_is_told_otherwise()
    {
        Assert.Equal(["old"], await RunHostAsync(null));
        Assert.Empty(await RunHostAsync("30.00:00:00"));
    }

    [Theory]
    [InlineData("a month")]
    [InlineData("-1.00:00:00")]
    [InlineData("00:00:00")]
    [InlineData("1:2:3:4")]
    public async Task A_time_that_can_not_be_read_is_refused(string retention)
    {
        using StringWriter errors = new();
        LocalFunctionsHostBuilder builder = new(["--data", folder.File("other.db"), $"--retention={retention}"], () => [])
        {
            HostFile = folder.File("host.json"), ErrorOutput = errors,
        };

        Assert.Equal(1, await builder.RunAsync());
        Assert.Equal(
            $"--retention is '{retention}', but it must be a time above zero as D.HH:MM:SS, such as 30.00:00:00 for 30 days.",
            errors.ToString().Trim());
    }

    // What a host that starts on a file with an old instance leaves of it.
    private async Task<IReadOnlyList<string>> RunHostAsync(string? retention)
    {
        string data = folder.File($"{retention?.Length}.db");
        await using (SqliteDatabase before = SqliteDatabase.Open(data))
        {
            SqliteOrchestrationStore old = new(before);
            await AddAsync(old, "old", OrchestrationStatus.Completed, 31);
        }

        LocalFunctionsHostBuilder builder = new(
            ["--urls", "http://127.0.0.1:0", "--data", data, "--Logging:LogLevel:Default", "None"], () => [])
        {
            HostFile = folder.File("host.json"),
        };
        builder.Configuration["retention"] = retention;
        builder.Services.AddSingleton<TimeProvider>(clock);
        await using LocalFunctionsApp app = builder.Build();
        await app.StartAsync();
        IOrchestrationStore running = app.Services.GetRequiredService<IOrchestrationStore>();
        if (retention is not null)
        {
            await UntilAsync(running, ids => ids.Count == 0);
        }

        IReadOnlyList<string> left = await IdsAsync(running);
        await app.StopAsync();
        return left;
    }

    private static async Task<IReadOnlyList<string>> IdsAsync(IOrchestrationStore store) =>
        [.. (await store.QueryAsync(new InstanceQuery { PageSize = 1000 }, default)).Rows.Select(row => row.InstanceId)];

    private static async Task UntilAsync(IOrchestrationStore store, Func<IReadOnlyList<string>, bool> condition)
    {
        using CancellationTokenSource patience = new(TestHost.Patience);
        while (!condition(await IdsAsync(store)))
        {
            await Task.Delay(5, patience.Token);
        }
    }

    private Task<IReadOnlyList<string>> IdsAsync() => IdsAsync(store);

    private Task UntilAsync(Func<IReadOnlyList<string>, bool> condition) => UntilAsync(store, condition);

    private RetentionService Service(TimeSpan retention) => new(database, retention, clock, NullLogger<RetentionService>.Instance);

    private async Task<int> PurgeAsync()
    {
        using RetentionService service = Service(TimeSpan.FromDays(30));
        return await service.PurgeAsync(default);
    }

    private Task AddAsync(
        string id,
        OrchestrationStatus status,
        int? endedDaysAgo = null,
        string? parent = null,
        string executionId = "run",
        string parentExecutionId = "run") =>
        AddAsync(store, id, status, endedDaysAgo, parent, executionId, parentExecutionId);

    private async Task AddAsync(
        SqliteOrchestrationStore to,
        string id,
        OrchestrationStatus status,
        int? endedDaysAgo = null,
        string? parent = null,
        string executionId = "run",
        string parentExecutionId = "run")
    {
        InstanceRow row = new()
        {
            Key = ++lastId,
            InstanceId = id,
            ExecutionId = executionId,
            Name = "BookTrip",
            Status = OrchestrationStatus.Pending,
            CreatedAt = Now.AddDays(-9999),
            UpdatedAt = Now,
            ParentInstanceId = parent,
        };
        await to.CreateAsync(new NewInstance(row, new InstanceMessage(lastId, id, "start")), []);
        if (status != OrchestrationStatus.Pending)
        {
            await to.CommitAsync(new TurnCommit
            {
                Row = row with { Status = status, CompletedAt = endedDaysAgo is { } days ? Now.AddDays(-days) : null },
                Turn = 1,
                Events = parent is null ? "[]" : $$"""[{"ParentInstance": {"OrchestrationInstance": {"ExecutionId": "{{parentExecutionId}}"} } }]""",
                ConsumedMessages = [lastId],
            });
        }
    }
}
