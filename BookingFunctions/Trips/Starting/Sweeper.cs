using BookingFunctions.Trips.Deciding;
using BookingFunctions.Trips.Listing;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace BookingFunctions.Trips.Starting;

/// <summary>Does what a crash has left undone: starts trips that only have a row, and delivers operators' decisions.</summary>
/// <param name="directory">Has the trips.</param>
/// <param name="decisions">Has the decisions.</param>
/// <param name="starter">Starts trips.</param>
/// <param name="decider">Delivers decisions.</param>
/// <param name="clock">Says how old something is.</param>
/// <param name="logger">Logs what fails.</param>
public sealed partial class Sweeper(
    ITripDirectory directory,
    IUndoDecisions decisions,
    TripStarter starter,
    UndoDecider decider,
    TimeProvider clock,
    ILogger<Sweeper> logger)
{
    /// <summary>How old something is at least that may be swept while other processes, or this one, may be about to do it.</summary>
    public static readonly TimeSpan LeastAge = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private long lastSweep = clock.GetTimestamp() - (clock.TimestampFrequency * (long)Interval.TotalSeconds);

    /// <summary>Sweeps once. What fails holds up nothing else.</summary>
    /// <param name="client">Starts orchestrations, and raises events.</param>
    /// <param name="age">How old something has to be; null for any, whatever the clock says, if no other process starts trips.</param>
    /// <param name="cancellation">Ends the sweep.</param>
    public async Task SweepAsync(DurableTaskClient client, TimeSpan? age, CancellationToken cancellation)
    {
        var olderThan = clock.GetUtcNow() - age ?? DateTimeOffset.MaxValue;
        await foreach (var entry in directory.ListUnstartedAsync(olderThan, cancellation))
        {
            try
            {
                await starter.EnsureStartedAsync(client, entry, cancellation);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                LogNotStarted(e, TripId.InLogs(entry.Id));
            }
        }

        await foreach (var kept in decisions.ListUndeliveredAsync(olderThan, cancellation))
        {
            try
            {
                await decider.DeliverAsync(client, kept, cancellation);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                LogNotDelivered(e, TripId.InLogs(kept.TripId));
            }
        }
    }

    /// <summary>Sweeps in the background: when it is called first, and then at most once a minute.</summary>
    /// <param name="client">Starts orchestrations, and raises events.</param>
    public void StartIfDue(DurableTaskClient client)
    {
        var last = Interlocked.Read(ref lastSweep);
        if (clock.GetElapsedTime(last) >= Interval && Interlocked.CompareExchange(ref lastSweep, clock.GetTimestamp(), last) == last)
        {
            _ = SweepQuietlyAsync(client);
        }
    }

    private async Task SweepQuietlyAsync(DurableTaskClient client)
    {
        try
        {
            await SweepAsync(client, LeastAge, CancellationToken.None);
        }
        catch (Exception e)
        {
            // The request that has set it off has nothing to do with it; the next sweep tries again.
            LogNotSwept(e);
        }
    }

    [LoggerMessage(1, LogLevel.Error, "The trip {Trip} could not be started; that is tried again later.")]
    partial void LogNotStarted(Exception failure, string trip);

    [LoggerMessage(2, LogLevel.Error, "An operator's decision could not be delivered to the trip {Trip}; that is tried again later.")]
    partial void LogNotDelivered(Exception failure, string trip);

    [LoggerMessage(3, LogLevel.Error, "What an earlier crash may have left undone could not be looked for; that is done again later.")]
    partial void LogNotSwept(Exception failure);
}
