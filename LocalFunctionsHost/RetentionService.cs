using DurableTask.Sqlite.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LocalFunctionsHost;

/// <summary>Removes instances that ended longer ago than they are kept: when the host starts, and every hour.</summary>
/// <param name="database">The file.</param>
/// <param name="retention">How long ended instances are kept; above zero.</param>
/// <param name="clock">The time.</param>
/// <param name="logger">For what was removed.</param>
internal sealed partial class RetentionService(
    SqliteDatabase database, TimeSpan retention, TimeProvider clock, ILogger<RetentionService> logger) : BackgroundService
{
    // A batch is one write: others wait for it no longer than for a group of turns.
    private const int Batch = 100;

    private static readonly TimeSpan Period = TimeSpan.FromHours(1);

    /// <summary>Removes what is due now.</summary>
    /// <returns>How many instances were removed.</returns>
    internal async Task<int> PurgeAsync(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var endedBefore = now - DateTime.MinValue > retention ? now - retention : DateTime.MinValue;
        var purged = 0;
        var position = RetentionPosition.Start;
        while (position is not null)
        {
            cancellation.ThrowIfCancellationRequested();
            var from = position;
            var batch = await database.WriteAsync(session => SqliteRetention.Purge(session, endedBefore, from, Batch));
            purged += batch.Purged;
            position = batch.Next;
        }

        if (purged > 0)
        {
            LogPurged(purged, endedBefore);
        }

        return purged;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, clock);
        do
        {
            try
            {
                await PurgeAsync(stoppingToken);
            }
            catch (StoreUnavailableException e)
            {
                LogFailed(e.Message);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(1, LogLevel.Information, "{Count} instances that ended before {EndedBefore:u} were removed, as the setting 'retention' asks for.")]
    private partial void LogPurged(int count, DateTime endedBefore);

    [LoggerMessage(2, LogLevel.Warning, "Old instances were not all removed; that is tried again in an hour. {Reason}")]
    private partial void LogFailed(string reason);
}
