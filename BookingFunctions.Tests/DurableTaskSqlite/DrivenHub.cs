using DurableTask.Core;
using DurableTask.Core.History;
using DurableTask.Sqlite;
using DurableTask.Sqlite.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace BookingFunctions.Tests.DurableTaskSqlite;

/// <summary>
/// The service on a database in memory, driven by hand: the test says when writes are made, when they are committed or lost, and
/// what each turn does. So every moment between two steps can be looked at.
/// </summary>
public sealed class DrivenHub : IAsyncDisposable
{
    private readonly InMemoryFile file = new();
    private readonly SqliteOrchestrationServiceSettings settings;
    private readonly ILoggerFactory? loggers;

    private DrivenHub(SqliteOrchestrationServiceSettings settings, ILoggerFactory? loggers)
    {
        this.settings = settings;
        this.loggers = loggers;
        Open();
    }

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero));

    public SqliteDatabase Database { get; private set; } = null!;

    public SqliteOrchestrationService Service { get; private set; } = null!;

    public DateTime Now => Clock.GetUtcNow().UtcDateTime;

    public static async Task<DrivenHub> StartAsync(
        Action<SqliteOrchestrationServiceSettings>? configure = null, ILoggerFactory? loggers = null)
    {
        SqliteOrchestrationServiceSettings settings = new();
        configure?.Invoke(settings);
        DrivenHub hub = new(settings, loggers);
        await hub.CommittedAsync(hub.Service.StartAsync());
        return hub;
    }

    /// <summary>Makes the queued writes in the open group.</summary>
    public void Make()
    {
        while (Database.Committer.Make(int.MaxValue))
        {
        }
    }

    /// <summary>Makes the queued writes, and commits the group.</summary>
    public void Commit()
    {
        do
        {
            Make();
            Database.Committer.Commit();
        }
        while (Database.Committer.QueuedWrites > 0);
    }

    /// <summary>Commits what a call has queued, and waits for the call.</summary>
    public async Task<T> CommittedAsync<T>(Task<T> call)
    {
        Commit();
        return await call.WaitAsync(TimeSpan.FromSeconds(10));
    }

    public async Task CommittedAsync(Task call)
    {
        Commit();
        await call.WaitAsync(TimeSpan.FromSeconds(10));
    }

    /// <summary>Loses the open group, as a full disk does.</summary>
    public void Lose() => Database.Committer.Lose(new IOException("The disk is full."));

    /// <summary>Has the next probe succeed, and the service read the file again.</summary>
    public void Recover()
    {
        Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.True(Database.Committer.IsProbeDue);
        Database.Committer.Probe();
        Commit();
    }

    /// <summary>Ends the process, as SIGKILL does, and starts another one on the same file.</summary>
    public async Task CrashAsync()
    {
        Service.Dispose();
        Database.Committer.Crash();
        Open();
        await CommittedAsync(Service.StartAsync());
    }

    public async Task<string> StartInstanceAsync(string id = "a", string? input = "\"in\"", DateTime? startAt = null) =>
        await CommittedAsync(StartInstance(id, input, startAt));

    public async Task<string> StartInstance(string id, string? input = "\"in\"", DateTime? startAt = null)
    {
        OrchestrationInstance instance = new() { InstanceId = id, ExecutionId = $"{id}-1" };
        await Service.CreateTaskOrchestrationAsync(new TaskMessage
        {
            OrchestrationInstance = instance,
            Event = new ExecutionStartedEvent(-1, input)
            {
                OrchestrationInstance = instance,
                Name = "Test",
                Version = "1",
                Tags = new Dictionary<string, string> { ["tag"] = "value" },
                ScheduledStartTime = startAt,
            },
        });
        return id;
    }

    public Task RaiseAsync(string id, string name, string? payload = null) =>
        CommittedAsync(Service.SendTaskOrchestrationMessageAsync(new TaskMessage
        {
            OrchestrationInstance = new OrchestrationInstance { InstanceId = id },
            Event = new EventRaisedEvent(-1, payload) { Name = name },
        }));

    public async Task<OrchestrationState> StateAsync(string id) => await Service.GetOrchestrationStateAsync(id, executionId: null);

    /// <summary>Takes the next turn, if there is one now.</summary>
    public async Task<HandTurn?> TryTurnAsync()
    {
        Make();
        return await Service.LockNextTaskOrchestrationWorkItemAsync(TimeSpan.Zero, CancellationToken.None) is { } item
            ? new HandTurn(this, item)
            : null;
    }

    /// <summary>Takes the next turn, which must be there now.</summary>
    public async Task<HandTurn> TurnAsync()
    {
        var turn = await TryTurnAsync();
        Assert.NotNull(turn);
        return turn;
    }

    /// <summary>Takes the next activity, if there is one now.</summary>
    public async Task<TaskActivityWorkItem?> TryActivityAsync() =>
        await Service.LockNextTaskActivityWorkItem(TimeSpan.Zero, CancellationToken.None);

    /// <summary>Runs the next activity, which must be there now.</summary>
    public async Task RunActivityAsync(string result = "\"out\"")
    {
        var item = await TryActivityAsync();
        Assert.NotNull(item);
        await CompleteAsync(item, result);
    }

    public Task CompleteAsync(TaskActivityWorkItem item, string result = "\"out\"") =>
        Service.CompleteTaskActivityWorkItemAsync(item, new TaskMessage
        {
            OrchestrationInstance = item.TaskMessage.OrchestrationInstance,
            Event = new TaskCompletedEvent(-1, item.TaskMessage.Event.EventId, result),
        });

    public async ValueTask DisposeAsync()
    {
        Service.Dispose();
        await Database.DisposeAsync();
        file.Dispose();
    }

    private void Open()
    {
        Database = SqliteDatabase.OpenInMemory(file, new SqliteDatabaseOptions { Path = "memory", TimeProvider = Clock });
        Service = new SqliteOrchestrationService(Database, settings, Clock, loggers);
    }
}
