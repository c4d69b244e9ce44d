using BookingFunctions.Saga;
using BookingFunctions.Storage;
using Microsoft.DurableTask.Client;

namespace BookingFunctions.Http;

/// <summary>Reads trips: whatever tells of one, its orchestrations and the directory.</summary>
/// <param name="directory">The directory.</param>
public sealed class TripReader(ITripDirectory directory)
{
    /// <summary>Finds a trip, as the API shows it.</summary>
    /// <param name="client">Knows the orchestrations.</param>
    /// <param name="id">The trip's id, or any text.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>The trip, or null if there is none.</returns>
    public async Task<TripView?> FindAsync(DurableTaskClient client, string id, CancellationToken cancellation) =>
        await ReadAsync(client, id, cancellation) is { } facts ? TripView.Of(facts) : null;

    /// <summary>Reads all that is known of a trip.</summary>
    /// <param name="client">Knows the orchestrations.</param>
    /// <param name="id">The trip's id, or any text.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>The facts, or null if there is no such trip.</returns>
    public async Task<TripFacts?> ReadAsync(DurableTaskClient client, string id, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(client);
        if (!TripId.IsPossible(id))
        {
            return null;
        }

        // The canceller first, the row last: whatever ends in between is seen by the next one.
        var canceller = Of(nameof(CancelTrip), await client.GetInstanceAsync(Cancellation.IdOf(id), getInputsAndOutputs: true, cancellation));
        var instance = Of(nameof(BookTrip), await client.GetInstanceAsync(id, getInputsAndOutputs: true, cancellation));
        var entry = await directory.FindAsync(id, cancellation);
        return instance is null && entry is null ? null : new TripFacts(id, instance, canceller, entry);
    }

    // Who starts orchestrations past the API may give any id to any.
    private static OrchestrationMetadata? Of(string orchestrator, OrchestrationMetadata? instance) =>
        instance is not null && instance.Name.Equals(orchestrator, StringComparison.OrdinalIgnoreCase) ? instance : null;
}
