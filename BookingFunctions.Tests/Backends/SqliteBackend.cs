using DurableTask.Core;
using DurableTask.Sqlite;
using DurableTask.Sqlite.Storage;
using Microsoft.Extensions.Logging;

namespace BookingFunctions.Tests.Backends;

/// <summary>DurableTask.Sqlite on a file of its own. A process has one service, for its worker and its clients.</summary>
public class SqliteBackend : IBackend
{
    private readonly string folder = Directory.CreateTempSubdirectory("backend-").FullName;
    private BackendOptions options = new();
    private SqliteDatabase? database;
    private SqliteOrchestrationService? service;

    /// <summary>The file.</summary>
    public string Path => System.IO.Path.Combine(folder, "hub.db");

    public static string? SkipReason => null;

    public BackendClient Client { get; private set; } = null!;

    public TimeSpan PollInterval => TimeSpan.FromMilliseconds(10);

    /// <summary>The service as itself, for what only this backend has.</summary>
    public SqliteOrchestrationService Service => service!;

    public virtual Task CreateAsync(BackendOptions options)
    {
        this.options = options;
        Open();
        return Task.CompletedTask;
    }

    public IOrchestrationService CreateWorkerService(ILoggerFactory loggers) => Service;

    public async Task ForgetAsync(IOrchestrationService service)
    {
        await CloseAsync();
        Open();
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        Directory.Delete(folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    private void Open()
    {
        database = SqliteDatabase.Open(new SqliteDatabaseOptions { Path = Path, TimeProvider = options.Clock });
        service = new SqliteOrchestrationService(
            database,
            new SqliteOrchestrationServiceSettings
            {
                MaxConcurrentTaskOrchestrationWorkItems = options.MaxConcurrentOrchestrations,
                MaxConcurrentTaskActivityWorkItems = options.MaxConcurrentActivities,
                MaxLiveInstances = options.MaxInstancesInMemory ?? new SqliteOrchestrationServiceSettings().MaxLiveInstances,
                MaxPayloadLength = options.MaxPayloadLength,
                FirstRetryDelay = TimeSpan.FromMilliseconds(50),
                LongestRetryDelay = TimeSpan.FromMilliseconds(200),
            },
            options.Clock);
        Client = new BackendClient(service, service, service, service.RewindTaskOrchestrationAsync);
    }

    private async Task CloseAsync()
    {
        service?.Dispose();
        if (database is not null)
        {
            await database.DisposeAsync();
        }
    }
}
