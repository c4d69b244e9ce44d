using DurableTask.Core;
using DurableTask.Core.Query;
using DurableTask.Sqlite;
using DurableTask.Sqlite.Storage;
using LocalFunctionsHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace BookingFunctions.Tests.LocalFunctionsHost;

/// <summary>A backend on a real SQLite file, the one that <c>--data</c> names.</summary>
internal sealed class TestBackend : IOrchestrationBackend
{
    public TestBackend(SqliteDatabase database, SqliteOrchestrationServiceSettings settings, TimeProvider clock, ILoggerFactory loggers)
    {
        Database = database;
        Orchestrations = new SqliteOrchestrationService(database, settings, clock, loggers);
    }

    /// <summary>The options of its command line.</summary>
    public static HostOption[] Options { get; } = [new("data", "FILE", "the file")];

    public SqliteDatabase Database { get; }

    public SqliteOrchestrationService Orchestrations { get; }

    public string Name => "Sqlite";

    public string Location => Database.Path;

    public IOrchestrationService Service => Orchestrations;

    public IOrchestrationServiceClient Client => Orchestrations;

    public IOrchestrationServiceQueryClient Queries => Orchestrations;

    public IOrchestrationServicePurgeClient Purges => Orchestrations;

    public bool SignalsCompletion => true;

    public static TestBackend Open(IServiceProvider services, HostSettings settings)
    {
        var clock = services.GetRequiredService<TimeProvider>();
        var path = Path.GetFullPath(services.GetRequiredService<IConfiguration>()["data"]!);
        try
        {
            var database = SqliteDatabase.Open(new SqliteDatabaseOptions { Path = path, TimeProvider = clock });
            var service = new SqliteOrchestrationServiceSettings { Retention = settings.Retention };
            return new TestBackend(database, service, clock, services.GetRequiredService<ILoggerFactory>());
        }
        catch (StoreOpenException e)
        {
            throw new HostStartException(e.Message, e);
        }
    }

    public Task RewindAsync(string instanceId, string reason, CancellationToken cancellation) =>
        Orchestrations.RewindTaskOrchestrationAsync(instanceId, reason);

    public Task TerminateRecursivelyAsync(string instanceId, string? output, CancellationToken cancellation) =>
        Orchestrations.ForceTerminateTaskOrchestrationAsync(instanceId, output, isRecursive: true);

    public Task<PurgeResult> PurgeRecursivelyAsync(string instanceId, CancellationToken cancellation) =>
        Orchestrations.PurgeInstanceStateAsync(instanceId, isRecursive: true);

    public Task<PurgeResult> PurgeRecursivelyAsync(PurgeInstanceFilter filter, CancellationToken cancellation) =>
        Orchestrations.PurgeInstanceStateAsync(filter, isRecursive: true);

    public bool IsNotRunning(Exception error) => error is OrchestrationNotRunningException;

    public bool IsUnavailable(Exception error, out TimeSpan retryAfter)
    {
        retryAfter = error is StoreUnavailableException unavailable ? unavailable.RetryAfter : TimeSpan.Zero;
        return error is StoreUnavailableException;
    }

    public async ValueTask DisposeAsync()
    {
        Orchestrations.Dispose();
        await Database.DisposeAsync();
    }
}
