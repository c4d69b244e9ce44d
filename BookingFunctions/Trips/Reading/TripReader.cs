using System.Text.Json;
using BookingFunctions.Trips.Deciding;
using BookingFunctions.Trips.Listing;
using Microsoft.DurableTask.Client;

namespace BookingFunctions.Trips.Reading;

/// <summary>
/// Reads trips from their orchestrations and the directory. An orchestration that was ended from outside, or started directly by the
/// management API, has not written its row: that is done here, when it is seen.
/// </summary>
/// <param name="directory">The directory.</param>
/// <param name="clock">Says when it was seen.</param>
public sealed class TripReader(ITripDirectory directory, TimeProvider clock)
{
    /// <summary>Finds a trip, as the API shows it.</summary>
    /// <param name="client">Knows the orchestrations.</param>
    /// <param name="id">The trip's id, or any text.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>The trip, or null if there is none.</returns>
    public async Task<TripView?> FindAsync(DurableTaskClient client, string id, CancellationToken cancellation) =>
        await ReadAsync(client, id, cancellation) is { } facts ? TripView.Of(facts) : null;

    /// <summary>The row of a trip whose orchestration was started directly.</summary>
    /// <param name="instance">Its orchestration, with its input.</param>
    /// <returns>The row; null if the input doesn't say what to book, so that nothing will be.</returns>
    public static TripRow? RowOf(OrchestrationMetadata instance)
    {
        ArgumentNullException.ThrowIfNull(instance);
        return TripSources.Read<TripPlan>(instance.SerializedInput) is not { IsComplete: true } plan ? null : new TripRow
        {
            Id = instance.InstanceId,
            Name = plan.Trip.Name,
            CreatedAt = instance.CreatedAt,
            UpdatedAt = instance.LastUpdatedAt,
            IsStarted = true,
            Plan = JsonSerializer.Serialize(plan),
        };
    }

    /// <summary>Reads all that is known of a trip.</summary>
    /// <param name="client">Knows the orchestrations.</param>
    /// <param name="id">The trip's id, or any text.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>The facts, or null if there is no such trip.</returns>
    public async Task<TripSources?> ReadAsync(DurableTaskClient client, string id, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(client);
        if (!TripId.IsPossible(id))
        {
            return null;
        }

        // The canceller first, the row last: whatever ends in between is seen by the next one.
        var canceller = Of(
            Orchestrators.CancelTrip,
            await client.GetInstanceAsync(Cancellation.IdOf(id), getInputsAndOutputs: true, cancellation));
        var instance = Of(Orchestrators.BookTrip, await client.GetInstanceAsync(id, getInputsAndOutputs: true, cancellation));
        var entry = await directory.FindAsync(id, cancellation);
        if (instance is null && entry is { IsStarted: true })
        {
            // It may have been started only since.
            instance = Of(Orchestrators.BookTrip, await client.GetInstanceAsync(id, getInputsAndOutputs: true, cancellation));
        }

        if (instance is null && entry is null)
        {
            return null;
        }

        if (entry is null && RowOf(instance!) is { } row)
        {
            // Started directly: from here on, it is found as all others are, also once its orchestration was removed.
            entry = await TryAsync(() => directory.AddAsync(row, cancellation));
        }

        var trip = new TripSources(id, instance, canceller, entry);
        if (entry is not null && trip.IsAbandoned)
        {
            await RecordAsync(entry, trip.Status, cancellation);
        }

        return trip;
    }

    private async Task RecordAsync(TripRow seen, TripStatus status, CancellationToken cancellation)
    {
        if ((seen.Status, seen.Reason) == (status.Status, status.Reason))
        {
            return;
        }

        var now = clock.GetUtcNow();
        await TryAsync(() => directory.UpdateAsync(
            seen.Id,
            row => row != seen ? row : row with
            {
                Status = status.Status,
                Reason = status.Reason,
                UpdatedAt = now,
                Outcome = JsonSerializer.Serialize(status),
            },
            cancellation));
    }

    // A trip can be read while nothing can be written. The next read tries again.
    private static async Task<T?> TryAsync<T>(Func<Task<T>> write)
        where T : class?
    {
        try
        {
            return await write();
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return null;
        }
    }

    // The management API starts any orchestrator under any id.
    private static OrchestrationMetadata? Of(string orchestrator, OrchestrationMetadata? instance) =>
        instance is not null && instance.Name.Equals(orchestrator, StringComparison.OrdinalIgnoreCase) ? instance : null;
}
