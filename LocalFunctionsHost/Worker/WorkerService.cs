using DurableTask.Core;
using LocalFunctionsHost.Backends;
using LocalFunctionsHost.Functions;
using LocalFunctionsHost.Settings;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LocalFunctionsHost.Worker;

/// <summary>Starts the Durable Task Framework's worker before the HTTP server, and stops it after it.</summary>
/// <param name="backend">Where the work is kept.</param>
/// <param name="catalog">The functions.</param>
/// <param name="settings">The versions that run.</param>
/// <param name="services">The app's services.</param>
/// <param name="loggers">The logs.</param>
/// <param name="clock">The time.</param>
/// <param name="nameInLogs">What an instance is called in logs, made of its id.</param>
internal sealed class WorkerService(
    IOrchestrationBackend backend,
    FunctionCatalog catalog,
    HostSettings settings,
    IServiceProvider services,
    ILoggerFactory loggers,
    TimeProvider clock,
    Func<string, string> nameInLogs) : IHostedService, IAsyncDisposable
{
    // Activities get this long to finish; what doesn't is done again after the next start.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(4);

    private readonly CancellationTokenSource stopping = new();
    private readonly DrainableOrchestrationService service = new(backend.Service, clock);

    /// <summary>The worker, once it was started.</summary>
    public TaskHubWorker? Worker { get; private set; }

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await CreateStorageAsync();
        Worker = FunctionWorkerFactory.Create(
            service,
            backend,
            catalog,
            services,
            settings,
            new FrameworkLoggerFactory(loggers, nameInLogs),
            new FunctionLog(loggers.CreateLogger<FunctionLog>(), nameInLogs),
            stopping.Token);
        await Worker.StartAsync();
    }

    /// <inheritdoc/>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (Worker is null)
        {
            return;
        }

        // Not the host's token: it may have fired already, because requests took all of its time.
        using var deadline = new CancellationTokenSource(Grace, clock);
        await service.DrainAsync(deadline.Token);

        // Not CancelAsync, whose callbacks run on the thread pool, which a simulation can't drive.
        stopping.Cancel();
        await Worker.StopAsync(isForced: true);
    }

    /// <summary>Stops the worker at once, if it wasn't stopped: the host couldn't start.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Worker is not null)
        {
            await Worker.StopAsync(isForced: true);
            Worker.Dispose();
        }

        service.Dispose();
        stopping.Dispose();
    }

    private async Task CreateStorageAsync()
    {
        try
        {
            await service.CreateIfNotExistsAsync();
        }
        catch (Exception e) when (backend.IsUnavailable(e, out _))
        {
            throw new HostStartException(
                $"State can't be kept in {backend.Location}: {e.GetBaseException().Message}. "
                + "Start the storage, or correct the setting that names it.",
                e);
        }
    }
}
