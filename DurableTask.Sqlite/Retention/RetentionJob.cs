using DurableTask.Sqlite.Storage;
using Microsoft.Extensions.Logging;

namespace DurableTask.Sqlite.Retention;

/// <summary>Removes instances whose retention is over, at an interval.</summary>
internal sealed partial class RetentionJob : IDisposable
{
    // Bounds how long the committer is busy with a batch.
    private const int BatchSize = 200;

    private readonly SqliteDatabase database;
    private readonly TimeSpan age;
    private readonly TimeSpan interval;
    private readonly TimeProvider clock;
    private readonly ILogger logger;
    private readonly ITimer timer;
    private int isRunning;

    public RetentionJob(SqliteDatabase database, TimeSpan age, TimeSpan interval, TimeProvider clock, ILogger logger)
    {
        this.database = database;
        this.age = age;
        this.interval = interval;
        this.clock = clock;
        this.logger = logger;
        timer = clock.CreateTimer(_ => _ = RunAsync(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Begins.</summary>
    public void Start() => timer.Change(TimeSpan.Zero, interval);

    /// <summary>Ends.</summary>
    public void Stop() => timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    /// <summary>Removes what is due.</summary>
    /// <returns>How many instances were removed.</returns>
    public async Task<int> RunAsync()
    {
        if (Interlocked.Exchange(ref isRunning, 1) != 0)
        {
            return 0;
        }

        var purged = 0;
        try
        {
            var endedBefore = clock.GetUtcNow().UtcDateTime - age;
            RetentionPosition? after = RetentionPosition.Start;
            while (after is { } position)
            {
                var batch = await database.WriteAsync(session => RetentionBatch.Purge(session, endedBefore, position, BatchSize));
                purged += batch.Purged;
                after = batch.Next;
            }
        }
        catch (StoreUnavailableException)
        {
            // It is tried again after the interval.
        }
        catch (Exception exception)
        {
            LogFailed(exception);
        }
        finally
        {
            Volatile.Write(ref isRunning, 0);
        }

        return purged;
    }

    public void Dispose() => timer.Dispose();

    [LoggerMessage(8, LogLevel.Error, "Instances whose retention is over could not be removed: the next run tries again.")]
    private partial void LogFailed(Exception exception);
}
