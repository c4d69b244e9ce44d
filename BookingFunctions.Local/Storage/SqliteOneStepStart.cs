using BookingFunctions.Trips;
using BookingFunctions.Trips.Listing;
using BookingFunctions.Trips.Starting;
using DurableTask.Core;
using DurableTask.Core.Exceptions;
using DurableTask.Sqlite;
using LocalFunctionsHost.Client;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace BookingFunctions.Local.Storage;

/// <summary>Starts trips in the SQLite file of the local host, which has the directory and the orchestrations.</summary>
/// <param name="orchestrations">The orchestrations; their file has the directory.</param>
/// <param name="starts">Makes the messages that start orchestrations.</param>
public sealed class SqliteOneStepStart(SqliteOrchestrationService orchestrations, LocalDurableTaskClient starts) : IOneStepStart
{
    // An instance that has the id keeps it in any status.
    private static readonly OrchestrationStatus[] Taken = Enum.GetValues<OrchestrationStatus>();

    /// <inheritdoc/>
    public async Task<bool> TryStartAsync(TripRow entry, TripPlan plan, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(entry);
        ArgumentNullException.ThrowIfNull(plan);
        cancellation.ThrowIfCancellationRequested();
        var start = starts.CreateStartMessage(Orchestrators.BookTrip, plan, new StartOrchestrationOptions(entry.Id));
        try
        {
            await orchestrations.CreateTaskOrchestrationAsync(start, Taken, session => SqliteTripDirectory.Add(session, entry));
            return true;
        }
        catch (Exception e) when (e is IdTakenException or OrchestrationAlreadyExistsException)
        {
            return false;
        }
    }
}
